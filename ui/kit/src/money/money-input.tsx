import { useState } from "react";
import { Input, type InputProps } from "../controls/input.tsx";
import { cx } from "../cx.ts";
import { useLocale } from "../locale.tsx";
import { currencyDigits, decimalToMinor, minorToDecimal, readDecimal } from "./money.ts";

export interface MoneyInputProps extends Omit<InputProps, "value" | "onChange" | "type"> {
  /** Whole minor units; `null` for nothing typed yet. */
  value: number | null;
  currency: string;
  /** `null` for emptied; not called while what is typed cannot be read. */
  onChange: (minor: number | null) => void;
  /** Told when what is typed cannot be read as an amount, and when it can again. */
  onUnreadable?: (unreadable: boolean) => void;
}

/** An amount as a person writes it in their locale; kept as whole minor units. */
export function MoneyInput({
  value,
  currency,
  onChange,
  onUnreadable,
  className,
  ...rest
}: MoneyInputProps) {
  const locale = useLocale();
  const digits = currencyDigits(currency);
  const [draft, setDraft] = useState<{ text: string; means: number | null; bad: boolean } | null>(
    null,
  );

  const shown =
    draft && (draft.bad || draft.means === value) ? draft.text : written(value, digits, locale);

  function typed(text: string) {
    const decimal = readDecimal(text, locale);
    const minor = decimal === null ? null : decimalToMinor(decimal, digits);
    const bad = text.trim() !== "" && minor === null;
    setDraft({ text, means: minor, bad });
    onUnreadable?.(bad);
    if (!bad) onChange(minor);
  }

  return (
    <span className={cx("relative block", className)}>
      <Input
        {...rest}
        inputMode="decimal"
        autoComplete="off"
        value={shown}
        aria-invalid={draft?.bad || rest["aria-invalid"] || undefined}
        onChange={(event) => typed(event.target.value)}
        onBlur={(event) => {
          if (!draft?.bad) setDraft(null);
          rest.onBlur?.(event);
        }}
        className="num pe-11"
      />
      <span className="pointer-events-none absolute inset-y-0 end-[9px] flex items-center text-s text-faint">
        {currency}
      </span>
    </span>
  );
}

function written(value: number | null, digits: number, locale: string): string {
  const decimal = value === null ? null : minorToDecimal(value, digits);
  if (decimal === null) return "";
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(decimal as Intl.StringNumericLiteral);
}
