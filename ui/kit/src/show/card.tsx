import type { HTMLAttributes, ReactNode } from "react";
import { cx } from "../cx.ts";

export interface CardProps extends Omit<HTMLAttributes<HTMLElement>, "title"> {
  title?: ReactNode;
  /** At the far end of the title. */
  aside?: ReactNode;
  /** Gives the content room at its edges; lists and tables run to the edge instead. */
  padded?: boolean;
}

export function Card({ title, aside, padded = false, className, children, ...rest }: CardProps) {
  return (
    <section {...rest} className={cx("rounded-md border border-line bg-surface", className)}>
      {title ? (
        <header className="flex items-center gap-2 px-(--pad) pt-[13px] pb-2">
          <h2 className="font-semibold">{title}</h2>
          <span className="flex-1" />
          {aside}
        </header>
      ) : null}
      {padded ? (
        <div className={cx("px-(--pad) pb-(--pad)", title ? "pt-1" : "pt-(--pad)")}>{children}</div>
      ) : (
        children
      )}
    </section>
  );
}

/** A small heading over a part of a panel. */
export function Heading({
  children,
  className,
  level = 3,
}: {
  children: ReactNode;
  className?: string;
  /** 2 where no card or dialog around it has a title of its own. */
  level?: 2 | 3;
}) {
  const Level = `h${level}` as const;
  return (
    <Level className={cx("mb-2 text-xs font-semibold tracking-[0.02em] text-faint", className)}>
      {children}
    </Level>
  );
}

/** Names and their values, values to the right. */
export function Facts({ rows }: { rows: ReadonlyArray<readonly [ReactNode, ReactNode]> }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-[5px]">
      {rows.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a fact sheet keep their places
        <div key={at} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="num font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
