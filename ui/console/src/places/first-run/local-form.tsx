import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Combobox, Field, Input } from "@souk/kit";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { usePlacesOfTheWorld } from "../onboarding/world.ts";

/** The store's name and currency, and who owns it. The owner's key is made and kept by the system's keychain. */
export function LocalForm() {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  const start = useWrite("startLocalStore");
  const schema = z.object({
    store: z.string().trim().min(1, t`Give the store a name; it can be changed later.`),
    currency: z.string().min(1, t`Choose the currency of its prices.`),
    name: z.string().trim().min(1, t`Write the name that colleagues know you by.`),
    email: z.email(t`Write an e-mail address, such as sam@example.com.`),
  });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { store: "", currency: world.ownCurrency, name: "", email: "" },
  });
  const errors = form.formState.errors;
  const submit = form.handleSubmit((typed) =>
    start.mutate([
      {
        slug: "",
        profile: {
          name: typed.store,
          currency: typed.currency,
          timezone: world.ownTimezone,
          country: world.ownCountry,
          contact_email: typed.email,
          language: document.documentElement.lang,
          tone: "warm",
        },
        owner_name: typed.name,
        owner_email: typed.email,
      },
    ]),
  );
  return (
    <Card padded title={t`Your store on this computer`}>
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Name of the store`} error={errors.store?.message}>
          {(ids) => (
            <Input {...ids} {...form.register("store")} data-testid="first-run-store-name" />
          )}
        </Field>
        <Field label={t`Currency`} error={errors.currency?.message}>
          {(ids) => (
            <Controller
              control={form.control}
              name="currency"
              render={({ field }) => (
                <Combobox
                  {...ids}
                  value={field.value}
                  onChange={field.onChange}
                  choices={world.currencies}
                  nothing={t`No such currency`}
                  data-testid="first-run-currency"
                />
              )}
            />
          )}
        </Field>
        <Field label={t`Your name`} error={errors.name?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("name")}
              autoComplete="name"
              data-testid="first-run-owner-name"
            />
          )}
        </Field>
        <Field label={t`Your e-mail address`} error={errors.email?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("email")}
              type="email"
              autoComplete="email"
              data-testid="first-run-owner-email"
            />
          )}
        </Field>
        {start.error ? (
          <div className="sm:col-span-2">
            <Failed error={start.error} kept={t`What you typed is still here.`} />
          </div>
        ) : null}
        <div className="flex items-center justify-end gap-3 sm:col-span-2">
          <span className="flex-1 text-s text-soft">
            {t`No password to remember: this computer's keychain signs you in.`}
          </span>
          <Button type="submit" look="primary" busy={start.isPending} data-testid="first-run-start">
            {t`Open the store`}
          </Button>
        </div>
      </form>
    </Card>
  );
}
