import { useLingui } from "@lingui/react/macro";
import { currencyDigits, useLocale } from "@souk/kit";
import type { Range } from "../document.ts";
import { rangeOf } from "../model/clauses.ts";
import type { EditorProps } from "./chip-editor.tsx";
import { decimalIn, isPrice } from "./term-editor.tsx";
import { Typed, wholeIn } from "./typed.tsx";

/** From and to, both ends included; either may be open. */
export function RangeEditor({ what, value, currency, onChange }: EditorProps) {
  const { t } = useLingui();
  const locale = useLocale();
  const { min, max } = (value ?? {}) as Range<number | string>;
  const bounds: Record<string, [number, number]> = {
    quantity: [1, 1_000_000],
    stock: [0, 1_000_000_000],
    intent: [0, 100],
  };
  const [least, most] = bounds[what.key] ?? [0, 0];
  const read: (typed: string) => number | string | null =
    what.key === "list_price"
      ? (typed) => {
          const decimal = decimalIn(typed, locale);
          return decimal !== null && isPrice(decimal, currency) ? decimal : null;
        }
      : wholeIn(least, most);
  const wrong =
    what.key === "list_price"
      ? t`A price with at most ${currencyDigits(currency)} decimals.`
      : t`A whole number from ${least} to ${most}.`;
  return (
    <div className="grid grid-cols-2 gap-3">
      <Typed
        label={t`From`}
        shown={min === undefined ? "" : String(min)}
        read={read}
        wrong={wrong}
        placeholder={t`any`}
        onChange={(next) => onChange(rangeOf(next, max))}
        first
        data-testid={`edit-${what.key}-min`}
      />
      <Typed
        label={t`To, included`}
        shown={max === undefined ? "" : String(max)}
        read={read}
        wrong={wrong}
        placeholder={t`any`}
        onChange={(next) => onChange(rangeOf(min, next))}
        data-testid={`edit-${what.key}-max`}
      />
    </div>
  );
}
