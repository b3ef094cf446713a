// The rules of one set: the list, and beside it what is wrong with the chosen rule and what it comes to.
import { useLingui } from "@lingui/react/macro";
import { EmptyState, Kbd } from "@souk/kit";
import { useMemo, useRef, useState } from "react";
import type { Finding, SaleFacts } from "../../../api/bindings.ts";
import { ipc } from "../../../api/ipc.ts";
import { Failed } from "../../../shell/failed.tsx";
import { SaveFailure } from "../../../shell/saved-note.tsx";
import { ruleAt } from "../document.ts";
import { PriceExample } from "../example/price-example.tsx";
import type { ChipAt } from "../model/clauses.ts";
import { saying, withoutName } from "../model/edit.ts";
import type { Draft } from "../use-draft.ts";
import type { Checked } from "../use-findings.ts";
import { useWords } from "../words.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { CheckNotes } from "./check-notes.tsx";
import { ChipPopover, type Opened } from "./chip-popover.tsx";
import { CoveragePanel, type GapAt } from "./coverage.tsx";
import { Details } from "./details.tsx";
import { Faults } from "./faults.tsx";
import { FindingsPanel } from "./findings-panel.tsx";
import { RuleList } from "./rule-list.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useRuleCommands } from "./use-rule-commands.ts";
import { type RulesView, useRulesView } from "./use-rules-view.ts";

export interface RulesTabProps {
  ruleSet: string;
  draft: Draft;
  checked: Checked;
  editable: boolean;
}

export function RulesTab({ ruleSet, draft, checked, editable }: RulesTabProps) {
  const { t } = useLingui();
  const view = useRulesView(ruleSet, draft, checked);
  const [finding, setFinding] = useState<Finding | null>(null);
  const [example, setExample] = useState<SaleFacts | null>(null);
  const chips = useChips(view, draft);
  // rules with faults price nothing
  const sound = draft.problems.length === 0;
  const add = () => view.add({ name: t`New rule`, priority: 10 });
  const show = (next: Finding) => {
    setFinding(next);
    if (next.witness) setExample({ ...next.witness });
  };
  useRuleCommands({
    view,
    draft,
    checked,
    editable,
    finding,
    onShow: show,
    onAdd: add,
    onMenu: chips.menu,
  });
  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_380px] max-[1099px]:grid-cols-[minmax(0,1fr)_320px] max-[759px]:block max-[759px]:overflow-y-auto">
      <section aria-label={t`Rules`} className="flex min-h-0 min-w-0 flex-col">
        <ListSide
          view={view}
          draft={draft}
          checked={checked}
          editable={editable}
          chips={chips}
          onAdd={add}
        />
        {sound ? (
          <Covering
            ruleSet={ruleSet}
            view={view}
            draft={draft}
            editable={editable}
            onExample={setExample}
          />
        ) : null}
      </section>
      <aside
        aria-label={t`The chosen rule`}
        className="flex min-h-0 flex-col gap-5 overflow-y-auto border-s border-line bg-surface px-4 py-[14px]"
      >
        <RuleSide
          view={view}
          draft={draft}
          checked={checked}
          editable={editable}
          shown={finding}
          onShow={show}
        />
        {sound ? (
          <PriceExample
            ruleSet={ruleSet}
            rev={draft.rev}
            timezone={draft.timezone}
            shown={example}
          />
        ) : null}
        <RuleDetails view={view} draft={draft} editable={editable} />
        <KeysLine editable={editable} />
      </aside>
      <ChipPopover
        opened={chips.opened}
        rule={draft.rules.find((rule) => rule.id === chips.opened?.ruleId)}
        currency={draft.currency}
        onEdit={(how, mark) => chips.opened && view.change(chips.opened.ruleId, how, mark)}
        onOpen={chips.open}
        onClose={chips.close}
      />
    </div>
  );
}

type Chips = ReturnType<typeof useChips>;

/** What is open over the list. Esc puts back what stood there before it was opened. */
function useChips(view: RulesView, draft: Draft) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const visits = useRef(0);
  function open(ruleId: string, anchor: HTMLElement, chip: ChipAt | null) {
    visits.current += 1;
    setOpened({ ruleId, anchor, chip, mark: `visit ${visits.current}` });
  }
  return {
    opened,
    open: setOpened,
    press: open,
    menu() {
      const id = view.cursor.current;
      const row =
        id && document.querySelector<HTMLElement>(`[role=row][data-id="${CSS.escape(id)}"]`);
      if (id && row) open(id, row, null);
    },
    close(how: "keep" | "escape") {
      if (how === "escape" && opened && draft.lastMark === opened.mark) draft.undo();
      setOpened(null);
    },
  };
}

interface ListSideProps extends Omit<RulesTabProps, "ruleSet"> {
  view: RulesView;
  chips: Chips;
  onAdd: () => void;
}

