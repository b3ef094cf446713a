import { expect, it } from "vitest";
import type { Rule } from "../document.ts";
import { anyRule, anyRules, dice } from "./dice.ts";
import {
  added,
  changedWhere,
  duplicated,
  editsBetween,
  removed,
  replaced,
  withEdits,
} from "./edit.ts";
import { begin, type History, record, redo, touched, undo } from "./history.ts";
import { moved } from "./rank.ts";

/** Some gesture of a merchant: one rule, many at once, moved, copied, taken out, or a fix. */
function gesture(roll: (sides: number) => number, rules: readonly Rule[], at: number): Rule[] {
  const ids = new Set(rules.filter(() => roll(3) === 0).map((rule) => rule.id));
  const one = rules[roll(Math.max(rules.length, 1))];
  switch (roll(6)) {
    case 0:
      return added(rules, { name: `New ${at}`, priority: roll(50) }).rules;
    case 1:
      return removed(rules, ids);
    case 2:
      return duplicated(rules, ids, (name) => `${name} copy`).rules;
    case 3:
      return changedWhere(rules, ids, (rule) => ({ ...rule, priority: roll(90) }));
    case 4:
      return one ? replaced(rules, moved(rules, one.id, roll(2) ? "up" : "down")) : [...rules];
    default:
      return withEdits(rules, [
        {
          rule_id: one?.id ?? "x",
          rule: roll(2) ? JSON.stringify(anyRule(roll, one?.id ?? "x")) : null,
        },
      ]);
  }
}

it("takes back any sequence of gestures, and does it again", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const roll = dice(seed);
    const first = anyRules(roll, 12);
    let history: History = begin(first);
    const seen = [history.rules];
    for (let at = 0; at < 12; at += 1) {
      const mark = roll(3) === 0 ? "typing" : null;
      const last = history.done.at(-1)?.mark ?? null;
      const next = record(history, gesture(roll, history.rules, at), mark);
      if (next.done.length > history.done.length) seen.push(next.rules);
      else if (mark !== null && last === mark)
        seen.splice(next.done.length, Number.POSITIVE_INFINITY, next.rules);
      history = next;
    }
    const end = history.rules;
    for (let at = history.done.length - 1; at >= 0; at -= 1) {
      history = undo(history);
      expect(history.rules).toEqual(seen[at]);
    }
    expect(history.rules).toEqual(first);
    expect(undo(history)).toBe(history);
    while (history.undone.length > 0) history = redo(history);
    expect(history.rules).toEqual(end);
  }
});

it("takes back typing in one field at once", () => {
  const rules = [{ id: "a", name: "A", priority: 1 }];
  let history = begin(rules);
  for (const priority of [2, 25, 250]) {
    history = record(history, [{ id: "a", name: "A", priority }], "priority of a");
  }
  expect(history.done).toHaveLength(1);
  expect(undo(history).rules).toEqual(rules);
  history = record(history, [], null);
  expect(touched(history, undo(history))).toBe("a");
  expect(history.done).toHaveLength(2);
});

it("forgets what was taken back once something new is done", () => {
  let history = record(begin([]), [{ id: "a", name: "A" }]);
  history = record(undo(history), [{ id: "b", name: "B" }]);
  expect(redo(history)).toBe(history);
  expect(record(history, history.rules)).toBe(history);
});

it("sends nothing but what changed, and that makes the host's document the same", () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const roll = dice(seed * 7);
    const before = anyRules(roll, 15);
    let after: Rule[] = before;
    for (let at = 0; at < 4; at += 1) after = gesture(roll, after, at);
    const edits = editsBetween(before, after);
    const sorted = (rules: readonly Rule[]) => [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(withEdits(before, edits))).toEqual(sorted(after));
    expect(editsBetween(after, after)).toEqual([]);
    const same = new Set(before.filter((rule) => after.includes(rule)).map((rule) => rule.id));
    expect(edits.filter((edit) => same.has(edit.rule_id))).toEqual([]);
  }
});
