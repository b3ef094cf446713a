import { useLingui } from "@lingui/react/macro";
import { Button, Popover, TypedMenu } from "@souk/kit";
import { Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { priorityOf, type Rule } from "../document.ts";
import { ChipEditor } from "../editors/chip-editor.tsx";
import { type ChipAt, unsaid } from "../model/clauses.ts";
import { type Saying, saying, valueSaid } from "../model/edit.ts";
import { useSayingNames } from "../words.ts";

/** What is open over the list: the editor of one chip, or the menu of what may be said besides. */
export interface Opened {
  ruleId: string;
  anchor: HTMLElement;
  /** `null`: the menu. */
  chip: ChipAt | null;
  /** Names this one visit, so that it is taken back as one. */
  mark: string;
}

export interface ChipPopoverProps {
  opened: Opened | null;
  rule: Rule | undefined;
  currency: string;
  onEdit: (change: (rule: Rule) => Rule, mark: string) => void;
  onOpen: (opened: Opened) => void;
  onClose: (how: "keep" | "escape") => void;
}

export function ChipPopover({ opened, rule, currency, onEdit, onOpen, onClose }: ChipPopoverProps) {
  const { t } = useLingui();
  const names = useSayingNames();
  const chip = opened?.chip;
  return (
    <Popover
      anchor={opened && rule ? opened.anchor : null}
      onClose={onClose}
      title={chip ? (names[chip.key] ?? chip.key) : t`Add to this rule`}
      backTo={() => (opened ? chipOf(opened) : null)}
      data-testid="chip-popover"
    >
      {opened && rule && chip ? (
        <ChipSheet
          key={opened.mark}
          rule={rule}
          chip={chip}
          currency={currency}
          onEdit={(change) => onEdit(change, opened.mark)}
          onClose={onClose}
        />
      ) : null}
      {opened && rule && !chip ? (
        <AddMenu
          rule={rule}
          onChoose={(what) => onOpen({ ...opened, chip: what, mark: `${opened.mark}+` })}
        />
      ) : null}
    </Popover>
  );
}

/** The chip as it stands now: what was pressed may have been drawn anew. */
function chipOf({ ruleId, chip }: Opened): HTMLElement | null {
  const row = document.querySelector<HTMLElement>(`[role=row][data-id="${CSS.escape(ruleId)}"]`);
  const found = chip
    ? row?.querySelector<HTMLElement>(`[data-chip^="${CSS.escape(`${chip.group}:${chip.key}:`)}"]`)
    : null;
  return found ?? row;
}

interface ChipSheetProps {
  rule: Rule;
  chip: ChipAt;
  currency: string;
  onEdit: (change: (rule: Rule) => Rule) => void;
  onClose: (how: "keep" | "escape") => void;
}

function ChipSheet({ rule, chip, currency, onEdit, onClose }: ChipSheetProps) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  // the menu may have stood in its place, and the focus in it
  useEffect(() => box.current?.querySelector<HTMLElement>("[data-first]")?.focus(), []);
  const isPriority = chip.key === "priority";
  const set = (value: unknown) =>
    onEdit((now) =>
      isPriority ? { ...now, priority: value as number } : saying(now, chip, value),
    );
  function keys(event: KeyboardEvent) {
    const field = event.target as HTMLElement;
    // a list of suggestions takes Enter for itself
    if (event.key !== "Enter" || field.getAttribute("role") === "combobox") return;
    if (field.tagName !== "INPUT") return;
    event.preventDefault();
    onClose("keep");
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field closes the sheet
    <div ref={box} onKeyDown={keys} className="flex flex-col gap-3">
      <ChipEditor
        what={chip}
        side={chip.side}
        value={isPriority ? priorityOf(rule) : valueSaid(rule, chip)}
        currency={currency}
        onChange={set}
      />
      <div className="flex items-center gap-2">
        {isPriority ? null : (
          <Button
            look="bad-ghost"
            icon={<Trash2 aria-hidden size={13} />}
            onClick={() => {
              set(undefined);
              onClose("keep");
            }}
            data-testid="chip-remove"
          >
            {t`Take away`}
          </Button>
        )}
        <span className="flex-1" />
        <Button onClick={() => onClose("keep")} data-testid="chip-done">
          {t`Done`}
        </Button>
      </div>
    </div>
  );
}

function AddMenu({ rule, onChoose }: { rule: Rule; onChoose: (what: ChipAt) => void }) {
  const { t } = useLingui();
  const names = useSayingNames();
  const groups = {
    when: t`Only when`,
    guardrails: t`Guardrails: no bargain may break them`,
    policy: t`Policy: how to bargain inside them`,
  };
  const choices = unsaid(rule).map((one) => ({
    value: `${one.group}:${one.key}`,
    label: names[one.key] ?? one.key,
    group: groups[one.group],
  }));
  return (
    <TypedMenu
      label={t`Add to this rule`}
      placeholder={t`Type to search`}
      nothing={t`Nothing of that name`}
      choices={choices}
      onChoose={(value) => {
        const [group, key = ""] = value.split(":");
        onChoose({ group: group as Saying["group"], key });
      }}
      data-testid="add-menu"
    />
  );
}
