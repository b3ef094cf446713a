// One rule set: its rules as sentences, the form of the chosen one, and the question that proves it.
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, cx, Dialog, Field, Input, toast } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { RuleSet as Found } from "../../api/bindings.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { SavedNote, SaveFailure } from "../../shell/saved-note.tsx";
import { freshId, type Rule } from "./document.ts";
import { FloorQuestion } from "./floor-question.tsx";
import { RuleForm } from "./rule-form.tsx";
import { useSetStates } from "./rule-sets.tsx";
import { Sentence } from "./sentence.tsx";
import { useDraft } from "./use-draft.ts";

export default function RuleSetPlace() {
  const { t } = useLingui();
  const id = useParams({
    strict: false,
    select: (params: { ruleSet?: string }) => params.ruleSet ?? "",
  });
  const found = useRead("ruleSetGet", id);
  const opened = useWrite("recentOpened");
  const name = found.data?.summary.name;
  // biome-ignore lint/correctness/useExhaustiveDependencies: noted once for each set that is opened
  useEffect(() => {
    if (name) opened.mutate([paths.pricing(id), name]);
  }, [id, name !== undefined]);
  if (found.error && !found.data) {
    return (
      <Place title={t`Pricing`}>
        <Failed error={found.error} retry={() => void found.refetch()} />
      </Place>
    );
  }
  return found.data ? (
    <Editor key={id} found={found.data} />
  ) : (
    <Place title={t`Pricing`}>{null}</Place>
  );
}

