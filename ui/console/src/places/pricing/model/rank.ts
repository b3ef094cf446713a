// Which rule ranks higher (docs/reference/rules.md): priority, then how many dimensions `when` has, then the
// smaller id in byte order. And the least change of priorities that moves a rule by one place.
import { priorityOf, type Rule } from "../document.ts";
import { isObject } from "./shapes.ts";

/** Byte order of UTF-8, as the engine compares ids; of UTF-16 only what is outside the first plane differs. */
export function byId(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  for (let at = 0; at < most; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right) return bytewise(left) - bytewise(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function bytewise(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

export const specificity = (rule: Rule): number =>
  Object.keys(isObject(rule.when) ? rule.when : {}).length;

/** Negative where `a` ranks higher. */
export function byRank(a: Rule, b: Rule): number {
  return priorityOf(b) - priorityOf(a) || specificity(b) - specificity(a) || byId(a.id, b.id);
}

export function ranked(rules: readonly Rule[]): Rule[] {
  const keyed = rules.map((rule) => ({
    rule,
    priority: priorityOf(rule),
    precision: specificity(rule),
  }));
  keyed.sort(
    (a, b) => b.priority - a.priority || b.precision - a.precision || byId(a.rule.id, b.rule.id),
  );
  return keyed.map((one) => one.rule);
}

/**
 * The rules whose priority changes so that `id` stands one place higher (or lower), and every other pair
 * keeps its order. Empty where it is at the end already.
 */
export function moved(rules: readonly Rule[], id: string, way: "up" | "down"): Rule[] {
  const order = ranked(rules);
  const from = order.findIndex((rule) => rule.id === id);
  const to = way === "up" ? from - 1 : from + 1;
  const [mine, other] = [order[from], order[to]];
  if (!mine || !other) return [];
  const wanted = order.with(to, mine).with(from, other);
  const start = Math.min(from, to);
  return way === "up" ? liftFrom(wanted, start) : lowerFrom(wanted, start + 1, other);
}

/** Lifts what stands at `start` above what follows it, and whatever is above as far as it must go. */
function liftFrom(wanted: readonly Rule[], start: number): Rule[] {
  const changed: Rule[] = [];
  let below = wanted[start + 1];
  for (let at = start; at >= 0 && below; at -= 1) {
    const rule = wanted[at];
    if (!rule || byRank(rule, below) < 0) break;
    const lifted = above(rule, below);
    changed.push(lifted);
    below = lifted;
  }
  return changed;
}

function lowerFrom(wanted: readonly Rule[], start: number, first: Rule): Rule[] {
  const changed: Rule[] = [];
  let over: Rule = first;
  for (let at = start; at < wanted.length; at += 1) {
    const rule = wanted[at];
    if (!rule || byRank(over, rule) < 0) break;
    const lowered = under(rule, over);
    changed.push(lowered);
    over = lowered;
  }
  return changed;
}

function above(rule: Rule, below: Rule): Rule {
  const same = { ...rule, priority: priorityOf(below) };
  return byRank(same, below) < 0 ? same : { ...rule, priority: priorityOf(below) + 1 };
}

function under(rule: Rule, over: Rule): Rule {
  const same = { ...rule, priority: priorityOf(over) };
  return byRank(over, same) < 0 ? same : { ...rule, priority: priorityOf(over) - 1 };
}
