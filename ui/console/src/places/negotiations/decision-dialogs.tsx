import { useLingui } from "@lingui/react/macro";
import { Button, Dialog, Field, Input, TextArea } from "@souk/kit";
import { type ReactNode, useState } from "react";
import type { Money, NegotiationRow } from "../../api/bindings.ts";
import type { IpcError } from "../../api/ipc.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { useOffer } from "./offer-words.ts";

/** A question to the person before anything is sent. */
export interface Question {
  busy: boolean;
  /** What it was asked about is no longer so: it is not sent before the person has seen what is. */
  late: boolean;
  /** What has changed, where something has. */
  note: ReactNode;
  error: IpcError | null;
  onClose: () => void;
}

interface Shared extends Question {
  open: boolean;
  /** The negotiation as it was when the question was put. */
  seen: NegotiationRow;
}

export interface ApproveDialogProps extends Shared {
  floor: Money | null;
  onApprove: (why: { reason: string | null; evidence: string | null }) => void;
}

/** An approval below the floor: why, and what bears it out. Both go into the audit log. */
export function ApproveDialog({
  open,
  seen,
  floor,
  busy,
  late,
  note,
  error,
  onClose,
  onApprove,
}: ApproveDialogProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [reason, setReason] = useState("");
  const [evidence, setEvidence] = useState("");
  const offer = useOffer(seen);
  const below = (seen.last_offer?.minor ?? 0) < (floor?.minor ?? 0);
  const least = format.money(floor);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={below ? t`Approve ${offer} below the floor` : t`Approve ${offer}`}
      about={t`The floor is ${least}. Reason and evidence are kept in the audit log.`}
      closeLabel={t`Close`}
      data-testid="approve-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="primary"
            busy={busy}
            disabled={late || (below && (reason.trim() === "" || evidence.trim() === ""))}
            onClick={() =>
              onApprove({ reason: reason.trim() || null, evidence: evidence.trim() || null })
            }
            data-testid="approve-confirm"
          >
            {t`Approve ${offer}`}
          </Button>
        </>
      }
    >
      {note}
      <div className="flex flex-col gap-3">
        <Field label={t`Why is this right?`}>
          {(ids) => (
            <TextArea
              {...ids}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              data-testid="approve-reason"
            />
          )}
        </Field>
        <Field label={t`Evidence`} help={t`A note, a link, or the name of a file.`}>
          {(ids) => (
            <Input
              {...ids}
              value={evidence}
              onChange={(event) => setEvidence(event.target.value)}
              data-testid="approve-evidence"
            />
          )}
        </Field>
        {error ? <Failed error={error} kept={t`What you wrote is still here.`} /> : null}
      </div>
    </Dialog>
  );
}

export interface DeclineDialogProps extends Shared {
  onDecline: (words: string) => void;
}

export function DeclineDialog({
  open,
  seen,
  busy,
  late,
  note,
  error,
  onClose,
  onDecline,
}: DeclineDialogProps) {
  const { t } = useLingui();
  const offer = useOffer(seen);
  const [words, setWords] = useState("");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={
        offer ? t`Decline ${offer} and end the negotiation?` : t`Decline and end the negotiation?`
      }
      about={t`The customer is told kindly and may still buy at the list price.`}
      closeLabel={t`Close`}
      data-testid="decline-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="bad"
            busy={busy}
            disabled={late}
            onClick={() => onDecline(words.trim())}
            data-testid="decision-decline-confirm"
          >
            {t`Decline`}
          </Button>
        </>
      }
    >
      {note}
      <Field label={t`Your own words`} optional={t`optional`}>
        {(ids) => (
          <TextArea
            {...ids}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            data-testid="decline-words"
          />
        )}
      </Field>
      {error ? <Failed error={error} /> : null}
    </Dialog>
  );
}