function ListSide({ view, draft, checked, editable, chips, onAdd }: ListSideProps) {
  const { t } = useLingui();
  const words = useWords(draft.currency);
  const faulty = useFaulty(draft);
  const { cursor } = view;
  return (
    <>
      <Toolbar
        editable={editable}
        sifting={view.sifting}
        sku={view.sku}
        shown={view.shown.length}
        all={draft.rules.length}
        checked={checked}
        canUndo={draft.canUndo}
        canRedo={draft.canRedo}
        onSift={view.sift}
        onProduct={view.touch}
        onNew={onAdd}
        onUndo={view.undo}
        onRedo={view.redo}
      />
      <div className="px-[18px] empty:hidden">
        <SaveFailure saving={draft.saving} />
        {draft.problems.length > 0 ? (
          <Faults draft={draft} />
        ) : checked.error ? (
          <Failed error={checked.error} retry={checked.again} />
        ) : null}
      </div>
      {cursor.chosen.size > 0 && editable ? (
        <BulkBar
          count={cursor.chosen.size}
          currency={draft.currency}
          onChange={view.changeChosen}
          onDuplicate={() => view.duplicate(cursor.chosen)}
          onDelete={() => view.remove(cursor.chosen)}
          onNone={() => cursor.choose([])}
        />
      ) : null}
      <RuleList
        rules={view.shown}
        words={words}
        cursor={cursor}
        editable={editable}
        faulty={faulty}
        findings={checked.byRule}
        reach={view.reach}
        handle={view.list}
        empty={
          <EmptyState title={draft.rules.length === 0 ? t`No rules yet` : t`No rule fits`}>
            {draft.rules.length === 0
              ? t`Press N for a first rule. Without a floor nothing is bargained.`
              : t`Search for something else, or show all rules.`}
          </EmptyState>
        }
        onChip={(rule, chip, anchor) => chips.press(rule.id, anchor, chip)}
        onRemove={(rule, { group, key, side, name }) =>
          view.change(
            rule.id,
            (now) =>
              name !== undefined && side !== undefined && side !== "from" && side !== "until"
                ? withoutName(now, { group, key }, side, name)
                : saying(now, { group, key }, undefined),
            null,
          )
        }
      />
    </>
  );
}

/** Rules in which the host found a fault, by its place in the document. */
function useFaulty(draft: Draft): ReadonlySet<string> {
  return useMemo(() => {
    const rules = draft.problems.map(({ pointer }) => draft.rules[ruleAt(pointer, draft.holes)]);
    return new Set(rules.flatMap((rule) => rule?.id ?? []));
  }, [draft.problems, draft.rules, draft.holes]);
}

interface RuleSideProps extends Omit<RulesTabProps, "ruleSet"> {
  view: RulesView;
  shown: Finding | null;
  onShow: (finding: Finding) => void;
}

function RuleSide({ view, draft, checked, editable, shown, onShow }: RuleSideProps) {
  const { t } = useLingui();
  const rule = draft.rules.find((one) => one.id === view.cursor.current);
  const ofNone = checked.byRule.ofNone;
  const onFix = editable ? view.fix : undefined;
  return (
    <>
      {rule ? (
        <FindingsPanel
          title={t`Findings on this rule`}
          none={checked.findings ? t`Nothing to mend.` : ""}
          findings={checked.byRule.of(rule.id).findings}
          shown={shown}
          onShow={onShow}
          onFix={onFix}
        />
      ) : null}
      {ofNone.length > 0 ? (
        <FindingsPanel
          title={t`Findings on the whole set`}
          findings={ofNone}
          shown={shown}
          onShow={onShow}
          onFix={onFix}
        />
      ) : null}
      <CheckNotes notes={checked.findings?.notes ?? []} />
    </>
  );
}

function RuleDetails({
  view,
  draft,
  editable,
}: Omit<ListSideProps, "checked" | "chips" | "onAdd">) {
  const at = draft.rules.findIndex((rule) => rule.id === view.cursor.current);
  const rule = draft.rules[at];
  if (!rule) return null;
  return (
    <Details
      key={rule.id}
      rule={rule}
      editable={editable}
      problems={draft.problems.filter(({ pointer }) => ruleAt(pointer, draft.holes) === at)}
      onChange={(how, mark) => view.change(rule.id, how, mark)}
      onDuplicate={() => view.duplicate(new Set([rule.id]))}
      onRemove={() => view.remove(new Set([rule.id]))}
    />
  );
}

interface CoveringProps extends Omit<RulesTabProps, "checked"> {
  view: RulesView;
  onExample: (facts: SaleFacts) => void;
}

/** The map under the list; a gap shows a sale of it and can be closed by a rule. */
function Covering({ ruleSet, view, draft, editable, onExample }: CoveringProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(
    () => draft.rules.length <= 50 && matchMedia("(min-height: 820px)").matches,
  );
  async function show({ column, sku }: GapAt) {
    if (!sku) return;
    const facts = await ipc.ruleSetExample(ruleSet, sku).catch(() => null);
    if (!facts) return;
    onExample({
      ...facts,
      ...(column.dimension === "customer" ? { customer: column.value } : {}),
      ...(column.dimension === "segment" ? { segments: [column.value] } : {}),
      ...(column.dimension === "country" && column.value ? { country: column.value } : {}),
    });
  }
  return (
    <CoveragePanel
      ruleSet={ruleSet}
      rev={draft.rev}
      open={open}
      onOpen={setOpen}
      onCell={(gap) => void show(gap)}
      onAddFloor={
        editable
          ? ({ category }) =>
              view.add({
                name: t`Floor for ${category}`,
                priority: 0,
                when: { category: { any_of: [category] } },
                guardrails: { floor: { of_list: "0.8" } },
              })
          : undefined
      }
    />
  );
}

function KeysLine({ editable }: { editable: boolean }) {
  const { t } = useLingui();
  if (!editable) return null;
  const keys = [
    { label: t`Undo`, keys: "Mod+Z" },
    { label: t`Next finding`, keys: "F8" },
    { label: t`Move rule`, keys: "Alt+ArrowUp" },
    { label: t`Add to it`, keys: "+" },
  ];
  return (
    <p className="mt-auto flex flex-wrap gap-x-3 gap-y-1 text-s text-soft">
      {keys.map((one) => (
        <span key={one.label} className="flex items-center gap-1">
          {one.label} <Kbd keys={one.keys === "+" ? "Plus" : one.keys} />
        </span>
      ))}
    </p>
  );
}
