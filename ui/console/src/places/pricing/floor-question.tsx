// "What is the floor of this product for this customer?" with every reason, and the ladder.
import { useLingui } from "@lingui/react/macro";
import {
  Button,
  Chip,
  Combobox,
  ErrorNote,
  Field,
  Heading,
  Input,
  Ladder,
  MultiCombobox,
  type Rung,
} from "@souk/kit";
import { useState } from "react";
import type { FloorAnswer, FloorQuestion as Question, TraceLine } from "../../api/bindings.ts";
import { useRead, useReadWhen } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { Trace } from "./trace.tsx";

export interface FloorQuestionProps {
  /** A rule set's id, or `active`. */
  ruleSet: string;
  /** The product that is asked about; without it, one is chosen here. */
  sku?: string;
  /** Changes when the draft was saved, so that the answer is that of the draft as it stands. */
  rev?: number;
}

export function FloorQuestion({ ruleSet, sku, rev }: FloorQuestionProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(sku ?? "");
  const [segments, setSegments] = useState<string[]>([]);
  const [quantity, setQuantity] = useState("1");
  const [asked, setAsked] = useState<Question | null>(null);
  const found = useReadWhen(!sku, "productsList", {
    q: typed || null,
    category: null,
    state: null,
    after: null,
    limit: 20,
  }).data;
  const known = useRead("segmentsGet").data?.segments ?? [];
  const answer = useReadWhen(asked !== null, "floorQuestion", ruleSet, asked ?? nothing);
  const choices = (found?.items ?? []).map((one) => ({
    value: one.sku,
    label: one.title,
    hint: one.sku,
  }));
  // the same question is asked of each new revision of the draft
  const stale = useAskAgain(rev, () => asked && void answer.refetch());
  return (
    <section className="flex flex-col gap-3" data-testid="floor-question">
      <Heading level={2} className="!mb-0">{t`What is the floor for this customer?`}</Heading>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({
            sku: chosen,
            customer_id: null,
            segments,
            country: null,
            quantity: Number(quantity) || 1,
          });
        }}
      >
        {sku ? null : (
          <Field label={t`Product`}>
            {(ids) => (
              <Combobox
                {...ids}
                value={chosen}
                onChange={setChosen}
                onSearch={setTyped}
                choices={choices}
                nothing={t`No such product`}
                placeholder={t`Title or SKU`}
                data-testid="floor-product"
              />
            )}
          </Field>
        )}
        <div className="grid grid-cols-[minmax(0,1fr)_72px_auto] items-end gap-2">
          <Field label={t`Segments`}>
            {(ids) => (
              <MultiCombobox
                {...ids}
                value={segments}
                onChange={setSegments}
                choices={known.map((one) => ({ value: one.name, label: one.label || one.name }))}
                nothing={t`No such segment`}
                removeLabel={(label) => t`Take away ${label}`}
                data-testid="floor-segments"
              />
            )}
          </Field>
          <Field label={t`Units`}>
            {(ids) => (
              <Input
                {...ids}
                className="num"
                inputMode="numeric"
                value={quantity}
                onChange={(event) => setQuantity(event.target.value.replace(/\D/g, ""))}
                data-testid="floor-quantity"
              />
            )}
          </Field>
          <Button
            type="submit"
            disabled={chosen === ""}
            busy={answer.isFetching && !stale}
            data-testid="floor-ask"
          >
            {t`Ask`}
          </Button>
        </div>
      </form>
      {answer.error ? <Failed error={answer.error} /> : null}
      {answer.data ? <Answer answer={answer.data} /> : null}
    </section>
  );
}

const nothing: Question = {
  sku: "",
  customer_id: null,
  segments: null,
  country: null,
  quantity: 1,
};

function useAskAgain(rev: number | undefined, ask: () => void): boolean {
  const [last, setLast] = useState(rev);
  if (rev !== last) {
    setLast(rev);
    queueMicrotask(ask);
    return true;
  }
  return false;
}

function Answer({ answer }: { answer: FloorAnswer }) {
  const { t } = useLingui();
  const format = useFormat();
  const { currency, trace } = answer;
  const reasons: Record<string, string> = {
    missing_cost: t`A rule asks for a margin, but the product has no unit cost.`,
    contradiction: t`The floor stands above the ceiling.`,
    no_floor: t`No rule gives a floor, so nothing is bargained.`,
  };
  return (
    <div className="flex flex-col gap-3" data-testid="floor-answer" data-outcome={answer.outcome}>
      {answer.outcome === "blocked" ? (
        <ErrorNote
          tone="warn"
          happened={reasons[answer.reason ?? ""] ?? answer.reason ?? ""}
          todo={t`Mend the rules below; until then this product is sold at its list price.`}
          copyLabel={t`Copy`}
          copiedLabel={t`Copied`}
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
      <Ladder title={answer.title} currency={currency} rungs={useRungs(answer)} />
      {trace.length > 0 ? <Trace lines={trace} currency={currency} /> : null}
    </div>
  );
}

function useRungs(answer: FloorAnswer): Rung[] {
  const { t } = useLingui();
  const rule = (...keys: string[]) =>
    answer.trace.find((line: TraceLine) => line.binding && keys.includes(line.key))?.rule_name;
  const rungs: Rung[] = [{ kind: "list", label: t`list`, price: answer.list_price }];
  const add = (kind: Rung["kind"], label: string, price: string | null, set?: string) => {
    if (price !== null) rungs.push({ kind, label, price, rule: set });
  };
  add("cost", t`cost`, answer.unit_cost);
  add("floor", t`floor`, answer.floor, rule("floor", "max_discount"));
  add("ceiling", t`ceiling`, answer.ceiling, rule("ceiling"));
  add("accept", t`accept`, answer.accept_at, rule("accept_at"));
  add("target", t`target`, answer.target, rule("target"));
  return rungs;
}
