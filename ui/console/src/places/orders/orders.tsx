import { Trans, useLingui } from "@lingui/react/macro";
import { Drawer, EmptyState, Select, Table } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Package } from "lucide-react";
import { useState } from "react";
import type { OrderRow } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useReadWhen } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { RowsFilter, useSought } from "../../shell/rows-filter.tsx";
import { isSought, ordersSought } from "../../shell/rows-sought.ts";
import { useColumns } from "./columns.tsx";
import { Detail } from "./order-detail.tsx";
import { useOrderStates } from "./states.ts";

export default function Orders() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const states = useOrderStates();
  const chosen = useParams({ strict: false, select: (params: { order?: string }) => params.order });
  const [state, setState] = useState("");
  const sought = useSought();
  const pages = usePages<OrderRow>(
    "ordersList",
    (after) => ipc.ordersList({ ...ordersSought(sought), state: state || null, after, limit: 200 }),
    state,
    sought,
  );
  const open = (id?: string) => void navigate({ to: paths.orders(id), search: { ...sought } });
  const detail = useReadWhen(chosen !== undefined, "orderGet", chosen ?? "");
  const columns = useColumns();
  return (
    <Place
      title={t`Orders`}
      fixed
      note={
        <>
          {pages.total !== null ? (
            <span className="text-soft" data-testid="orders-count">
              {format.number(pages.total)}
            </span>
          ) : null}
          <RowsFilter at={paths.orders()} sought={sought} />
        </>
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
        onOpen={(row) => open(row.id)}
        onEnd={pages.more}
        rowTestId="order-row"
        empty={
          pages.loading || pages.error ? null : (
            <EmptyState
              title={state || isSought(sought) ? t`No such orders` : t`No orders yet`}
              picture={<Package aria-hidden size={28} />}
            >
              <Trans>
                An order lands here when a customer pays, with the deal that it came from.
              </Trans>
            </EmptyState>
          )
        }
      />
      <Drawer
        open={chosen !== undefined}
        onClose={() => open()}
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
