import { useLingui } from "@lingui/react/macro";
import { Toasts } from "@souk/kit";
import { Outlet, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { onOpenPlace } from "../api/ipc.ts";
import { useRead, useWrite } from "../api/queries.ts";
import { useShownTheme } from "./appearance.ts";
import { onKey, useCommands } from "./commands.tsx";
import { Palette } from "./palette.tsx";
import { openPalette, openShortcuts, useOverlay } from "./palette-state.ts";
import { Rail, usePlaces } from "./rail.tsx";
import { ShortcutSheet } from "./shortcut-sheet.tsx";

/** The console of an open store: the rail, the place, and what lies over both. */
export function Shell() {
  const { t } = useLingui();
  const router = useRouter();
  const overlay = useOverlay();
  const theme = useShownTheme();
  useShellCommands();
  useEffect(() => {
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  useEffect(() => onOpenPlace((link) => void router.navigate({ to: link })), [router]);
  return (
    <div className="grid h-screen grid-rows-[100vh] grid-cols-[208px_minmax(0,1fr)] overflow-hidden max-[1099px]:grid-cols-[56px_minmax(0,1fr)]">
      <button
        type="button"
        onClick={() => document.getElementById("content")?.focus()}
        className="sr-only focus:not-sr-only focus:absolute focus:z-60 focus:m-2 focus:rounded-sm focus:bg-surface focus:px-3 focus:py-2"
      >
        {t`Skip to the content`}
      </button>
      <Rail />
      <div className="min-w-0">
        <Outlet />
      </div>
      {overlay === "palette" ? <Palette /> : null}
      {overlay === "shortcuts" ? <ShortcutSheet /> : null}
      <Toasts theme={theme.startsWith("dark") ? "dark" : "light"} label={t`Messages`} />
    </div>
  );
}

function useShellCommands() {
  const { t } = useLingui();
  const router = useRouter();
  const places = usePlaces();
  const preferences = useRead("preferencesGet").data;
  const savePreferences = useWrite("preferencesSet");
  const openShop = useWrite("openShop");
  const sync = useWrite("syncNow");
  const go = t`Go to`;
  const look = t`Appearance`;
  const store = t`Store`;
  function prefer(change: Partial<NonNullable<typeof preferences>>) {
    if (preferences) savePreferences.mutate([{ ...preferences, ...change }]);
  }
  useCommands([
    {
      id: "palette",
      label: t`Command palette`,
      keys: "Mod+k",
      group: t`Everywhere`,
      run: openPalette,
      hidden: true,
    },
    {
      id: "shortcuts",
      label: t`Show all shortcuts`,
      keys: "?",
      group: t`Everywhere`,
      run: openShortcuts,
    },
    ...places.map((place) => ({
      id: `go-${place.id}`,
      label: place.label,
      keys: place.keys,
      group: go,
      run: () => void router.navigate({ to: place.to }),
    })),
    {
      id: "theme-light",
      label: t`Light theme`,
      group: look,
      run: () => prefer({ theme: "light" }),
    },
    { id: "theme-dark", label: t`Dark theme`, group: look, run: () => prefer({ theme: "dark" }) },
    {
      id: "theme-contrast",
      label: t`High contrast`,
      group: look,
      run: () => prefer({ theme: "contrast" }),
    },
    {
      id: "theme-system",
      label: t`Theme of the system`,
      group: look,
      run: () => prefer({ theme: "system" }),
    },
    {
      id: "density",
      label: preferences?.density === "compact" ? t`Comfortable density` : t`Compact density`,
      group: look,
      run: () =>
        prefer({ density: preferences?.density === "compact" ? "comfortable" : "compact" }),
    },
    { id: "language-en", label: "English", group: look, run: () => prefer({ language: "en" }) },
    { id: "language-de", label: "Deutsch", group: look, run: () => prefer({ language: "de" }) },
    {
      id: "open-shop",
      label: t`Open the shop in a browser`,
      group: store,
      run: () => openShop.mutate([]),
    },
    { id: "sync-now", label: t`Synchronise now`, group: store, run: () => sync.mutate([]) },
  ]);
}
