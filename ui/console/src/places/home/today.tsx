import { useLingui } from "@lingui/react/macro";
import { Card } from "@souk/kit";
import type { Home } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";
import { rowsOf } from "../../shell/rows-sought.ts";
import { dayOf, dayStretch } from "../../shell/stretch.ts";
import { useRows, useZone } from "../../shell/use-rows.ts";

interface Change {
  words: string;
  /** Whether the figure rose (1), fell (−1) or stayed. */
  sign: number;
}

interface Shown {
  id: string;
  label: string;
  value: string;
  change: Change | null;
  open: () => void;
  /** 1 where more is better, −1 where less is. */
  good: number;
}

/** Today's figures beside those of the same weekday; each leads to its rows. */
export function Today({ data }: { data: Home }) {
  const figures = useFigures(data);
  return (
    <Card className="col-span-full grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] overflow-hidden">
      {figures.map((figure) => (
        <button
          key={figure.id}
          type="button"
          onClick={figure.open}
          data-testid={`home-figure-${figure.id}`}
          className="-me-px border-e border-line flex flex-col items-start px-4 py-[13px] text-start -outline-offset-2 hover:bg-sunken"
        >
          <span className="mb-2 block text-xs font-semibold text-faint">{figure.label}</span>
          <span className="block text-xl font-semibold tracking-[-0.02em] tabular-nums">
            {figure.value}
          </span>
          <span className="block text-soft">
            <Beside figure={figure} />
          </span>
        </button>
      ))}
    </Card>
  );
}

function Beside({ figure: { change, good } }: { figure: Shown }) {
  const { t } = useLingui();
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "long",
  }).format(new Date());
  if (!change) return t`nothing last ${weekday}`;
  const colour = change.sign * good > 0 ? "text-accent" : change.sign === 0 ? "" : "text-bad";
  return (
    <>
      <span className={colour}>{change.words}</span> {t`on last ${weekday}`}
    </>
  );
}

function useFigures({ today, same_weekday: before }: Home): Shown[] {
  const { t } = useLingui();
  const format = useFormat();
  const zone = useZone();
  const { negotiations, orders } = useRows();
  const { points, count, money } = useChanges();
  const stretch = dayStretch(dayOf(Date.now(), zone), zone);
  return [
    {
      id: "negotiations",
      label: t`Negotiations today`,
      value: format.number(today.negotiations),
      change: count(today.negotiations, before.negotiations),
      open: () => negotiations(rowsOf(stretch)),
      good: 1,
    },
    {
      id: "accepted",
      label: t`Accepted`,
      value: format.percent(today.acceptance_pct),
      change: points(today.acceptance_pct, before.acceptance_pct),
      open: () => negotiations(rowsOf(stretch, "ended")),
      good: 1,
    },
    {
      id: "discount",
      label: t`Discount depth`,
      value: format.percent(today.discount_depth_pct),
      change: points(today.discount_depth_pct, before.discount_depth_pct),
      open: () => negotiations(rowsOf(stretch, "agreed")),
      good: -1,
    },
    {
      id: "margin",
      label: t`Margin kept`,
      value: format.money(today.margin),
      change: money(today.margin, before.margin),
      open: () => orders(rowsOf(stretch, "booked")),
      good: 1,
    },
    {
      id: "orders",
      label: t`Orders`,
      value: format.number(today.orders),
      change: count(today.orders, before.orders),
      open: () => orders(rowsOf(stretch, "sold")),
      good: 1,
    },
  ];
}

/** How far a figure is from what it was; nothing where there was nothing. */
function useChanges() {
  const { t } = useLingui();
  const format = useFormat();
  const signed = (by: number, words: string): Change => ({
    words: `${by >= 0 ? "+" : "−"}${words}`,
    sign: Math.sign(by),
  });
  return {
    points: (now: string | null, then: string | null): Change | null => {
      if (now === null || then === null) return null;
      const tenths = Math.round((Number(now) - Number(then)) * 10);
      return { words: t`${format.signed(tenths / 10)} pt`, sign: Math.sign(tenths) };
    },
    count: (now: number, then: number): Change | null =>
      then === 0 ? null : signed(now - then, format.number(Math.abs(now - then))),
    money: (now: Home["today"]["margin"], then: Home["today"]["margin"]): Change => {
      const by = now.minor - then.minor;
      return signed(by, format.money({ ...now, minor: Math.abs(by) }));
    },
  };
}
