import { useLingui } from "@lingui/react/macro";
import { formatDecimalMoney, formatMoney, type MoneyValue, useLocale } from "@souk/kit";
import { useMemo } from "react";
import { isMidnight, type Stretch } from "./stretch.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Numbers, amounts and times as the reader writes them. */
export function useFormat() {
  const locale = useLocale();
  return useMemo(() => {
    const plain = new Intl.NumberFormat(locale);
    const kilobytes = inUnit(locale, "kilobyte", 0);
    const tenths = new Intl.NumberFormat(locale, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const sign = new Intl.NumberFormat(locale, {
      signDisplay: "exceptZero",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    const milliseconds = inUnit(locale, "millisecond", 0);
    const seconds = inUnit(locale, "second", 1);
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
    const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
    const dayName = new Intl.DateTimeFormat(locale, {
      day: "numeric",
      month: "short",
      timeZone: "UTC",
    });
    const localDate = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
    const localTime = new Intl.DateTimeFormat(locale, {
      dateStyle: "medium",
      timeStyle: "short",
      timeZone: "UTC",
    });
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
    return {
      number: (value: number) => plain.format(value),
      /** Bytes, in thousands of them: 230 kB. */
      size: (bytes: number) => kilobytes.format(bytes / 1000),
      /** With its sign and one decimal place: +3.1, −0.9, 0.0. */
      signed: (value: number) => sign.format(value),
      /** `"36.2"` is 36.2 %, with a space in every language, as the rules are written. */
      percent: (value: string | null) =>
        value === null ? "–" : `${tenths.format(Number(value))}\u00a0%`,
      /** What something took: 45 ms, 1.6 sec; nothing takes no time. */
      took: (ms: number) =>
        ms < 1000 ? milliseconds.format(Math.max(1, ms)) : seconds.format(ms / 1000),
      money: (value: MoneyValue | null | undefined) => (value ? formatMoney(value, locale) : "–"),
      decimal: (value: string, currency: string) => formatDecimalMoney(value, currency, locale),
      date: (at: string) => date.format(new Date(at)),
      /** A store-zone day, `YYYY-MM-DD`. */
      day: (value: string) => dayName.format(new Date(`${value}T00:00:00Z`)),
      /** From the first moment up to, but without, the second. */
      stretch: (from: string, until: string, zone: string) =>
        stretchWords(locale, { from, until }, zone),
      dateTime: (at: string) => dateTime.format(new Date(at)),
      time: (at: string) => time.format(new Date(at)),
      /** A local date-time without its zone, `2011-11-01T00:00`: the date alone at midnight. */
      local: (value: string) => {
        const at = new Date(`${value}Z`);
        if (Number.isNaN(at.valueOf())) return value;
        return (value.endsWith("T00:00") ? localDate : localTime).format(at);
      },
      ago: (at: string, now = Date.now()) => {
        const passed = now - Date.parse(at);
        if (passed < minute)
          return relative.format(-Math.max(0, Math.round(passed / 1000)), "second");
        if (passed < hour) return relative.format(-Math.round(passed / minute), "minute");
        if (passed < day) return relative.format(-Math.round(passed / hour), "hour");
        return relative.format(-Math.round(passed / day), "day");
      },
      /** A waiting time as a clock: 2:14, 1:02:14. */
      clock: (since: string, now = Date.now()) => {
        const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
        const two = (value: number) => String(value).padStart(2, "0");
        const h = Math.floor(seconds / 3600);
        const m = Math.floor((seconds % 3600) / 60);
        return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
      },
    };
  }, [locale]);
}

const inUnit = (locale: string, unit: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits });

/** Whole days by their dates, anything else to the minute; as the clocks of the zone show it. */
function stretchWords(locale: string, { from, until }: Stretch, timeZone: string): string {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const days = isMidnight(start, timeZone) && isMidnight(end, timeZone);
  const fields: Intl.DateTimeFormatOptions = days ? {} : { hour: "numeric", minute: "2-digit" };
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    timeZone,
    ...fields,
  });
  return format.formatRange(start, days ? end - 1 : end);
}

/** Roles, by the name a merchant knows them by. */
export function useRoleNames(): Record<string, string> {
  const { t } = useLingui();
  return useMemo(
    () => ({
      owner: t`Owner`,
      manager: t`Manager`,
      agent: t`Agent`,
      analyst: t`Analyst`,
      auditor: t`Auditor`,
    }),
    [t],
  );
}
