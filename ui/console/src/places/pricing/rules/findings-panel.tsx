import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, cx, Heading } from "@souk/kit";
import type { Finding, Fix } from "../../../api/bindings.ts";
import { severityTone, useFindingWords } from "../findings-words.ts";
import { findingId, sameFinding } from "../model/by-rule.ts";

export interface FindingsPanelProps {
  title: string;
  findings: readonly Finding[];
  /** The one whose example is shown. */
  shown: Finding | null;
  none?: string;
  onShow: (finding: Finding) => void;
  /** Absent where the rules can no longer be changed. */
  onFix?: ((finding: Finding, fix: Fix) => void) | undefined;
}

const listedMax = 30;

/** What is wrong, each with its example and its mends. */
export function FindingsPanel(props: FindingsPanelProps) {
  const { t } = useLingui();
  const { title, findings, none } = props;
  const more = findings.length - listedMax;
  return (
    <section className="flex flex-col gap-2" data-testid="findings-panel">
      <Heading level={2} className="!mb-0">
        {title}
      </Heading>
      {findings.length === 0 && none ? <p className="text-soft">{none}</p> : null}
      {findings.slice(0, listedMax).map((finding) => (
        <FindingCard key={findingId(finding)} {...props} finding={finding} />
      ))}
      {more > 0 ? (
        <p className="text-s text-soft">
          {t`${plural(more, { one: "and # more", other: "and # more" })}`}
        </p>
      ) : null}
    </section>
  );
}

function FindingCard({ finding, shown, onShow, onFix }: FindingsPanelProps & { finding: Finding }) {
  const { t } = useLingui();
  const { kind, title } = useFindingWords()(finding);
  const on = shown !== null && sameFinding(shown, finding);
  return (
    <article
      className={cx(
        "flex flex-col gap-[6px] rounded-md border px-3 py-[10px]",
        on ? "border-accent" : finding.severity === "error" ? "border-bad/40" : "border-line",
      )}
      data-testid="finding"
      data-kind={finding.kind}
      data-severity={finding.severity}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Chip tone={severityTone[finding.severity]}>{kind}</Chip>
        <h3 className="font-medium">{title}</h3>
        {finding.verdict === "undecided" ? <Chip tone="info">{t`not proven`}</Chip> : null}
      </div>
      <p className="break-words text-soft">{finding.explain}</p>
      <div className="flex flex-wrap gap-2">
        {finding.witness ? (
          <Button onClick={() => onShow(finding)} data-testid="finding-show">
            {t`Show me`}
          </Button>
        ) : null}
        {onFix
          ? finding.fixes?.map((fix) => (
              <Button
                key={fix.label}
                className="!h-auto min-h-(--control) !whitespace-normal py-1 text-start"
                onClick={() => onFix(finding, fix)}
                data-testid="finding-fix"
              >
                {fix.label}
              </Button>
            ))
          : null}
      </div>
    </article>
  );
}
