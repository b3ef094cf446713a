export interface SparkProps {
  /** Values for drawing only, oldest first. */
  values: readonly number[];
  title: string;
  height?: number;
}

/** A line the size of a word: where a figure has been. The figure itself stands beside it in words. */
export function Spark({ values, title, height = 34 }: SparkProps) {
  if (values.length < 2) return null;
  const width = 120;
  const most = Math.max(...values);
  const least = Math.min(...values);
  const y = (value: number) => height - 4 - ((value - least) / (most - least || 1)) * (height - 8);
  const points = values.map(
    (value, index) => `${(index / (values.length - 1)) * (width - 6) + 3},${y(value)}`,
  );
  const last = points.at(-1)?.split(",") ?? ["0", "0"];
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={title}
    >
      <polyline points={points.join(" ")} fill="none" stroke="var(--accent)" strokeWidth="1.8" />
      <circle cx={last[0]} cy={last[1]} r="2.6" fill="var(--accent)" />
    </svg>
  );
}
