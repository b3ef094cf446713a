import { useLingui } from "@lingui/react/macro";
import { Button, Card, Combobox, Field, Input, Select } from "@souk/kit";
import { useQueryClient } from "@tanstack/react-query";
import type { Store, StoreProfile } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { reading, useRead } from "../../api/queries.ts";
import { SavedNote, SaveFailure } from "../../shell/saved-note.tsx";
import { useSelfSaving } from "../../shell/self-saving.ts";
import { usePlacesOfTheWorld } from "./world.ts";

export function StoreStep({ onNext }: { onNext: () => void }) {
  const store = useRead("storeGet").data;
  return store ? <StoreForm store={store} onNext={onNext} /> : null;
}

function StoreForm({ store, onNext }: { store: Store; onNext: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const saving = useSelfSaving<StoreProfile>(
    { value: store.profile, rev: store.rev },
    async (profile, rev) => {
      const saved = await ipc.storeSaveProfile({ profile, base_rev: rev });
      client.setQueryData(reading("storeGet").queryKey, saved);
      return { value: saved.profile, rev: saved.rev };
    },
  );
  const profile = saving.value;
  const set = (change: Partial<StoreProfile>) => saving.edit((value) => ({ ...value, ...change }));
  return (
    <Card
      padded
      title={t`Your store`}
      aside={<SavedNote saving={saving} testId="onboarding-store-saved" />}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Name`} className="sm:col-span-2">
          {(ids) => (
            <Input
              {...ids}
              value={profile.name ?? ""}
              onChange={(event) => set({ name: event.target.value })}
              data-testid="onboarding-store-name"
            />
          )}
        </Field>
        <Currency profile={profile} set={set} />
        <Whereabouts profile={profile} set={set} />
        <Field label={t`Contact for customers`}>
          {(ids) => (
            <Input
              {...ids}
              type="email"
              value={profile.contact_email ?? ""}
              onChange={(event) => set({ contact_email: event.target.value })}
              data-testid="onboarding-store-contact"
            />
          )}
        </Field>
        <Voice profile={profile} set={set} />
        <div className="flex flex-col gap-3 sm:col-span-2">
          <SaveFailure saving={saving} />
          <Button
            look="primary"
            className="self-end"
            onClick={onNext}
            data-testid="onboarding-next"
          >
            {t`Next: catalogue`}
          </Button>
        </div>
      </div>
    </Card>
  );
}

interface PartProps {
  profile: StoreProfile;
  set: (change: Partial<StoreProfile>) => void;
}

/** Once products have prices, their currency stays. */
function Currency({ profile, set }: PartProps) {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  const products = useRead("productsList", { limit: 1 }).data;
  const fixed = (products?.items.length ?? 0) > 0;
  return (
    <Field
      label={t`Currency`}
      help={fixed ? t`Fixed, because products have prices in it.` : t`Fixed once products exist.`}
    >
      {(ids) =>
        fixed ? (
          <Input
            {...ids}
            value={profile.currency ?? ""}
            readOnly
            data-testid="onboarding-store-currency"
          />
        ) : (
          <Combobox
            {...ids}
            value={profile.currency ?? ""}
            onChange={(currency) => set({ currency })}
            choices={world.currencies}
            nothing={t`No such currency`}
            data-testid="onboarding-store-currency"
          />
        )
      }
    </Field>
  );
}

function Whereabouts({ profile, set }: PartProps) {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  return (
    <>
      <Field label={t`Country`}>
        {(ids) => (
          <Combobox
            {...ids}
            value={profile.country ?? ""}
            onChange={(country) => set({ country })}
            choices={world.countries}
            nothing={t`No such country`}
            data-testid="onboarding-store-country"
          />
        )}
      </Field>
      <Field label={t`Time zone`} help={t`Days, opening hours and rules follow it.`}>
        {(ids) => (
          <Combobox
            {...ids}
            value={profile.timezone ?? ""}
            onChange={(timezone) => set({ timezone })}
            choices={world.timezones}
            nothing={t`No such time zone`}
            data-testid="onboarding-store-timezone"
          />
        )}
      </Field>
    </>
  );
}

/** How the bot speaks to customers. */
function Voice({ profile, set }: PartProps) {
  const { t } = useLingui();
  return (
    <>
      <Field label={t`Language that the bot starts in`}>
        {(ids) => (
          <Select
            {...ids}
            value={profile.language ?? ""}
            onChange={(language) => set({ language })}
            choices={[
              { value: "en", label: "English" },
              { value: "de", label: "Deutsch" },
            ]}
            data-testid="onboarding-store-language"
          />
        )}
      </Field>
      <Field label={t`How the bot words things`}>
        {(ids) => (
          <Select
            {...ids}
            value={profile.tone ?? ""}
            onChange={(tone) => set({ tone })}
            choices={[
              { value: "warm", label: t`Warm`, hint: t`Lovely choice! I can do it at …` },
              { value: "plain", label: t`Plain`, hint: t`I can offer …` },
              { value: "brief", label: t`Brief`, hint: t`My price: …` },
            ]}
            data-testid="onboarding-store-tone"
          />
        )}
      </Field>
    </>
  );
}
