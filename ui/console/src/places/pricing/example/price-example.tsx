// One sale priced by the rules as they stand: its facts in words, the ladder, and which rule decided what.

import { useLingui } from "@lingui/react/macro";
import { Chip, ErrorNote, Heading, Ladder } from "@souk/kit";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { FloorAnswer, SaleFacts } from "../../../api/bindings.ts";
import { type IpcError, ipc } from "../../../api/ipc.ts";
import { useRead, useReadWhen } from "../../../api/queries.ts";
import { Failed } from "../../../shell/failed.tsx";
import { useFormat } from "../../../shell/format.ts";
import { knownZone } from "../model/zone.ts";
import { ProductChoice } from "../rules/toolbar.tsx";
import { Trace } from "../trace.tsx";
import { FactsForm } from "./facts-form.tsx";
import { useFactsWords } from "./facts-words.ts";
import { useRungs } from "./rungs.ts";

export interface PriceExampleProps {
  /** A rule set's id, or `active`. */
  ruleSet: string;
  /** Changes when the draft was kept, so that the answer is that of the draft as it stands. */
  rev?: number;
  timezone?: string;
  /** The product is given by the page around. */
  sku?: string;
  /** A finding's witness, to begin with. */
  shown?: SaleFacts | null;
}

export function PriceExample({ ruleSet, rev = 0, timezone: given, sku, shown }: PriceExampleProps) {
  const { t } = useLingui();
  const box = useRef<HTMLElement>(null);
  const ofStore = useRead("storeGet").data?.profile.timezone;
  const timezone = knownZone(given ?? (ofStore || "UTC"));
  const usual = useReadWhen(!sku, "productsList", firstProducts).data?.items[0]?.sku ?? "";
  const [chosen, setProduct] = useState<string | null>(sku ?? null);
  const product = chosen ?? usual;
  const [facts, setFacts] = useState<SaleFacts | null>(shown ?? null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!shown) return;
    setFacts(shown);
    setProduct(shown.product);
    setRound((now) => now + 1);
    box.current?.scrollIntoView({ block: "start" });
  }, [shown]);
  const first = useExample(ruleSet, product, facts);
  const asked = facts?.product === product ? facts : (first.data ?? null);
  const answer = useAnswer(ruleSet, rev, asked);
  return (
    <section ref={box} className="flex scroll-mt-3 flex-col gap-3" data-testid="floor-question">
      <Heading level={2} className="!mb-0">{t`What does a sale come to?`}</Heading>
      {sku ? null : (
        <ProductChoice
          label={t`Product`}
          placeholder={t`Title or SKU of a product`}
          sku={product}
          onChoose={(next) => {
            setProduct(next);
            setFacts(facts && next ? { ...facts, product: "" } : null);
          }}
          testId="floor-product"
        />
      )}
      {first.error ? <Failed error={first.error} /> : null}
      {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : null}
      {answer.data && asked ? (
        <Answer answer={answer.data} facts={asked} timezone={timezone} />
      ) : null}
      {asked ? (
        <FactsForm
          key={`${asked.product} ${round}`}
          facts={asked}
          onChange={(next) => setFacts(next)}
          timezone={timezone}
        />
      ) : null}
      {answer.data && answer.data.trace.length > 0 ? (
        <Trace lines={answer.data.trace} currency={answer.data.currency} />
      ) : null}
    </section>
  );
}

const firstProducts = { q: null, category: null, state: null, after: null, limit: 20 };

/** A usual sale of a product, where nothing is told about it yet. */
function useExample(ruleSet: string, sku: string, facts: SaleFacts | null) {
  return useQuery<SaleFacts, IpcError>({
    queryKey: ["example of a sale", ruleSet, sku],
    queryFn: () => ipc.ruleSetExample(ruleSet, sku),
    enabled: sku !== "" && facts?.product !== sku,
  });
}

function useAnswer(ruleSet: string, rev: number, facts: SaleFacts | null) {
  return useQuery<FloorAnswer, IpcError>({
    queryKey: ["priced example", ruleSet, rev, facts],
    queryFn: () =>
      facts ? ipc.ruleSetPrice(ruleSet, facts) : Promise.reject(new Error("no facts")),
    enabled: facts !== null,
    // while a new answer is on its way the last one stays in sight
    placeholderData: (before) => (before && before.sku === facts?.product ? before : undefined),
    gcTime: 30_000,
  });
}

interface AnswerProps {
  answer: FloorAnswer;
  facts: SaleFacts;
  timezone: string;
}

function Answer({ answer, facts, timezone }: AnswerProps) {
  const { t } = useLingui();
  const format = useFormat();
  const rungs = useRungs()(answer);
  const words = useFactsWords(timezone)(facts, answer.title);
  const { currency } = answer;
  const reasons: Record<string, string> = {
    missing_cost: t`A rule asks for a margin, but the product has no unit cost.`,
    contradiction: t`The floor stands above the ceiling.`,
    no_floor: t`No rule gives a floor, so nothing is bargained.`,
  };
  return (
    <div className="flex flex-col gap-3" data-testid="floor-answer" data-outcome={answer.outcome}>
      <p className="font-medium">{words}</p>
      {answer.outcome === "blocked" ? (
        <ErrorNote
          tone="warn"
          happened={reasons[answer.reason ?? ""] ?? answer.reason ?? ""}
          todo={t`Until the rules are mended this product is sold at its list price.`}
        />
      ) : (
        <p className="flex items-baseline gap-2">
          <span className="text-soft">{t`Floor`}</span>
          <b className="text-xl font-semibold tabular-nums" data-testid="floor-value">
            {answer.floor ? format.decimal(answer.floor, currency) : "–"}
          </b>
          {answer.bargaining ? <Chip tone="warn">{answer.bargaining}</Chip> : null}
        </p>
      )}
      <Ladder title={answer.title} currency={currency} rungs={rungs} />
    </div>
  );
}
