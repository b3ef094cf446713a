import { useLingui } from "@lingui/react/macro";
import { Chart, type Series } from "@souk/kit/chart";
import type { Impact, ImpactOf, ReplayReport } from "../../../api/bindings.ts";
import { useShownTheme } from "../../../shell/appearance.ts";
import { useFormat } from "../../../shell/format.ts";
import { saveText } from "../../../shell/save-text.ts";
import { blockedLines, difference } from "../model/figures.ts";
import { useSigned } from "../signed.ts";

const shownMax = 24;

/** Who and what it would have met: each group of lines as a picture, a table and a file. */
export function ImpactCharts({ report }: { report: ReplayReport }) {
  const { t } = useLingui();
  const bands: Record<string, string> = {
    accept: t`accepted at once`,
    counter: t`bargained`,
    decline: t`declined`,
  };
  const groups = [
    { id: "month", title: t`Margin by month`, label: t`Month`, rows: report.by_month },
    {
      id: "category",
      title: t`Margin by category`,
      label: t`Category`,
      rows: report.by_category.map((one) => ({ ...one, name: one.name.replaceAll("/", " › ") })),
    },
    { id: "country", title: t`Margin by country`, label: t`Country`, rows: report.by_country },
    { id: "segment", title: t`Margin by segment`, label: t`Segment`, rows: report.by_segment },
    {
      id: "band",
      title: t`Margin by band`,
      label: t`Band`,
      rows: report.by_band.map((one) => ({ ...one, name: bands[one.name] ?? one.name })),
    },
  ];
  return (
    <div className="grid grid-cols-2 gap-3 max-[999px]:grid-cols-1">
      {groups
        .filter((group) => group.rows.length > 0)
        .map((group) => (
          <Group key={group.id} {...group} report={report} />
        ))}
    </div>
  );
}

interface GroupProps {
  id: string;
  title: string;
  label: string;
  rows: readonly ImpactOf[];
  report: ReplayReport;
}

function Group({ id, title, label, rows, report }: GroupProps) {
  const { t } = useLingui();
  const theme = useShownTheme();
  const series = useSeries(report.currency);
  const shown = id === "month" ? rows : mostLines(rows);
  return (
    <Chart
      kind={id === "month" ? "line" : "bar"}
      title={title}
      points={shown.map((one) => one.name)}
      pointsLabel={label}
      labels={{ chart: t`Chart`, table: t`Table`, save: t`CSV` }}
      theme={theme}
      onSave={(name, csv) => void saveText(name, csv, t`The table is saved`)}
      series={series(shown, report.baseline !== null)}
      data-testid={`impact-by-${id}`}
    />
  );
}

/** The largest groups, largest first. */
function mostLines(rows: readonly ImpactOf[]): ImpactOf[] {
  return [...rows].sort((a, b) => b.impact.lines - a.impact.lines).slice(0, shownMax);
}

function useSeries(currency: string): (rows: readonly ImpactOf[], compared: boolean) => Series[] {
  const { t } = useLingui();
  const format = useFormat();
  const signed = useSigned(currency);
  const words = (impact: Impact) => {
    const change = signed(difference(impact.margin_before, impact.margin_after));
    const blocked = blockedLines(impact);
    const said = [
      format.decimal(impact.margin_after, currency),
      `${change}`,
      t`${format.number(impact.lines)} lines`,
    ];
    if (blocked > 0) said.push(t`${format.number(blocked)} not bargained`);
    return said.join(" · ");
  };
  return (rows, compared) => [
    {
      name: t`As paid`,
      colour: "faint",
      dashed: true,
      values: rows.map((one) => Number(one.impact.margin_before)),
      words: rows.map((one) => format.decimal(one.impact.margin_before, currency)),
    },
    ...(compared
      ? [
          {
            name: t`The other set`,
            colour: "info" as const,
            values: rows.map((one) => (one.baseline ? Number(one.baseline.margin_after) : null)),
            words: rows.map((one) => (one.baseline ? words(one.baseline) : "–")),
          },
        ]
      : []),
    {
      name: t`These rules`,
      colour: "accent",
      values: rows.map((one) => Number(one.impact.margin_after)),
      words: rows.map((one) => words(one.impact)),
    },
  ];
}
