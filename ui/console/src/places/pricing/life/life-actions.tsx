// What may be done next with a rule set, by its state.
import { useLingui } from "@lingui/react/macro";
import { Button, toast } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { RuleSet } from "../../../api/bindings.ts";
import { useReadWhen, useWrite } from "../../../api/queries.ts";
import { paths } from "../../../shell/paths.ts";
import type { Draft } from "../use-draft.ts";
import type { Checked } from "../use-findings.ts";
import { ActivateDialog, RollBackDialog, SubmitDialog } from "./dialogs.tsx";
import { useNewDraft } from "./use-new-draft.ts";

export interface LifeActionsProps {
  found: RuleSet;
  draft: Draft;
  checked: Checked;
  onTake: (set: RuleSet) => void;
}

type Asking = "submit" | "activate" | "roll back" | null;

export function LifeActions({ found, draft, checked, onTake }: LifeActionsProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const summary = { ...found.summary, rev: Math.max(found.summary.rev, draft.rev) };
  const navigate = useNavigate();
  const dialog = {
    summary,
    onClose: () => setAsking(null),
    onDone: (set: RuleSet) => {
      setAsking(null);
      if (set.summary.id === summary.id) onTake(set);
      else void navigate({ to: paths.pricing(set.summary.id) });
    },
  };
  return (
    <>
      <Buttons found={{ ...found, summary }} draft={draft} onAsk={setAsking} onTake={onTake} />
      {asking === "submit" ? <SubmitDialog {...dialog} checked={checked} /> : null}
      {asking === "activate" ? <ActivateDialog {...dialog} zone={draft.timezone} /> : null}
      {asking === "roll back" ? <RollBackDialog {...dialog} /> : null}
    </>
  );
}

interface ButtonsProps extends Omit<LifeActionsProps, "checked"> {
  onAsk: (asking: Asking) => void;
}

function Buttons({ found, draft, onAsk, onTake }: ButtonsProps) {
  const { t } = useLingui();
  const { summary } = found;
  switch (summary.state) {
    case "draft":
      return (
        <Button
          look="primary"
          disabled={draft.saving.state !== "saved" || draft.problems.length > 0}
          onClick={() => onAsk("submit")}
          data-testid="rule-set-submit"
        >
          {t`Send for review`}
        </Button>
      );
    case "in_review":
    case "shadow":
      return <Reviewed found={found} draft={draft} onAsk={onAsk} onTake={onTake} />;
    case "active":
      return (
        <>
          <NewDraft found={found} />
          <Button onClick={() => onAsk("roll back")} data-testid="rule-set-roll-back">
            {t`Roll back…`}
          </Button>
        </>
      );
    default:
      return <NewDraft found={found} />;
  }
}

/** After review: shadow beside the active set, or take effect. */
function Reviewed({ found, onAsk, onTake }: ButtonsProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const tab = useParams({ strict: false, select: (params: { tab?: string }) => params.tab });
  const shadow = useWrite("ruleSetShadow");
  const unschedule = useWrite("ruleSetUnschedule");
  const { summary } = found;
  const review = useReadWhen(true, "ruleSetReview", summary.id);
  const inShadow = summary.state === "shadow";
  if (!inShadow && !review.data?.approved_at) {
    return tab === "review" ? null : (
      <Button
        look="primary"
        onClick={() => void navigate({ to: paths.pricing(summary.id, "review") })}
        data-testid="rule-set-review"
      >
        {t`Review`}
      </Button>
    );
  }
  return (
    <>
      <Button
        busy={shadow.isPending}
        onClick={() =>
          shadow.mutate([summary.id, { base_rev: summary.rev, on: !inShadow }], {
            onSuccess: onTake,
            onError: (error) => toast.failed(error.message),
          })
        }
        data-testid="rule-set-shadow"
      >
        {inShadow ? t`End shadow` : t`Put in shadow`}
      </Button>
      {summary.activates_at ? (
        <Button
          busy={unschedule.isPending}
          onClick={() =>
            unschedule.mutate([summary.id, summary.rev], {
              onSuccess: onTake,
              onError: (error) => toast.failed(error.message),
            })
          }
          data-testid="rule-set-unschedule"
        >
          {t`Do not activate`}
        </Button>
      ) : (
        <Button look="primary" onClick={() => onAsk("activate")} data-testid="rule-set-activate">
          {t`Activate…`}
        </Button>
      )}
    </>
  );
}

/** Versions never change: who wants another one starts from a copy. */
function NewDraft({ found }: { found: RuleSet }) {
  const { t } = useLingui();
  const { make, busy } = useNewDraft();
  return (
    <Button
      look="primary"
      busy={busy}
      onClick={() => make(t`${found.summary.name}, next`, found.document)}
      data-testid="rule-set-copy"
    >
      {t`New draft from this`}
    </Button>
  );
}
