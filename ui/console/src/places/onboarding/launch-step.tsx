import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, Field, MoneyInput, NamesField, Select } from "@souk/kit";
import { useQueryClient } from "@tanstack/react-query";
import type { LaunchConstraints, Role } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { reading, useRead } from "../../api/queries.ts";
import { useRoleNames } from "../../shell/format.ts";
import { SavedNote, SaveFailure } from "../../shell/saved-note.tsx";
import { useSelfSaving } from "../../shell/self-saving.ts";
import { readDay } from "../pricing/editors/moments.ts";
import { Typed } from "../pricing/editors/typed.tsx";

export function LaunchStep({ onNext }: { onNext: () => void }) {
  const found = useRead("launchGet").data;
  return found ? <LaunchForm found={found} onNext={onNext} /> : null;
}

function LaunchForm({ found, onNext }: { found: LaunchConstraints; onNext: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const roles = useRoleNames();
  const currency = useRead("storeGet").data?.profile.currency || "GBP";
  const saving = useSelfSaving<LaunchConstraints>(
    { value: found, rev: found.rev ?? 0 },
    async (launch, rev) => {
      const saved = await ipc.launchSave({ ...launch, rev });
      client.setQueryData(reading("launchGet").queryKey, saved);
      return { value: saved, rev: saved.rev ?? 0 };
    },
  );
  const launch = saving.value;
  const set = (change: Partial<LaunchConstraints>) =>
    saving.edit((value) => ({ ...value, ...change }));
  return (
    <Card
      padded
      title={t`Launch constraints`}
      aside={<SavedNote saving={saving} testId="onboarding-launch-saved" />}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Categories
          value={launch.categories ?? []}
          onChange={(categories) => set({ categories })}
        />
        <Typed
          label={t`Bargaining opens on`}
          help={t`Left empty: at once.`}
          shown={launch.go_live_on ?? ""}
          read={readDay}
          wrong={t`A day, such as 2026-12-24.`}
          placeholder={t`year-month-day`}
          onChange={(day) => set({ go_live_on: day ?? null })}
          data-testid="launch-date"
        />
        <Field
          label={t`Discount budget for a day`}
          help={t`What all deals of a day may give away against list. Beyond it, staff decide.`}
        >
          {(ids) => (
            <MoneyInput
              {...ids}
              currency={currency}
              value={launch.daily_discount_budget?.minor ?? null}
              onChange={(minor) =>
                set({ daily_discount_budget: minor === null ? null : { minor, currency } })
              }
              data-testid="launch-budget"
            />
          )}
        </Field>
        <Field label={t`Who approves what the bot may not`}>
          {(ids) => (
            <Select
              {...ids}
              value={launch.approver_role ?? ""}
              onChange={(role) => set({ approver_role: role as Role })}
              placeholder={t`Choose a role`}
              choices={["agent", "manager", "owner"].map((role) => ({
                value: role,
                label: roles[role] ?? role,
              }))}
              data-testid="launch-approver"
            />
          )}
        </Field>
        <div className="flex flex-col gap-3 sm:col-span-2">
          <SaveFailure saving={saving} />
          <p className="text-s text-soft">
            <Trans>After this: write your rules in Pricing, then go live.</Trans>
          </p>
          <Button
            look="primary"
            className="self-end"
            onClick={onNext}
            data-testid="onboarding-next"
          >
            {t`Next: rules`}
          </Button>
        </div>
      </div>
    </Card>
  );
}

interface CategoriesProps {
  value: readonly string[];
  onChange: (paths: string[]) => void;
}

/** Which may be bargained on; one press takes them all. */
function Categories({ value, onChange }: CategoriesProps) {
  const { t } = useLingui();
  const categories = useRead("categoriesList").data ?? [];
  const tops = categories.filter((one) => !one.path.includes("/"));
  return (
    <>
      <Field
        label={t`Categories that may be bargained on`}
        help={t`With all that stands under them. Nothing else is ever bargained on.`}
        className="sm:col-span-2"
      >
        {(ids) => (
          <NamesField
            {...ids}
            value={value}
            onChange={onChange}
            choices={categories.map((one) => ({
              value: one.path,
              label: one.path.replaceAll("/", " › "),
            }))}
            nothing={t`No such category`}
            removeLabel={(label) => t`Take away ${label}`}
            data-testid="launch-categories"
          />
        )}
      </Field>
      <div className="sm:col-span-2">
        <Button
          onClick={() => onChange(tops.map((one) => one.path))}
          disabled={tops.length === 0}
          data-testid="launch-all-categories"
        >
          {t`All categories`}
        </Button>
      </div>
    </>
  );
}
