// Fields that the first-run forms share: a text in a row of the form, the currency, and the profile that a
// fresh store begins with.
import { useLingui } from "@lingui/react/macro";
import { Combobox, Field, Input } from "@souk/kit";
import type { InputHTMLAttributes, ReactNode } from "react";
import { Controller, type FieldValues, type Path, type UseFormReturn } from "react-hook-form";
import type { StoreProfile } from "../../api/bindings.ts";
import { usePlacesOfTheWorld, type World } from "../onboarding/world.ts";

interface Asked<Typed extends FieldValues> {
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

export function CurrencyField<Typed extends FieldValues>({
  form,
  name,
  label,
  ...rest
}: Asked<Typed>) {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  const { error } = form.getFieldState(name, form.formState);
  return (
    <Field label={label} error={error?.message}>
      {(ids) => (
        <Controller
          control={form.control}
          name={name}
          render={({ field }) => (
            <Combobox
              {...ids}
              value={field.value}
              onChange={field.onChange}
              choices={world.currencies}
              nothing={t`No such currency`}
              {...rest}
            />
          )}
        />
      )}
    </Field>
  );
}

/** What a store is before anybody has told more of it: where and in which language its owner sits. */
export function freshProfile(
  world: World,
  typed: { store: string; currency: string; email: string },
): StoreProfile {
  return {
    name: typed.store,
    currency: typed.currency,
    timezone: world.ownTimezone,
    country: world.ownCountry,
    contact_email: typed.email,
    language: document.documentElement.lang,
    tone: "warm",
  };
}
