// What this member of staff may do now. Everything here asks the service; nothing here decides a price.
import { useLingui } from "@lingui/react/macro";
import { Button, toast } from "@souk/kit";
import { useState } from "react";
import type { NegotiationDetail, StaffAct, StaffActKind } from "../../api/bindings.ts";
import type { IpcError } from "../../api/ipc.ts";
import { useWrite } from "../../api/queries.ts";
import { type Command, useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { ApproveDialog, DeclineDialog } from "./decision-dialogs.tsx";
import { MessageForm, PriceForm } from "./decision-forms.tsx";
import { isLate, LateNote } from "./late-note.tsx";
import { useOffer } from "./offer-words.ts";

const over = ["agreed", "redeemed", "declined", "expired", "withdrawn", "stopped", "lapsed"];

/** What is being asked of the person before anything is sent. */
type Asking = "approve" | "decline" | "price" | null;

export function DecisionBar({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const { row, may } = detail;
  const [asking, setAsking] = useState<Asking>(null);
  // what is decided is the offer that stood when the question was asked, not one that comes while it is answered
  const [seen, setSeen] = useState(row);
  const { act, sent, busy, error, forget } = useActs(detail, () => setAsking(null));
  const ask = (next: Asking) => {
    setSeen(row);
    setAsking(next);
    forget();
  };
  const { currency } = row.list_price;
  if (over.includes(row.state)) return <Ending detail={detail} error={error} />;
  const late = asking !== null && isLate(seen, row);
  const open = { approve: may.approve, decline: may.decline, price: may.counter };
  const question = {
    busy,
    late,
    // that it changed is told by the note, in its own words
    error: late && error?.code === "conflict" ? null : error,
    note: late ? (
      <LateNote seen={seen} detail={detail} open={open[asking]} onAnew={() => ask(asking)} />
    ) : null,
    onClose: () => ask(null),
  };
  return (
    <div className="border-t border-line bg-surface px-[18px] py-3" data-testid="decision-bar">
      {error && asking === null ? (
        <div className="mb-3">
          <Failed error={error} kept={t`Nothing was sent to the customer.`} />
        </div>
      ) : null}
      <Standing detail={detail} />
      {may.message ? (
        <MessageForm busy={busy} sent={sent} onSend={(text) => act("message", { text })} />
      ) : null}
      {asking === "price" ? (
        <PriceForm
          {...question}
          currency={currency}
          onSend={(minor) => act("counter", { price: { minor, currency }, epoch: seen.epoch })}
        />
      ) : null}
      <Choices detail={detail} busy={busy} act={act} ask={ask} />
      <ApproveDialog
        {...question}
        open={asking === "approve"}
        seen={seen}
        floor={detail.floor}
        onApprove={(why) => act("approve", { ...why, epoch: seen.epoch })}
      />
      <DeclineDialog
        {...question}
        open={asking === "decline"}
        seen={seen}
        onDecline={(words) => act("decline", { text: words || null, epoch: seen.epoch })}
      />
    </div>
  );
}

type Act = (kind: StaffActKind, more?: Partial<StaffAct>) => void;

/** Acting on the negotiation as it is seen here; `done` is called when the service has taken it. */
function useActs({ row }: NegotiationDetail, done: () => void) {
  const { t } = useLingui();
  const write = useWrite("negotiationAct");
  const [sent, setSent] = useState(0);
  const words: Record<StaffActKind, string> = {
    approve: t`Approved; the customer has been told`,
    decline: t`Declined; the customer has been told`,
    counter: t`Counteroffer sent`,
    take_over: t`You answer now; the bot keeps still`,
    release: t`The bot answers again`,
    message: t`Sent`,
  };
  const act: Act = (kind, more = {}) => {
    const whole = { price: null, text: null, reason: null, evidence: null, ...more };
    write.mutate([row.id, { act: kind, epoch: row.epoch, ...whole }], {
      onSuccess: () => {
        done();
        setSent((count) => count + 1);
        toast.done(words[kind]);
      },
    });
  };
  return { act, sent, busy: write.isPending, error: write.error, forget: write.reset };
}

interface ChoicesProps {
  detail: NegotiationDetail;
  busy: boolean;
  act: Act;
  ask: (asking: Asking) => void;
}

/** The decisions that are open, by button and by key. */
function Choices({ detail, busy, act, ask }: ChoicesProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { row, may } = detail;
  const best = may.counter ? detail.next_best[0] : undefined;
  const counter = () => best && act("counter", { price: best });
  const approve = () => (may.approve_needs_reason ? ask("approve") : act("approve"));
  const decline = () => ask("decline");
  const offer = useOffer(row);
  const bestWords = best ? t`Counter ${format.money(best)}` : "";
  useDecisionKeys(may, { approve, decline, ...(best ? { counter } : {}) }, bestWords);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {best ? (
        <Button
          look="primary"
          shortcut="C"
          busy={busy}
          onClick={counter}
          data-testid="decision-counter"
        >
          {bestWords}
        </Button>
      ) : null}
      {may.approve && row.last_offer ? (
        <Button
          look={best ? "plain" : "primary"}
          shortcut="A"
          busy={busy}
          onClick={approve}
          data-testid="decision-approve"
        >
          {may.approve_needs_reason ? t`Approve ${offer}…` : t`Approve ${offer}`}
        </Button>
      ) : null}
      {may.counter ? (
        <Button onClick={() => ask("price")} data-testid="decision-other">
          {t`Other price…`}
        </Button>
      ) : null}
      {may.release ? (
        <Button busy={busy} onClick={() => act("release")} data-testid="decision-release">
          {t`Hand back to the bot`}
        </Button>
      ) : null}
      {may.decline ? (
        <Button
          look="bad-ghost"
          shortcut="D"
          className="ms-auto"
          onClick={decline}
          data-testid="decision-decline"
        >
          {t`Decline`}
        </Button>
      ) : null}
    </div>
  );
}

interface Decisions {
  approve: () => void;
  decline: () => void;
  counter?: () => void;
}

function useDecisionKeys(
  may: NegotiationDetail["may"],
  { approve, decline, counter }: Decisions,
  counterWords: string,
) {
  const { t } = useLingui();
  const group = t`This negotiation`;
  const commands: Command[] = [];
  if (counter)
    commands.push({ id: "decide-counter", label: counterWords, keys: "c", group, run: counter });
  if (may.approve)
    commands.push({ id: "decide-approve", label: t`Approve`, keys: "a", group, run: approve });
  if (may.decline)
    commands.push({ id: "decide-decline", label: t`Decline`, keys: "d", group, run: decline });
  useCommands(commands);
}

/** What the offer means for this member of staff, in one sentence. */
function Standing({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const { row, may, floor } = detail;
  const offer = useOffer(row);
  if (!row.last_offer) return null;
  const short = floor ? floor.minor - row.last_offer.minor : 0;
  const gap = floor ? format.money({ ...floor, minor: Math.abs(short) }) : "";
  const facts = [
    floor && short > 0 ? t`${gap} under the floor of ${format.money(floor)}.` : "",
    floor && short <= 0 ? t`${gap} above the floor of ${format.money(floor)}.` : "",
    // within the role's reach and refused all the same, as below cost: the reach would contradict the reason
    may.approve_down_to &&
    !(may.approve_refused && row.last_offer.minor >= may.approve_down_to.minor)
      ? t`Your role may approve down to ${format.money(may.approve_down_to)}.`
      : "",
  ].filter(Boolean);
  const claimed = row.claimed_by;
  return (
    <p className="mb-[10px]">
      <b className="font-semibold" data-testid="decision-headline">
        {may.approve_refused ??
          (may.approve ? t`${offer} is yours to decide` : t`The customer offers ${offer}`)}
      </b>{" "}
      <span className="text-soft">
        {facts.join(" ")} {claimed ? t`${claimed} is on it.` : ""}
      </span>
    </p>
  );
}

interface EndingProps {
  detail: NegotiationDetail;
  error: IpcError | null;
}

/** How it ended, what is left of the deal, and why a decision that came after the end was refused. */
function Ending({ detail, error }: EndingProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { row, deal } = detail;
  const until = deal ? format.dateTime(deal.expires_at) : "";
  const price = row.agreed_price ? format.money(row.agreed_price) : "";
  const words: Record<string, string> = {
    agreed: t`Agreed at ${price} each. The deal holds until ${until}.`,
    redeemed: t`Agreed at ${price} each, and paid.`,
    declined: t`Declined. Nothing more can be done here.`,
    expired: t`Nobody answered in time; the negotiation has expired.`,
    withdrawn: t`The customer has withdrawn.`,
    stopped: t`Stopped by one of your hard stops.`,
    lapsed: t`Agreed at ${price} each, but not bought in time. The stock is free again.`,
  };
  return (
    <div
      className="border-t border-line bg-surface px-[18px] py-3"
      data-testid="negotiation-ending"
    >
      {error ? (
        <div className="mb-3">
          <Failed error={error} kept={t`Nothing was sent to the customer.`} />
        </div>
      ) : null}
      <p className="font-medium">{words[row.state]}</p>
    </div>
  );
}
