// What a set in shadow decides beside the active one, on every live negotiation; no customer sees any of it.
import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { type Column, EmptyState, Facts, Table } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { Ghost } from "lucide-react";
import type { ShadowReport, ShadowRow, ShadowSide } from "../../../api/bindings.ts";
import { useReadWhen } from "../../../api/queries.ts";
import { Failed } from "../../../shell/failed.tsx";
import { useFormat } from "../../../shell/format.ts";
import { paths } from "../../../shell/paths.ts";
import type { TabProps } from "../rule-set.tsx";
import { useSigned } from "../signed.ts";

export default function ShadowTab({ found }: TabProps) {
  const { t } = useLingui();
  const { summary } = found;
  const asked = summary.state !== "draft";
  const report = useReadWhen(asked, "ruleSetShadowReport", summary.id);
  if (report.error) {
    return (
      <div className="p-5">
        <Failed error={report.error} retry={() => void report.refetch()} />
      </div>
    );
  }
  if (asked && !report.data) return null;
  if (!report.data || report.data.decisions === 0) {
    return (
      <div data-testid="shadow-empty">
        <EmptyState title={t`Nothing to compare yet`} picture={<Ghost aria-hidden size={28} />}>
          {summary.state === "shadow" ? (
            <Trans>
              It is in shadow. From the next live negotiation on, what it would have decided stands
              here beside what was decided.
            </Trans>
          ) : (
            <Trans>
              In shadow a set decides on every live negotiation beside the active one, and no
              customer sees it. Send this set for review, have it approved, then put it in shadow.
            </Trans>
          )}
        </EmptyState>
      </div>
    );
  }
  return <Compared report={report.data} />;
}

function Compared({ report }: { report: ShadowReport }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const columns = useColumns(report.currency);
  return (
    <div
      className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_340px] max-[999px]:grid-cols-[minmax(0,1fr)_280px]"
      data-testid="shadow"
    >
      <Table
        className="bg-surface"
        label={t`Decisions compared`}
        rows={report.rows}
        columns={columns}
        rowHeight={52}
        rowId={(row) => `${row.negotiation_id} ${row.at}`}
        onOpen={(row) => void navigate({ to: paths.negotiations(row.negotiation_id) })}
        rowTestId="shadow-row"
      />
      <aside
        aria-label={t`What it comes to`}
        className="overflow-y-auto border-s border-line bg-surface px-4 py-[14px]"
      >
        <ShadowFigures report={report} />
      </aside>
    </div>
  );
}

function ShadowFigures({ report }: { report: ShadowReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const money = (decimal: string) => format.decimal(decimal, report.currency);
  const signed = useSigned(report.currency);
  const { decisions, differ } = report;
  const percent = decisions === 0 ? 0 : (differ / decisions) * 100;
  return (
    <div className="flex flex-col gap-4" data-testid="shadow-figures">
      <div>
        <p className="text-xl font-semibold tabular-nums">
          {t`${format.number(differ)} of ${format.number(decisions)}`}
        </p>
        <p className="text-soft">
          {t`decisions differ, ${format.percent(percent.toFixed(1))}, in ${plural(report.negotiations, { one: "# negotiation", other: "# negotiations" })}`}
        </p>
        {report.since ? (
          <p className="text-s text-soft">{t`since ${format.dateTime(report.since)}`}</p>
        ) : null}
      </div>
      <Facts
        rows={[
          [t`Floor against the active set, on average`, signed(report.mean_floor_shift)],
          [t`Deals that its floor would have forbidden`, format.number(report.deals_forbidden)],
          [t`what they brought`, money(report.deals_forbidden_revenue)],
          [t`what they lacked to its floor`, money(report.deals_forbidden_shortfall)],
          [t`Declined offers that it would have accepted`, format.number(report.would_accept)],
          [t`what they would have brought`, money(report.would_accept_revenue)],
        ]}
      />
    </div>
  );
}

function useColumns(currency: string): ReadonlyArray<Column<ShadowRow>> {
  const { t } = useLingui();
  const format = useFormat();
  const side = (of: ShadowSide) => (
    <span className="block leading-[1.35]">
      {of.outcome === "priced" ? (
        <>
          {of.floor ? format.decimal(of.floor, currency) : "–"}
          <small className="block text-s text-soft">
            {of.accept_at ? t`accept ${format.decimal(of.accept_at, currency)}` : ""}
          </small>
        </>
      ) : (
        (of.reason ?? of.outcome)
      )}
    </span>
  );
  return [
    {
      id: "what",
      header: t`Product`,
      width: "minmax(150px, 2fr)",
      sort: (row) => row.title,
      cell: (row) => (
        <span className="block leading-[1.35]">
          <span className="block truncate">{row.title}</span>
          <small className="block text-s text-soft">
            {row.sku} × {row.quantity} · {format.dateTime(row.at)}
          </small>
        </span>
      ),
    },
    {
      id: "offer",
      header: t`Offer`,
      numeric: true,
      cell: (row) => (row.offer ? format.decimal(row.offer, currency) : "–"),
    },
    { id: "active", header: t`Floor, active`, numeric: true, cell: (row) => side(row.active) },
    { id: "shadow", header: t`Floor, shadow`, numeric: true, cell: (row) => side(row.shadow) },
    {
      id: "differs",
      header: t`Compared`,
      width: "100px",
      sort: (row) => (row.differs ? 0 : 1),
      cell: (row) => (row.differs ? t`differs` : t`the same`),
    },
  ];
}
