// Everything that was done to a draft in this session, so that any of it can be taken back. A step is the
// one stretch of rules that it changed, before and after; steps with the same `mark` in a row are one.
import type { Rule } from "../document.ts";

interface Step {
  at: number;
  before: readonly Rule[];
  after: readonly Rule[];
  mark: string | null;
}

export interface History {
  rules: readonly Rule[];
  done: readonly Step[];
  undone: readonly Step[];
}

export function begin(rules: readonly Rule[]): History {
  return { rules, done: [], undone: [] };
}

/**
 * The rules as they are now, with the way back. `mark` names one gesture, such as typing in one field: what
 * follows under the same mark is taken back with it.
 */
export function record(
  history: History,
  rules: readonly Rule[],
  mark: string | null = null,
): History {
  const last = history.done.at(-1);
  if (mark !== null && last?.mark === mark) {
    const before = undo(history).rules;
    const step = stepBetween(before, rules, mark);
    const done = history.done.slice(0, -1);
    return { rules, done: step ? [...done, step] : done, undone: [] };
  }
  const step = stepBetween(history.rules, rules, mark);
  return step ? { rules, done: [...history.done, step], undone: [] } : history;
}

export function undo(history: History): History {
  const step = history.done.at(-1);
  if (!step) return history;
  return {
    rules: history.rules.toSpliced(step.at, step.after.length, ...step.before),
    done: history.done.slice(0, -1),
    undone: [...history.undone, step],
  };
}

export function redo(history: History): History {
  const step = history.undone.at(-1);
  if (!step) return history;
  return {
    rules: history.rules.toSpliced(step.at, step.before.length, ...step.after),
    done: [...history.done, { ...step, mark: null }],
    undone: history.undone.slice(0, -1),
  };
}

/** The id of a rule that the last step touched: where to look after taking it back. */
export function touched(before: History, after: History): string | undefined {
  const old = new Set(before.rules);
  return after.rules.find((rule) => !old.has(rule))?.id;
}

function stepBetween(
  before: readonly Rule[],
  after: readonly Rule[],
  mark: string | null,
): Step | null {
  const most = Math.min(before.length, after.length);
  let at = 0;
  while (at < most && before[at] === after[at]) at += 1;
  if (at === before.length && at === after.length) return null;
  let end = 0;
  while (end < most - at && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    at,
    before: before.slice(at, before.length - end),
    after: after.slice(at, after.length - end),
    mark,
  };
}
