// Money as the wire has it, whole minor units and an ISO 4217 code, and its way to and from what people
// read and type. Must never divide into fractions: `minor` is always a safe integer, the rest is text.

/** An amount as the wire carries it: `minor` is a whole number of the currency's smallest unit. */
export interface MoneyValue {
  minor: number;
  currency: string;
}

/** Decimal places of a currency (GBP 2, JPY 0, KWD 3); 2 for a code the platform does not know. */
export function currencyDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    );
  } catch {
    return 2;
  }
}

/** `945` and 2 digits become `"9.45"`; anything that is not a safe whole number becomes `null`. */
export function minorToDecimal(minor: number, digits: number): string | null {
  if (!Number.isSafeInteger(minor)) return null;
  const figures = String(Math.abs(minor)).padStart(digits + 1, "0");
  const sign = minor < 0 ? "-" : "";
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/** `"9.45"` and 2 digits become `945`; `null` where it is no plain decimal, too fine or too large. */
export function decimalToMinor(decimal: string, digits: number): number | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal.trim());
  if (!match) return null;
  const fraction = match[3] ?? "";
  if (fraction.length > digits) return null;
  const size = Number((match[2] ?? "") + fraction.padEnd(digits, "0"));
  if (!Number.isSafeInteger(size)) return null;
  return match[1] && size !== 0 ? -size : size;
}

/**
 * What a person typed, in the reader's locale, as a plain decimal string: `"1.234,50"` in German is
 * `"1234.50"`. `null` where it cannot be read without guessing.
 */
export function readDecimal(typed: string, locale: string): string | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const point = parts.find((part) => part.type === "decimal")?.value ?? ".";
  const group = parts.find((part) => part.type === "group")?.value ?? ",";
  let text = typed.replace(/[\s\u00a0\u202f]/g, "").replace(/^[^\d.,-]+|[^\d.,]+$/g, "");
  if (text === "") return null;
  const grouped = new RegExp(`^-?\\d{1,3}(\\${group}\\d{3})+(\\${point}\\d+)?$`);
  if (group.trim() !== "" && grouped.test(text)) text = text.split(group).join("");
  text = text.replace(point, ".");
  return /^-?\d+(\.\d+)?$/.test(text) ? text : null;
}

/** The amount as the reader's locale writes it; the bare text and code where it cannot be read. */
export function formatMoney(value: MoneyValue, locale: string): string {
  const decimal = minorToDecimal(value.minor, currencyDigits(value.currency));
  return decimal === null
    ? `${value.minor} ${value.currency}`
    : formatDecimalMoney(decimal, value.currency, locale);
}

/** As [`formatMoney`], for an amount that is already a decimal string such as `"9.45"`. */
export function formatDecimalMoney(decimal: string, currency: string, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency }).format(
      decimal as Intl.StringNumericLiteral,
    );
  } catch {
    return `${decimal} ${currency}`;
  }
}

/** Plain figures without the currency's sign, for axes and ladders. */
export function formatDecimalPlain(decimal: string, locale: string): string {
  const digits = /\.(\d+)$/.exec(decimal)?.[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimal as Intl.StringNumericLiteral);
}

/** part ÷ whole in tenths of a percent, half away from zero, as a decimal string such as `"36.2"`. */
export function percentOf(part: number, whole: number): string | null {
  if (whole === 0 || !Number.isSafeInteger(part) || !Number.isSafeInteger(whole)) return null;
  const size = (v: number) => BigInt(Math.abs(v));
  const tenths = (size(part) * 1000n + size(whole) / 2n) / size(whole);
  const negative = part < 0 !== whole < 0 && tenths !== 0n;
  return `${negative ? "-" : ""}${tenths / 10n}.${tenths % 10n}`;
}

/** Where an amount lies between two others, 0 to 1, for drawing only: the one place a fraction is a number. */
export function placeBetween(decimal: string, low: string, high: string): number {
  const span = Number(high) - Number(low);
  return span === 0 ? 0.5 : (Number(decimal) - Number(low)) / span;
}
