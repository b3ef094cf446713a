import { useLingui } from "@lingui/react/macro";
import { Tabs } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { ApiKeySettings } from "./api-key-settings.tsx";
import { AppearanceSettings } from "./appearance-settings.tsx";
import { PasswordSettings } from "./password-settings.tsx";
import { ProviderSettings } from "./provider-settings.tsx";
import { SessionSettings } from "./session-settings.tsx";
import { StaffSettings } from "./staff-settings.tsx";
import { StoreSettings } from "./store-settings.tsx";

const sections = ["appearance", "staff", "sessions", "keys", "providers", "store"] as const;

export default function Settings() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const asked = useParams({
    strict: false,
    select: (params: { section?: string }) => params.section,
  });
  const section = sections.find((one) => one === asked) ?? "appearance";
  return (
    <Place title={t`Settings`}>
      <div className="mx-auto max-w-[960px]">
        <Tabs
          label={t`Settings`}
          value={section}
          onChange={(id) => void navigate({ to: paths.settings(id) })}
          data-testid="settings"
          tabs={[
            {
              id: "appearance",
              label: t`Appearance and language`,
              content: <AppearanceSettings />,
            },
            { id: "staff", label: t`Staff`, content: <StaffSettings /> },
            { id: "sessions", label: t`Sessions`, content: <Access /> },
            { id: "keys", label: t`API keys`, content: <ApiKeySettings /> },
            { id: "providers", label: t`Providers`, content: <ProviderSettings /> },
            { id: "store", label: t`This store`, content: <StoreSettings /> },
          ]}
        />
      </div>
    </Place>
  );
}

/** Where one is signed in, and with what. */
function Access() {
  return (
    <div className="flex flex-col gap-4">
      <PasswordSettings />
      <SessionSettings />
    </div>
  );
}
