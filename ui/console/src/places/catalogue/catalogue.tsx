import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, EmptyState, Input, Select, Table, toast } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Download, Tag, Upload } from "lucide-react";
import { useState } from "react";
import type { Category, Product, ProductState } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useRead, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { useColumns } from "./columns.tsx";
import { ProductDrawer } from "./product-drawer.tsx";
import { useProductStates } from "./states.ts";

/** Every filter open. */
const everything = { q: "", category: "all", state: "all" };
type Sought = typeof everything;

export default function Catalogue() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const sku = useParams({ strict: false, select: (params: { sku?: string }) => params.sku });
  const [sought, setSought] = useState(everything);
  const [creating, setCreating] = useState(false);
  const categories = useRead("categoriesList").data ?? [];
  const pages = usePages<Product>(
    "productsList",
    (after) =>
      ipc.productsList({
        q: sought.q || null,
        category: sought.category === "all" ? null : sought.category,
        state: sought.state === "all" ? null : (sought.state as ProductState),
        after,
        limit: 200,
      }),
    sought,
  );
  const columns = useColumns();
  const filtered = sought.q !== "" || sought.category !== "all" || sought.state !== "all";
  return (
    <Place
      title={t`Catalogue`}
      fixed
      note={
        pages.total !== null ? (
          <span className="text-soft">{t`${plural(pages.total, { one: "# product", other: "# products" })}`}</span>
        ) : undefined
      }
      actions={<Actions onNew={() => setCreating(true)} />}
    >
      <div className="flex h-full flex-col">
        <Filters sought={sought} categories={categories} onChange={setSought} />
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
          empty={pages.loading || pages.error ? null : <None filtered={filtered} />}
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

/** What one does with the catalogue as a whole; the keys for it, too. */
function Actions({ onNew }: { onNew: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const save = useWrite("catalogExport");
  const group = t`Catalogue`;
  useCommands([
    { id: "product-new", label: t`New product`, keys: "n", group, run: onNew },
    {
      id: "catalogue-import",
      label: t`Import a catalogue`,
      group,
      run: () => void navigate({ to: paths.onboarding("catalogue") }),
    },
  ]);
  return (
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
      <Button look="primary" shortcut="N" onClick={onNew} data-testid="product-new">
        {t`New product`}
      </Button>
    </>
  );
}

interface FiltersProps {
  sought: Sought;
  categories: readonly Category[];
  onChange: (sought: Sought) => void;
}

function Filters({ sought, categories, onChange }: FiltersProps) {
  const { t } = useLingui();
  const states = useProductStates();
  const set = (change: Partial<Sought>) => onChange({ ...sought, ...change });
  return (
    <div className="flex flex-wrap gap-2 border-b border-line bg-surface px-[10px] py-2">
      <Input
        type="search"
        className="!w-60"
        aria-label={t`Find by title or SKU`}
        placeholder={t`Find by title or SKU`}
        value={sought.q}
        onChange={(event) => set({ q: event.target.value })}
        data-testid="catalogue-search"
      />
      <Select
        className="!w-56"
        aria-label={t`Category`}
        value={sought.category}
        onChange={(category) => set({ category })}
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
        value={sought.state}
        onChange={(state) => set({ state })}
        data-testid="catalogue-state"
        choices={[{ value: "all", label: t`Every state` }, ...states.all]}
      />
    </div>
  );
}

function None({ filtered }: { filtered: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  if (filtered) {
    return (
      <EmptyState title={t`Nothing found`}>
        <Trans>No product fits these filters.</Trans>
      </EmptyState>
    );
  }
  return (
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
  );
}
