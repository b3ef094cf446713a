// One product: what it costs, what it is, and what its floor is for whom.
import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import {
  Button,
  Chip,
  Combobox,
  Drawer,
  Field,
  Input,
  MoneyInput,
  TextArea,
  toast,
} from "@souk/kit";
import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Product, ProductState } from "../../api/bindings.ts";
import { useRead, useReadWhen, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { FloorQuestion } from "../pricing/floor-question.tsx";
import { useProductStates } from "./states.ts";

export interface ProductDrawerProps {
  sku: string | null | undefined;
  creating: boolean;
  onClose: () => void;
  categories: readonly string[];
}

export function ProductDrawer({ sku, creating, onClose, categories }: ProductDrawerProps) {
  const { t } = useLingui();
  const found = useReadWhen(typeof sku === "string", "productGet", sku ?? "");
  const states = useProductStates();
  const product = sku && !creating ? found.data : undefined;
  return (
    <Drawer
      open={creating || typeof sku === "string"}
      onClose={onClose}
      title={creating ? t`New product` : (product?.title ?? "")}
      about={product ? `${product.sku} · ${product.category.replaceAll("/", " › ")}` : undefined}
      closeLabel={t`Close`}
      data-testid="product-drawer"
    >
      {found.error && !creating ? <Failed error={found.error} /> : null}
      {product ? (
        <div className="mb-4 flex flex-wrap items-center gap-2">
          {product.image ? (
            <img src={product.image} alt="" className="h-24 rounded-md bg-sunken object-cover" />
          ) : null}
          <Chip tone={states.tone(product.state)}>{states.words(product.state)}</Chip>
          <StateButtons product={product} />
        </div>
      ) : null}
      {creating || product ? (
        <ProductForm
          key={product?.sku ?? "new"}
          product={product}
          categories={categories}
          onDone={onClose}
        />
      ) : null}
      {product ? (
        <div className="mt-6 border-t border-line pt-4">
          <FloorQuestion ruleSet="active" sku={product.sku} />
        </div>
      ) : null}
    </Drawer>
  );
}

function StateButtons({ product }: { product: Product }) {
  const { t } = useLingui();
  const move = useWrite("productSetState");
  const to = (state: ProductState, label: string) => (
    <Button
      busy={move.isPending}
      onClick={() =>
        move.mutate([product.sku, { state, base_rev: product.rev }], {
          onError: (error) => toast.failed(error.message),
        })
      }
      data-testid={`product-to-${state}`}
    >
      {label}
    </Button>
  );
  return (
    <>
      {product.state === "live"
        ? to("unpublished", t`Take out of the shop`)
        : to("live", t`Put in the shop`)}
      {product.state === "archived" ? null : to("archived", t`Archive`)}
    </>
  );
}

interface ProductFormProps {
  product: Product | undefined;
  categories: readonly string[];
  onDone: () => void;
}

function ProductForm({ product, categories, onDone }: ProductFormProps) {
  const { t } = useLingui();
  const store = useRead("storeGet").data;
  const save = useWrite("productSave");
  const currency = product?.list_price.currency ?? store?.profile.currency ?? "GBP";
  const schema = z.object({
    sku: z.string().trim().min(1, t`Give it a SKU: the short code that stands for it.`),
    title: z.string().trim().min(1, t`Give it a title.`),
    description: z.string(),
    category: z
      .string()
      .trim()
      .regex(
        /^[a-z0-9-]+(\/[a-z0-9-]+)*$/,
        t`Small letters and dashes, with / between parts: home/lights.`,
      ),
    list: z.number({ error: t`Write the list price.` }).min(0, t`A price is never below zero.`),
    cost: z.number().min(0, t`A cost is never below zero.`).nullable(),
    stock: z.string().regex(/^\d*$/, t`A whole number, or nothing where it is not counted.`),
    tags: z.string(),
  });
  const values = {
    sku: product?.sku ?? "",
    title: product?.title ?? "",
    description: product?.description ?? "",
    category: product?.category ?? "",
    list: (product?.list_price.minor ?? null) as number,
    cost: product?.unit_cost?.minor ?? null,
    stock: product?.stock === null || product?.stock === undefined ? "" : String(product.stock),
    tags: product?.tags.join(", ") ?? "",
  };
  const form = useForm({ resolver: zodResolver(schema), defaultValues: values });
  const errors = form.formState.errors;
  const { isDirty } = form.formState;
  // what another person changed meanwhile is shown, unless something was typed over it
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is what brings new values
  useEffect(() => {
    if (!isDirty) form.reset(values);
  }, [product?.rev]);
  const submit = form.handleSubmit((typed) =>
    save.mutate(
      [
        typed.sku,
        {
          title: typed.title,
          description: typed.description,
          category: typed.category,
          list_price: { minor: typed.list, currency },
          unit_cost: typed.cost === null ? null : { minor: typed.cost, currency },
          stock: typed.stock === "" ? null : Number(typed.stock),
          tags: typed.tags
            .split(",")
            .map((tag) => tag.trim())
            .filter(Boolean),
          base_rev: product?.rev ?? 0,
        },
      ],
      {
        onSuccess: () => {
          toast.done(t`Saved`);
          if (!product) onDone();
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="grid grid-cols-2 gap-4">
      {product ? null : (
        <Field label={t`SKU`} error={errors.sku?.message} className="col-span-2">
          {(ids) => <Input {...ids} {...form.register("sku")} data-testid="product-sku" />}
        </Field>
      )}
      <Field label={t`Title`} error={errors.title?.message} className="col-span-2">
        {(ids) => <Input {...ids} {...form.register("title")} data-testid="product-title" />}
      </Field>
      <Field label={t`Category`} error={errors.category?.message} className="col-span-2">
        {(ids) =>
          product ? (
            <Controller
              control={form.control}
              name="category"
              render={({ field }) => (
                <Combobox
                  {...ids}
                  value={field.value}
                  onChange={field.onChange}
                  choices={categories.map((path) => ({ value: path, label: path }))}
                  nothing={t`No such category`}
                  data-testid="product-category"
                />
              )}
            />
          ) : (
            <Input {...ids} {...form.register("category")} data-testid="product-category" />
          )
        }
      </Field>
      <Field label={t`List price`} error={errors.list?.message}>
        {(ids) => (
          <Controller
            control={form.control}
            name="list"
            render={({ field }) => (
              <MoneyInput
                {...ids}
                currency={currency}
                value={field.value}
                onChange={field.onChange}
                data-testid="product-list-price"
              />
            )}
          />
        )}
      </Field>
      <Field
        label={t`Unit cost`}
        optional={t`never shown to customers`}
        error={errors.cost?.message}
      >
        {(ids) => (
          <Controller
            control={form.control}
            name="cost"
            render={({ field }) => (
              <MoneyInput
                {...ids}
                currency={currency}
                value={field.value}
                onChange={field.onChange}
                data-testid="product-unit-cost"
              />
            )}
          />
        )}
      </Field>
      <Field label={t`Stock`} optional={t`empty: not counted`} error={errors.stock?.message}>
        {(ids) => (
          <Input
            {...ids}
            {...form.register("stock")}
            inputMode="numeric"
            data-testid="product-stock"
          />
        )}
      </Field>
      <Field label={t`Tags`} optional={t`with commas`}>
        {(ids) => <Input {...ids} {...form.register("tags")} data-testid="product-tags" />}
      </Field>
      <Field label={t`Description`} className="col-span-2">
        {(ids) => (
          <TextArea {...ids} {...form.register("description")} data-testid="product-description" />
        )}
      </Field>
      {save.error ? (
        <div className="col-span-2">
          <Failed error={save.error} kept={t`What you typed is still here.`} />
        </div>
      ) : null}
      <div className="col-span-2 flex justify-end gap-2">
        <Button
          type="submit"
          look="primary"
          busy={save.isPending}
          disabled={!isDirty}
          data-testid="product-save"
        >
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}
