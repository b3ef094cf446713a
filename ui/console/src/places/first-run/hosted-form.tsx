import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Field, Input } from "@souk/kit";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";

/** Address and sign-in of a store that runs elsewhere. */
export function HostedForm({ address }: { address: string }) {
  const { t } = useLingui();
  const connect = useWrite("connectHosted");
  const schema = z.object({
    address: z.url({
      protocol: /^https?$/,
      error: t`Write the whole address, such as https://shop.example.com.`,
    }),
    store: z.string().trim().min(1, t`Write the store's short name, as in its shop address.`),
    email: z.email(t`Write an e-mail address, such as sam@example.com.`),
    password: z.string().min(1, t`Write your password.`),
  });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { address, store: "", email: "", password: "" },
  });
  const errors = form.formState.errors;
  const submit = form.handleSubmit(({ address: at, ...signIn }) =>
    connect.mutate([at, { ...signIn, device: "Souk" }]),
  );
  return (
    <Card padded title={t`Sign in to a hosted store`}>
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Address`} error={errors.address?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("address")}
              placeholder="https://"
              inputMode="url"
              data-testid="hosted-address"
            />
          )}
        </Field>
        <Field
          label={t`Store`}
          help={t`Its short name in the shop's address: lantern-and-lark.`}
          error={errors.store?.message}
        >
          {(ids) => <Input {...ids} {...form.register("store")} data-testid="hosted-store" />}
        </Field>
        <Field label={t`Your e-mail address`} error={errors.email?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("email")}
              type="email"
              autoComplete="username"
              data-testid="hosted-email"
            />
          )}
        </Field>
        <Field label={t`Password`} error={errors.password?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("password")}
              type="password"
              autoComplete="current-password"
              data-testid="hosted-password"
            />
          )}
        </Field>
        {connect.error ? (
          <div className="sm:col-span-2">
            <Failed error={connect.error} kept={t`What you typed is still here.`} />
          </div>
        ) : null}
        <div className="flex justify-end sm:col-span-2">
          <Button
            type="submit"
            look="primary"
            busy={connect.isPending}
            data-testid="hosted-sign-in"
          >
            {t`Sign in`}
          </Button>
        </div>
      </form>
    </Card>
  );
}
