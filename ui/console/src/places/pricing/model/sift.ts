// Which rules of a set are shown, and in which order.
import { nameOf, type Rule } from "../document.ts";
import { byRank, ranked } from "./rank.ts";

export type RuleOrder = "rank" | "name" | "reach" | "findings";
export type RuleKind = "all" | "findings" | "errors" | "guardrails" | "policy";

export interface Sifting {
  typed: string;
  order: RuleOrder;
  kind: RuleKind;
  /** The rules that can match one product; `null` for any. */
  touching: ReadonlySet<string> | null;
}

export const everyRule: Sifting = { typed: "", order: "rank", kind: "all", touching: null };

export interface Known {
  /** Findings of a rule: how many, and whether the worst is an error. */
  findings: (id: string) => { count: number; worst: "error" | "warning" | "info" | null };
  reach: (id: string) => number;
}

const texts = new WeakMap<Rule, string>();

/** All that a rule says, in small letters; made once for each version of a rule. */
export function textOf(rule: Rule): string {
  const known = texts.get(rule);
  if (known !== undefined) return known;
  const text = JSON.stringify(rule).toLowerCase();
  texts.set(rule, text);
  return text;
}

export function sifted(rules: readonly Rule[], sifting: Sifting, known: Known): Rule[] {
  const words = sifting.typed.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rules.filter(
    (rule) =>
      (sifting.touching === null || sifting.touching.has(rule.id)) &&
      isKind(rule, sifting.kind, known) &&
      words.every((word) => textOf(rule).includes(word)),
  );
  return sifting.order === "rank" ? ranked(shown) : shown.sort(ordering(sifting.order, known));
}

function isKind(rule: Rule, kind: RuleKind, known: Known): boolean {
  switch (kind) {
    case "findings":
      return known.findings(rule.id).count > 0;
    case "errors":
      return known.findings(rule.id).worst === "error";
    case "guardrails":
      return rule.guardrails !== undefined;
    case "policy":
      return rule.policy !== undefined;
    default:
      return true;
  }
}

function ordering(order: Exclude<RuleOrder, "rank">, known: Known): (a: Rule, b: Rule) => number {
  switch (order) {
    case "name":
      return (a, b) => nameOf(a).localeCompare(nameOf(b)) || byRank(a, b);
    case "reach":
      return (a, b) => known.reach(b.id) - known.reach(a.id) || byRank(a, b);
    default:
      return (a, b) => weight(known, b) - weight(known, a) || byRank(a, b);
  }
}

const severities = { error: 1_000_000, warning: 1_000, info: 1 };

function weight(known: Known, rule: Rule): number {
  const { count, worst } = known.findings(rule.id);
  return worst === null ? 0 : severities[worst] + count;
}
