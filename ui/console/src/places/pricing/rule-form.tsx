// One rule of a draft. Every change goes up at once; the page above saves as one types.
import { useLingui } from "@lingui/react/macro";
import { Button, Field, Heading, Input, MultiCombobox, Select } from "@souk/kit";
import type { Category, RuleProblem, Segment } from "../../api/bindings.ts";
import {
  type Guardrails,
  type Policy,
  percentToShare,
  type Rule,
  shareToPercent,
  type When,
  withKey,
} from "./document.ts";
import { TermInput } from "./term-input.tsx";

export interface RuleFormProps {
  rule: Rule;
  currency: string;
  categories: readonly Category[];
  segments: readonly Segment[];
  problems: readonly RuleProblem[];
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}

export function RuleForm(props: RuleFormProps) {
  const { t } = useLingui();
  const { rule, onChange, onRemove, problems } = props;
  return (
    <div className="flex flex-col gap-4" data-testid="rule-form">
      <div className="grid grid-cols-[minmax(0,1fr)_88px] gap-3">
        <Field label={t`Name`}>
          {(ids) => (
            <Input
              {...ids}
              value={rule.name}
              onChange={(event) => onChange({ ...rule, name: event.target.value })}
              data-testid="rule-name"
            />
          )}
        </Field>
        <Field label={t`Priority`}>
          {(ids) => (
            <Input
              {...ids}
              className="num"
              type="number"
              value={rule.priority ?? 0}
              onChange={(event) =>
                onChange({ ...rule, priority: Math.trunc(event.target.valueAsNumber || 0) })
              }
              data-testid="rule-priority"
            />
          )}
        </Field>
      </div>
      {problems.length > 0 ? (
        <ul
          role="alert"
          className="rounded-sm bg-bad-wash px-3 py-2 text-s"
          data-testid="rule-problems"
        >
          {problems.map((problem) => (
            <li key={problem.pointer}>
              {problem.message} {problem.expected}
            </li>
          ))}
        </ul>
      ) : null}
      <WhenFields {...props} />
      <GuardrailFields {...props} />
      <PolicyFields {...props} />
      <Button look="bad-ghost" className="self-start" onClick={onRemove} data-testid="rule-remove">
        {t`Remove this rule`}
      </Button>
    </div>
  );
}

function WhenFields({ rule, onChange, categories, segments }: RuleFormProps) {
  const { t } = useLingui();
  const { when } = rule;
  const set = <K extends keyof When>(key: K, value: When[K] | undefined) => {
    const { when: _, ...rest } = rule;
    const next = withKey(when, key, value);
    onChange(next ? { ...rest, when: next } : rest);
  };
  const anyOf = (key: "category" | "segment" | "country", names: string[]) =>
    set(key, withKey(when?.[key], "any_of", names.length > 0 ? names : undefined));
  const bound = (side: "min" | "max", text: string) =>
    set("quantity", withKey(when?.quantity, side, /^\d+$/.test(text) ? Number(text) : undefined));
  const customer =
    when?.customer?.any_of?.length === 1 ? (when.customer.any_of[0] ?? "any") : "any";
  const remove = (label: string) => t`Take away ${label}`;
  return (
    <section className="flex flex-col gap-3">
      <Heading level={2} className="!mb-0">{t`When`}</Heading>
      <Field label={t`Category`} optional={t`empty: every one`}>
        {(ids) => (
          <MultiCombobox
            {...ids}
            value={when?.category?.any_of ?? []}
            onChange={(names) => anyOf("category", names)}
            choices={categories.map((one) => ({
              value: one.path,
              label: one.path.replaceAll("/", " › "),
            }))}
            nothing={t`No such category`}
            removeLabel={remove}
            data-testid="rule-category"
          />
        )}
      </Field>
      <Field label={t`Segment`} optional={t`empty: everybody`}>
        {(ids) => (
          <MultiCombobox
            {...ids}
            value={when?.segment?.any_of ?? []}
            onChange={(names) => anyOf("segment", names)}
            choices={segments.map((one) => ({ value: one.name, label: one.label || one.name }))}
            nothing={t`No such segment`}
            removeLabel={remove}
            data-testid="rule-segment"
          />
        )}
      </Field>
      <div className="grid grid-cols-3 gap-3">
        <Field label={t`Customer`}>
          {(ids) => (
            <Select
              {...ids}
              value={customer}
              onChange={(next) => set("customer", next === "any" ? undefined : { any_of: [next] })}
              choices={[
                { value: "any", label: t`any` },
                { value: "new", label: t`new` },
                { value: "returning", label: t`returning` },
              ]}
              data-testid="rule-customer"
            />
          )}
        </Field>
        <Field label={t`Quantity from`}>
          {(ids) => (
            <Input
              {...ids}
              className="num"
              inputMode="numeric"
              value={when?.quantity?.min ?? ""}
              onChange={(event) => bound("min", event.target.value)}
              data-testid="rule-quantity-min"
            />
          )}
        </Field>
        <Field label={t`to`}>
          {(ids) => (
            <Input
              {...ids}
              className="num"
              inputMode="numeric"
              value={when?.quantity?.max ?? ""}
              onChange={(event) => bound("max", event.target.value)}
              data-testid="rule-quantity-max"
            />
          )}
        </Field>
      </div>
    </section>
  );
}

