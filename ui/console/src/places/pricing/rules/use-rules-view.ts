// What the Rules tab knows and does besides the draft itself: what is shown, where the keyboard is, and every
// change as one step that can be taken back.
import { useLingui } from "@lingui/react/macro";
import { type RowsHandle, toast } from "@souk/kit";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useMemo, useRef, useState } from "react";
import type { Finding, Fix, RuleReach } from "../../../api/bindings.ts";
import { type IpcError, ipc } from "../../../api/ipc.ts";
import type { Rule } from "../document.ts";
import { added, changedWhere, duplicated, removed, replaced, withEdits } from "../model/edit.ts";
import { moved, ranked } from "../model/rank.ts";
import { everyRule, type Sifting, sifted } from "../model/sift.ts";
import type { Draft } from "../use-draft.ts";
import type { Checked } from "../use-findings.ts";
import { type Cursor, useCursor } from "./use-cursor.ts";

export interface RulesView {
  sifting: Sifting;
  sku: string;
  shown: Rule[];
  cursor: Cursor;
  reach: ReadonlyMap<string, RuleReach>;
  list: RefObject<RowsHandle | null>;
  sift: (change: Partial<Sifting>) => void;
  touch: (sku: string) => void;
  /** Brings a rule into sight, whatever is filtered. */
  goTo: (id: string) => void;
  step: (by: number) => void;
  add: (rule: Omit<Rule, "id">) => string;
  change: (id: string, how: (rule: Rule) => Rule, mark: string | null) => void;
  changeChosen: (how: (rule: Rule) => Rule, mark: string | null) => void;
  duplicate: (ids: ReadonlySet<string>) => void;
  remove: (ids: ReadonlySet<string>) => void;
  move: (way: "up" | "down") => void;
  fix: (finding: Finding, fix: Fix) => void;
  undo: () => void;
  redo: () => void;
}

export function useRulesView(ruleSet: string, draft: Draft, checked: Checked): RulesView {
  const { t } = useLingui();
  const [sifting, setSifting] = useState<Sifting>(everyRule);
  const [sku, setSku] = useState("");
  const cursor = useCursor(draft.rules, () => ranked(draft.rules)[0]?.id ?? null);
  const list = useRef<RowsHandle>(null);
  const reach = useReach(ruleSet, draft.rev);
  const touching = useTouching(ruleSet, draft.rev, sku);
  const shown = useMemo(
    () =>
      sifted(
        draft.rules,
        { ...sifting, touching },
        {
          findings: (id) => checked.byRule.of(id),
          reach: (id) => reach.get(id)?.products ?? 0,
        },
      ),
    [draft.rules, sifting, touching, checked.byRule, reach],
  );
  const latest = useRef(shown);
  latest.current = shown;

  function goTo(id: string) {
    cursor.go(id);
    if (!latest.current.some((rule) => rule.id === id)) {
      setSifting(everyRule);
      setSku("");
    }
    // the list draws what has just changed before it can be scrolled to
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        list.current?.show(latest.current.findIndex((rule) => rule.id === id)),
      ),
    );
  }
  function remove(ids: ReadonlySet<string>) {
    const at = latest.current.findIndex((rule) => ids.has(rule.id));
    draft.edit((rules) => removed(rules, ids));
    const left = latest.current.filter((rule) => !ids.has(rule.id));
    cursor.choose([]);
    cursor.go(left[Math.min(Math.max(at, 0), left.length - 1)]?.id ?? null);
    toast.note(t`Deleted: ${ids.size}`, {
      action: { label: t`Undo`, onClick: () => goBack(draft.undo()) },
    });
  }
  function goBack(id: string | undefined) {
    if (id) goTo(id);
  }
  function add(rule: Omit<Rule, "id">): string {
    const made = added(draft.rules, rule);
    draft.edit(() => made.rules);
    goTo(made.id);
    return made.id;
  }
  const change: RulesView["change"] = (id, how, mark) =>
    draft.edit((rules) => changedWhere(rules, new Set([id]), how), mark);
  return {
    sifting,
    sku,
    shown,
    cursor,
    reach,
    list,
    sift: (next) => setSifting({ ...sifting, ...next }),
    touch: setSku,
    goTo,
    step(by) {
      const at = shown.findIndex((rule) => rule.id === cursor.current);
      const next = shown[Math.max(0, Math.min(shown.length - 1, at + by))];
      if (next) goTo(next.id);
    },
    add,
    change,
    changeChosen: (how, mark) =>
      draft.edit((rules) => changedWhere(rules, cursor.chosen, how), mark),
    duplicate(ids) {
      const made = duplicated(draft.rules, ids, (name) => t`${name}, copy`);
      draft.edit(() => made.rules);
      if (made.copies[0]) goTo(made.copies[0]);
      if (ids.size > 1) cursor.choose(made.copies);
    },
    remove,
    move(way) {
      const { current } = cursor;
      if (current === null) return;
      draft.edit((rules) => replaced(rules, moved(rules, current, way)));
      goTo(current);
    },
    fix(_, fix) {
      draft.edit((rules) => withEdits(rules, fix.edits));
      toast.done(t`Done: ${fix.label}`, {
        action: { label: t`Undo`, onClick: () => goBack(draft.undo()) },
      });
    },
    undo: () => goBack(draft.undo()),
    redo: () => goBack(draft.redo()),
  };
}

function useReach(ruleSet: string, rev: number): ReadonlyMap<string, RuleReach> {
  const reach = useQuery<RuleReach[], IpcError>({
    queryKey: ["reach of the rules", ruleSet, rev],
    queryFn: () => ipc.ruleSetReach(ruleSet),
    placeholderData: (before) => before,
    gcTime: 5_000,
  });
  return useMemo(() => new Map(reach.data?.map((one) => [one.rule_id, one])), [reach.data]);
}

function useTouching(ruleSet: string, rev: number, sku: string): ReadonlySet<string> | null {
  const found = useQuery<string[], IpcError>({
    queryKey: ["rules that touch", ruleSet, rev, sku],
    queryFn: () => ipc.ruleSetTouching(ruleSet, sku),
    enabled: sku !== "",
    placeholderData: (before) => before,
    gcTime: 5_000,
  });
  return useMemo(() => (sku === "" || !found.data ? null : new Set(found.data)), [sku, found.data]);
}
