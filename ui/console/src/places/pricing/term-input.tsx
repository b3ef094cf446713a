import { useLingui } from "@lingui/react/macro";
import { Input, readDecimal, Select, useLocale } from "@souk/kit";
import { useState } from "react";
import { type PriceTerm, percentToShare, shareToPercent } from "./document.ts";

type Kind = "none" | "amount" | "of_list" | "margin";

export interface TermInputProps {
  label: string;
  value: PriceTerm | undefined;
  currency: string;
  onChange: (term: PriceTerm | undefined) => void;
  testId: string;
  error?: string | undefined;
}

function kindOf(term: PriceTerm | undefined): Kind {
  if (term?.amount !== undefined) return "amount";
  if (term?.of_list !== undefined) return "of_list";
  if (term?.margin !== undefined) return "margin";
  return "none";
}

/** One price term: an amount, a share of the list price, or a margin over cost. */
export function TermInput({ label, value, currency, onChange, testId, error }: TermInputProps) {
  const { t } = useLingui();
  const locale = useLocale();
  const [kind, setKind] = useState<Kind>(kindOf(value));
  const [typed, setTyped] = useState(shown(value));
  const [bad, setBad] = useState(false);

  function change(nextKind: Kind, text: string) {
    setKind(nextKind);
    setTyped(text);
    if (nextKind === "none" || text.trim() === "") {
      setBad(false);
      onChange(undefined);
      return;
    }
    const decimal = readDecimal(text, locale) ?? readDecimal(text, "en");
    const share = decimal === null ? null : percentToShare(decimal);
    const tooMuch = nextKind === "margin" && share !== null && Number(share) >= 1;
    if (decimal === null || share === null || tooMuch) {
      setBad(true);
      return;
    }
    setBad(false);
    onChange(nextKind === "amount" ? { amount: decimal } : { [nextKind]: share });
  }

  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="label-text">{label}</legend>
      <div className="flex gap-1">
        <Select
          className="!w-32 shrink-0"
          aria-label={t`${label}: how it is given`}
          value={kind}
          onChange={(next) => change(next as Kind, typed)}
          data-testid={`${testId}-kind`}
          choices={[
            { value: "none", label: t`not set` },
            { value: "of_list", label: t`% of list` },
            { value: "margin", label: t`% margin` },
            { value: "amount", label: currency },
          ]}
        />
        {kind === "none" ? null : (
          <Input
            className="num"
            inputMode="decimal"
            aria-label={label}
            aria-invalid={bad || error ? true : undefined}
            value={typed}
            onChange={(event) => change(kind, event.target.value)}
            data-testid={testId}
          />
        )}
      </div>
      {bad ? (
        <p role="alert" className="text-s text-bad">
          {kind === "margin" ? t`A share from 0 to below 100.` : t`A number, such as 12.5.`}
        </p>
      ) : null}
      {error ? (
        <p role="alert" className="text-s text-bad">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

function shown(term: PriceTerm | undefined): string {
  if (term?.amount !== undefined) return term.amount;
  const share = term?.of_list ?? term?.margin;
  return share === undefined ? "" : shareToPercent(share);
}
