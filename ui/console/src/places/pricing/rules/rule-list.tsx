// The rules of a set, one card each: walked, chosen and changed by keys or by pointing.
import { useLingui } from "@lingui/react/macro";
import { cx, Rows, type RowsHandle } from "@souk/kit";
import { type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useMemo } from "react";
import type { RuleReach } from "../../../api/bindings.ts";
import type { Rule } from "../document.ts";
import type { FindingsByRule } from "../model/by-rule.ts";
import { type ChipAt, chipId, chipsOf } from "../model/clauses.ts";
import type { Words } from "../words.ts";
import { RuleCard } from "./rule-card.tsx";
import type { Cursor } from "./use-cursor.ts";

export interface RuleListProps {
  rules: readonly Rule[];
  words: Words;
  cursor: Cursor;
  editable: boolean;
  faulty: ReadonlySet<string>;
  findings: FindingsByRule;
  reach: ReadonlyMap<string, RuleReach>;
  empty: ReactNode;
  handle: Ref<RowsHandle>;
  /** A chip was pressed; `null` is the menu of what may be said besides. */
  onChip: (rule: Rule, chip: ChipAt | null, anchor: HTMLElement) => void;
  /** A chip is no longer wanted. */
  onRemove: (rule: Rule, chip: ChipAt) => void;
}

const everything = "when:everything";

export function RuleList(props: RuleListProps) {
  const { rules, words, cursor, editable, findings, reach, faulty } = props;
  const { t } = useLingui();
  const ids = useMemo(() => rules.map((rule) => rule.id), [rules]);
  const at = cursor.current === null ? -1 : ids.indexOf(cursor.current);
  const press = (target: HTMLElement, rule: Rule) => {
    const chip = target.closest<HTMLElement>("[data-chip]");
    if (!chip || !editable) return false;
    props.onChip(rule, chipNamed(rule, chip.dataset.chip ?? ""), chip);
    return true;
  };
  return (
    <Rows
      label={t`Rules`}
      ids={ids}
      current={at}
      rowHeight={96}
      rowTestId="rule-card"
      isChosen={(index) => cursor.chosen.has(ids[index] ?? "")}
      rowClass={(index) =>
        cardLook(ids[index] === cursor.current, cursor.chosen.has(ids[index] ?? ""))
      }
      handle={props.handle}
      empty={props.empty}
      className="flex-1 px-[18px]"
      onReach={(index) => cursor.go(ids[index] ?? null)}
      onClick={(event: MouseEvent, index) => {
        const rule = rules[index];
        if (!rule) return;
        if (event.shiftKey) cursor.extend(ids, rule.id);
        else if (event.ctrlKey || event.metaKey) cursor.toggle(rule.id);
        else cursor.go(rule.id);
        press(event.target as HTMLElement, rule);
      }}
      onKeyDown={(event, index) => {
        const rule = rules[index];
        if (rule && keys(event, { ...props, ids, index, rule })) event.preventDefault();
      }}
      row={(index) => {
        const rule = rules[index];
        return rule ? (
          <RuleCard
            rule={rule}
            words={words}
            on={rule.id === cursor.current}
            chosen={cursor.chosen.has(rule.id)}
            editable={editable}
            faulty={faulty.has(rule.id)}
            findings={findings.of(rule.id)}
            reach={reach.get(rule.id)}
          />
        ) : null;
      }}
    />
  );
}

function cardLook(on: boolean, chosen: boolean): string {
  return cx(
    "grid cursor-default grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 rounded-md border bg-surface px-[14px] py-[11px] outline-none",
    on
      ? "border-accent shadow-[0_0_0_3px_var(--accent-wash)] focus-visible:shadow-[0_0_0_2px_var(--accent)]"
      : "border-line hover:border-line-strong",
    chosen && "!border-accent-line !bg-accent-wash/40",
  );
}

/** The chip that an element stands for; the menu where it is "everything". */
function chipNamed(rule: Rule, id: string): ChipAt | null {
  if (id.startsWith("rule:priority")) return priorityChip;
  if (id.startsWith(everything)) return null;
  return chipsOf(rule).find((chip) => chipId(chip) === id) ?? null;
}

const priorityChip = { group: "rule", key: "priority" } as unknown as ChipAt;

interface At extends RuleListProps {
  ids: readonly string[];
  index: number;
  rule: Rule;
}

/** What a key does on a row or one of its chips; false where it is none of ours. */
function keys(event: KeyboardEvent, at: At): boolean {
  const { cursor, ids, index, rule, editable } = at;
  const row = event.currentTarget as HTMLElement;
  const chip = (event.target as HTMLElement).closest<HTMLElement>("[data-chip]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (step !== undefined && plain) {
    const next = ids[index + step];
    if (next === undefined) return true;
    if (event.shiftKey) cursor.extend(ids, next);
    else cursor.go(next);
    focusRow(row, index + step);
    return true;
  }
  if (!plain) return false;
  const side = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (side !== undefined) return walk(row, chip, side);
  if (event.key === "Escape" && chip) {
    // out of the sentence, not out of the set
    event.stopPropagation();
    row.focus();
    return true;
  }
  if (!editable) return false;
  if (event.key === "Enter" && !chip) return walk(row, null, 1);
  if (event.key === "Delete" || event.key === "Backspace") {
    const named = chip && chipNamed(rule, chip.dataset.chip ?? "");
    if (named && named !== priorityChip) {
      const next = neighbour(row, chip);
      at.onRemove(rule, named);
      requestAnimationFrame(() => (next?.isConnected ? next : row).focus());
    }
    return named !== null;
  }
  if (event.key === "+") {
    at.onChip(rule, null, chip ?? row);
    return true;
  }
  return false;
}

const chipsIn = (row: HTMLElement) => [...row.querySelectorAll<HTMLElement>("[data-chip]")];

/** From the row into its chips and along them; before the first is the row again. */
function walk(row: HTMLElement, chip: HTMLElement | null, step: number): boolean {
  const chips = chipsIn(row);
  const at = chip ? chips.indexOf(chip) : -1;
  const to = at + step;
  // the first in the page is the priority; a person who goes in wants the sentence
  const next = chip === null && step > 0 ? (chips[1] ?? chips[0]) : chips[to];
  (next ?? (to < 0 ? row : chip))?.focus();
  return true;
}

function neighbour(row: HTMLElement, chip: HTMLElement | null): HTMLElement | undefined {
  const chips = chipsIn(row);
  const at = chip ? chips.indexOf(chip) : -1;
  return chips[at + 1] ?? chips[at - 1];
}

function focusRow(row: HTMLElement, index: number) {
  const list = row.closest("[role=grid]");
  requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus());
}
