import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card } from "@souk/kit";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { useAddressSchema } from "./schema.ts";

export interface SignInFormProps {
  address: string;
  /** The person says that there is no store yet; gives the address typed so far. */
  onSetUp: (address: string) => void;
}

/** Address and sign-in of a store that runs elsewhere. */
export function SignInForm({ address, onSetUp }: SignInFormProps) {
  const { t } = useLingui();
  const connect = useWrite("connectHosted");
  const schema = z.object({
    address: useAddressSchema(),
    store: z.string().trim().min(1, t`Write the store's short name, as in its shop address.`),
    email: z.email(t`Write an e-mail address, such as sam@example.com.`),
    password: z.string().min(1, t`Write your password.`),
  });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { address, store: "", email: "", password: "" },
  });
  const submit = form.handleSubmit(({ address: at, ...signIn }) =>
    connect.mutate([at, { ...signIn, device: "Souk" }]),
  );
  return (
    <Card padded title={t`Sign in to a hosted store`}>
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        <TextField
          form={form}
          name="address"
          label={t`Address`}
          placeholder="https://"
          inputMode="url"
          data-testid="hosted-address"
        />
        <TextField
          form={form}
          name="store"
          label={t`Store`}
          help={t`Its short name in the shop's address: lantern-and-lark.`}
          data-testid="hosted-store"
        />
        <TextField
          form={form}
          name="email"
          label={t`Your e-mail address`}
          type="email"
          autoComplete="username"
          data-testid="hosted-email"
        />
        <TextField
          form={form}
          name="password"
          label={t`Password`}
          type="password"
          autoComplete="current-password"
          data-testid="hosted-password"
        />
        {connect.error ? (
          <div className="sm:col-span-2">
            <Failed error={connect.error} kept={t`What you typed is still here.`} />
          </div>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-3 sm:col-span-2">
          <Button
            look="ghost"
            className="-ms-[11px]"
            onClick={() => onSetUp(form.getValues("address"))}
            data-testid="hosted-set-up"
          >
            {t`This service has no store yet: set it up`}
          </Button>
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
