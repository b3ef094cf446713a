import { useLingui } from "@lingui/react/macro";
import { currencyDigits, decimalToMinor, readDecimal, Segmented, useLocale } from "@souk/kit";
import { useState } from "react";
import { type PriceTerm, percentToShare, shareToPercent } from "../document.ts";
import type { EditorProps } from "./chip-editor.tsx";
import { Typed } from "./typed.tsx";

type Kind = "of_list" | "margin" | "amount";

/** One price term: a share of the list price, a margin over cost, or an amount. */
export function TermEditor({ what, value, currency, onChange }: EditorProps) {
  const { t } = useLingui();
  const locale = useLocale();
  const term = (value ?? {}) as PriceTerm;
  const [kind, setKind] = useState<Kind>(kindOf(term));
  const [shown, setShown] = useState(shownOf(term));
  const read = (typed: string): PriceTerm | null => {
    const decimal = decimalIn(typed, locale);
    if (decimal === null) return null;
    if (kind === "amount") return isPrice(decimal, currency) ? { amount: decimal } : null;
    const share = percentToShare(decimal);
    return share === null || (kind === "margin" && Number(share) >= 1) ? null : { [kind]: share };
  };
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        label={t`How the price is given`}
        value={kind}
        onChange={(next) => {
          setKind(next as Kind);
          setShown("");
        }}
        choices={[
          { value: "of_list", label: t`% of list` },
          { value: "margin", label: t`% margin` },
          { value: "amount", label: currency },
        ]}
        data-testid={`edit-${what.key}-kind`}
      />
      <Typed
        key={kind}
        label={
          {
            of_list: t`Per cent of the list price`,
            margin: t`Margin in per cent`,
            amount: t`Price`,
          }[kind]
        }
        help={kind === "margin" ? t`Unit cost ÷ (1 − margin); needs a cost.` : ""}
        shown={shown}
        read={read}
        wrong={
          {
            of_list: t`A number, such as 12.5.`,
            margin: t`A share from 0 to below 100.`,
            amount: t`A price with at most ${currencyDigits(currency)} decimals.`,
          }[kind]
        }
        onChange={(next) => {
          if (next !== undefined) onChange(next);
        }}
        first
        data-testid={`edit-${what.key}`}
      />
    </div>
  );
}

/** The most that may be taken off, in per cent of list. */
export function DiscountEditor({ what, value, onChange }: EditorProps) {
  const { t } = useLingui();
  const locale = useLocale();
  return (
    <Typed
      label={t`Most that may be taken off, % of list`}
      shown={typeof value === "string" ? shareToPercent(value) : ""}
      read={(typed) => {
        const decimal = decimalIn(typed, locale);
        const share = decimal === null ? null : percentToShare(decimal);
        return share === null || Number(share) > 1 ? null : share;
      }}
      wrong={t`A share from 0 to 100.`}
      onChange={(next) => {
        if (next !== undefined) onChange(next);
      }}
      first
      data-testid={`edit-${what.key}`}
    />
  );
}

/** As the reader writes numbers, or as everybody does. */
export function decimalIn(typed: string, locale: string): string | null {
  return readDecimal(typed, locale) ?? readDecimal(typed, "en");
}

/** Whether a decimal is an amount that the currency has. */
export function isPrice(decimal: string, currency: string): boolean {
  const minor = decimalToMinor(decimal, currencyDigits(currency));
  return minor !== null && minor >= 0;
}

function kindOf(term: PriceTerm): Kind {
  if (term.amount !== undefined) return "amount";
  return term.margin !== undefined ? "margin" : "of_list";
}

function shownOf(term: PriceTerm): string {
  const share = term.of_list ?? term.margin;
  return term.amount ?? (share === undefined ? "" : shareToPercent(share));
}
