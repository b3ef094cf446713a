// A product's picture, drawn by the console itself. The product's own address comes from whoever
// filled the catalogue, so it is never asked: it could name a port of this computer.
import type { Product } from "../../api/bindings.ts";
import { artAddress } from "../../api/ipc.ts";

export function ProductPicture({ product, className }: { product: Product; className: string }) {
  return (
    <img
      src={artAddress(product.category, product.sku)}
      alt=""
      loading="lazy"
      className={className}
    />
  );
}
