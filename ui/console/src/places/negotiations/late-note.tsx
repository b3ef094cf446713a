// The offer, or who holds the negotiation, changed while a person was deciding on it: what it is now, and the way to
// decide on that. Nothing is sent for an offer that the person has not seen (ADR 21).
import { useLingui } from "@lingui/react/macro";
import { Button, ErrorNote } from "@souk/kit";
import type { NegotiationDetail, NegotiationRow } from "../../api/bindings.ts";
import { type Offered, useOffer } from "./offer-words.ts";

/** Whether what stands now is no longer what was looked at. */
export function isLate(seen: NegotiationRow, row: NegotiationRow): boolean {
  return seen.epoch !== row.epoch;
}

export interface LateNoteProps {
  seen: Offered;
  detail: NegotiationDetail;
  /** Whether what was asked may still be done. */
  open: boolean;
  /** Takes what stands now as seen. */
  onAnew: () => void;
}

export function LateNote({ seen, detail, open, onAnew }: LateNoteProps) {
  const { t } = useLingui();
  const { row, may } = detail;
  const before = useOffer(seen);
  const now = useOffer(row);
  return (
    <div className="mb-3">
      <ErrorNote
        data-testid="late-note"
        tone="warn"
        happened={
          before === now
            ? t`Somebody acted on this meanwhile. The offer is still ${now}.`
            : t`The offer has changed: it was ${before}, now it is ${now}.`
        }
        kept={t`Nothing was sent to the customer. What you wrote is still here.`}
        todo={open ? undefined : (may.approve_refused ?? t`This is not yours to decide now.`)}
        action={
          open ? (
            <Button onClick={onAnew} data-testid="decide-anew">
              {now ? t`Decide on ${now}` : t`Decide anew`}
            </Button>
          ) : undefined
        }
      />
    </div>
  );
}
