// One product: what it costs, what it is, and what its floor is for whom.
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, Drawer, toast } from "@souk/kit";
import type { Product, ProductState } from "../../api/bindings.ts";
import { useReadWhen, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { PriceExample } from "../pricing/example/price-example.tsx";
import { ProductPicture } from "./picture.tsx";
import { ProductForm } from "./product-form.tsx";
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
          <ProductPicture product={product} className="h-24 rounded-md bg-sunken object-cover" />
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
          <PriceExample ruleSet="active" sku={product.sku} />
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
