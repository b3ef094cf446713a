import { Field, Input } from "@souk/kit";
import type { InputHTMLAttributes, ReactNode } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

/** What a field of a form needs to know. */
export interface Asked<Typed extends FieldValues> {
  form: UseFormReturn<Typed>;
  name: Path<Typed>;
  label: string;
  "data-testid": string;
}

type TextProps<Typed extends FieldValues> = Asked<Typed> & {
  help?: ReactNode;
} & Pick<
    InputHTMLAttributes<HTMLInputElement>,
    "type" | "autoComplete" | "inputMode" | "placeholder" | "spellCheck"
  >;

/** A line of text in a form: a name, a password, an address. */
export function TextField<Typed extends FieldValues>({
  form,
  name,
  label,
  help,
  ...input
}: TextProps<Typed>) {
  const { error } = form.getFieldState(name, form.formState);
  return (
    <Field label={label} help={help} error={error?.message}>
      {(ids) => <Input {...ids} {...form.register(name)} {...input} />}
    </Field>
  );
}
