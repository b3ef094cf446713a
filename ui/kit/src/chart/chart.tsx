// A chart with its table and its export. Loaded with the places that show one, never with the first screen.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { Download, LineChart as LineIcon, Table2 } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "../controls/button.tsx";
import { useLocale } from "../locale.tsx";
import { toCsv } from "./csv.ts";

use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface Series {
  name: string;
  /** One for each of the chart's points; `null` leaves a gap. For drawing; `words` are what is read. */
  values: ReadonlyArray<number | null>;
  /** The same values as they are read: money and percent in the reader's locale. */
  words?: readonly string[];
  colour: "accent" | "info" | "warn" | "faint";
  dashed?: boolean;
}

export interface ChartProps {
  title: string;
  kind: "line" | "bar";
  /** Names of the points, in order. */
  points: readonly string[];
  pointsLabel: string;
  series: readonly Series[];
  labels: { chart: string; table: string; save: string };
  /** Saves the table as CSV text; the desktop host asks where. */
  onSave: (fileName: string, csv: string) => void;
  /** A point was chosen: show the rows behind it. */
  onOpen?: (index: number) => void;
  aside?: ReactNode;
  height?: number;
  /** The most that a value can be, as 100 where they are percent: the axis never goes beyond. */
  most?: number;
  /** Changes when the theme does, so that colours are read anew. */
  theme: string;
  "data-testid"?: string;
}

