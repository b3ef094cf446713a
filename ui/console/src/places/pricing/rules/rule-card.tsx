import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Chip, cx } from "@souk/kit";
import { Check } from "lucide-react";
import { memo } from "react";
import type { RuleReach } from "../../../api/bindings.ts";
import { useFormat } from "../../../shell/format.ts";
import { nameOf, priorityOf, type Rule } from "../document.ts";
import { severityTone, useFindingWords } from "../findings-words.ts";
import type { RuleFindings } from "../model/by-rule.ts";
import type { Words } from "../words.ts";
import { Sentence } from "./sentence.tsx";

export interface RuleCardProps {
  rule: Rule;
  words: Words;
  on: boolean;
  chosen: boolean;
  editable: boolean;
  faulty: boolean;
  findings: RuleFindings;
  reach: RuleReach | undefined;
}

/** The cells of one rule in the list: priority, sentence, what stands out about it. */
export const RuleCard = memo(function RuleCard(props: RuleCardProps) {
  const { rule, words, on, chosen, editable } = props;
  const { t } = useLingui();
  const priority = priorityOf(rule);
  const look =
    "mt-[3px] grid h-[22px] min-w-[26px] place-items-center rounded-[5px] bg-chip px-1 text-s font-medium text-soft tabular-nums";
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is drawn by hand */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row holds the focus */}
      <div role="gridcell" className="flex flex-col items-center gap-1">
        {editable ? (
          <button
            type="button"
            aria-haspopup="dialog"
            aria-label={t`Priority ${priority}`}
            tabIndex={on ? 0 : -1}
            data-chip="rule:priority:::"
            data-testid="chip-priority"
            className={cx(look, "hover:shadow-[0_0_0_1px_var(--control-line)]")}
          >
            {priority}
          </button>
        ) : (
          <span className={look}>{priority}</span>
        )}
        {chosen ? <Check aria-label={t`Chosen`} size={14} className="text-accent" /> : null}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is drawn by hand */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row holds the focus */}
      <div role="gridcell" className="min-w-0">
        <Sentence rule={rule} words={words} reachable={on} editable={editable} />
        <Below rule={rule} reach={props.reach} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is drawn by hand */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row holds the focus */}
      <div role="gridcell" className="flex flex-col items-end gap-1">
        <Standout {...props} />
      </div>
    </>
  );
});

function Below({ rule, reach }: { rule: Rule; reach: RuleReach | undefined }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const said = [nameOf(rule)];
  if (reach) {
    said.push(t`${plural(reach.products, { one: "# product", other: "# products" })}`);
    if (reach.lines > 0) said.push(t`${number(reach.lines)} past lines`);
  }
  return <p className="truncate text-s text-soft">{said.join(" · ")}</p>;
}

/** The worst finding where there is one, else what kind of rule it is. */
function Standout({ rule, findings, faulty }: RuleCardProps) {
  const { t } = useLingui();
  const words = useFindingWords();
  if (faulty) return <Chip tone="bad">{t`needs mending`}</Chip>;
  const worst = findings.findings.find((one) => one.severity === findings.worst);
  if (worst) {
    const more = findings.count - 1;
    return (
      <>
        <Chip tone={severityTone[worst.severity]} data-testid="rule-badge">
          {words(worst).kind}
        </Chip>
        {more > 0 ? <span className="text-xs text-soft">{t`and ${more} more`}</span> : null}
      </>
    );
  }
  if (rule.guardrails) return <Chip>{t`guardrail`}</Chip>;
  return rule.policy ? <Chip tone="accent">{t`policy`}</Chip> : null;
}
