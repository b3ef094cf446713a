import { useLingui } from "@lingui/react/macro";
import type { Finding } from "../../../api/bindings.ts";
import { type Command, useCommands } from "../../../shell/commands.tsx";
import { nextFinding } from "../model/by-rule.ts";
import type { Draft } from "../use-draft.ts";
import type { Checked } from "../use-findings.ts";
import type { RulesView } from "./use-rules-view.ts";

export interface RuleCommandsProps {
  view: RulesView;
  draft: Draft;
  checked: Checked;
  editable: boolean;
  finding: Finding | null;
  onShow: (finding: Finding) => void;
  onAdd: () => void;
  onMenu: () => void;
}

/** Everything that the Rules tab can be asked by keys. */
export function useRuleCommands(props: RuleCommandsProps) {
  const { t } = useLingui();
  const { view, checked, finding, onShow } = props;
  const { cursor } = view;
  const group = t`Rules`;
  const walk: Command[] = [
    {
      id: "rules-next",
      label: t`Next rule`,
      keys: "j",
      group,
      run: () => view.step(1),
      hidden: true,
    },
    {
      id: "rules-before",
      label: t`Rule before`,
      keys: "k",
      group,
      run: () => view.step(-1),
      hidden: true,
    },
    {
      id: "rules-finding",
      label: t`Next finding`,
      keys: "F8",
      group,
      run: () => {
        const next = nextFinding(checked.findings?.findings ?? [], finding);
        if (!next) return;
        onShow(next);
        if (next.rules[0]) view.goTo(next.rules[0]);
      },
    },
    {
      id: "rules-search",
      label: t`Search in the rules`,
      keys: "/",
      group,
      run: () => document.querySelector<HTMLElement>('[data-testid="rules-search"]')?.focus(),
    },
  ];
  const change = useChangeCommands(props, group);
  useCommands(props.editable ? [...walk, ...change] : walk);
  useCommands(
    cursor.chosen.size > 0
      ? [
          {
            id: "rules-none",
            label: t`Choose none`,
            keys: "Escape",
            group,
            run: () => cursor.choose([]),
            hidden: true,
          },
        ]
      : [],
  );
}

function useChangeCommands({ view, onAdd, onMenu }: RuleCommandsProps, group: string): Command[] {
  const { t } = useLingui();
  const { cursor } = view;
  const current = () => new Set(cursor.current === null ? [] : [cursor.current]);
  const these = () => (cursor.chosen.size > 0 ? cursor.chosen : current());
  return [
    { id: "rule-new", label: t`New rule`, keys: "n", group, run: onAdd },
    { id: "rule-add", label: t`Add to this rule`, keys: "+", group, run: onMenu },
    { id: "rule-undo", label: t`Undo`, keys: "Mod+z", group, run: view.undo },
    { id: "rule-redo", label: t`Redo`, keys: "Mod+Shift+z", group, run: view.redo },
    {
      id: "rule-up",
      label: t`Rule one place up`,
      keys: "Alt+ArrowUp",
      group,
      run: () => view.move("up"),
    },
    {
      id: "rule-down",
      label: t`Rule one place down`,
      keys: "Alt+ArrowDown",
      group,
      run: () => view.move("down"),
    },
    {
      id: "rule-choose",
      label: t`Choose this rule too`,
      keys: "x",
      group,
      run: () => cursor.current !== null && cursor.toggle(cursor.current),
    },
    {
      id: "rules-all",
      label: t`Choose all rules shown`,
      keys: "Mod+Shift+a",
      group,
      run: () => cursor.choose(view.shown.map((rule) => rule.id)),
    },
    {
      id: "rule-duplicate",
      label: t`Duplicate`,
      keys: "Mod+d",
      group,
      run: () => view.duplicate(these()),
    },
    {
      id: "rule-delete",
      label: t`Delete the rule`,
      keys: "Mod+Backspace",
      group,
      run: () => these().size > 0 && view.remove(these()),
    },
  ];
}
