import { useLingui } from "@lingui/react/macro";
import { Button, Field, Heading, Input } from "@souk/kit";
import { useState } from "react";
import type { RuleProblem } from "../../../api/bindings.ts";
import { CopyButton } from "../../../shell/copy-button.tsx";
import type { Rule } from "../document.ts";

export interface DetailsProps {
  rule: Rule;
  editable: boolean;
  problems: readonly RuleProblem[];
  onChange: (change: (rule: Rule) => Rule, mark: string) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** What a rule's sentence does not tell: its name, its id, its faults, and the JSON that is kept. */
export function Details({
  rule,
  editable,
  problems,
  onChange,
  onDuplicate,
  onRemove,
}: DetailsProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const json = JSON.stringify(rule, null, 2);
  return (
    <section className="flex flex-col gap-3" data-testid="rule-details">
      <Heading level={2} className="!mb-0">{t`This rule`}</Heading>
      <Field label={t`Name`} help={t`id: ${rule.id}`}>
        {(ids) => (
          <Input
            {...ids}
            readOnly={!editable}
            value={typeof rule.name === "string" ? rule.name : ""}
            onChange={(event) => {
              const name = event.target.value;
              onChange((now) => ({ ...now, name }), `name ${rule.id}`);
            }}
            data-testid="rule-name"
          />
        )}
      </Field>
      {problems.length > 0 ? (
        <div
          role="alert"
          className="rounded-sm bg-bad-wash px-3 py-2 text-s"
          data-testid="rule-problems"
        >
          <ul className="grid gap-1">
            {problems.map(({ pointer, message, expected }) => (
              <li key={`${pointer} ${message}`}>{t`${message}; expected ${expected}`}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {editable ? (
          <>
            <Button onClick={onDuplicate} data-testid="rule-duplicate">{t`Duplicate`}</Button>
            <Button
              look="bad-ghost"
              onClick={onRemove}
              data-testid="rule-remove"
            >{t`Delete`}</Button>
          </>
        ) : null}
        <span className="flex-1" />
        <Button
          look="ghost"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="rule-json"
        >
          {t`JSON`}
        </Button>
        <CopyButton text={json} />
      </div>
      {open ? (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
          tabIndex={0}
          className="max-h-72 overflow-auto rounded-sm border border-line bg-sunken p-3 font-mono text-s"
        >
          {json}
        </pre>
      ) : null}
    </section>
  );
}
