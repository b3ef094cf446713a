import { Field, Input } from "@souk/kit";
import { type ReactNode, useState } from "react";

export interface TypedProps<T> {
  label: ReactNode;
  /** What stands in the field at first. */
  shown: string;
  /** What was typed, as a value; `null` where it is none. */
  read: (typed: string) => T | null;
  /** Said where it is none. */
  wrong: string;
  /** `undefined` where the field is empty. */
  onChange: (value: T | undefined) => void;
  placeholder?: string;
  help?: string;
  className?: string;
  first?: boolean;
  "data-testid"?: string;
}

/** A field whose text means something: what cannot be read is said and changes nothing. */
export function Typed<T>({
  label,
  shown,
  read,
  wrong,
  onChange,
  placeholder,
  help,
  className,
  first,
  ...rest
}: TypedProps<T>) {
  const [typed, setTyped] = useState(shown);
  const [bad, setBad] = useState(false);
  function change(text: string) {
    setTyped(text);
    const value = text.trim() === "" ? undefined : read(text.trim());
    setBad(value === null);
    if (value !== null) onChange(value);
  }
  return (
    <Field label={label} help={help} error={bad ? wrong : undefined} className={className ?? ""}>
      {(ids) => (
        <Input
          {...ids}
          {...(first ? { "data-first": true } : {})}
          className="num"
          inputMode="decimal"
          placeholder={placeholder}
          value={typed}
          onChange={(event) => change(event.target.value)}
          data-testid={rest["data-testid"]}
        />
      )}
    </Field>
  );
}

/** Whole numbers from `least` to `most`. */
export function wholeIn(least: number, most: number): (typed: string) => number | null {
  return (typed) => {
    // marks stand between groups of three figures, or there are none: 1.5 is not fifteen
    const grouped = /^\d{1,3}([\s,.\u00a0\u202f’']\d{3})+$/.test(typed);
    const figures = grouped ? typed.replace(/\D/g, "") : typed;
    const value = /^-?\d+$/.test(figures) ? Number(figures) : Number.NaN;
    return Number.isSafeInteger(value) && value >= least && value <= most ? value : null;
  };
}
