import { useLingui } from "@lingui/react/macro";
import { Chip, MoneyText } from "@souk/kit";
import { useMemo } from "react";
import type { OrderRow } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";
import { useOrderStates } from "./states.ts";

/** What an order's row shows. */
export function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  const states = useOrderStates();
  return useMemo(
    () => [
      {
        id: "number",
        header: t`Order`,
        cell: (row: OrderRow) => <b className="font-medium">{row.number}</b>,
        sort: (row: OrderRow) => row.number,
        width: "minmax(110px,1fr)",
      },
      {
        id: "state",
        header: t`State`,
        cell: (row: OrderRow) => (
          <Chip tone={states.tone(row.state)}>{states.words(row.state)}</Chip>
        ),
        sort: (row: OrderRow) => row.state,
        width: "120px",
      },
      {
        id: "customer",
        header: t`Customer`,
        cell: (row: OrderRow) =>
          [row.customer ?? t`Hidden for your role`, row.country].filter(Boolean).join(" · "),
        sort: (row: OrderRow) => row.customer ?? "",
        width: "minmax(140px,2fr)",
      },
      {
        id: "units",
        header: t`Units`,
        numeric: true,
        cell: (row: OrderRow) => format.number(row.units),
        sort: (row: OrderRow) => row.units,
        width: "80px",
        from: 1060,
      },
      {
        id: "total",
        header: t`Total`,
        numeric: true,
        cell: (row: OrderRow) => <MoneyText value={row.total} />,
        sort: (row: OrderRow) => row.total.minor,
        width: "110px",
      },
      {
        id: "discount",
        header: t`Given away`,
        numeric: true,
        cell: (row: OrderRow) => <MoneyText value={row.discount} />,
        sort: (row: OrderRow) => row.discount.minor,
        width: "110px",
        from: 980,
      },
      {
        id: "margin",
        header: t`Margin`,
        numeric: true,
        cell: (row: OrderRow) => <MoneyText value={row.margin} />,
        sort: (row: OrderRow) => row.margin?.minor ?? 0,
        width: "110px",
      },
      {
        id: "how",
        header: t`By`,
        cell: (row: OrderRow) =>
          row.from_negotiation ? (
            <Chip tone="accent">{t`bargain`}</Chip>
          ) : (
            <Chip>{t`list price`}</Chip>
          ),
        width: "110px",
      },
      {
        id: "placed",
        header: t`Placed`,
        numeric: true,
        cell: (row: OrderRow) => format.dateTime(row.placed_at),
        sort: (row: OrderRow) => row.placed_at,
        width: "160px",
      },
    ],
    [t, format, states],
  );
}
