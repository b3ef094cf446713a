// Figures of a replay, as whole minor units: sums and differences without a rounding error.
import { decimalToMinor, minorToDecimal, percentOf } from "@souk/kit";
import type { Impact } from "../../../api/bindings.ts";

/** after − before, as a decimal string with the amounts' digits. */
export function difference(before: string, after: string): string {
  const digits = Math.max(digitsOf(before), digitsOf(after));
  const [from, to] = [decimalToMinor(before, digits), decimalToMinor(after, digits)];
  if (from === null || to === null) return "0";
  return minorToDecimal(to - from, digits) ?? "0";
}

/** The difference in per cent of what was before, to a tenth; `null` where that was nothing. */
export function share(before: string, after: string): string | null {
  const digits = Math.max(digitsOf(before), digitsOf(after));
  const [from, to] = [decimalToMinor(before, digits), decimalToMinor(after, digits)];
  return from === null || to === null ? null : percentOf(to - from, from);
}

export function blockedLines(impact: Impact): number {
  return impact.blocked.reduce((sum, one) => sum + one.lines, 0);
}

function digitsOf(decimal: string): number {
  return /\.(\d+)$/.exec(decimal)?.[1]?.length ?? 0;
}
