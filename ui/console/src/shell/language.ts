import { type Messages, setupI18n } from "@lingui/core";
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

/** The first of the system's languages that the console speaks. */
export function systemLanguage(): Language {
  return navigator.languages.map(known).find(Boolean) ?? "en";
}

const loaded = new Map<Language, Messages>();

/** Fetches the words of the chosen language, or of the system's where none is chosen; shows nothing yet. */
export async function loadLanguage(chosen: string): Promise<void> {
  const language = known(chosen) ?? systemLanguage();
  if (loaded.has(language)) return;
  const { messages } = await catalogues[language]();
  loaded.set(language, messages);
}

/** Speaks a language whose words are there. */
function speak(language: Language): boolean {
  const messages = loaded.get(language);
  if (!messages) return false;
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  return true;
}

/**
 * Loads the chosen language, or the system's where none is chosen. `locale` is what numbers and dates are
 * written in: the system's own variant (en-GB, de-CH) where it is of that language.
 */
export function useLanguage(chosen: string, asked: boolean): { locale: string; ready: boolean } {
  const language = known(chosen) ?? systemLanguage();
  // words that are there already are spoken in the very first picture
  const [ready, setReady] = useState(() => asked && speak(language));
  const own = navigator.languages.find((tag) => tag.split("-")[0] === language);
  const locale = own && own !== language ? own : language === "en" ? "en-GB" : "de-DE";
  useEffect(() => {
    if (!asked) return;
    let stale = false;
    void loadLanguage(language).then(() => {
      if (!stale && i18n.locale !== language) speak(language);
      if (!stale) setReady(true);
    });
    return () => {
      stale = true;
    };
  }, [language, asked]);
  return { locale, ready };
}
