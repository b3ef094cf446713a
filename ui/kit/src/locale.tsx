import { createContext, type ReactNode, useContext } from "react";

const Locale = createContext("en");

/** Tells every number, amount and date of the kit which locale they are read in. */
export function LocaleProvider({ locale, children }: { locale: string; children: ReactNode }) {
  return <Locale.Provider value={locale}>{children}</Locale.Provider>;
}

/** The reader's locale, a BCP 47 tag. */
export function useLocale(): string {
  return useContext(Locale);
}
