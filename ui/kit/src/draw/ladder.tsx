import { useLocale } from "../locale.tsx";
import { formatDecimalMoney, formatDecimalPlain, placeBetween } from "../money/money.ts";
import { spread, textWidth } from "./spread.ts";

export type RungKind = "cost" | "floor" | "ceiling" | "target" | "accept" | "list" | "offer";

export interface Rung {
  kind: RungKind;
  /** What it is called: "floor". */
  label: string;
  /** A decimal string in the ladder's currency. */
  price: string;
  /** The rule that set it, shown on hover and told to readers. */
  rule?: string | undefined;
}

export interface LadderProps {
  rungs: readonly Rung[];
  currency: string;
  title: string;
}

const colours: Record<RungKind, string> = {
  cost: "var(--faint)",
  floor: "var(--floor)",
  ceiling: "var(--warn)",
  target: "var(--target)",
  accept: "var(--target)",
  list: "var(--list)",
  offer: "var(--bid)",
};
const strong: readonly RungKind[] = ["floor", "ceiling", "offer"];

const width = 348;
const left = 10;
const right = width - 10;

/**
 * Souk's ladder: the prices that matter for one product on a rail, from cost to list, with the forbidden
 * stretch shaded. Where the floor stands above the ceiling, the contradiction itself is shaded.
 */
export function Ladder({ rungs, currency, title }: LadderProps) {
  const locale = useLocale();
  if (rungs.length === 0) return null;
  const sorted = [...rungs].sort((a, b) => Number(a.price) - Number(b.price));
  const lowest = sorted[0]?.price ?? "0";
  const highest = sorted.at(-1)?.price ?? "1";
  const x = (price: string) =>
    left + 34 + placeBetween(price, lowest, highest) * (right - left - 68);
  const price = (kind: RungKind) => rungs.find((rung) => rung.kind === kind)?.price;
  const floor = price("floor");
  const ceiling = price("ceiling");
  const end = price("target") ?? price("list") ?? highest;
  const clash = floor !== undefined && ceiling !== undefined && Number(floor) > Number(ceiling);

  const rows = [0, 1].map((row) => {
    const here = sorted.filter((_, index) => index % 2 === row);
    const texts = here.map((rung) => `${rung.label} ${formatDecimalPlain(rung.price, locale)}`);
    const centres = spread(
      here.map((rung, index) => ({ at: x(rung.price), width: textWidth(texts[index] ?? "") })),
      2,
      width - 2,
    );
    return here.map((rung, index) => ({
      rung,
      text: texts[index] ?? "",
      centre: centres[index] ?? 0,
      row,
    }));
  });
  const spoken = sorted
    .map(
      (rung) =>
        `${rung.label} ${formatDecimalMoney(rung.price, currency, locale)}${rung.rule ? `, ${rung.rule}` : ""}`,
    )
    .join("; ");

  return (
    <svg
      viewBox={`0 0 ${width} 92`}
      className="w-full max-w-[440px]"
      role="img"
      aria-label={`${title}: ${spoken}`}
      fontSize="10.5"
    >
      <rect
        x={left}
        y="41"
        width={right - left}
        height="10"
        rx="5"
        fill="var(--sunken)"
        stroke="var(--line)"
      />
      {floor ? (
        <>
          <path
            d={`M${left + 5} 41H${x(floor)}v10H${left + 5}a5 5 0 0 1 0-10z`}
            fill="var(--bad-wash)"
          />
          {Number(end) > Number(floor) ? (
            <rect
              x={x(floor)}
              y="41"
              width={x(end) - x(floor)}
              height="10"
              fill="var(--accent-wash)"
            />
          ) : null}
        </>
      ) : null}
      {clash && floor && ceiling ? (
        <rect
          x={x(ceiling)}
          y="41"
          width={x(floor) - x(ceiling)}
          height="10"
          fill="var(--floor)"
          opacity="0.55"
        />
      ) : null}
      {rows.flat().map(({ rung, text, centre, row }) => (
        <g key={`${rung.kind}-${rung.price}`}>
          <title>{rung.rule ?? rung.label}</title>
          <line
            x1={x(rung.price)}
            x2={x(rung.price)}
            y1="34"
            y2="58"
            stroke={colours[rung.kind]}
            strokeWidth={rung.kind === "offer" ? 3 : 2}
          />
          <line
            x1={x(rung.price)}
            x2={centre}
            y1={row === 0 ? 34 : 58}
            y2={row === 0 ? 27 : 66}
            stroke={colours[rung.kind]}
            strokeWidth="1"
          />
          <text
            x={centre}
            y={row === 0 ? 22 : 77}
            textAnchor="middle"
            fill={colours[rung.kind]}
            fontWeight={strong.includes(rung.kind) ? 600 : 480}
          >
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}
