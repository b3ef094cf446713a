import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, currencyDigits, cx, Dot, minorToDecimal, toast } from "@souk/kit";
import { type ReactNode, useEffect, useRef } from "react";
import type {
  Money,
  NegotiationDetail,
  NegotiationRow,
  TranscriptLine,
} from "../../api/bindings.ts";
import { useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { useFormat } from "../../shell/format.ts";
import { DecisionBar } from "./decision-bar.tsx";
import { useStateWords } from "./words.ts";

export interface TalkProps {
  detail: NegotiationDetail;
  whyShown: boolean;
  onWhy: () => void;
  /** Stands in place of the transcript while the reasons are asked for in a narrow window. */
  children: ReactNode;
}

/** One negotiation: who, what was said and understood, and what may be done about it. */
export function Talk({ detail, whyShown, onWhy, children }: TalkProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { row, customer } = detail;
  const state = useStateWords()(row);
  const about = [
    customer.returning === null
      ? t`Customer's history hidden for your role`
      : customer.returning
        ? t`Returning`
        : t`New customer`,
    ...(customer.segments ?? []),
    customer.orders !== null && customer.orders > 0
      ? t`${plural(customer.orders, { one: "# order", other: "# orders" })}, ${format.money(customer.spend)}`
      : "",
    t`rule set ${detail.rule_set_version}`,
  ].filter(Boolean);
  return (
    <section
      className="flex min-h-0 min-w-0 flex-col bg-bg"
      aria-label={t`Negotiation`}
      data-testid="negotiation"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-surface px-[18px] py-[10px]">
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-m font-semibold">
            {row.customer ?? t`Hidden for your role`} — {row.title} × {row.quantity}
          </h2>
          <p className="text-s text-soft">{about.join(" · ")}</p>
        </div>
        <Chip tone={state.tone} data-testid="negotiation-state" data-state={row.state}>
          {state.words}
        </Chip>
        {detail.may.take_over ? <TakeOver row={row} /> : null}
        <Button
          className="min-[1280px]:hidden"
          aria-pressed={whyShown}
          onClick={onWhy}
          data-testid="negotiation-why"
        >
          {t`Why`}
        </Button>
      </header>
      {children}
      <Transcript lines={detail.transcript} hidden={whyShown} />
      <DecisionBar key={row.id} detail={detail} />
    </section>
  );
}

function TakeOver({ row }: { row: NegotiationRow }) {
  const { t } = useLingui();
  const write = useWrite("negotiationAct");
  const take = () =>
    write.mutate(
      [
        row.id,
        {
          act: "take_over",
          price: null,
          text: null,
          reason: null,
          evidence: null,
          epoch: row.epoch,
        },
      ],
      {
        onSuccess: () => toast.done(t`You answer now; the bot keeps still`),
        onError: (error) => toast.failed(error.message),
      },
    );
  useCommands([
    { id: "decide-take", label: t`Take over`, keys: "t", group: t`This negotiation`, run: take },
  ]);
  return (
    <Button shortcut="T" busy={write.isPending} onClick={take} data-testid="decision-take-over">
      {t`Take over`}
    </Button>
  );
}

function Transcript({ lines, hidden }: { lines: readonly TranscriptLine[]; hidden: boolean }) {
  const { t } = useLingui();
  const end = useRef<HTMLDivElement>(null);
  const last = lines.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last line is what brings the end into sight
  useEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [last]);
  return (
    <div
      role="log"
      aria-label={t`Transcript`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
      tabIndex={0}
      className={cx(
        "min-h-0 flex-1 flex-col gap-[10px] overflow-y-auto p-[18px]",
        hidden ? "hidden min-[1280px]:flex" : "flex",
      )}
      data-testid="transcript"
    >
      {lines.map((line) => (
        <Line key={line.seq} line={line} />
      ))}
      <div ref={end} />
    </div>
  );
}

function Line({ line }: { line: TranscriptLine }) {
  const { t } = useLingui();
  const format = useFormat();
  if (line.who === "system") {
    return (
      <p className="flex max-w-full items-center gap-[6px] self-center text-center text-s text-soft">
        {line.act === "escalate" ? <Dot tone="bad" /> : null}
        {[format.time(line.at), line.act === "redeem" ? t`paid` : line.text]
          .filter(Boolean)
          .join(" · ")}
      </p>
    );
  }
  // a press of the button, without a word
  if (line.act === "escalate" && line.text === "") {
    return (
      <p className="flex max-w-full items-center gap-[6px] self-center text-center text-s text-soft">
        <Dot tone="warn" />
        {format.time(line.at)} · {t`asks for a person`}
      </p>
    );
  }
  const ours = line.who !== "customer";
  const who = line.who === "bot" ? t`bot` : (line.name ?? t`staff`);
  const margin = line.margin_pct ? format.percent(line.margin_pct) : "";
  const small = ours
    ? [who, margin ? t`margin ${margin}` : ""].filter(Boolean).join(" · ")
    : line.understood
      ? t`understood: ${line.understood}`
      : "";
  return (
    <div
      className={cx(
        "max-w-[76%] rounded-lg border px-3 py-2",
        ours ? "self-end border-accent-line bg-accent-wash" : "self-start border-line bg-surface",
      )}
      data-testid={`transcript-${line.who}`}
    >
      <p className="break-words whitespace-pre-wrap">
        <Priced text={line.text} price={line.price} />
      </p>
      <p className="mt-[2px] text-xs text-soft">
        {small ? `${small} · ` : ""}
        {format.time(line.at)}
      </p>
    </div>
  );
}

/** The words, with the price that they hold made bold, whichever way their language writes it. */
function Priced({ text, price }: { text: string; price: Money | null }) {
  const decimal = price ? minorToDecimal(price.minor, currencyDigits(price.currency)) : null;
  if (!decimal) return text;
  const figures = decimal.replace(".", "[.,]");
  const found = new RegExp(`(?:\\p{Sc}\\s?)?(?<!\\d)${figures}(?!\\d)(?:\\s?\\p{Sc})?`, "u").exec(
    text,
  );
  if (!found) return text;
  return (
    <>
      {text.slice(0, found.index)}
      <b className="font-bold">{found[0]}</b>
      {text.slice(found.index + found[0].length)}
    </>
  );
}
