// What a document from elsewhere holds where a rule says something: only what has the shape that the editor works
// with is shown and changed; all else is kept as it is until somebody says it anew.

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => typeof value === "string";
const isTexts: Fits = (value) => Array.isArray(value) && value.every(isText);
const isNumber: Fits = (value) => typeof value === "number" && Number.isFinite(value);
const isDecimal: Fits = (value) => typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value);
const isMoment: Fits = (value) =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) &&
  !Number.isNaN(Date.parse(`${value.slice(0, 16)}Z`));

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object whose keys, those of them that are there, fit. */
const withKeys =
  (keys: readonly string[], fits: Fits): Fits =>
  (value) =>
    isObject(value) && keys.every((key) => value[key] === undefined || fits(value[key]));

const names = withKeys(["any_of", "all_of", "none_of"], isTexts);
const counts = withKeys(["min", "max"], isNumber);
const term = withKeys(["amount", "of_list", "margin"], isDecimal);

const shapes: Record<string, Fits> = {
  category: names,
  product: names,
  segment: names,
  customer: names,
  country: names,
  channel: names,
  weekday: names,
  quantity: counts,
  stock: counts,
  intent: counts,
  list_price: withKeys(["min", "max"], isDecimal),
  time: (value) => isObject(value) && isText(value.from) && isText(value.until),
  window: withKeys(["from", "until"], isMoment),
  floor: term,
  ceiling: term,
  max_discount: isDecimal,
  target: term,
  accept_at: term,
  decline_below: term,
  escalate_at: term,
  max_rounds: isNumber,
  concession: isText,
  deal_valid: isText,
  sweeteners: isTexts,
  combine_with: isTexts,
};

/** Whether what stands under a key of `when`, `guardrails` or `policy` can be read by the editor. */
export function fits(key: string, value: unknown): boolean {
  return shapes[key]?.(value) ?? false;
}
