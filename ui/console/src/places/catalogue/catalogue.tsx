import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Chip, EmptyState, Input, MoneyText, Select, Table, toast } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Download, Tag, Upload } from "lucide-react";
import { useMemo, useState } from "react";
import type { Product, ProductState } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useRead, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { ProductDrawer } from "./product-drawer.tsx";
import { useProductStates } from "./states.ts";

export default function Catalogue() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const states = useProductStates();
  const sku = useParams({ strict: false, select: (params: { sku?: string }) => params.sku });
  const [q, setQ] = useState("");
  const [category, setCategory] = useState("all");
  const [state, setState] = useState("all");
  const [creating, setCreating] = useState(false);
  const categories = useRead("categoriesList").data ?? [];
  const save = useWrite("catalogExport");
  const pages = usePages<Product>(
    "productsList",
    (after) =>
      ipc.productsList({
        q: q || null,
        category: category === "all" ? null : category,
        state: state === "all" ? null : (state as ProductState),
        after,
        limit: 200,
      }),
    q,
    category,
    state,
  );
  useCommands([
    {
      id: "product-new",
      label: t`New product`,
      keys: "n",
      group: t`Catalogue`,
      run: () => setCreating(true),
    },
    {
      id: "catalogue-import",
      label: t`Import a catalogue`,
      group: t`Catalogue`,
      run: () => void navigate({ to: paths.onboarding("catalogue") }),
    },
  ]);
  const columns = useColumns();
  const filtered = q !== "" || category !== "all" || state !== "all";
  return (
    <Place
      title={t`Catalogue`}
      fixed
      note={
        pages.total !== null ? (
          <span className="text-soft">{t`${plural(pages.total, { one: "# product", other: "# products" })}`}</span>
        ) : undefined
      }
      actions={
        <>
          <Button
            icon={<Upload aria-hidden size={14} />}
            onClick={() => void navigate({ to: paths.onboarding("catalogue") })}
            data-testid="catalogue-import"
          >
            {t`Import`}
          </Button>
          <Button
            icon={<Download aria-hidden size={14} />}
            busy={save.isPending}
            onClick={() =>
              save.mutate([], {
                onSuccess: (path) => path && toast.done(t`Catalogue exported`),
                onError: (error) => toast.failed(error.message),
              })
            }
            data-testid="catalogue-export"
          >
            {t`Export`}
          </Button>
          <Button
            look="primary"
            shortcut="N"
            onClick={() => setCreating(true)}
            data-testid="product-new"
          >
            {t`New product`}
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col">
        <div className="flex flex-wrap gap-2 border-b border-line bg-surface px-[10px] py-2">
          <Input
            type="search"
            className="!w-60"
            aria-label={t`Find by title or SKU`}
            placeholder={t`Find by title or SKU`}
            value={q}
            onChange={(event) => setQ(event.target.value)}
            data-testid="catalogue-search"
          />
          <Select
            className="!w-56"
            aria-label={t`Category`}
            value={category}
            onChange={setCategory}
            data-testid="catalogue-category"
            choices={[
              { value: "all", label: t`Every category` },
              ...categories.map((one) => ({
                value: one.path,
                label: one.path.replaceAll("/", " › "),
                hint: t`${plural(one.products, { one: "# product", other: "# products" })}`,
              })),
            ]}
          />
          <Select
            className="!w-40"
            aria-label={t`State`}
            value={state}
            onChange={setState}
            data-testid="catalogue-state"
            choices={[{ value: "all", label: t`Every state` }, ...states.all]}
          />
        </div>
        {pages.error ? (
          <div className="p-5">
            <Failed error={pages.error} retry={() => void pages.refetch()} />
          </div>
        ) : null}
        <Table
          className="min-h-0 flex-1 bg-surface"
          label={t`Products`}
          rows={pages.rows}
          columns={columns}
          rowHeight={44}
          rowId={(row) => row.sku}
          onOpen={(row) => void navigate({ to: paths.catalogue(row.sku) })}
          onEnd={pages.more}
          rowTestId="product-row"
          empty={
            pages.loading || pages.error ? null : filtered ? (
              <EmptyState title={t`Nothing found`}>
                <Trans>No product fits these filters.</Trans>
              </EmptyState>
            ) : (
              <EmptyState
                title={t`No products yet`}
                picture={<Tag aria-hidden size={28} />}
                action={
                  <Button
                    look="primary"
                    onClick={() => void navigate({ to: paths.onboarding("catalogue") })}
                    data-testid="catalogue-import-first"
                  >
                    {t`Import a catalogue`}
                  </Button>
                }
              >
                <Trans>
                  Bring a CSV in Souk's own format or Shopify's, or add the first product by hand.
                </Trans>
              </EmptyState>
            )
          }
        />
      </div>
      <ProductDrawer
        sku={creating ? null : sku}
        creating={creating}
        onClose={() => {
          setCreating(false);
          void navigate({ to: paths.catalogue() });
        }}
        categories={categories.map((one) => one.path)}
      />
    </Place>
  );
}

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  const states = useProductStates();
  return useMemo(
    () => [
      {
        id: "picture",
        header: t`Picture`,
        quietHeader: true,
        cell: (row: Product) =>
          row.image ? (
            <img
              src={row.image}
              alt=""
              loading="lazy"
              className="size-7 rounded-sm bg-sunken object-cover"
            />
          ) : (
            <span className="block size-7 rounded-sm bg-sunken" />
          ),
        width: "52px",
      },
      {
        id: "title",
        header: t`Product`,
        cell: (row: Product) => <b className="font-medium">{row.title}</b>,
        sort: (row: Product) => row.title,
        width: "minmax(200px,3fr)",
      },
      {
        id: "sku",
        header: t`SKU`,
        cell: (row: Product) => <span className="text-soft">{row.sku}</span>,
        sort: (row: Product) => row.sku,
        width: "110px",
      },
      {
        id: "category",
        header: t`Category`,
        cell: (row: Product) => row.category.replaceAll("/", " › "),
        sort: (row: Product) => row.category,
        width: "minmax(130px,1.4fr)",
      },
      {
        id: "price",
        header: t`List price`,
        numeric: true,
        cell: (row: Product) => <MoneyText value={row.list_price} />,
        sort: (row: Product) => row.list_price.minor,
        width: "110px",
      },
      {
        id: "cost",
        header: t`Unit cost`,
        numeric: true,
        cell: (row: Product) => <MoneyText value={row.unit_cost} />,
        sort: (row: Product) => row.unit_cost?.minor ?? -1,
        width: "110px",
      },
      {
        id: "stock",
        header: t`Stock`,
        numeric: true,
        cell: (row: Product) => (row.stock === null ? "–" : format.number(row.stock)),
        sort: (row: Product) => row.stock ?? -1,
        width: "90px",
      },
      {
        id: "state",
        header: t`State`,
        cell: (row: Product) => (
          <Chip tone={states.tone(row.state)}>{states.words(row.state)}</Chip>
        ),
        sort: (row: Product) => row.state,
        width: "120px",
      },
    ],
    [t, format, states],
  );
}
