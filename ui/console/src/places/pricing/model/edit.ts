// What can be done to the rules of a draft. Every function gives a new list and leaves untouched rules as the
// very same objects: that is how what changed is found.
import {
  freshId,
  type Guardrails,
  nameOf,
  type Policy,
  type Rule,
  type When,
  withKey,
} from "../document.ts";
import { fits, isObject } from "./shapes.ts";

export type Group = "when" | "guardrails" | "policy";
export type Side = "any_of" | "all_of" | "none_of";

/** One thing that a rule says: `when.category`, `guardrails.floor`, `policy.max_rounds`. */
export interface Saying {
  group: Group;
  key: string;
}

/** What stands there, whatever it is; `undefined` where nothing does. */
export function standing(rule: Rule, { group, key }: Saying): unknown {
  const whole: unknown = rule[group];
  return isObject(whole) ? whole[key] : undefined;
}

/** What is said there; `undefined` where nothing is, or nothing that can be read. */
export function valueSaid(rule: Rule, what: Saying): unknown {
  const value = standing(rule, what);
  return fits(what.key, value) ? value : undefined;
}

/** Says it, or no longer where the value is `undefined` or empty. */
export function saying(rule: Rule, { group, key }: Saying, value: unknown): Rule {
  const { [group]: old, ...rest } = rule;
  const next = withKey(isObject(old) ? old : undefined, key, value);
  // what is there already keeps its place in the document
  return next ? { ...rule, [group]: next as When & Guardrails & Policy } : rest;
}

/** Takes one name out of a match such as `when.segment.any_of`; the whole saying where it was the last. */
export function withoutName(rule: Rule, what: Saying, side: Side, name: string): Rule {
  const match = valueSaid(rule, what) as Partial<Record<Side, string[]>> | undefined;
  const left = (match?.[side] ?? []).filter((one) => one !== name);
  return saying(rule, what, withKey(match, side, left.length > 0 ? left : undefined));
}

export function replaced(rules: readonly Rule[], changed: readonly Rule[]): Rule[] {
  const byId = new Map(changed.map((rule) => [rule.id, rule]));
  return rules.map((rule) => byId.get(rule.id) ?? rule);
}

export function changedWhere(
  rules: readonly Rule[],
  ids: ReadonlySet<string>,
  change: (rule: Rule) => Rule,
): Rule[] {
  return rules.map((rule) => (ids.has(rule.id) ? change(rule) : rule));
}

export function removed(rules: readonly Rule[], ids: ReadonlySet<string>): Rule[] {
  return rules.filter((rule) => !ids.has(rule.id));
}

/** Copies stand right behind what they were copied from. */
export function duplicated(
  rules: readonly Rule[],
  ids: ReadonlySet<string>,
  named: (name: string) => string,
): { rules: Rule[]; copies: string[] } {
  const taken = new Set(rules.map((rule) => rule.id));
  const copies: string[] = [];
  const all = rules.flatMap((rule) => {
    if (!ids.has(rule.id)) return [rule];
    const id = freshId(rule.id, taken);
    taken.add(id);
    copies.push(id);
    return [rule, { ...rule, id, name: named(nameOf(rule)) }];
  });
  return { rules: all, copies };
}

export function added(
  rules: readonly Rule[],
  rule: Omit<Rule, "id">,
): { rules: Rule[]; id: string } {
  const id = freshId(rule.name ?? "", new Set(rules.map((one) => one.id)));
  return { rules: [...rules, { id, ...rule }], id };
}

export interface TextEdit {
  rule_id: string;
  rule: string | null;
}

/** Edits as the host proposes them; one whose rule is no JSON object is left out. */
export function withEdits(rules: readonly Rule[], edits: readonly TextEdit[]): Rule[] {
  const next = new Map(edits.map((edit) => [edit.rule_id, edit.rule]));
  const kept = rules.flatMap((rule) => {
    const text = next.get(rule.id);
    if (text === undefined) return [rule];
    next.delete(rule.id);
    return text === null ? [] : [readRule(text) ?? rule];
  });
  const fresh = [...next.values()].flatMap((text) => (text === null ? [] : (readRule(text) ?? [])));
  return [...kept, ...fresh];
}

/** What to send so that `before` becomes `after`: the rules that are not the same objects any more. */
export function editsBetween(before: readonly Rule[], after: readonly Rule[]): TextEdit[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const edits: TextEdit[] = [];
  for (const rule of after) {
    const was = old.get(rule.id);
    old.delete(rule.id);
    if (was !== rule) edits.push({ rule_id: rule.id, rule: JSON.stringify(rule) });
  }
  for (const id of old.keys()) edits.push({ rule_id: id, rule: null });
  return edits;
}

function readRule(text: string): Rule | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null && "id" in found ? (found as Rule) : null;
  } catch {
    return null;
  }
}
