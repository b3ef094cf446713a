// The steps of a rule set's life that are asked once more before they are taken.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ErrorNote, Segmented, toast } from "@souk/kit";
import { useState } from "react";
import type { RuleSet, RuleSetSummary } from "../../../api/bindings.ts";
import { useWrite } from "../../../api/queries.ts";
import { readDay, readTime } from "../editors/moments.ts";
import { Typed } from "../editors/typed.tsx";
import { instantOf } from "../model/zone.ts";
import type { Checked } from "../use-findings.ts";
import { AskDialog } from "./ask-dialog.tsx";

export interface LifeDialogProps {
  summary: RuleSetSummary;
  onDone: (set: RuleSet) => void;
  onClose: () => void;
}

/** Draft → in review: it gets its number and never changes again. */
export function SubmitDialog({
  summary,
  checked,
  onDone,
  onClose,
}: LifeDialogProps & { checked: Checked }) {
  const { t } = useLingui();
  const submit = useWrite("ruleSetSubmit");
  const errors = checked.findings?.errors ?? 0;
  const warnings = checked.findings?.warnings ?? 0;
  return (
    <AskDialog
      name="submit"
      title={t`Send “${summary.name}” for review?`}
      about={t`It gets a number and is not changed any more. Whoever reviews it sees what was found and what it would have done to past orders.`}
      label={t`Note for the reviewer`}
      confirm={t`Send for review`}
      busy={submit.isPending}
      error={submit.error}
      kept={t`It still is a draft.`}
      onClose={onClose}
      onConfirm={(note) =>
        submit.mutate([summary.id, { base_rev: summary.rev, note }], {
          onSuccess: (set) => {
            toast.done(t`It waits for review`);
            onDone(set);
          },
        })
      }
    >
      {errors > 0 ? (
        <ErrorNote
          tone="warn"
          happened={t`${plural(errors, { one: "# error is left", other: "# errors are left" })}`}
          todo={t`It cannot be approved while there is one. Mend it first: F8 leads to it.`}
        />
      ) : warnings > 0 ? (
        <p className="text-soft">
          {t`${plural(warnings, { one: "# warning is to be acknowledged in the review.", other: "# warnings are to be acknowledged in the review." })}`}
        </p>
      ) : null}
    </AskDialog>
  );
}

/** The version takes effect, at once or at a moment of the store's clock. */
export function ActivateDialog({
  summary,
  zone,
  onDone,
  onClose,
}: LifeDialogProps & { zone: string }) {
  const { t } = useLingui();
  const activate = useWrite("ruleSetActivate");
  const [when, setWhen] = useState("now");
  const [day, setDay] = useState<string | undefined>();
  const [time, setTime] = useState<string | undefined>("09:00");
  const at = when === "later" && day && time ? instantOf(`${day}T${time}`, zone) : null;
  return (
    <AskDialog
      name="activate"
      title={t`Activate “${summary.name}”?`}
      about={t`From then on every new negotiation is held to it. Those under way keep the set they began with.`}
      label={t`Reason`}
      help={t`Needed where you wrote the set yourself: a second person did not look at it.`}
      confirm={when === "later" ? t`Schedule` : t`Activate`}
      busy={activate.isPending || (when === "later" && at === null)}
      error={activate.error}
      kept={t`The set that was active still is.`}
      onClose={onClose}
      onConfirm={(reason) =>
        activate.mutate([summary.id, { base_rev: summary.rev, reason, at }], {
          onSuccess: (set) => {
            toast.done(at ? t`It will take effect by itself` : t`The rule set is active`);
            onDone(set);
          },
        })
      }
    >
      <Segmented
        label={t`When`}
        value={when}
        onChange={setWhen}
        choices={[
          { value: "now", label: t`At once` },
          { value: "later", label: t`At a set time` },
        ]}
        data-testid="activate-when"
      />
      {when === "later" ? (
        <div className="grid grid-cols-[minmax(0,1fr)_120px] gap-2">
          <Typed
            label={t`Day`}
            shown=""
            read={readDay}
            wrong={t`A day, such as 2026-12-24.`}
            placeholder={t`year-month-day`}
            onChange={setDay}
            data-testid="activate-day"
          />
          <Typed
            label={t`at (${zone})`}
            shown="09:00"
            read={readTime}
            wrong={t`A time, such as 17:30.`}
            onChange={setTime}
            data-testid="activate-time"
          />
        </div>
      ) : null}
    </AskDialog>
  );
}

/** Back to the version before, in one action. */
export function RollBackDialog({ summary, onDone, onClose }: LifeDialogProps) {
  const { t } = useLingui();
  const back = useWrite("ruleSetRollBack");
  return (
    <AskDialog
      name="roll-back"
      bad
      needed
      title={t`Roll back “${summary.name}”?`}
      about={t`The version before is active again from the next negotiation on. Nothing is lost: this one stays and can be activated anew.`}
      label={t`Reason`}
      confirm={t`Roll back`}
      busy={back.isPending}
      error={back.error}
      kept={t`The set that was active still is.`}
      onClose={onClose}
      onConfirm={(reason) =>
        back.mutate([{ from_version: summary.version ?? 0, reason }], {
          onSuccess: (set) => {
            toast.done(t`“${set.summary.name}” is active again`);
            onDone(set);
          },
        })
      }
    />
  );
}
