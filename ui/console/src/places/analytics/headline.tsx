import { useLingui } from "@lingui/react/macro";
import type { Dashboard, Figures } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";
import { rowsOf } from "../../shell/rows-sought.ts";
import type { useRows } from "../../shell/use-rows.ts";

export interface DashboardPartProps {
  data: Dashboard;
  rows: ReturnType<typeof useRows>;
}

/** The stretch in five figures, beside the stretch before it. */
export function Headline({ data, rows }: DashboardPartProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { negotiations, orders } = rows;
  const figures = [
    {
      id: "negotiations",
      label: t`Negotiations`,
      words: (of: Figures) => format.number(of.negotiations),
      open: () => negotiations(rowsOf(data)),
    },
    {
      id: "acceptance",
      label: t`Acceptance rate`,
      words: (of: Figures) => format.percent(of.acceptance_pct),
      open: () => negotiations(rowsOf(data, "ended")),
    },
    {
      id: "discount",
      label: t`Discount depth`,
      words: (of: Figures) => format.percent(of.discount_depth_pct),
      open: () => negotiations(rowsOf(data, "agreed")),
    },
    {
      id: "margin",
      label: t`Margin`,
      words: (of: Figures) => `${format.money(of.margin)} · ${format.percent(of.margin_pct)}`,
      open: () => orders(rowsOf(data, "booked")),
    },
    {
      id: "orders",
      label: t`Orders`,
      words: (of: Figures) => format.number(of.orders),
      open: () => orders(rowsOf(data, "sold")),
    },
  ];
  return (
    <section
      aria-label={t`Figures`}
      className="grid grid-cols-[repeat(auto-fit,minmax(170px,1fr))] overflow-hidden rounded-md border border-line bg-surface"
    >
      {figures.map(({ id, label, words, open }) => (
        <button
          key={id}
          type="button"
          onClick={open}
          data-testid={`figure-${id}`}
          className="-me-px border-e border-line px-4 py-[13px] text-start -outline-offset-2 hover:bg-sunken"
        >
          <span className="mb-1 block text-xs font-semibold text-faint">{label}</span>
          <span className="block text-l font-semibold tracking-[-0.02em] tabular-nums">
            {words(data.now)}
          </span>
          <span className="block text-s text-soft">{t`before: ${words(data.before)}`}</span>
        </button>
      ))}
    </section>
  );
}