/** One picture of figures over time, its table view, and its export. */
export function Chart(props: ChartProps) {
  const { title, points, pointsLabel, series, labels, onSave, onOpen, aside } = props;
  const [asTable, setAsTable] = useState(false);
  const testId = props["data-testid"] ?? "chart";
  const cell = (one: Series, index: number) =>
    one.words?.[index] ?? String(one.values[index] ?? "");
  function save() {
    const rows = points.map((point, index) => [point, ...series.map((one) => cell(one, index))]);
    onSave(`${title}.csv`, toCsv([[pointsLabel, ...series.map((one) => one.name)], ...rows]));
  }
  return (
    <section
      className="flex min-w-0 flex-col rounded-md border border-line bg-surface"
      data-testid={testId}
    >
      <header className="flex flex-wrap items-center gap-2 px-(--pad) pt-[10px] pb-1">
        <h2 className="font-semibold">{title}</h2>
        {series.length > 1 ? <Legend series={series} /> : null}
        {aside}
        <div className="ml-auto flex gap-2">
          <Button
            look="ghost"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            icon={asTable ? <LineIcon aria-hidden size={14} /> : <Table2 aria-hidden size={14} />}
            data-testid={`${testId}-as-table`}
          >
            {asTable ? labels.chart : labels.table}
          </Button>
          <Button
            look="ghost"
            onClick={save}
            icon={<Download aria-hidden size={14} />}
            data-testid={`${testId}-save`}
          >
            {labels.save}
          </Button>
        </div>
      </header>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
        <section className="max-h-64 overflow-auto" tabIndex={0} aria-label={title}>
          <table className="w-full border-collapse">
            <thead className="sticky top-0 bg-surface">
              <tr className="border-b border-line text-s text-faint">
                <th scope="col" className="px-(--pad) py-[7px] text-start font-medium">
                  {pointsLabel}
                </th>
                {series.map((one) => (
                  <th key={one.name} scope="col" className="num px-(--pad) py-[7px] font-medium">
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point, index) => (
                <tr key={point} className="border-b border-line last:border-0">
                  <th scope="row" className="px-(--pad) py-[5px] text-start font-normal">
                    {onOpen ? (
                      <button
                        type="button"
                        className="underline underline-offset-2"
                        onClick={() => onOpen(index)}
                      >
                        {point}
                      </button>
                    ) : (
                      point
                    )}
                  </th>
                  {series.map((one) => (
                    <td key={one.name} className="num px-(--pad) py-[5px]">
                      {cell(one, index)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        <Picture {...props} />
      )}
    </section>
  );
}

/** Which line is which, by name, colour and dash. */
function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className="flex flex-wrap gap-3 ps-2 text-s text-soft">
      {series.map((one) => (
        <li key={one.name} className="flex items-center gap-[6px]">
          <svg width="16" height="6" aria-hidden="true">
            <line
              x1="0"
              x2="16"
              y1="3"
              y2="3"
              stroke={`var(--${one.colour})`}
              strokeWidth="3"
              strokeDasharray={one.dashed ? "4 2" : undefined}
            />
          </svg>
          {one.name}
        </li>
      ))}
    </ul>
  );
}

function Picture(props: ChartProps) {
  const { title, kind, points, series, most, onOpen, height = 216, theme } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const locale = useLocale();
  const open = useRef(onOpen);
  open.current = onOpen;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = init(element, null, { renderer: "svg" });
    chart.current = made;
    made.on("click", (event) => open.current?.(event.dataIndex));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours behind the same names
  useEffect(() => {
    chart.current?.setOption(pictureOption({ title, kind, points, series, most, locale }), true);
  }, [title, kind, points, series, most, locale, theme]);

  return <div ref={box} style={{ height }} className="px-2" />;
}

function pictureOption(
  of: Pick<ChartProps, "title" | "kind" | "points" | "series" | "most"> & { locale: string },
) {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const compact = new Intl.NumberFormat(of.locale, {
    notation: "compact",
    maximumFractionDigits: 1,
  });
  return {
    animation: !still,
    animationDuration: 140,
    animationDurationUpdate: 140,
    aria: { enabled: true, label: { description: `${of.title}: ${spoken(of)}` } },
    textStyle: { fontFamily: "Inter Variable", fontSize: 11 },
    grid: { left: 8, right: 14, top: 14, bottom: 6, containLabel: true },
    tooltip: {
      trigger: "axis",
      backgroundColor: token("raised"),
      borderColor: token("line-strong"),
      textStyle: { color: token("text"), fontSize: 12 },
      formatter: (items: Array<{ dataIndex: number; name: string }>) => {
        const index = items[0]?.dataIndex ?? 0;
        const box = document.createElement("div");
        box.append(
          Object.assign(document.createElement("b"), { textContent: items[0]?.name ?? "" }),
        );
        for (const one of of.series) {
          const words = one.words?.[index] ?? String(one.values[index] ?? "–");
          box.append(
            Object.assign(document.createElement("div"), { textContent: `${one.name}: ${words}` }),
          );
        }
        return box;
      },
    },
    xAxis: {
      type: "category",
      data: [...of.points],
      boundaryGap: of.kind === "bar",
      axisLine: { lineStyle: { color: token("line") } },
      axisTick: { show: false },
      axisLabel: { color: token("faint"), hideOverlap: true },
    },
    yAxis: {
      type: "value",
      splitNumber: 3,
      // bars count things: no half ones on the axis
      minInterval: of.kind === "bar" ? 1 : 0,
      ...ending(of),
      splitLine: { lineStyle: { color: token("line") } },
      axisLabel: { color: token("faint"), formatter: (value: number) => compact.format(value) },
    },
    series: of.series.map((one) => ({
      type: of.kind,
      name: one.name,
      data: [...one.values],
      showSymbol: of.points.length < 40,
      symbolSize: 5,
      barMaxWidth: 22,
      color: token(one.colour),
      lineStyle: { width: 2, type: one.dashed ? "dashed" : "solid", color: token(one.colour) },
      itemStyle: { borderRadius: of.kind === "bar" ? [3, 3, 0, 0] : 0 },
    })),
  };
}

/** Where the axis ends and its steps, once the values come near the most that they can be; until then it fits them. */
function ending({ series, most }: Pick<ChartProps, "series" | "most">) {
  const highest = Math.max(...series.flatMap((one) => one.values.map((value) => value ?? 0)));
  return most !== undefined && highest > most * 0.6 ? { max: most, interval: most / 4 } : {};
}

function spoken(of: Pick<ChartProps, "points" | "series">): string {
  const end = of.points.length - 1;
  return of.series
    .map(
      (one) => `${one.name} ${of.points[end] ?? ""} ${one.words?.[end] ?? one.values[end] ?? ""}`,
    )
    .join("; ");
}
