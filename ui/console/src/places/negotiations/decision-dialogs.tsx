import { useLingui } from "@lingui/react/macro";
import { Button, Dialog, Field, Input, TextArea } from "@souk/kit";
import { useState } from "react";
import type { NegotiationDetail } from "../../api/bindings.ts";
import type { IpcError } from "../../api/ipc.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";

interface Shared {
  open: boolean;
  busy: boolean;
  error: IpcError | null;
  onClose: () => void;
}

export interface ApproveDialogProps extends Shared {
  detail: NegotiationDetail;
  onApprove: (reason: string, evidence: string) => void;
}

/** An approval below the floor: why, and what bears it out. Both go into the audit log. */
export function ApproveDialog({
  open,
  detail,
  busy,
  error,
  onClose,
  onApprove,
}: ApproveDialogProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [reason, setReason] = useState("");
  const [evidence, setEvidence] = useState("");
  const offer = format.money(detail.row.last_offer);
  const floor = format.money(detail.floor);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Approve ${offer} below the floor`}
      about={t`The floor is ${floor}. Reason and evidence are kept in the audit log.`}
      closeLabel={t`Close`}
      data-testid="approve-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="primary"
            busy={busy}
            disabled={reason.trim() === "" || evidence.trim() === ""}
            onClick={() => onApprove(reason.trim(), evidence.trim())}
            data-testid="approve-confirm"
          >
            {t`Approve ${offer}`}
          </Button>
        </>
      }
    >
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

export function DeclineDialog({ open, busy, error, onClose, onDecline }: DeclineDialogProps) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Decline and end the negotiation?`}
      about={t`The customer is told kindly and may still buy at the list price.`}
      closeLabel={t`Close`}
      data-testid="decline-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="bad"
            busy={busy}
            onClick={() => onDecline(words.trim())}
            data-testid="decision-decline-confirm"
          >
            {t`Decline`}
          </Button>
        </>
      }
    >
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
