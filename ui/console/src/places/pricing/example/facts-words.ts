import { useLingui } from "@lingui/react/macro";
import { useLocale } from "@souk/kit";
import { useMemo } from "react";
import type { SaleFacts } from "../../../api/bindings.ts";

/** One sale in a line: "Brass lantern, large · wholesale × 6 · GB · 3 Dec 2026". */
export function useFactsWords(timezone: string): (facts: SaleFacts, title: string) => string {
  const { t } = useLingui();
  const locale = useLocale();
  return useMemo(() => {
    const day = new Intl.DateTimeFormat(locale, {
      day: "numeric",
      month: "short",
      timeZone: timezone,
    });
    return (facts, title) => {
      const customer = facts.customer === "new" ? t`new customer` : t`returning customer`;
      const buyer = facts.segments.length > 0 ? facts.segments.join(" + ") : customer;
      return [
        title || facts.product,
        `${buyer} × ${facts.quantity}`,
        facts.country,
        day.format(new Date(facts.at)),
      ].join(" · ");
    };
  }, [t, locale, timezone]);
}
