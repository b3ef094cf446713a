import { useMemo, useRef, useState } from "react";
import type { RuleProblem, RuleSet } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { type SelfSaving, useSelfSaving } from "../../shell/self-saving.ts";
import { type Rule, readDocument } from "./document.ts";
import { editsBetween } from "./model/edit.ts";
import { begin, type History, record, redo, touched, undo } from "./model/history.ts";
import { sameRules } from "./model/same.ts";

/** Findings follow this long after the last key. */
const quietMs = 250;

interface Value {
  name: string;
  history: History;
}

export interface Draft {
  name: string;
  rules: readonly Rule[];
  currency: string;
  timezone: string;
  problems: readonly RuleProblem[];
  /** Places in the document that are no rule of `rules`. */
  holes: readonly number[];
  saving: SelfSaving<Value>;
  /** The revision that is kept. */
  rev: number;
  rename: (name: string) => void;
  edit: (change: (rules: readonly Rule[]) => readonly Rule[], mark?: string | null) => void;
  /** Takes the last step back; tells a rule that it touched. */
  undo: () => string | undefined;
  redo: () => string | undefined;
  /** The mark of the last step. */
  lastMark: string | null;
  canUndo: boolean;
  canRedo: boolean;
}

/** A draft that saves itself as it is edited, and of which every step can be taken back. */
export function useDraft(found: RuleSet, onRev: (rev: number) => void): Draft {
  const document = useMemo(() => readDocument(found.document), [found.document]);
  const [problems, setProblems] = useState<readonly RuleProblem[]>(found.problems);
  const [rev, setRev] = useState(found.summary.rev);
  const kept = useRef<{ rules: readonly Rule[]; name: string }>({ rules: [], name: "" });
  const latest = useRef<History | null>(null);
  const first = useMemo(() => {
    const rules = document?.rules ?? [];
    const now = latest.current;
    // what we sent ourselves comes back: the way back stays
    const history = now && sameRules(now.rules, rules) ? now : begin(rules);
    // what waits to be sent is told by its difference from what was kept, not from what came meanwhile
    const waiting = now !== null && kept.current.rules !== now.rules;
    if (!waiting) kept.current = { rules: history.rules, name: found.summary.name };
    return { value: { name: found.summary.name, history }, rev: found.summary.rev };
  }, [document, found.summary.name, found.summary.rev]);

  const saving = useSelfSaving<Value>(
    first,
    async (value) => {
      const { rules, name } = kept.current;
      const edits = editsBetween(rules, value.history.rules);
      const named = value.name === name ? null : value.name;
      const saved = await ipc.ruleSetEdit(found.summary.id, edits, named);
      kept.current = { rules: value.history.rules, name: value.name };
      setProblems(saved.problems);
      setRev(saved.rev);
      // of two rules with one id the second shows once the first is gone: such a document is read again
      if (!document?.holes) onRev(saved.rev);
      return { value, rev: saved.rev };
    },
    ({ name }) => name.trim() !== "",
    quietMs,
  );
  const { history } = saving.value;
  latest.current = history;
  const go = (way: (history: History) => History) => {
    const next = way(history);
    if (next !== history) saving.edit((value) => ({ ...value, history: way(value.history) }));
    return touched(history, next);
  };
  return {
    name: saving.value.name,
    rules: history.rules,
    currency: document?.currency ?? "GBP",
    timezone: document?.timezone ?? "UTC",
    holes: document?.holes ?? [],
    problems: found.summary.rev > rev ? found.problems : problems,
    saving,
    rev: Math.max(rev, found.summary.rev),
    rename: (name) => saving.edit((value) => ({ ...value, name })),
    edit: (change, mark = null) =>
      saving.edit((value) => ({
        ...value,
        history: record(value.history, change(value.history.rules), mark),
      })),
    undo: () => go(undo),
    redo: () => go(redo),
    lastMark: history.done.at(-1)?.mark ?? null,
    canUndo: history.done.length > 0,
    canRedo: history.undone.length > 0,
  };
}
