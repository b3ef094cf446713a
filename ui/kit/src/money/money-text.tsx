import { cx } from "../cx.ts";
import { useLocale } from "../locale.tsx";
import { formatMoney, type MoneyValue } from "./money.ts";

export interface MoneyTextProps {
  value: MoneyValue | null | undefined;
  className?: string;
  "data-testid"?: string;
}

/** An amount in its currency and the reader's locale; a dash where there is none. */
export function MoneyText({ value, className, ...rest }: MoneyTextProps) {
  const locale = useLocale();
  return (
    <span {...rest} className={cx("whitespace-nowrap tabular-nums", className)}>
      {value ? formatMoney(value, locale) : "–"}
    </span>
  );
}
