import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Popover } from "@souk/kit";
import { useState } from "react";
import type { Rule } from "../document.ts";
import { ChipEditor } from "../editors/chip-editor.tsx";
import { type Saying, saying } from "../model/edit.ts";
import { useSayingNames } from "../words.ts";

export interface BulkBarProps {
  count: number;
  currency: string;
  onChange: (change: (rule: Rule) => Rule, mark: string | null) => void;
  onDuplicate: () => void;
  onDelete: () => void;
  onNone: () => void;
}

type Bulk = Saying | { group: "rule"; key: "priority" };

const bulks: readonly Bulk[] = [
  { group: "rule", key: "priority" },
  { group: "guardrails", key: "floor" },
  { group: "guardrails", key: "max_discount" },
  { group: "when", key: "window" },
];

/** What can be done to all chosen rules at once; one step to take back. */
export function BulkBar(props: BulkBarProps) {
  const { t } = useLingui();
  const names = useSayingNames();
  const [open, setOpen] = useState<{ what: Bulk; anchor: HTMLElement; mark: string } | null>(null);
  const count = props.count;
  return (
    <section
      aria-label={t`The chosen rules`}
      className="mx-[18px] mb-2 flex flex-wrap items-center gap-2 rounded-md border border-accent-line bg-accent-wash px-3 py-[6px]"
      data-testid="bulk-bar"
    >
      <b className="font-medium">{t`${plural(count, { one: "# rule chosen", other: "# rules chosen" })}`}</b>
      <span className="flex-1" />
      {bulks.map((what) => (
        <Button
          key={what.key}
          aria-haspopup="dialog"
          onClick={(event) =>
            setOpen({ what, anchor: event.currentTarget, mark: `bulk ${Date.now()}` })
          }
          data-testid={`bulk-${what.key}`}
        >
          {what.key === "max_discount" ? t`Most off` : names[what.key]}
        </Button>
      ))}
      <Button onClick={props.onDuplicate} data-testid="bulk-duplicate">{t`Duplicate`}</Button>
      <Button
        look="bad-ghost"
        onClick={props.onDelete}
        data-testid="bulk-delete"
      >{t`Delete`}</Button>
      <Button look="ghost" shortcut="Escape" onClick={props.onNone} data-testid="bulk-none">
        {t`Choose none`}
      </Button>
      <Popover
        anchor={open?.anchor ?? null}
        onClose={() => setOpen(null)}
        title={open ? t`${names[open.what.key]}: for all ${count}` : ""}
        data-testid="bulk-popover"
      >
        {open ? (
          <BulkSheet {...props} what={open.what} mark={open.mark} onClose={() => setOpen(null)} />
        ) : null}
      </Popover>
    </section>
  );
}

interface BulkSheetProps extends BulkBarProps {
  what: Bulk;
  mark: string;
  onClose: () => void;
}

function BulkSheet({ what, mark, currency, onChange, onClose }: BulkSheetProps) {
  const { t } = useLingui();
  const set = (value: unknown) =>
    onChange(
      (rule) =>
        what.group === "rule" ? { ...rule, priority: value as number } : saying(rule, what, value),
      mark,
    );
  return (
    <div className="flex flex-col gap-3">
      <ChipEditor what={what} value={undefined} currency={currency} onChange={set} />
      <div className="flex items-center gap-2">
        {what.group === "rule" ? null : (
          <Button
            look="bad-ghost"
            onClick={() => {
              set(undefined);
              onClose();
            }}
            data-testid="bulk-clear"
          >
            {t`Take away from all`}
          </Button>
        )}
        <span className="flex-1" />
        <Button onClick={onClose} data-testid="bulk-done">{t`Done`}</Button>
      </div>
    </div>
  );
}
