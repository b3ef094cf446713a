// A product's picture. Pictures on other hosts are not loaded by the console: it shows our art instead.
import type { Product } from "../../api/bindings.ts";
import { artAddress } from "../../api/ipc.ts";

export function ProductPicture({ product, className }: { product: Product; className: string }) {
  const own = product.image?.startsWith("http://127.0.0.1:") ? product.image : null;
  return (
    <img
      src={own ?? artAddress(product.category, product.sku)}
      alt=""
      loading="lazy"
      className={className}
    />
  );
}
