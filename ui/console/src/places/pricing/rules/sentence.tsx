import { Trans, useLingui } from "@lingui/react/macro";
import { cx } from "@souk/kit";
import { Fragment, memo } from "react";
import type { Rule } from "../document.ts";
import { type ChipAt, type Clause, chipId, clausesOf, termKeys } from "../model/clauses.ts";
import type { Words } from "../words.ts";

export interface SentenceProps {
  rule: Rule;
  words: Words;
  /** The chips can be reached by the Tab key. */
  reachable: boolean;
  editable: boolean;
}

/** A rule as a sentence that a merchant would say; each thing that can be changed is a chip. */
export const Sentence = memo(function Sentence(props: SentenceProps) {
  const { t } = useLingui();
  const clauses = clausesOf(props.rule);
  const conditions = clauses.filter((clause) => clause.group === "when");
  const said = clauses.filter((clause) => clause.group !== "when");
  return (
    <p className="text-[13.5px] leading-[27px]">
      {conditions.length === 0 ? (
        <Trans>
          For <Chip {...props} at={{ group: "when", key: "everything" }} text={t`everything`} />
        </Trans>
      ) : (
        <>
          {t`When`}{" "}
          {conditions.map((clause, index) => (
            <Fragment key={`${clause.key} ${clause.side}`}>
              {index > 0 ? ` ${t`and`} ` : ""}
              <Said {...props} clause={clause} />
            </Fragment>
          ))}
        </>
      )}
      {": "}
      {said.length === 0 ? <span className="text-soft">{t`nothing is said yet`}</span> : null}
      {said.map((clause, index) => (
        <Fragment key={clause.key}>
          {index === 0 ? "" : clause.group !== said[index - 1]?.group ? "; " : ", "}
          <Said {...props} clause={clause} />
        </Fragment>
      ))}
      {"."}
    </p>
  );
});

function Said({ clause, ...props }: SentenceProps & { clause: Clause }) {
  const { words, rule } = props;
  const lead = words.lead(clause);
  return (
    <>
      {lead ? `${lead} ` : ""}
      {clause.chips.map((chip, index) => (
        <Fragment key={chipId(chip)}>
          {index > 0 ? ` ${words.joint(clause)} ` : ""}
          <Chip {...props} at={chip} text={words.chip(rule, chip)} />
        </Fragment>
      ))}
    </>
  );
}

function Chip({ at, text, reachable, editable }: SentenceProps & { at: ChipAt; text: string }) {
  const look = cx(
    "inline-block max-w-full rounded-[5px] px-[7px] text-start leading-[23px] font-medium",
    toneOf(at),
  );
  if (!editable) return <span className={look}>{text}</span>;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      tabIndex={reachable ? 0 : -1}
      data-chip={chipId(at)}
      data-testid={`chip-${at.key}`}
      className={cx(
        look,
        "-outline-offset-1 hover:shadow-[0_0_0_1px_var(--control-line)] focus-visible:outline-2",
      )}
    >
      {text}
    </button>
  );
}

function toneOf({ group, key }: ChipAt): string {
  if (group === "guardrails") return "bg-bad-wash text-bad";
  if (group === "policy" && (termKeys.includes(key) || key === "sweeteners"))
    return "bg-accent-wash text-accent";
  return "bg-chip";
}
