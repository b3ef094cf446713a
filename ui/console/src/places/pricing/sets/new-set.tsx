// Where a rule set begins: a copy of the one that is active, one plain floor, or a template, each explained.
import { useLingui } from "@lingui/react/macro";
import { Button, Dialog } from "@souk/kit";
import type { ReactNode } from "react";
import type { RuleSetSummary, Template } from "../../../api/bindings.ts";
import { useRead } from "../../../api/queries.ts";
import { Failed } from "../../../shell/failed.tsx";
import { starter, writeDocument } from "../document.ts";
import { useNewDraft } from "../life/use-new-draft.ts";

export interface NewSetProps {
  active: RuleSetSummary | undefined;
  count: number;
  onClose: () => void;
}

export function NewSet({ active, count, onClose }: NewSetProps) {
  const { t } = useLingui();
  const { make, busy } = useNewDraft();
  const profile = useRead("storeGet").data?.profile;
  const templates = useRead("ruleTemplates");
  const name = t`Rule set ${count + 1}`;
  const plain = () =>
    make(
      name,
      writeDocument(
        starter(
          profile?.currency || "GBP",
          profile?.timezone || "UTC",
          t`Never below four fifths of list`,
        ),
      ),
    );
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`New rule set`}
      about={t`Whatever you start from is a draft: nothing takes effect until it is reviewed and activated.`}
      closeLabel={t`Close`}
      data-testid="new-set"
    >
      <div className="flex flex-col gap-2 pb-3">
        {active ? (
          <Start
            testId="start-active"
            name={t`The active set, “${active.name}”`}
            summary={t`Everything as it is now, to change some of it.`}
            busy={busy}
            onStart={() => make(name, { of: active.id })}
          />
        ) : null}
        <Start
          testId="start-plain"
          name={t`One floor for everything`}
          summary={t`Never below four fifths of list, accept at 95 % of list, at most six rounds.`}
          busy={busy}
          onStart={plain}
        />
        {templates.error ? <Failed error={templates.error} /> : null}
        {templates.data?.map((template) => (
          <FromTemplate
            key={template.id}
            template={template}
            busy={busy}
            onStart={() => make(template.name, template.document)}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface StartProps {
  name: string;
  summary: string;
  busy: boolean;
  testId: string;
  onStart: () => void;
  children?: ReactNode;
}

function Start({ name, summary, busy, testId, onStart, children }: StartProps) {
  const { t } = useLingui();
  return (
    <section className="rounded-md border border-line bg-surface px-3 py-[10px]">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">{name}</h3>
          <p className="text-soft">{summary}</p>
        </div>
        <Button
          disabled={busy}
          aria-label={t`Start from: ${name}`}
          onClick={onStart}
          data-testid={testId}
        >
          {t`Start`}
        </Button>
      </div>
      {children}
    </section>
  );
}

function FromTemplate({
  template,
  busy,
  onStart,
}: {
  template: Template;
  busy: boolean;
  onStart: () => void;
}) {
  const { t } = useLingui();
  return (
    <Start
      testId={`start-${template.id}`}
      name={template.name}
      summary={template.summary}
      busy={busy}
      onStart={onStart}
    >
      {template.explain.length > 0 ? (
        <details className="mt-1 text-s">
          <summary className="text-soft">{t`What its rules are for`}</summary>
          <ol className="mt-1 list-decimal ps-5 text-soft">
            {template.explain.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        </details>
      ) : null}
    </Start>
  );
}
