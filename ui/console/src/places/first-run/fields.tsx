// Fields that the first-run forms share: the store and its owner, the currency, and the profile that a fresh
// store begins with.
import { useLingui } from "@lingui/react/macro";
import { Combobox, Field } from "@souk/kit";
import { Controller, type FieldValues, type Path, type UseFormReturn } from "react-hook-form";
import type { StoreProfile } from "../../api/bindings.ts";
import { type Asked, TextField } from "../../shell/text-field.tsx";
import { usePlacesOfTheWorld, type World } from "../onboarding/world.ts";

function CurrencyField<Typed extends FieldValues>({ form, name, label, ...rest }: Asked<Typed>) {
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

interface StoreTyped {
  store: string;
  currency: string;
  name: string;
  email: string;
}

interface StoreFieldsProps<Typed extends StoreTyped> {
  form: UseFormReturn<Typed>;
  /** What a password manager keeps the address as: `username` where a password is asked for, too. */
  emailAs: "email" | "username";
  /** The test ids begin with it. */
  prefix: string;
}

/** A store and its owner. */
export function StoreFields<Typed extends StoreTyped>({
  form,
  emailAs,
  prefix,
}: StoreFieldsProps<Typed>) {
  const { t } = useLingui();
  const at = (name: keyof StoreTyped) => ({ form, name: name as Path<Typed> });
  return (
    <>
      <TextField
        {...at("store")}
        label={t`Name of the store`}
        data-testid={`${prefix}-store-name`}
      />
      <CurrencyField {...at("currency")} label={t`Currency`} data-testid={`${prefix}-currency`} />
      <TextField
        {...at("name")}
        label={t`Your name`}
        autoComplete="name"
        data-testid={`${prefix}-owner-name`}
      />
      <TextField
        {...at("email")}
        label={t`Your e-mail address`}
        type="email"
        autoComplete={emailAs}
        data-testid={`${prefix}-owner-email`}
      />
    </>
  );
}

/** What a store is before anybody has told more of it: where and in which language its owner sits. */
export function freshProfile(world: World, typed: Omit<StoreTyped, "name">): StoreProfile {
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
