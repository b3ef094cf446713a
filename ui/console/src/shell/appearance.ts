import { useEffect, useSyncExternalStore } from "react";
import type { Preferences } from "../api/bindings.ts";

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const contrast = window.matchMedia("(prefers-contrast: more)");

function subscribe(then: () => void) {
  dark.addEventListener("change", then);
  contrast.addEventListener("change", then);
  return () => {
    dark.removeEventListener("change", then);
    contrast.removeEventListener("change", then);
  };
}

/** Puts theme, contrast and density where the tokens look for them. */
export function useAppearance(preferences: Preferences | undefined) {
  const systemDark = useSyncExternalStore(subscribe, () => dark.matches);
  const systemContrast = useSyncExternalStore(subscribe, () => contrast.matches);
  const chosen = preferences?.theme ?? "system";
  const theme = chosen === "dark" || (chosen !== "light" && systemDark) ? "dark" : "light";
  const high = chosen === "contrast" || (chosen === "system" && systemContrast);
  const density = preferences?.density ?? "comfortable";
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = theme;
    root.dataset.contrast = high ? "high" : "normal";
    root.dataset.density = density;
  }, [theme, high, density]);
}

/** What is shown now, such as `dark-normal`: changes when colours do. */
export function useShownTheme(): string {
  return useSyncExternalStore(
    (then) => {
      const watch = new MutationObserver(then);
      watch.observe(document.documentElement, { attributeFilter: ["data-theme", "data-contrast"] });
      return () => watch.disconnect();
    },
    () => {
      const { theme, contrast: level } = document.documentElement.dataset;
      return `${theme ?? "light"}-${level ?? "normal"}`;
    },
  );
}
