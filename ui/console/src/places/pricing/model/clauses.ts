// A rule as the parts of a sentence, without words: which conditions, guardrails and policies it names, in the
// order in which a merchant would say them, each with the chips that can be pressed.
import type { NameMatch, Range, Rule } from "../document.ts";
import { type Group, type Saying, type Side, standing, valueSaid } from "./edit.ts";

export interface ChipAt extends Saying {
  side?: Side | "from" | "until";
  /** The one name that this chip stands for. */
  name?: string;
  /** Stands for so many names more that are not shown. */
  more?: number;
}

export interface Clause extends Saying {
  side?: Side;
  chips: ChipAt[];
}

export const whenKeys = [
  "category",
  "product",
  "segment",
  "customer",
  "country",
  "channel",
  "quantity",
  "list_price",
  "stock",
  "intent",
  "weekday",
  "time",
  "window",
] as const;
export const guardrailKeys = ["floor", "max_discount", "ceiling"] as const;
export const policyKeys = [
  "target",
  "accept_at",
  "escalate_at",
  "decline_below",
  "max_rounds",
  "concession",
  "sweeteners",
  "combine_with",
  "deal_valid",
] as const;

const nameKeys = ["category", "product", "segment", "customer", "country", "channel", "weekday"];
export const rangeKeys = ["quantity", "list_price", "stock", "intent"];
export const termKeys = ["floor", "ceiling", "target", "accept_at", "escalate_at", "decline_below"];
const shownMax = 5;

export const isNames = (key: string) => nameKeys.includes(key);

export function clausesOf(rule: Rule): Clause[] {
  return [
    ...whenKeys.flatMap((key) => whenClauses(rule, key)),
    ...saidOf(rule, "guardrails", guardrailKeys),
    ...saidOf(rule, "policy", policyKeys),
  ];
}

/** Every chip of a rule, in the order in which the arrow keys go through them. */
export function chipsOf(rule: Rule): ChipAt[] {
  return clausesOf(rule).flatMap((clause) => clause.chips);
}

/** What one chip is told apart by within its rule. */
export function chipId({ group, key, side, name, more }: ChipAt): string {
  return [group, key, side ?? "", name ?? "", more ? "more" : ""].join(":");
}

/** Everything that may still be said by this rule. */
export function unsaid(rule: Rule): Saying[] {
  const all: Array<[Group, readonly string[]]> = [
    ["when", whenKeys],
    ["guardrails", guardrailKeys],
    ["policy", policyKeys],
  ];
  return all.flatMap(([group, keys]) =>
    keys
      .filter((key) => standing(rule, { group, key }) === undefined)
      .map((key) => ({ group, key })),
  );
}

function whenClauses(rule: Rule, key: (typeof whenKeys)[number]): Clause[] {
  const what = { group: "when", key } as const;
  if (standing(rule, what) === undefined) return [];
  const value = valueSaid(rule, what);
  if (value === undefined) return [{ ...what, chips: [what] }];
  if (isNames(key)) {
    const match = value as NameMatch;
    const sides = (["any_of", "all_of", "none_of"] as const).filter((side) => match[side]);
    if (sides.length === 0) return [{ group: "when", key, chips: [{ group: "when", key }] }];
    return sides.map((side) => nameClause(key, side, match[side] ?? []));
  }
  if (key !== "window") return [{ group: "when", key, chips: [{ group: "when", key }] }];
  const ends = value as { from?: string; until?: string };
  const chips = (["from", "until"] as const)
    .filter((side) => ends[side] !== undefined)
    .map((side) => ({ group: "when" as const, key, side }));
  return [{ group: "when", key, chips: chips.length > 0 ? chips : [{ group: "when", key }] }];
}

function nameClause(key: string, side: Side, names: readonly string[]): Clause {
  const shown = names.length > shownMax + 1 ? names.slice(0, shownMax) : names;
  const chips: ChipAt[] = shown.map((name) => ({ group: "when", key, side, name }));
  const more = names.length - shown.length;
  if (more > 0) chips.push({ group: "when", key, side, more });
  // an empty list is said too: an empty any_of matches nothing
  if (names.length === 0) chips.push({ group: "when", key, side });
  return { group: "when", key, side, chips };
}

function saidOf(rule: Rule, group: Group, keys: readonly string[]): Clause[] {
  return keys
    .filter((key) => standing(rule, { group, key }) !== undefined)
    .map((key) => ({ group, key, chips: [{ group, key }] }));
}

/** A range that says nothing is no condition. */
export function rangeOf<T>(min: T | undefined, max: T | undefined): Range<T> | undefined {
  if (min === undefined && max === undefined) return undefined;
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
