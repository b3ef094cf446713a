// The `souk.rules/1` document as the editor holds it. Keys that this editor has no field for are kept as
// they are; prices and shares stay decimal strings from end to end.
import { isObject } from "./model/shapes.ts";
import { knownZone } from "./model/zone.ts";

export interface PriceTerm {
  amount?: string;
  of_list?: string;
  margin?: string;
}

export interface NameMatch {
  any_of?: string[];
  all_of?: string[];
  none_of?: string[];
}

export interface Range<T> {
  min?: T;
  max?: T;
}

export interface When {
  category?: NameMatch;
  product?: NameMatch;
  segment?: NameMatch;
  channel?: NameMatch;
  country?: NameMatch;
  customer?: NameMatch;
  quantity?: Range<number>;
  list_price?: Range<string>;
  stock?: Range<number>;
  intent?: Range<number>;
  weekday?: NameMatch;
  time?: { from: string; until: string };
  window?: { from?: string; until?: string };
}

export interface Guardrails {
  floor?: PriceTerm;
  ceiling?: PriceTerm;
  max_discount?: string;
}

export interface Policy {
  target?: PriceTerm;
  accept_at?: PriceTerm;
  decline_below?: PriceTerm;
  escalate_at?: PriceTerm;
  max_rounds?: number;
  concession?: "boulware" | "linear" | "conceder";
  deal_valid?: string;
  sweeteners?: string[];
  combine_with?: string[];
}

export interface Rule {
  id: string;
  /** What people are shown; else the id. */
  name?: string;
  priority?: number;
  when?: When;
  guardrails?: Guardrails;
  policy?: Policy;
}

export interface RulesDocument {
  schema: "souk.rules/1";
  currency: string;
  timezone: string;
  rules: Rule[];
}

/** A document as it was found, which may be of anybody's making. */
export interface FoundDocument {
  currency: string;
  timezone: string;
  /** Those that can be told apart: objects with an id that no earlier one has. */
  rules: Rule[];
  /** Places in the document where something else stands; it stays there. */
  holes: readonly number[] | undefined;
}

/** The document, or `null` where the text is none. What `currency` and `timezone` cannot be read as is taken for GBP and UTC. */
export function readDocument(text: string): FoundDocument | null {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(found) || !Array.isArray(found.rules)) return null;
  const { currency, timezone } = found;
  const ids = new Set<unknown>();
  const holes: number[] = [];
  const rules = found.rules.filter((rule: unknown, at): rule is Rule => {
    const good = isObject(rule) && typeof rule.id === "string" && !ids.has(rule.id);
    if (good) ids.add(rule.id);
    else holes.push(at);
    return good;
  });
  return {
    ...found,
    currency: typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? currency : "GBP",
    timezone: typeof timezone === "string" ? knownZone(timezone) : "UTC",
    rules,
    holes: holes.length > 0 ? holes : undefined,
  };
}

/** The rule at a place of the document (`/rules/3/when`), counted among those that can be told apart; -1 where none is. */
export function ruleAt(pointer: string, holes: readonly number[]): number {
  const at = Number(/^\/rules\/(\d+)(?:\/|$)/.exec(pointer)?.[1] ?? -1);
  return at < 0 || holes.includes(at) ? -1 : at - holes.filter((hole) => hole < at).length;
}

export const nameOf = (rule: Rule): string =>
  typeof rule.name === "string" && rule.name !== "" ? rule.name : rule.id;

/** As written, or 0 where nothing that counts is. */
export const priorityOf = (rule: Rule): number =>
  typeof rule.priority === "number" && Number.isFinite(rule.priority) ? rule.priority : 0;

export function writeDocument(document: RulesDocument): string {
  return JSON.stringify(document, null, 2);
}

/** A first set that already bargains: no product ever goes under four fifths of its list price. */
export function starter(currency: string, timezone: string, name: string): RulesDocument {
  return {
    schema: "souk.rules/1",
    currency,
    timezone,
    rules: [
      {
        id: "everything",
        name,
        priority: 0,
        guardrails: { floor: { of_list: "0.80" } },
        policy: { accept_at: { of_list: "0.95" }, max_rounds: 6, concession: "boulware" },
      },
    ],
  };
}

/** An id that no rule of the set has yet, made from a name. */
export function freshId(name: string, taken: Iterable<string>): string {
  const known = taken instanceof Set ? taken : new Set(taken);
  const base =
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "rule";
  let id = base;
  for (let n = 2; known.has(id); n += 1) id = `${base}-${n}`;
  return id;
}

/** Sets a key, or takes it away where there is nothing to say; an object that becomes empty goes too. */
export function withKey<T extends object, K extends keyof T>(
  whole: T | undefined,
  key: K,
  value: T[K] | undefined,
): T | undefined {
  const next = { ...(whole ?? {}) } as T;
  if (
    value === undefined ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0)
  ) {
    delete next[key];
  } else {
    next[key] = value;
  }
  return Object.keys(next).length === 0 ? undefined : next;
}

/** `"5.5"` per cent is the share `"0.055"`; `null` where it is no plain decimal. */
export function percentToShare(percent: string): string | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(percent.trim());
  if (!match) return null;
  const whole = (match[1] ?? "").padStart(3, "0");
  const share = `${whole.slice(0, -2)}.${whole.slice(-2)}${match[2] ?? ""}`;
  return tidy(share);
}

/** The share `"0.055"` is `"5.5"` per cent. */
export function shareToPercent(share: string): string {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(share.trim());
  if (!match) return share;
  const fraction = (match[2] ?? "").padEnd(2, "0");
  return tidy(`${match[1] ?? ""}${fraction.slice(0, 2)}.${fraction.slice(2)}`);
}

function tidy(decimal: string): string {
  const [whole = "", fraction = ""] = decimal.split(".");
  const short = fraction.replace(/0+$/, "");
  const figures = whole.replace(/^0+(?=\d)/, "") || "0";
  return short ? `${figures}.${short}` : figures;
}
