// The dashboard: five figures over time, each of which leads to the rows behind it.
import { useLingui } from "@lingui/react/macro";
import { currencyDigits, Segmented } from "@souk/kit";
import { Chart } from "@souk/kit/chart";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import type { Dashboard, DayFigures, Figures } from "../../api/bindings.ts";
import { useRead } from "../../api/queries.ts";
import { useShownTheme } from "../../shell/appearance.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { saveText } from "../../shell/save-text.ts";
import { lastDays } from "../../shell/stretch.ts";
import { Funnel } from "./funnel.tsx";

export default function Analytics() {
  const { t } = useLingui();
  const [days, setDays] = useState(30);
  const span = useMemo(() => lastDays(days), [days]);
  const found = useRead("dashboardGet", span.from, span.until);
  return (
    <Place
      title={t`Analytics`}
      actions={
        <Segmented
          label={t`Stretch of time`}
          value={String(days)}
          onChange={(next) => setDays(Number(next))}
          choices={[
            { value: "7", label: t`7 days` },
            { value: "30", label: t`30 days` },
            { value: "90", label: t`90 days` },
          ]}
          data-testid="analytics-days"
        />
      }
    >
      {found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data ? <Board data={found.data} /> : null}
    </Place>
  );
}

function Board({ data }: { data: Dashboard }) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const theme = useShownTheme();
  const points = data.days.map((day) => format.day(day.day));
  const labels = { chart: t`Chart`, table: t`Table`, save: t`CSV` };
  const toNegotiations = () => void navigate({ to: paths.negotiations() });
  const toOrders = () => void navigate({ to: paths.orders() });
  const shared = {
    points,
    pointsLabel: t`Day`,
    labels,
    theme,
    onSave: saveText,
  };
  const of = (read: (figures: Figures) => number | null) =>
    data.days.map((day) => read(day.figures));
  const words = (read: (figures: Figures) => string) => data.days.map((day) => read(day.figures));
  const percent = (value: string | null) => (value === null ? null : Number(value));
  const major = (day: DayFigures, key: "margin" | "revenue") =>
    day.figures[key].minor / 10 ** currencyDigits(day.figures[key].currency);
  return (
    <div className="mx-auto flex max-w-[1400px] flex-col gap-4">
      <Headline data={data} onNegotiations={toNegotiations} onOrders={toOrders} />
      <div className="grid grid-cols-2 gap-4 max-[1099px]:grid-cols-1">
        <Chart
          {...shared}
          kind="bar"
          title={t`Negotiations`}
          onOpen={toNegotiations}
          data-testid="chart-negotiations"
          series={[
            { name: t`Opened`, values: of((f) => f.negotiations), colour: "info" },
            { name: t`Agreed`, values: of((f) => f.agreed), colour: "accent" },
          ]}
        />
        <Chart
          {...shared}
          kind="line"
          title={t`Acceptance rate`}
          onOpen={toNegotiations}
          data-testid="chart-acceptance"
          series={[
            {
              name: t`Agreed of ended`,
              values: of((f) => percent(f.acceptance_pct)),
              words: words((f) => format.percent(f.acceptance_pct)),
              colour: "accent",
            },
          ]}
        />
        <Chart
          {...shared}
          kind="line"
          title={t`Discount depth`}
          onOpen={toNegotiations}
          data-testid="chart-discount"
          series={[
            {
              name: t`Below list`,
              values: of((f) => percent(f.discount_depth_pct)),
              words: words((f) => format.percent(f.discount_depth_pct)),
              colour: "warn",
            },
          ]}
        />
        <Chart
          {...shared}
          kind="line"
          title={t`Margin and revenue`}
          onOpen={toOrders}
          data-testid="chart-margin"
          series={[
            {
              name: t`Margin`,
              values: data.days.map((day) => major(day, "margin")),
              words: words((f) => format.money(f.margin)),
              colour: "accent",
            },
            {
              name: t`Revenue`,
              values: data.days.map((day) => major(day, "revenue")),
              words: words((f) => format.money(f.revenue)),
              colour: "faint",
              dashed: true,
            },
          ]}
        />
        <Chart
          {...shared}
          kind="bar"
          title={t`Orders`}
          onOpen={toOrders}
          data-testid="chart-orders"
          series={[{ name: t`Orders`, values: of((f) => f.orders), colour: "accent" }]}
        />
        <Funnel steps={data.funnel} />
      </div>
    </div>
  );
}

interface HeadlineProps {
  data: Dashboard;
  onNegotiations: () => void;
  onOrders: () => void;
}

function Headline({ data, onNegotiations, onOrders }: HeadlineProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { now, before } = data;
  const figures = [
    {
      id: "negotiations",
      label: t`Negotiations`,
      now: format.number(now.negotiations),
      before: format.number(before.negotiations),
      open: onNegotiations,
    },
    {
      id: "acceptance",
      label: t`Acceptance rate`,
      now: format.percent(now.acceptance_pct),
      before: format.percent(before.acceptance_pct),
      open: onNegotiations,
    },
    {
      id: "discount",
      label: t`Discount depth`,
      now: format.percent(now.discount_depth_pct),
      before: format.percent(before.discount_depth_pct),
      open: onNegotiations,
    },
    {
      id: "margin",
      label: t`Margin`,
      now: `${format.money(now.margin)} · ${format.percent(now.margin_pct)}`,
      before: format.money(before.margin),
      open: onOrders,
    },
    {
      id: "orders",
      label: t`Orders`,
      now: format.number(now.orders),
      before: format.number(before.orders),
      open: onOrders,
    },
  ];
  return (
    <section
      aria-label={t`Figures`}
      className="grid grid-cols-[repeat(auto-fit,minmax(170px,1fr))] overflow-hidden rounded-md border border-line bg-surface"
    >
      {figures.map((figure) => (
        <button
          key={figure.id}
          type="button"
          onClick={figure.open}
          data-testid={`figure-${figure.id}`}
          className="-me-px border-e border-line px-4 py-[13px] text-start -outline-offset-2 hover:bg-sunken"
        >
          <span className="mb-1 block text-xs font-semibold text-faint">{figure.label}</span>
          <span className="block text-l font-semibold tracking-[-0.02em] tabular-nums">
            {figure.now}
          </span>
          <span className="block text-s text-soft">{t`before: ${figure.before}`}</span>
        </button>
      ))}
    </section>
  );
}
