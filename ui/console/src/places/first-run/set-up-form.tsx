import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card } from "@souk/kit";
import { type UseFormReturn, useForm } from "react-hook-form";
import { z } from "zod";
import type { IpcError } from "../../api/ipc.ts";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { usePlacesOfTheWorld } from "../onboarding/world.ts";
import { freshProfile, StoreFields } from "./fields.tsx";
import { useAddressSchema, useStoreSchema } from "./schema.ts";

const PASSWORD_LENGTH_MIN = 12;

function useSetUpSchema() {
  const { t } = useLingui();
  return z.object({
    ...useStoreSchema(),
    address: useAddressSchema(),
    code: z.string().trim().min(1, t`Write the setup code that souk serve printed at its start.`),
    password: z
      .string()
      .min(PASSWORD_LENGTH_MIN, t`Choose at least ${PASSWORD_LENGTH_MIN} characters.`),
  });
}
type Typed = z.infer<ReturnType<typeof useSetUpSchema>>;

/** What the service did not take, by the field that mends it; nothing where no field does. */
function useRefusal(): (error: IpcError) => [keyof Typed, string] | undefined {
  const { t } = useLingui();
  return (error) => {
    switch (error.context.field) {
      case "code":
        return [
          "code",
          t`That is not the setup code of this service. souk serve prints a new one at every start.`,
        ];
      case "slug":
        return [
          "store",
          t`A store of this name is already set up here: sign in to it, or choose another name.`,
        ];
      case "owner_password":
        return [
          "password",
          t`The service does not take this password: choose a longer or less common one.`,
        ];
      case "owner_email":
        return ["email", t`Write an e-mail address, such as sam@example.com.`];
      case "address":
        return ["address", t`Write the whole address, such as https://shop.example.com.`];
      default:
        return undefined;
    }
  };
}

export interface SetUpFormProps {
  address: string;
  /** The person has a store after all; gives the address typed so far. */
  onSignIn: (address: string) => void;
}

/** The first store of a service that runs elsewhere, with its owner. Whoever may read what `souk serve` prints may make it. */
export function SetUpForm({ address, onSignIn }: SetUpFormProps) {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  const setUp = useWrite("setUpHosted");
  const refusal = useRefusal();
  const form = useForm<Typed>({
    resolver: zodResolver(useSetUpSchema()),
    defaultValues: {
      address,
      code: "",
      store: "",
      currency: world.ownCurrency,
      name: "",
      email: "",
      password: "",
    },
  });
  const submit = form.handleSubmit((typed) =>
    setUp.mutate(
      [
        typed.address,
        {
          code: typed.code,
          slug: "",
          profile: freshProfile(world, typed),
          owner_name: typed.name,
          owner_email: typed.email,
          owner_password: typed.password,
        },
      ],
      {
        onError: (error) => {
          const [field, message] = refusal(error) ?? [];
          if (field) form.setError(field, { message: message ?? "" }, { shouldFocus: true });
        },
      },
    ),
  );
  return (
    <Card padded title={t`Set up the first store of a service`}>
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        <SetUpFields form={form} />
        {setUp.error && !refusal(setUp.error) ? (
          <div className="sm:col-span-2">
            <Failed error={setUp.error} kept={t`What you typed is still here.`} />
          </div>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-3 sm:col-span-2">
          <Button
            look="ghost"
            className="-ms-[11px]"
            onClick={() => onSignIn(form.getValues("address"))}
            data-testid="set-up-back"
          >
            {t`It has one: sign in`}
          </Button>
          <Button type="submit" look="primary" busy={setUp.isPending} data-testid="set-up-start">
            {t`Set up the store`}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function SetUpFields({ form }: { form: UseFormReturn<Typed> }) {
  const { t } = useLingui();
  return (
    <>
      <TextField
        form={form}
        name="address"
        label={t`Address`}
        placeholder="https://"
        inputMode="url"
        data-testid="set-up-address"
      />
      <TextField
        form={form}
        name="code"
        label={t`Setup code`}
        help={t`souk serve prints it at its start.`}
        autoComplete="off"
        spellCheck={false}
        data-testid="set-up-code"
      />
      <StoreFields form={form} emailAs="username" prefix="set-up" />
      <TextField
        form={form}
        name="password"
        label={t`Password`}
        help={t`At least ${PASSWORD_LENGTH_MIN} characters. You sign in with it from any computer.`}
        type="password"
        autoComplete="new-password"
        data-testid="set-up-password"
      />
    </>
  );
}
