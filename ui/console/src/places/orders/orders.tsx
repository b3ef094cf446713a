import { Trans, useLingui } from "@lingui/react/macro";
import {
  Button,
  Chip,
  Drawer,
  EmptyState,
  Facts,
  Heading,
  MoneyText,
  Select,
  Table,
  toast,
} from "@souk/kit";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Package } from "lucide-react";
import { useMemo, useState } from "react";
import type { OrderDetail, OrderRow } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useReadWhen, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { useOrderStates } from "./states.ts";

export default function Orders() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const states = useOrderStates();
  const chosen = useParams({ strict: false, select: (params: { order?: string }) => params.order });
  const [state, setState] = useState("");
  const pages = usePages<OrderRow>(
    "ordersList",
    (after) => ipc.ordersList({ state: state || null, after, limit: 200 }),
    state,
  );
  const detail = useReadWhen(chosen !== undefined, "orderGet", chosen ?? "");
  const columns = useColumns();
  return (
    <Place
      title={t`Orders`}
      fixed
      note={
        pages.total !== null ? (
          <span className="text-soft">{format.number(pages.total)}</span>
        ) : undefined
      }
      actions={
        <Select
          className="!w-44"
          aria-label={t`State`}
          value={state || "all"}
          onChange={(next) => setState(next === "all" ? "" : next)}
          choices={[{ value: "all", label: t`Every state` }, ...states.all]}
          data-testid="orders-state"
        />
      }
    >
      {pages.error ? (
        <div className="p-6">
          <Failed error={pages.error} retry={() => void pages.refetch()} />
        </div>
      ) : null}
      <Table
        className="h-full bg-surface"
        label={t`Orders`}
        rows={pages.rows}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={(row) => void navigate({ to: paths.orders(row.id) })}
        onEnd={pages.more}
        rowTestId="order-row"
        empty={
          pages.loading || pages.error ? null : (
            <EmptyState title={t`No orders yet`} picture={<Package aria-hidden size={28} />}>
              <Trans>
                An order lands here when a customer pays, with the deal that it came from.
              </Trans>
            </EmptyState>
          )
        }
      />
      <Drawer
        open={chosen !== undefined}
        onClose={() => void navigate({ to: paths.orders() })}
        title={detail.data ? t`Order ${detail.data.row.number}` : t`Order`}
        closeLabel={t`Close`}
        data-testid="order-detail"
      >
        {detail.error ? <Failed error={detail.error} /> : null}
        {detail.data ? <Detail detail={detail.data} /> : null}
      </Drawer>
    </Place>
  );
}

function useColumns() {
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
        cell: (row: OrderRow) => `${row.customer}${row.country ? ` · ${row.country}` : ""}`,
        sort: (row: OrderRow) => row.customer,
        width: "minmax(140px,2fr)",
      },
      {
        id: "units",
        header: t`Units`,
        numeric: true,
        cell: (row: OrderRow) => format.number(row.units),
        sort: (row: OrderRow) => row.units,
        width: "80px",
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

function Detail({ detail }: { detail: OrderDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const states = useOrderStates();
  const move = useWrite("orderTransition");
  const { row } = detail;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <Chip tone={states.tone(row.state)}>{states.words(row.state)}</Chip>
        <span className="text-soft">{format.dateTime(row.placed_at)}</span>
        <span className="flex-1" />
        {detail.next.map((to) => (
          <Button
            key={to}
            busy={move.isPending}
            onClick={() =>
              move.mutate([row.id, { to, reason: "" }], {
                onSuccess: () => toast.done(states.words(to)),
              })
            }
            data-testid={`order-to-${to}`}
          >
            {states.words(to)}
          </Button>
        ))}
      </div>
      {move.error ? <Failed error={move.error} /> : null}
      <section>
        <Heading>{t`Lines`}</Heading>
        <ul className="flex flex-col gap-2">
          {detail.lines.map((line) => (
            <li
              key={`${line.sku} ${line.negotiation_id ?? ""}`}
              className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3"
            >
              <span>
                {line.title} × {line.quantity}
              </span>
              <MoneyText value={line.total} className="font-medium" />
              <span className="text-s text-soft">
                {line.sku} · {format.money(line.unit_price)} ·{" "}
                {t`list ${format.money(line.list_price)}`}
                {line.negotiation_id ? (
                  <>
                    {" · "}
                    <Link
                      to={paths.negotiations(line.negotiation_id)}
                      className="text-accent underline underline-offset-2"
                    >
                      {t`the negotiation`}
                    </Link>
                  </>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <Facts
        rows={[
          [t`Goods`, format.money(detail.goods)],
          [t`Delivery`, format.money(detail.delivery)],
          [t`Total`, format.money(row.total)],
          [t`Given away against list`, format.money(row.discount)],
          [t`Margin`, format.money(row.margin)],
          [t`Payment`, states.payment(detail.payment)],
        ]}
      />
      <section>
        <Heading>{t`Customer`}</Heading>
        <p className="whitespace-pre-line">
          {[row.customer, ...detail.address, detail.email].filter(Boolean).join("\n")}
        </p>
      </section>
      <section>
        <Heading>{t`History`}</Heading>
        <ol className="flex flex-col gap-1">
          {detail.history.map((event) => (
            <li key={`${event.at} ${event.state}`} className="flex gap-3">
              <span className="w-40 text-soft tabular-nums">{format.dateTime(event.at)}</span>
              <span>{states.words(event.state)}</span>
              <span className="text-soft">{event.by}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