function GuardrailFields({ rule, onChange, currency }: RuleFormProps) {
  const { t } = useLingui();
  const { guardrails } = rule;
  const set = <K extends keyof Guardrails>(key: K, value: Guardrails[K] | undefined) => {
    const { guardrails: _, ...rest } = rule;
    const next = withKey(guardrails, key, value);
    onChange(next ? { ...rest, guardrails: next } : rest);
  };
  return (
    <section className="flex flex-col gap-3">
      <Heading level={2} className="!mb-0">{t`Guardrails: no bargain may break them`}</Heading>
      <TermInput
        label={t`Floor`}
        value={guardrails?.floor}
        currency={currency}
        onChange={(term) => set("floor", term)}
        testId="rule-floor"
      />
      <TermInput
        label={t`Ceiling`}
        value={guardrails?.ceiling}
        currency={currency}
        onChange={(term) => set("ceiling", term)}
        testId="rule-ceiling"
      />
      <Field label={t`Most that may be taken off, % of list`}>
        {(ids) => (
          <Input
            {...ids}
            className="num !w-32"
            inputMode="decimal"
            defaultValue={guardrails?.max_discount ? shareToPercent(guardrails.max_discount) : ""}
            onChange={(event) =>
              set("max_discount", percentToShare(event.target.value.replace(",", ".")) ?? undefined)
            }
            data-testid="rule-max-discount"
          />
        )}
      </Field>
    </section>
  );
}

function PolicyFields({ rule, onChange, currency }: RuleFormProps) {
  const { t } = useLingui();
  const { policy } = rule;
  const set = <K extends keyof Policy>(key: K, value: Policy[K] | undefined) => {
    const { policy: _, ...rest } = rule;
    const next = withKey(policy, key, value);
    onChange(next ? { ...rest, policy: next } : rest);
  };
  const terms = [
    { key: "target", label: t`Aim for`, testId: "rule-target" },
    { key: "accept_at", label: t`Accept at`, testId: "rule-accept-at" },
    { key: "escalate_at", label: t`Ask staff from`, testId: "rule-escalate-at" },
    { key: "decline_below", label: t`Decline below`, testId: "rule-decline-below" },
  ] as const;
  return (
    <section className="flex flex-col gap-3">
      <Heading level={2} className="!mb-0">{t`Policy: how to bargain inside them`}</Heading>
      {terms.map((term) => (
        <TermInput
          key={term.key}
          label={term.label}
          value={policy?.[term.key]}
          currency={currency}
          onChange={(value) => set(term.key, value)}
          testId={term.testId}
        />
      ))}
      <div className="grid grid-cols-2 gap-3">
        <Field label={t`Rounds at most`}>
          {(ids) => (
            <Input
              {...ids}
              className="num"
              inputMode="numeric"
              value={policy?.max_rounds ?? ""}
              onChange={(event) =>
                set(
                  "max_rounds",
                  /^\d+$/.test(event.target.value) ? Number(event.target.value) : undefined,
                )
              }
              data-testid="rule-max-rounds"
            />
          )}
        </Field>
        <Field label={t`Manner`}>
          {(ids) => (
            <Select
              {...ids}
              value={policy?.concession ?? "unset"}
              onChange={(next) =>
                set(
                  "concession",
                  next === "unset" ? undefined : (next as NonNullable<Policy["concession"]>),
                )
              }
              choices={[
                { value: "unset", label: t`not set` },
                { value: "boulware", label: t`hold firm early` },
                { value: "linear", label: t`give way evenly` },
                { value: "conceder", label: t`give way early` },
              ]}
              data-testid="rule-concession"
            />
          )}
        </Field>
      </div>
    </section>
  );
}
