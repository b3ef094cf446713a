import { useLingui } from "@lingui/react/macro";
import { Chip, MoneyText } from "@souk/kit";
import { useMemo } from "react";
import type { Product } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";
import { ProductPicture } from "./picture.tsx";
import { useProductStates } from "./states.ts";

/** What a product's row shows. */
export function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  const states = useProductStates();
  return useMemo(
    () => [
      {
        id: "picture",
        header: t`Picture`,
        quietHeader: true,
        cell: (row: Product) => (
          <ProductPicture product={row} className="size-7 rounded-sm bg-sunken object-cover" />
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
