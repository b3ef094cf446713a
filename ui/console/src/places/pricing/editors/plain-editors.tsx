import { useLingui } from "@lingui/react/macro";
import { Field, NamesField, Segmented } from "@souk/kit";
import { durationOf, minutesOf } from "../model/duration.ts";
import type { EditorProps } from "./chip-editor.tsx";
import { Typed, wholeIn } from "./typed.tsx";

/** Rounds, priority: one whole number. */
export function NumberEditor({ what, value, onChange }: EditorProps) {
  const { t } = useLingui();
  const [least, most] = what.key === "priority" ? [-1_000_000, 1_000_000] : [1, 100];
  return (
    <Typed
      label={what.key === "priority" ? t`Priority: the higher wins` : t`Rounds at most`}
      shown={value === undefined ? "" : String(value)}
      read={wholeIn(least, most)}
      wrong={t`A whole number from ${least} to ${most}.`}
      onChange={(next) => {
        if (next !== undefined) onChange(next);
      }}
      first
      data-testid={`edit-${what.key}`}
    />
  );
}

/** How concessions go over the rounds. */
export function MannerEditor({ value, onChange }: EditorProps) {
  const { t } = useLingui();
  return (
    <Segmented
      label={t`Manner`}
      value={String(value ?? "")}
      onChange={onChange}
      choices={[
        { value: "boulware", label: t`hold firm early` },
        { value: "linear", label: t`give way evenly` },
        { value: "conceder", label: t`give way early` },
      ]}
      data-testid="edit-concession"
    />
  );
}

/** How long an agreed price is held, in minutes. */
export function HoldEditor({ value, onChange }: EditorProps) {
  const { t } = useLingui();
  const minutes = typeof value === "string" ? minutesOf(value) : null;
  return (
    <Typed
      label={t`Minutes that a deal is held for`}
      shown={minutes === null ? "" : String(minutes)}
      read={wholeIn(1, 60 * 24 * 30)}
      wrong={t`A whole number from ${1} to ${60 * 24 * 30}.`}
      onChange={(next) => {
        if (next !== undefined) onChange(durationOf(next));
      }}
      first
      data-testid="edit-deal_valid"
    />
  );
}

/** Sweeteners, and what a deal may be combined with. */
export function ListEditor({ what, value, onChange }: EditorProps) {
  const { t } = useLingui();
  const known =
    what.key === "sweeteners"
      ? [{ value: "free-shipping", label: t`free delivery` }]
      : [{ value: "loyalty", label: "loyalty" }];
  return (
    <Field
      label={
        what.key === "sweeteners" ? t`What may be offered before a price` : t`May be combined with`
      }
      help={what.key === "sweeteners" ? t`A gift is written gift:SKU.` : ""}
    >
      {(ids) => (
        <NamesField
          {...ids}
          data-first
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(names) => onChange(names.length > 0 ? names : undefined)}
          choices={known}
          asTyped={(text) => t`Use “${text}”`}
          nothing={t`Nothing of that name`}
          removeLabel={(label) => t`Take away ${label}`}
          data-testid={`edit-${what.key}`}
        />
      )}
    </Field>
  );
}
