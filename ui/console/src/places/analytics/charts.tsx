import { useLingui } from "@lingui/react/macro";
import { currencyDigits } from "@souk/kit";
import { Chart, type ChartProps, type Series } from "@souk/kit/chart";
import type { Figures } from "../../api/bindings.ts";
import { useShownTheme } from "../../shell/appearance.ts";
import { useFormat } from "../../shell/format.ts";
import type { Condition } from "../../shell/rows-sought.ts";
import { saveText } from "../../shell/save-text.ts";
import type { DashboardPartProps } from "./headline.tsx";

type Line = Omit<Series, "values" | "words"> & {
  value: (figures: Figures) => number | null;
  words?: (figures: Figures) => string;
};

interface Drawn {
  id: string;
  kind: ChartProps["kind"];
  title: string;
  rows: "negotiations" | "orders";
  of?: Condition;
  most?: number;
  lines: Line[];
}

/** The figures day by day; a day leads to its rows. */
export function Charts({ data, rows }: DashboardPartProps) {
  const { t } = useLingui();
  const format = useFormat();
  const theme = useShownTheme();
  const points = data.days.map((day) => format.day(day.day));
  const labels = { chart: t`Chart`, table: t`Table`, save: t`CSV` };
  return useDrawn().map(({ id, kind, title, rows: list, of, most, lines }) => (
    <Chart
      key={id}
      kind={kind}
      title={title}
      points={points}
      pointsLabel={t`Day`}
      labels={labels}
      theme={theme}
      {...(most ? { most } : {})}
      onSave={(name, csv) => void saveText(name, csv, t`The table is saved`)}
      onOpen={(index) => {
        const day = data.days[index]?.day;
        if (day) rows[list]({ ...rows.day(day, data), ...(of ? { of } : {}) });
      }}
      data-testid={`chart-${id}`}
      series={lines.map(({ value, words, ...line }) => ({
        ...line,
        values: data.days.map((day) => value(day.figures)),
        ...(words ? { words: data.days.map((day) => words(day.figures)) } : {}),
      }))}
    />
  ));
}

function useDrawn(): Drawn[] {
  const { t } = useLingui();
  return [
    {
      id: "negotiations",
      kind: "bar",
      title: t`Negotiations`,
      rows: "negotiations",
      lines: [
        { name: t`Opened`, colour: "info", value: (of) => of.negotiations },
        { name: t`Agreed`, colour: "accent", value: (of) => of.agreed },
      ],
    },
    ...useShares(),
    useMoney(),
    {
      id: "orders",
      kind: "bar",
      title: t`Orders`,
      rows: "orders",
      of: "sold",
      lines: [{ name: t`Orders`, colour: "accent", value: (of) => of.orders }],
    },
  ];
}

function useShares(): Drawn[] {
  const { t } = useLingui();
  const format = useFormat();
  const share = (read: (of: Figures) => string | null) => ({
    value: (of: Figures) => {
      const percent = read(of);
      return percent === null ? null : Number(percent);
    },
    words: (of: Figures) => format.percent(read(of)),
  });
  return [
    {
      id: "acceptance",
      kind: "line",
      title: t`Acceptance rate`,
      rows: "negotiations",
      of: "ended",
      most: 100,
      lines: [{ name: t`Agreed of ended`, colour: "accent", ...share((of) => of.acceptance_pct) }],
    },
    {
      id: "discount",
      kind: "line",
      title: t`Discount depth`,
      rows: "negotiations",
      of: "agreed",
      most: 100,
      lines: [{ name: t`Below list`, colour: "warn", ...share((of) => of.discount_depth_pct) }],
    },
  ];
}

function useMoney(): Drawn {
  const { t } = useLingui();
  const format = useFormat();
  const amount = (key: "margin" | "revenue") => ({
    value: (of: Figures) => of[key].minor / 10 ** currencyDigits(of[key].currency),
    words: (of: Figures) => format.money(of[key]),
  });
  return {
    id: "margin",
    kind: "line",
    title: t`Margin and revenue`,
    rows: "orders",
    of: "booked",
    lines: [
      { name: t`Margin`, colour: "accent", ...amount("margin") },
      { name: t`Revenue`, colour: "faint", dashed: true, ...amount("revenue") },
    ],
  };
}
