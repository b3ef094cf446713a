import { useLingui } from "@lingui/react/macro";
import { Card, Field, Segmented, Select, Switch } from "@souk/kit";
import type { Density, Preferences, Theme } from "../../api/bindings.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { languages } from "../../shell/language.ts";

/** How the console looks and speaks on this computer. */
export function AppearanceSettings() {
  const { t } = useLingui();
  const found = useRead("preferencesGet");
  const save = useWrite("preferencesSet");
  const preferences = found.data;
  if (!preferences) return found.error ? <Failed error={found.error} /> : null;
  const set = (change: Partial<Preferences>) => save.mutate([{ ...preferences, ...change }]);
  return (
    <Card padded>
      <div className="flex flex-col gap-5 pt-1">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span>{t`Theme`}</span>
          <Segmented
            label={t`Theme`}
            value={preferences.theme ?? "system"}
            onChange={(theme) => set({ theme: theme as Theme })}
            choices={[
              { value: "system", label: t`System` },
              { value: "light", label: t`Light` },
              { value: "dark", label: t`Dark` },
              { value: "contrast", label: t`High contrast` },
            ]}
            data-testid="settings-theme"
          />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span>{t`Density`}</span>
          <Segmented
            label={t`Density`}
            value={preferences.density ?? "comfortable"}
            onChange={(density) => set({ density: density as Density })}
            choices={[
              { value: "comfortable", label: t`Comfortable` },
              { value: "compact", label: t`Compact` },
            ]}
            data-testid="settings-density"
          />
        </div>
        <Field label={t`Language`} className="max-w-64">
          {(ids) => (
            <Select
              {...ids}
              value={preferences.language || "system"}
              onChange={(language) => set({ language: language === "system" ? "" : language })}
              choices={[{ value: "system", label: t`Language of the system` }, ...languages]}
              data-testid="settings-language"
            />
          )}
        </Field>
        <Switch
          checked={preferences.notifications ?? true}
          onChange={(notifications) => set({ notifications })}
          label={t`Notify me when a customer waits`}
          help={t`Through the system's own notifications, also while the window is hidden.`}
          data-testid="settings-notifications"
        />
        {save.error ? <Failed error={save.error} /> : null}
      </div>
    </Card>
  );
}
