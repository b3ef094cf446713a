import { useLocale } from "../locale.tsx";
import { formatDecimalMoney, formatDecimalPlain, placeBetween } from "../money/money.ts";
import { spread } from "./spread.ts";

export interface PricePoint {
  /** Who named it: we ask, they offer. */
  side: "ask" | "offer";
  /** A decimal string. */
  price: string;
}

export interface PriceLine {
  kind: "floor" | "cost" | "target" | "list";
  label: string;
  price: string;
}

export interface ConvergenceProps {
  points: readonly PricePoint[];
  lines: readonly PriceLine[];
  currency: string;
  title: string;
  askLabel: string;
  offerLabel: string;
}

const colours: Record<PriceLine["kind"], string> = {
  floor: "var(--floor)",
  cost: "var(--faint)",
  target: "var(--target)",
  list: "var(--faint)",
};
const dashes: Record<PriceLine["kind"], string | undefined> = {
  floor: undefined,
  cost: "1 3",
  target: "3 3",
  list: undefined,
};

const width = 298;
const height = 176;
const left = 46;
const top = 14;
const bottom = 164;

/** Souk's convergence: asks falling, offers rising, and the band below the floor that no price may enter. */
export function Convergence({
  points,
  lines,
  currency,
  title,
  askLabel,
  offerLabel,
}: ConvergenceProps) {
  const locale = useLocale();
  const all = [...points.map((point) => point.price), ...lines.map((line) => line.price)];
  if (all.length === 0) return null;
  const sorted = [...all].sort((a, b) => Number(a) - Number(b));
  const low = sorted[0] ?? "0";
  const high = sorted.at(-1) ?? "1";
  const y = (price: string) => bottom - 12 - placeBetween(price, low, high) * (bottom - 12 - top);
  const x = (index: number) =>
    left + 14 + ((width - left - 44) * index) / Math.max(points.length - 1, 1);
  const floor = lines.find((line) => line.kind === "floor");
  const axis = spread(
    lines.map((line) => ({ at: y(line.price), width: 12 })),
    6,
    height - 4,
    1,
  );
  const names = lines.map((line) => labelY(line, y));
  const taken = [...names, ...wordsAt("ask", points, y, names)];
  const spoken = [
    ...lines.map((line) => `${line.label} ${formatDecimalMoney(line.price, currency, locale)}`),
    ...points.map(
      (point) =>
        `${point.side === "ask" ? askLabel : offerLabel} ${formatDecimalMoney(point.price, currency, locale)}`,
    ),
  ].join("; ");
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className="w-full"
      role="img"
      aria-label={`${title}: ${spoken}`}
      fontSize="10.5"
    >
      {floor ? (
        <rect
          x={left}
          y={y(floor.price)}
          width={width - left}
          height={bottom - y(floor.price)}
          fill="var(--bad-wash)"
        />
      ) : null}
      {lines.map((line, index) => (
        <g key={line.kind}>
          <line
            x1={left}
            x2={width}
            y1={y(line.price)}
            y2={y(line.price)}
            stroke={line.kind === "list" ? "var(--line-strong)" : colours[line.kind]}
            strokeWidth={line.kind === "floor" ? 1.5 : 1}
            strokeDasharray={dashes[line.kind]}
          />
          <text
            x={left - 6}
            y={(axis[index] ?? 0) + 3.5}
            textAnchor="end"
            fill={colours[line.kind]}
            fontWeight={line.kind === "floor" ? 600 : 480}
          >
            {formatDecimalPlain(line.price, locale)}
          </text>
          <text
            x={width - 2}
            y={labelY(line, y)}
            textAnchor="end"
            fill={colours[line.kind]}
            fontWeight={line.kind === "floor" ? 600 : 480}
          >
            {line.label}
          </text>
        </g>
      ))}
      <Path side="ask" points={points} x={x} y={y} label={askLabel} avoid={names} />
      <Path side="offer" points={points} x={x} y={y} label={offerLabel} avoid={taken} />
    </svg>
  );
}

/** Where the name of a line stands: under those that others come down to, over the rest. */
function labelY(line: PriceLine, y: (price: string) => number): number {
  return y(line.price) + (line.kind === "target" || line.kind === "cost" ? 11.5 : -4);
}

/** From a point to the words for it: over what we ask, under what they offer, if nothing else stands there. */
const steps: Record<PricePoint["side"], readonly number[]> = {
  ask: [-8, 16, -20, 28, 40],
  offer: [15, 27, 39, -9, -21],
};

/** The nearest place to a point that keeps clear of the names of lines and within the picture. */
function clearY(side: PricePoint["side"], at: number, avoid: readonly number[]): number {
  const places = steps[side].map((by) => at + by).filter((one) => one < height - 2 && one > 8);
  return places.find((one) => avoid.every((other) => Math.abs(other - one) > 10)) ?? at + 15;
}

/** The height at which the words of a side's last price stand, if it named one. */
function wordsAt(
  side: PricePoint["side"],
  points: readonly PricePoint[],
  y: (price: string) => number,
  avoid: readonly number[],
): number[] {
  const last = points.findLast((point) => point.side === side);
  return last ? [clearY(side, y(last.price), avoid)] : [];
}

interface PathProps {
  side: PricePoint["side"];
  points: readonly PricePoint[];
  x: (index: number) => number;
  y: (price: string) => number;
  label: string;
  /** Heights at which other names stand. */
  avoid: readonly number[];
}

function Path({ side, points, x, y, label, avoid }: PathProps) {
  const locale = useLocale();
  const own = points.flatMap((point, index) =>
    point.side === side ? [{ cx: x(index), cy: y(point.price), price: point.price, index }] : [],
  );
  const last = own.at(-1);
  if (!last) return null;
  const colour = side === "ask" ? "var(--ask)" : "var(--bid)";
  const held = side === "ask" && last.index < points.length - 1;
  const line = own.map((point) => `${point.cx},${point.cy}`).join(" ");
  return (
    <>
      <polyline
        points={held ? `${line} ${x(points.length - 1)},${last.cy}` : line}
        fill="none"
        stroke={colour}
        strokeWidth="2"
      />
      {own.map((point) => (
        <circle
          key={point.index}
          cx={point.cx}
          cy={point.cy}
          r={point === last ? 4 : 3}
          fill={colour}
        />
      ))}
      <text
        x={last.cx + (last.cx > width / 2 ? 10 : -10)}
        y={clearY(side, last.cy, avoid)}
        textAnchor={last.cx > width / 2 ? "end" : "start"}
        fill={colour}
        fontWeight="600"
        stroke="var(--surface)"
        strokeWidth="3"
        paintOrder="stroke"
      >
        {label} {formatDecimalPlain(last.price, locale)}
      </text>
    </>
  );
}
