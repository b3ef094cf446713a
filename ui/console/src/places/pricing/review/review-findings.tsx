import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, EmptyState } from "@souk/kit";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import type { Acknowledged, Finding, Review, Severity } from "../../../api/bindings.ts";
import { useWrite } from "../../../api/queries.ts";
import { useFormat } from "../../../shell/format.ts";
import { severityTone, useFindingWords } from "../findings-words.ts";
import { AskDialog } from "../life/ask-dialog.tsx";
import { findingId, sameFinding } from "../model/by-rule.ts";

export interface ReviewFindingsProps {
  review: Review;
  ruleSet: string;
  /** Warnings can still be acknowledged. */
  open: boolean;
}

const order: readonly Severity[] = ["error", "warning", "info"];
const shownMax = 100;

/** The findings attached to a version, by severity; warnings with who acknowledged them, and why. */
export function ReviewFindings({ review, ruleSet, open }: ReviewFindingsProps) {
  const { t } = useLingui();
  const [asking, setAsking] = useState<Finding | null>(null);
  const { findings } = review.findings;
  const titles: Record<Severity, string> = {
    error: t`Errors: they block approval`,
    warning: t`Warnings: each is acknowledged by name`,
    info: t`Good to know`,
  };
  if (findings.length === 0) {
    return (
      <Card>
        <EmptyState title={t`Nothing was found`} picture={<CircleCheck aria-hidden size={28} />}>
          {t`No collision, no gap: proven over every sale that could be.`}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {order.map((severity) => {
        const those = findings.filter((one) => one.severity === severity);
        if (those.length === 0) return null;
        const more = those.length - shownMax;
        return (
          <Card key={severity} title={titles[severity]} aside={<Chip>{those.length}</Chip>}>
            <ul>
              {those.slice(0, shownMax).map((finding) => (
                <FindingLine
                  key={findingId(finding)}
                  finding={finding}
                  known={review.acknowledged.find((one) => sameFinding(one.finding, finding))}
                  onAcknowledge={
                    open && severity === "warning" ? () => setAsking(finding) : undefined
                  }
                />
              ))}
            </ul>
            {more > 0 ? (
              <p className="px-(--pad) pb-3 text-soft">
                {t`${plural(more, { one: "and # more", other: "and # more" })}`}
              </p>
            ) : null}
          </Card>
        );
      })}
      {asking ? (
        <AcknowledgeDialog ruleSet={ruleSet} finding={asking} onClose={() => setAsking(null)} />
      ) : null}
    </div>
  );
}

interface FindingLineProps {
  finding: Finding;
  known: Acknowledged | undefined;
  onAcknowledge: (() => void) | undefined;
}

function FindingLine({ finding, known, onAcknowledge }: FindingLineProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { kind, title } = useFindingWords()(finding);
  return (
    <li
      className="flex flex-wrap items-start gap-3 border-t border-line px-(--pad) py-3"
      data-testid="review-finding"
      data-severity={finding.severity}
      data-acknowledged={known !== undefined}
    >
      <Chip tone={severityTone[finding.severity]}>{kind}</Chip>
      <div className="min-w-[240px] flex-1">
        <h3 className="font-medium">{title}</h3>
        <p className="break-words text-soft">{finding.explain}</p>
        {known ? (
          <p className="mt-1 text-s">
            {t`Acknowledged by ${known.by}, ${format.dateTime(known.at)}: “${known.reason}”`}
          </p>
        ) : null}
      </div>
      {onAcknowledge && !known ? (
        <Button onClick={onAcknowledge} data-testid="review-acknowledge">
          {t`Acknowledge…`}
        </Button>
      ) : null}
    </li>
  );
}

interface AcknowledgeDialogProps {
  ruleSet: string;
  finding: Finding;
  onClose: () => void;
}

function AcknowledgeDialog({ ruleSet, finding, onClose }: AcknowledgeDialogProps) {
  const { t } = useLingui();
  const acknowledge = useWrite("ruleSetAcknowledge");
  const { title } = useFindingWords()(finding);
  const { kind, rules, key } = finding;
  return (
    <AskDialog
      name="acknowledge"
      needed
      title={t`Acknowledge: ${title}`}
      about={finding.explain}
      label={t`Why it is wanted`}
      confirm={t`Acknowledge`}
      busy={acknowledge.isPending}
      error={acknowledge.error}
      kept={t`The warning still is not acknowledged.`}
      onClose={onClose}
      onConfirm={(reason) =>
        acknowledge.mutate([ruleSet, { finding: { kind, rules, key }, reason }], {
          onSuccess: onClose,
        })
      }
    />
  );
}
