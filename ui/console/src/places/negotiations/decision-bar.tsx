// What this member of staff may do now. Everything here asks the service; nothing here decides a price.
import { useLingui } from "@lingui/react/macro";
import { Button, Field, MoneyInput, TextArea, toast } from "@souk/kit";
import { useState } from "react";
import type { Money, NegotiationDetail, StaffAct, StaffActKind } from "../../api/bindings.ts";
import { useWrite } from "../../api/queries.ts";
import { type Command, useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { ApproveDialog, DeclineDialog } from "./decision-dialogs.tsx";

const over = ["agreed", "redeemed", "declined", "expired", "withdrawn", "stopped", "lapsed"];

export function DecisionBar({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const { row, may } = detail;
  const write = useWrite("negotiationAct");
  const [asking, setAsking] = useState<"approve" | "decline" | "price" | null>(null);
  const [sent, setSent] = useState(0);
  const best = detail.next_best[0];
  const currency = row.list_price.currency;

  function act(kind: StaffActKind, more: Partial<StaffAct> = {}) {
    const words: Record<StaffActKind, string> = {
      approve: t`Approved; the customer has been told`,
      decline: t`Declined; the customer has been told`,
      counter: t`Counteroffer sent`,
      take_over: t`You answer now; the bot keeps still`,
      release: t`The bot answers again`,
      message: t`Sent`,
    };
    const whole = { price: null, text: null, reason: null, evidence: null, ...more };
    write.mutate([row.id, { act: kind, epoch: row.epoch, ...whole }], {
      onSuccess: () => {
        setAsking(null);
        setSent((count) => count + 1);
        toast.done(words[kind]);
      },
    });
  }

  const counter = (to: Money) => act("counter", { price: to });
  const approve = () => (may.approve_needs_reason ? setAsking("approve") : act("approve"));
  const group = t`This negotiation`;
  const commands: Command[] = [];
  if (may.counter && best) {
    commands.push({
      id: "decide-counter",
      label: t`Counter ${format.money(best)}`,
      keys: "c",
      group,
      run: () => counter(best),
    });
  }
  if (may.approve)
    commands.push({ id: "decide-approve", label: t`Approve`, keys: "a", group, run: approve });
  if (may.decline) {
    commands.push({
      id: "decide-decline",
      label: t`Decline`,
      keys: "d",
      group,
      run: () => setAsking("decline"),
    });
  }
  useCommands(commands);

  if (over.includes(row.state)) return <Ending detail={detail} />;
  return (
    <div className="border-t border-line bg-surface px-[18px] py-3" data-testid="decision-bar">
      {write.error && asking !== "approve" && asking !== "decline" ? (
        <div className="mb-3">
          <Failed error={write.error} kept={t`Nothing was sent to the customer.`} />
        </div>
      ) : null}
      <Standing detail={detail} />
      {may.message ? (
        <MessageForm
          busy={write.isPending}
          sent={sent}
          onSend={(text) => act("message", { text })}
        />
      ) : null}
      {asking === "price" ? (
        <PriceForm
          currency={currency}
          busy={write.isPending}
          onSend={(minor) => counter({ minor, currency })}
          onCancel={() => setAsking(null)}
        />
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        {may.counter && best ? (
          <Button
            look="primary"
            shortcut="C"
            busy={write.isPending}
            onClick={() => counter(best)}
            data-testid="decision-counter"
          >
            {t`Counter ${format.money(best)}`}
          </Button>
        ) : null}
        {may.approve && row.last_offer ? (
          <Button
            look={best ? "plain" : "primary"}
            shortcut="A"
            busy={write.isPending}
            onClick={approve}
            data-testid="decision-approve"
          >
            {may.approve_needs_reason
              ? t`Approve ${format.money(row.last_offer)}…`
              : t`Approve ${format.money(row.last_offer)}`}
          </Button>
        ) : null}
        {may.counter ? (
          <Button onClick={() => setAsking("price")} data-testid="decision-other">
            {t`Other price…`}
          </Button>
        ) : null}
        {may.release ? (
          <Button
            busy={write.isPending}
            onClick={() => act("release")}
            data-testid="decision-release"
          >
            {t`Hand back to the bot`}
          </Button>
        ) : null}
        <span className="flex-1" />
        {may.decline ? (
          <Button
            look="bad-ghost"
            shortcut="D"
            onClick={() => setAsking("decline")}
            data-testid="decision-decline"
          >
            {t`Decline`}
          </Button>
        ) : null}
      </div>
      <ApproveDialog
        open={asking === "approve"}
        detail={detail}
        busy={write.isPending}
        error={write.error}
        onClose={() => setAsking(null)}
        onApprove={(reason, evidence) => act("approve", { reason, evidence })}
      />
      <DeclineDialog
        open={asking === "decline"}
        busy={write.isPending}
        error={write.error}
        onClose={() => setAsking(null)}
        onDecline={(words) => act("decline", { text: words || null })}
      />
    </div>
  );
}

interface MessageFormProps {
  busy: boolean;
  /** Grows with each thing that was sent; the field is then empty again. */
  sent: number;
  onSend: (text: string) => void;
}

function MessageForm({ busy, sent, onSend }: MessageFormProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [seen, setSeen] = useState(sent);
  if (sent !== seen) {
    setSeen(sent);
    setText("");
  }
  return (
    <div className="mb-[10px] flex items-end gap-2">
      <TextArea
        rows={2}
        aria-label={t`Message to the customer`}
        placeholder={t`Write to the customer…`}
        value={text}
        onChange={(event) => setText(event.target.value)}
        data-testid="decision-message"
      />
      <Button
        disabled={text.trim() === ""}
        busy={busy}
        onClick={() => onSend(text.trim())}
        data-testid="decision-message-send"
      >
        {t`Send`}
      </Button>
    </div>
  );
}

interface PriceFormProps {
  currency: string;
  busy: boolean;
  onSend: (minor: number) => void;
  onCancel: () => void;
}

function PriceForm({ currency, busy, onSend, onCancel }: PriceFormProps) {
  const { t } = useLingui();
  const [price, setPrice] = useState<number | null>(null);
  return (
    <form
      className="mb-[10px] flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (price !== null) onSend(price);
      }}
    >
      <Field label={t`Counteroffer, each`} className="w-44">
        {(ids) => (
          <MoneyInput
            {...ids}
            autoFocus
            currency={currency}
            value={price}
            onChange={setPrice}
            onKeyDown={(event) => event.key === "Escape" && onCancel()}
            data-testid="decision-price"
          />
        )}
      </Field>
      <Button
        type="submit"
        look="primary"
        disabled={price === null}
        busy={busy}
        data-testid="decision-price-send"
      >
        {t`Send counteroffer`}
      </Button>
      <Button look="ghost" onClick={onCancel}>
        {t`Cancel`}
      </Button>
    </form>
  );
}

/** What the offer means for this member of staff, in one sentence. */
function Standing({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const { row, may, floor } = detail;
  if (!row.last_offer) return null;
  const offer = format.money(row.last_offer);
  const short = floor ? floor.minor - row.last_offer.minor : 0;
  const gap = floor ? format.money({ ...floor, minor: Math.abs(short) }) : "";
  const facts = [
    floor && short > 0 ? t`${gap} under the floor of ${format.money(floor)}.` : "",
    floor && short <= 0 ? t`${gap} above the floor of ${format.money(floor)}.` : "",
    may.approve_down_to
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

/** How it ended, and what is left of the deal. */
function Ending({ detail }: { detail: NegotiationDetail }) {
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
      <p className="font-medium">{words[row.state]}</p>
    </div>
  );
}
