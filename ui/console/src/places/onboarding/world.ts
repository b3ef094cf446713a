// Countries, currencies and time zones, named in the reader's language by the platform itself.
import { type Choice, useLocale } from "@souk/kit";
import { useMemo } from "react";

const countryCodes =
  "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW".split(
    " ",
  );

const currencyOf: Record<string, string> = {
  GB: "GBP",
  US: "USD",
  CH: "CHF",
  SE: "SEK",
  NO: "NOK",
  DK: "DKK",
  PL: "PLN",
  CZ: "CZK",
  CA: "CAD",
  AU: "AUD",
  NZ: "NZD",
  JP: "JPY",
  IN: "INR",
};

export interface World {
  countries: Choice[];
  currencies: Choice[];
  timezones: Choice[];
  ownCountry: string;
  ownCurrency: string;
  ownTimezone: string;
}

export function usePlacesOfTheWorld(): World {
  const locale = useLocale();
  return useMemo(() => {
    const countryName = new Intl.DisplayNames(locale, { type: "region" });
    const currencyName = new Intl.DisplayNames(locale, { type: "currency" });
    const byLabel = (a: Choice, b: Choice) => a.label.localeCompare(b.label, locale);
    const ownCountry = new Intl.Locale(locale).maximize().region ?? "GB";
    return {
      countries: countryCodes
        .map((code) => ({ value: code, label: countryName.of(code) ?? code, hint: code }))
        .sort(byLabel),
      currencies: Intl.supportedValuesOf("currency").map((code) => ({
        value: code,
        label: `${code} · ${currencyName.of(code) ?? code}`,
      })),
      timezones: Intl.supportedValuesOf("timeZone").map((zone) => ({
        value: zone,
        label: zone.replaceAll("_", " "),
      })),
      ownCountry,
      ownCurrency: currencyOf[ownCountry] ?? "EUR",
      ownTimezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
  }, [locale]);
}