function Editor({ found }: { found: Found }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const draft = useDraft(found);
  const { summary } = found;
  const editable = summary.state === "draft";
  const state = useSetStates()[summary.state];
  const categories = useRead("categoriesList").data ?? [];
  const segments = useRead("segmentsGet").data?.segments ?? [];
  const { document, name } = draft.value;
  const [chosen, setChosen] = useState<string | null>(document?.rules[0]?.id ?? null);
  const [activating, setActivating] = useState(false);
  const rule = document?.rules.find((one) => one.id === chosen);

  const change = (rules: Rule[]) =>
    draft.edit((value) =>
      value.document ? { ...value, document: { ...value.document, rules } } : value,
    );
  function add() {
    if (!document) return;
    const named = t`New rule`;
    const id = freshId(
      named,
      document.rules.map((one) => one.id),
    );
    change([...document.rules, { id, name: named, priority: 10 }]);
    setChosen(id);
  }
  useCommands([
    {
      id: "rules-back",
      label: t`All sets`,
      keys: "Escape",
      group: t`Pricing`,
      run: () => void navigate({ to: paths.pricing() }),
      hidden: true,
    },
  ]);
  useCommands(
    editable
      ? [{ id: "rule-new", label: t`New rule`, keys: "n", group: t`Pricing`, run: add }]
      : [],
  );
  const ranked = [...(document?.rules ?? [])].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
  return (
    <Place
      title={t`Pricing`}
      fixed
      note={
        <>
          <span className="text-soft">{name}</span>
          <Chip tone={state.tone}>{state.words}</Chip>
          {summary.version === null ? null : <Chip>{t`version ${summary.version}`}</Chip>}
          {editable ? <SavedNote saving={draft} testId="draft-saved" /> : null}
        </>
      }
      actions={
        <>
          <Button
            look="ghost"
            onClick={() => void navigate({ to: paths.pricing() })}
            data-testid="rule-sets-back"
          >
            {t`All sets`}
          </Button>
          {editable ? (
            <Button
              look="primary"
              disabled={draft.state !== "saved" || found.problems.length > 0}
              onClick={() => setActivating(true)}
              data-testid="rule-set-activate"
            >
              {t`Activate…`}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_380px] max-[1099px]:grid-cols-[minmax(0,1fr)_340px] max-[759px]:block max-[759px]:overflow-y-auto">
        <section
          aria-label={t`Rules`}
          className="flex min-h-0 flex-col gap-[10px] overflow-y-auto px-[18px] py-[14px]"
        >
          {editable ? (
            <div className="flex flex-wrap items-end gap-3">
              <Field label={t`Name of the set`} className="w-64">
                {(ids) => (
                  <Input
                    {...ids}
                    value={name}
                    onChange={(event) =>
                      draft.edit((value) => ({ ...value, name: event.target.value }))
                    }
                    data-testid="rule-set-name"
                  />
                )}
              </Field>
              <Button shortcut="N" onClick={add} data-testid="rule-new">
                {t`New rule`}
              </Button>
            </div>
          ) : null}
          <SaveFailure saving={draft} />
          {ranked.map((one) => (
            <RuleCard
              key={one.id}
              rule={one}
              currency={document?.currency ?? "GBP"}
              on={one.id === chosen}
              faulty={problemsOf(found, document?.rules.indexOf(one) ?? -1).length > 0}
              onChoose={() => setChosen(one.id)}
            />
          ))}
        </section>
        <aside
          aria-label={t`The chosen rule`}
          className="flex min-h-0 flex-col gap-5 overflow-y-auto border-s border-line bg-surface px-4 py-[14px]"
        >
          {rule && document && editable ? (
            <RuleForm
              key={rule.id}
              rule={rule}
              currency={document.currency}
              categories={categories}
              segments={segments}
              problems={problemsOf(found, document.rules.indexOf(rule))}
              onChange={(next) =>
                change(document.rules.map((one) => (one.id === rule.id ? next : one)))
              }
              onRemove={() => {
                change(document.rules.filter((one) => one.id !== rule.id));
                setChosen(null);
              }}
            />
          ) : null}
          <div className={rule && editable ? "border-t border-line pt-4" : ""}>
            <FloorQuestion ruleSet={summary.id} rev={summary.rev} />
          </div>
        </aside>
      </div>
      <ActivateDialog open={activating} found={found} onClose={() => setActivating(false)} />
    </Place>
  );
}

function problemsOf(found: Found, index: number) {
  return index < 0
    ? []
    : found.problems.filter((problem) => `${problem.pointer}/`.startsWith(`/rules/${index}/`));
}

interface RuleCardProps {
  rule: Rule;
  currency: string;
  on: boolean;
  faulty: boolean;
  onChoose: () => void;
}

function RuleCard({ rule, currency, on, faulty, onChoose }: RuleCardProps) {
  const { t } = useLingui();
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onChoose}
      data-testid="rule-card"
      className={cx(
        "grid w-full grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 rounded-md border bg-surface px-[14px] py-[11px] text-start",
        on
          ? "border-accent shadow-[0_0_0_3px_var(--accent-wash)]"
          : "border-line hover:border-line-strong",
      )}
    >
      <span className="mt-[3px] grid h-[22px] min-w-[26px] place-items-center rounded-[5px] bg-sunken px-1 text-s font-medium text-soft tabular-nums">
        {rule.priority ?? 0}
      </span>
      <span className="min-w-0">
        <Sentence rule={rule} currency={currency} />
        <span className="block text-s text-soft">{rule.name}</span>
      </span>
      {faulty ? (
        <Chip tone="bad">{t`needs mending`}</Chip>
      ) : rule.guardrails ? (
        <Chip>{t`guardrail`}</Chip>
      ) : rule.policy ? (
        <Chip tone="accent">{t`policy`}</Chip>
      ) : null}
    </button>
  );
}

function ActivateDialog({
  open,
  found,
  onClose,
}: {
  open: boolean;
  found: Found;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const activate = useWrite("ruleSetActivate");
  const [reason, setReason] = useState("");
  const { summary } = found;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Activate “${summary.name}”?`}
      about={t`From this moment every new negotiation is held to it. Those under way keep the set they began with.`}
      closeLabel={t`Close`}
      data-testid="activate-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="primary"
            busy={activate.isPending}
            onClick={() =>
              activate.mutate([summary.id, { base_rev: summary.rev, reason: reason.trim() }], {
                onSuccess: () => {
                  toast.done(t`The rule set is active`);
                  onClose();
                },
              })
            }
            data-testid="activate-confirm"
          >
            {t`Activate`}
          </Button>
        </>
      }
    >
      <Field
        label={t`Reason`}
        help={t`Needed where you wrote the set yourself: a second person did not look at it.`}
      >
        {(ids) => (
          <Input
            {...ids}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            data-testid="activate-reason"
          />
        )}
      </Field>
      {activate.error ? (
        <div className="mt-3">
          <Failed error={activate.error} kept={t`The set that was active still is.`} />
        </div>
      ) : null}
    </Dialog>
  );
}
