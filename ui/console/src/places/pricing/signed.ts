import { useLocale } from "@souk/kit";
import { useMemo } from "react";

/** An amount with its sign, also where it is more. */
export function useSigned(currency: string): (decimal: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const format = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      signDisplay: "exceptZero",
    });
    return (decimal) => format.format(decimal as Intl.StringNumericLiteral);
  }, [locale, currency]);
}
