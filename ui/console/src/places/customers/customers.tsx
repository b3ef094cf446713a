import { Trans, useLingui } from "@lingui/react/macro";
import { Chip, EmptyState, Input, MoneyText, Select, Table } from "@souk/kit";
import { Users } from "lucide-react";
import { useMemo, useState } from "react";
import type { CustomerRow } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useRead } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { Place } from "../../shell/place.tsx";

export default function Customers() {
  const { t } = useLingui();
  const format = useFormat();
  const [q, setQ] = useState("");
  const [segment, setSegment] = useState("all");
  const segments = useRead("segmentsGet").data?.segments ?? [];
  const pages = usePages<CustomerRow>(
    "customersList",
    (after) =>
      ipc.customersList({
        q: q || null,
        segment: segment === "all" ? null : segment,
        after,
        limit: 200,
      }),
    q,
    segment,
  );
  const columns = useColumns();
  return (
    <Place
      title={t`Customers`}
      fixed
      note={
        pages.total !== null ? (
          <span className="text-soft">{format.number(pages.total)}</span>
        ) : undefined
      }
      actions={
        <>
          <Input
            type="search"
            className="!w-48"
            aria-label={t`Find a customer`}
            placeholder={t`Find a customer`}
            value={q}
            onChange={(event) => setQ(event.target.value)}
            data-testid="customers-search"
          />
          <Select
            className="!w-40"
            aria-label={t`Segment`}
            value={segment}
            onChange={setSegment}
            choices={[
              { value: "all", label: t`Every segment` },
              ...segments.map((one) => ({ value: one.name, label: one.label || one.name })),
            ]}
            data-testid="customers-segment"
          />
        </>
      }
    >
      {pages.error ? (
        <div className="p-6">
          <Failed error={pages.error} retry={() => void pages.refetch()} />
        </div>
      ) : null}
      <Table
        className="h-full bg-surface"
        label={t`Customers`}
        rows={pages.rows}
        columns={columns}
        rowId={(row) => row.id}
        onEnd={pages.more}
        rowTestId="customer-row"
        empty={
          pages.loading || pages.error ? null : (
            <EmptyState title={t`No customers here`} picture={<Users aria-hidden size={28} />}>
              <Trans>
                Whoever buys or signs in at the shop is listed, with the segments they fall into.
              </Trans>
            </EmptyState>
          )
        }
      />
    </Place>
  );
}

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t`Customer`,
        cell: (row: CustomerRow) => <b className="font-medium">{row.name}</b>,
        sort: (row: CustomerRow) => row.name,
        width: "minmax(150px,2fr)",
      },
      {
        id: "country",
        header: t`Country`,
        cell: (row: CustomerRow) => row.country,
        sort: (row: CustomerRow) => row.country,
        width: "90px",
      },
      {
        id: "segments",
        header: t`Segments`,
        cell: (row: CustomerRow) => (
          <span className="flex gap-1">
            {row.segments.map((name) => (
              <Chip key={name}>{name}</Chip>
            ))}
          </span>
        ),
        width: "minmax(140px,2fr)",
      },
      {
        id: "orders",
        header: t`Orders`,
        numeric: true,
        cell: (row: CustomerRow) => format.number(row.orders),
        sort: (row: CustomerRow) => row.orders,
        width: "90px",
      },
      {
        id: "spend",
        header: t`Spent`,
        numeric: true,
        cell: (row: CustomerRow) => <MoneyText value={row.spend} />,
        sort: (row: CustomerRow) => row.spend.minor,
        width: "130px",
      },
      {
        id: "last",
        header: t`Last order`,
        numeric: true,
        cell: (row: CustomerRow) => (row.last_order_at ? format.date(row.last_order_at) : "–"),
        sort: (row: CustomerRow) => row.last_order_at ?? "",
        width: "130px",
      },
    ],
    [t, format],
  );
}
