import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { cx, useLocale } from "@souk/kit";
import type { ReactNode } from "react";
import { useFormat } from "../../shell/format.ts";
import { type PriceTerm, type Rule, shareToPercent, type When } from "./document.ts";

type Tone = "plain" | "hard" | "soft";

function Word({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={cx(
        "rounded-[5px] px-[7px] py-[2px] font-medium whitespace-nowrap",
        tone === "plain" && "bg-sunken",
        tone === "hard" && "bg-bad-wash text-bad",
        tone === "soft" && "bg-accent-wash text-accent",
      )}
    >
      {children}
    </span>
  );
}

/** A price term in words: `5.5 % margin`, `92 % of list`, `£9.00`. */
export function useTermWords(currency: string): (term: PriceTerm) => string {
  const { t } = useLingui();
  const format = useFormat();
  const locale = useLocale();
  const percent = (share: string) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(
      shareToPercent(share) as Intl.StringNumericLiteral,
    );
  return (term) => {
    if (term.amount !== undefined) return format.decimal(term.amount, currency);
    if (term.of_list !== undefined) return t`${percent(term.of_list)} % of list`;
    if (term.margin !== undefined) return t`${percent(term.margin)} % margin`;
    return "–";
  };
}

/** A rule as a sentence that a merchant would say. */
export function Sentence({ rule, currency }: { rule: Rule; currency: string }) {
  const { t } = useLingui();
  const words = useTermWords(currency);
  const { guardrails = {}, policy = {} } = rule;
  const said: ReactNode[] = [];
  const say = (key: string, lead: string, tone: Tone, text: string) =>
    said.push(
      <span key={key}>
        {lead} <Word tone={tone}>{text}</Word>
      </span>,
    );
  if (guardrails.floor) say("floor", t`never below`, "hard", words(guardrails.floor));
  if (guardrails.max_discount) {
    const share = shareToPercent(guardrails.max_discount);
    say("discount", t`never more than`, "hard", t`${share} % off`);
  }
  if (guardrails.ceiling) say("ceiling", t`never above`, "hard", words(guardrails.ceiling));
  if (policy.target) say("target", t`aim for`, "soft", words(policy.target));
  if (policy.accept_at) say("accept", t`accept at`, "soft", words(policy.accept_at));
  if (policy.escalate_at) say("escalate", t`ask staff from`, "soft", words(policy.escalate_at));
  if (policy.decline_below) say("decline", t`decline below`, "soft", words(policy.decline_below));
  if (policy.max_rounds)
    say(
      "rounds",
      t`up to`,
      "plain",
      t`${plural(policy.max_rounds, { one: "# round", other: "# rounds" })}`,
    );
  const manner: Record<string, string> = {
    boulware: t`hold firm early`,
    linear: t`give way evenly`,
    conceder: t`give way early`,
  };
  if (policy.concession) said.push(<span key="manner">{manner[policy.concession]}</span>);
  return (
    <p className="text-[13.5px] leading-[1.9]">
      <Conditions when={rule.when} />:{" "}
      {said.length === 0 ? <Trans>nothing is said yet</Trans> : null}
      {said.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence keep their order
        <span key={index}>
          {part}
          {index < said.length - 1 ? ", " : "."}
        </span>
      ))}
    </p>
  );
}

function Conditions({ when }: { when: When | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const parts: ReactNode[] = [];
  const names = (
    key: keyof When,
    lead: string,
    shown: (name: string) => string = (name) => name,
  ) => {
    const match = when?.[key] as
      | { any_of?: string[]; all_of?: string[]; none_of?: string[] }
      | undefined;
    if (!match) return;
    const list = (all: readonly string[], joint: string) =>
      all.map((name, index) => (
        <span key={name}>
          {index > 0 ? ` ${joint} ` : ""}
          <Word>{shown(name)}</Word>
        </span>
      ));
    if (match.any_of?.length)
      parts.push(
        <span key={key}>
          {lead} {list(match.any_of, t`or`)}
        </span>,
      );
    if (match.all_of?.length)
      parts.push(
        <span key={`${key} all`}>
          {lead} {list(match.all_of, t`and`)}
        </span>,
      );
    if (match.none_of?.length) {
      parts.push(
        <span key={`${key} not`}>
          {lead} {t`not`} {list(match.none_of, t`or`)}
        </span>,
      );
    }
  };
  const range = (key: "quantity" | "stock" | "intent" | "list_price", lead: string) => {
    const found = when?.[key];
    if (!found) return;
    const { min, max } = found;
    const text =
      min !== undefined && max !== undefined
        ? t`${min} to ${max}`
        : min !== undefined
          ? t`at least ${min}`
          : max !== undefined
            ? t`at most ${max}`
            : "";
    if (text)
      parts.push(
        <span key={key}>
          {lead} <Word>{text}</Word>
        </span>,
      );
  };
  names("category", t`category is`, (path) => path.replaceAll("/", " › "));
  names("product", t`product is`);
  names("segment", t`segment is`);
  names("country", t`country is`);
  names("channel", t`channel is`);
  names("customer", t`customer is`, (name) => (name === "new" ? t`new` : t`returning`));
  range("quantity", t`quantity is`);
  range("list_price", t`list price is`);
  range("stock", t`stock is`);
  range("intent", t`intent is`);
  names("weekday", t`day is`);
  if (when?.time)
    parts.push(
      <span key="time">
        {t`from`} <Word>{when.time.from}</Word> {t`until`} <Word>{when.time.until}</Word>
      </span>,
    );
  const { from, until } = when?.window ?? {};
  if (from)
    parts.push(
      <span key="from">
        {t`from`} <Word>{format.date(from)}</Word>
      </span>,
    );
  if (until)
    parts.push(
      <span key="until">
        {t`until`} <Word>{format.date(until)}</Word>
      </span>,
    );
  if (parts.length === 0)
    return (
      <>
        {t`For`} <Word>{t`everything`}</Word>
      </>
    );
  return (
    <>
      {t`When`}{" "}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence keep their order
        <span key={index}>
          {index > 0 ? ` ${t`and`} ` : ""}
          {part}
        </span>
      ))}
    </>
  );
}
