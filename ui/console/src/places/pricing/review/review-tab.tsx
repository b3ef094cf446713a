// The review of a version: what was found, what is acknowledged by whom, and the verdict.
import { useLingui } from "@lingui/react/macro";
import { Button, Card, EmptyState, ErrorNote, Facts, toast } from "@souk/kit";
import { ClipboardCheck } from "lucide-react";
import { useState } from "react";
import type { Review, RuleSet } from "../../../api/bindings.ts";
import { useReadWhen, useWrite } from "../../../api/queries.ts";
import { Failed } from "../../../shell/failed.tsx";
import { useFormat } from "../../../shell/format.ts";
import { AskDialog } from "../life/ask-dialog.tsx";
import type { TabProps } from "../rule-set.tsx";
import { CheckNotes } from "../rules/check-notes.tsx";
import { FindingsPanel } from "../rules/findings-panel.tsx";
import { ReviewFindings } from "./review-findings.tsx";
import { ReviewReplay } from "./review-replay.tsx";

export default function ReviewTab({ found, checked, onTake }: TabProps) {
  const { t } = useLingui();
  const { summary } = found;
  const sent = summary.state !== "draft";
  const review = useReadWhen(sent, "ruleSetReview", summary.id);
  if (!sent) {
    return (
      <div className="h-full overflow-y-auto px-[22px] py-[18px]" data-testid="review-draft">
        <div className="mx-auto flex max-w-[760px] flex-col gap-4">
          <EmptyState title={t`Not sent yet`} picture={<ClipboardCheck aria-hidden size={28} />}>
            {t`Once it is sent for review it gets its number. Another person then sees every finding and the replay, acknowledges the warnings by name and approves it, or sends it back.`}
          </EmptyState>
          <FindingsPanel
            title={t`Findings so far`}
            none={checked.findings ? t`Nothing to mend.` : ""}
            findings={checked.findings?.findings ?? []}
            shown={null}
            onShow={() => undefined}
          />
          <CheckNotes notes={checked.findings?.notes ?? []} />
        </div>
      </div>
    );
  }
  if (review.error && !review.data) {
    return (
      <div className="p-5">
        <Failed error={review.error} retry={() => void review.refetch()} />
      </div>
    );
  }
  if (!review.data) return null;
  return <Reviewing review={review.data} found={found} onTake={onTake} />;
}

interface ReviewingProps {
  review: Review;
  found: RuleSet;
  onTake: (set: RuleSet) => void;
}

function Reviewing({ review, found, onTake }: ReviewingProps) {
  const { t } = useLingui();
  const open = found.summary.state === "in_review" && !review.approved_at;
  return (
    <div className="h-full overflow-y-auto px-[22px] py-[18px]" data-testid="review">
      <div className="mx-auto grid max-w-[1240px] grid-cols-[minmax(0,1fr)_340px] items-start gap-4 max-[999px]:grid-cols-1">
        <ReviewFindings review={review} ruleSet={found.summary.id} open={open} />
        <div className="flex flex-col gap-3">
          <Card title={t`Asked for`} padded>
            <Asked review={review} />
          </Card>
          {review.replay ? <ReviewReplay report={review.replay} /> : null}
          <CheckNotes notes={review.findings.notes} />
          {open ? <Verdict review={review} found={found} onTake={onTake} /> : null}
        </div>
      </div>
    </div>
  );
}

function Asked({ review }: { review: Review }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-2">
      {review.note ? <p>“{review.note}”</p> : null}
      <Facts
        rows={[
          [t`By`, review.asked_by],
          [t`When`, format.dateTime(review.asked_at)],
          ...(review.approved_by && review.approved_at
            ? ([
                [t`Approved by`, review.approved_by],
                [t`Approved`, format.dateTime(review.approved_at)],
              ] as const)
            : []),
        ]}
      />
      {review.reason ? <p>“{review.reason}”</p> : null}
    </div>
  );
}

/** Approve, or send it back: its content becomes a draft again. */
function Verdict({ review, found, onTake }: ReviewingProps) {
  const { t } = useLingui();
  const decide = useWrite("ruleSetDecideReview");
  const [asking, setAsking] = useState<"approve" | "back" | null>(null);
  const { summary } = found;
  const approve = asking === "approve";
  return (
    <Card title={t`Verdict`} padded data-testid="verdict">
      <div className="flex flex-col gap-3">
        {review.blocked.map((reason) => (
          <ErrorNote key={reason} tone="warn" happened={reason} />
        ))}
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            disabled={review.blocked.length > 0}
            onClick={() => setAsking("approve")}
            data-testid="review-approve"
          >
            {t`Approve…`}
          </Button>
          <Button onClick={() => setAsking("back")} data-testid="review-send-back">
            {t`Send back…`}
          </Button>
        </div>
      </div>
      {asking ? (
        <AskDialog
          name={approve ? "approve" : "send-back"}
          title={
            approve
              ? t`Approve version ${review.version}?`
              : t`Send version ${review.version} back?`
          }
          about={
            approve
              ? t`It may then run in shadow or take effect.`
              : t`This version retires, and what it says becomes a draft again.`
          }
          label={t`Reason`}
          needed={!approve}
          confirm={approve ? t`Approve` : t`Send back`}
          busy={decide.isPending}
          error={decide.error}
          kept={t`It still waits for review.`}
          onClose={() => setAsking(null)}
          onConfirm={(reason) =>
            decide.mutate([summary.id, { base_rev: summary.rev, approve, reason }], {
              onSuccess: (set) => {
                toast.done(approve ? t`Approved` : t`Sent back`);
                setAsking(null);
                onTake(set);
              },
            })
          }
        />
      ) : null}
    </Card>
  );
}
