import { setupI18n } from "@lingui/core";
import { useEffect, useState } from "react";

export const i18n = setupI18n();

export const languages = [
  { value: "en", label: "English" },
  { value: "de", label: "Deutsch" },
] as const;

const catalogues = {
  en: () => import("../locales/en.po"),
  de: () => import("../locales/de.po"),
};
type Language = keyof typeof catalogues;

function known(tag: string): Language | undefined {
  const base = tag.split("-")[0];
  return base === "en" || base === "de" ? base : undefined;
}

/**
 * Loads the chosen language, or the system's where none is chosen. `locale` is what numbers and dates are
 * written in: the system's own variant (en-GB, de-CH) where it is of that language.
 */
export function useLanguage(chosen: string, asked: boolean): { locale: string; ready: boolean } {
  const [ready, setReady] = useState(false);
  const language = known(chosen) ?? navigator.languages.map(known).find(Boolean) ?? "en";
  const own = navigator.languages.find((tag) => tag.split("-")[0] === language);
  const locale = own && own !== language ? own : language === "en" ? "en-GB" : "de-DE";
  useEffect(() => {
    if (!asked) return;
    let stale = false;
    void catalogues[language]().then(({ messages }) => {
      if (stale) return;
      i18n.loadAndActivate({ locale: language, messages });
      document.documentElement.lang = language;
      setReady(true);
    });
    return () => {
      stale = true;
    };
  }, [language, asked]);
  return { locale, ready };
}
