import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card } from "@souk/kit";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { usePlacesOfTheWorld } from "../onboarding/world.ts";
import { freshProfile, StoreFields } from "./fields.tsx";
import { useStoreSchema } from "./schema.ts";

/** The store's name and currency, and who owns it. The owner's key is made and kept by the system's keychain. */
export function LocalForm() {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  const start = useWrite("startLocalStore");
  const form = useForm({
    resolver: zodResolver(z.object(useStoreSchema())),
    defaultValues: { store: "", currency: world.ownCurrency, name: "", email: "" },
  });
  const submit = form.handleSubmit((typed) =>
    start.mutate([
      {
        slug: "",
        profile: freshProfile(world, typed),
        owner_name: typed.name,
        owner_email: typed.email,
      },
    ]),
  );
  return (
    <Card padded title={t`Your store on this computer`}>
      <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
        <StoreFields form={form} emailAs="email" prefix="first-run" />
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
