import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Combobox, Field, Input, MoneyInput, TextArea, toast } from "@souk/kit";
import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Product } from "../../api/bindings.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";

export interface ProductFormProps {
  product: Product | undefined;
  categories: readonly string[];
  onDone: () => void;
}

/** What a product is and costs; nothing is sent before it is saved. */
export function ProductForm({ product, categories, onDone }: ProductFormProps) {
  const { t } = useLingui();
  const { form, currency, submit, save } = useProductForm(product, onDone);
  const { errors, isDirty } = form.formState;
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
      <Category form={form} choices={product ? categories : null} />
      <Price form={form} of="list" currency={currency} label={t`List price`} />
      <Price
        form={form}
        of="cost"
        currency={currency}
        label={t`Unit cost`}
        optional={t`never shown to customers`}
      />
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

type Form = ReturnType<typeof useProductForm>["form"];

/** One of the known categories or, for a new product, any. */
function Category({ form, choices }: { form: Form; choices: readonly string[] | null }) {
  const { t } = useLingui();
  return (
    <Field
      label={t`Category`}
      error={form.formState.errors.category?.message}
      className="col-span-2"
    >
      {(ids) =>
        choices ? (
          <Controller
            control={form.control}
            name="category"
            render={({ field }) => (
              <Combobox
                {...ids}
                value={field.value}
                onChange={field.onChange}
                choices={choices.map((path) => ({ value: path, label: path }))}
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
  );
}

interface PriceProps {
  form: Form;
  of: "list" | "cost";
  currency: string;
  label: string;
  optional?: string;
}

function Price({ form, of, currency, label, optional }: PriceProps) {
  return (
    <Field
      label={label}
      error={form.formState.errors[of]?.message}
      {...(optional ? { optional } : {})}
    >
      {(ids) => (
        <Controller
          control={form.control}
          name={of}
          render={({ field }) => (
            <MoneyInput
              {...ids}
              currency={currency}
              value={field.value}
              onChange={field.onChange}
              data-testid={of === "list" ? "product-list-price" : "product-unit-cost"}
            />
          )}
        />
      )}
    </Field>
  );
}

function useProductForm(product: Product | undefined, onDone: () => void) {
  const { t } = useLingui();
  const store = useRead("storeGet").data;
  const save = useWrite("productSave");
  const currency = product?.list_price.currency ?? store?.profile.currency ?? "GBP";
  const schema = useSchema();
  const values = valuesOf(product);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: values });
  // what another person changed meanwhile is shown, unless something was typed over it
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision is what brings new values
  useEffect(() => {
    if (!form.formState.isDirty) form.reset(values);
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
  return { form, currency, submit, save };
}

function useSchema() {
  const { t } = useLingui();
  return z.object({
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
}

function valuesOf(product: Product | undefined) {
  return {
    sku: product?.sku ?? "",
    title: product?.title ?? "",
    description: product?.description ?? "",
    category: product?.category ?? "",
    list: (product?.list_price.minor ?? null) as number,
    cost: product?.unit_cost?.minor ?? null,
    stock: product?.stock === null || product?.stock === undefined ? "" : String(product.stock),
    tags: product?.tags.join(", ") ?? "",
  };
}
