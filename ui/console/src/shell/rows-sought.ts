// The rows behind a figure, as an address names them: a stretch of time and a condition.
import type { NegotiationQuery, OrderQuery } from "../api/bindings.ts";
import type { Stretch } from "./stretch.ts";

export const conditions = ["offered", "agreed", "ended", "redeemed", "sold", "booked"] as const;
export type Condition = (typeof conditions)[number];

/** What a list shows: everything, unless something is named. */
export interface RowsSought {
  from?: string;
  until?: string;
  of?: Condition;
}

/** What an address asks for; what it cannot mean is left out. */
export function readSought(search: Record<string, unknown>): RowsSought {
  const moment = (value: unknown) =>
    typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : undefined;
  const [from, until] = [moment(search.from), moment(search.until)];
  const of = conditions.find((one) => one === search.of);
  return { ...(from && until ? { from, until } : {}), ...(of ? { of } : {}) };
}

export function isSought(sought: RowsSought): boolean {
  return sought.from !== undefined || sought.of !== undefined;
}

export function rowsOf(stretch: Stretch, of?: Condition): RowsSought {
  return { from: stretch.from, until: stretch.until, ...(of ? { of } : {}) };
}

const agreed = ["agreed", "redeemed", "lapsed"] as const;

/** As the dashboard counts them. */
export function negotiationsSought({ from, until, of }: RowsSought): NegotiationQuery {
  const stretch = { from: from ?? null, until: until ?? null };
  switch (of) {
    case "offered":
      return { ...stretch, offered: true };
    case "agreed":
      return { ...stretch, states: [...agreed] };
    case "ended":
      return { ...stretch, states: [...agreed, "declined", "expired", "withdrawn", "stopped"] };
    case "redeemed":
      return { ...stretch, states: ["redeemed"] };
    default:
      return stretch;
  }
}

/** `sold` are the orders that are counted; `booked` also the returns, which lower revenue and margin. */
export function ordersSought({ from, until, of }: RowsSought): OrderQuery {
  const stretch = { from: from ?? null, until: until ?? null };
  if (of === "sold") return { ...stretch, sold: true, returns: false };
  return of === "booked" ? { ...stretch, sold: true } : stretch;
}
