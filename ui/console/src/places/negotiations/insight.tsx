import { useLingui } from "@lingui/react/macro";
import {
  Button,
  Convergence,
  currencyDigits,
  Facts,
  Heading,
  minorToDecimal,
  type PriceLine,
  percentOf,
} from "@souk/kit";
import type { Money, NegotiationDetail } from "../../api/bindings.ts";
import { useWrite } from "../../api/queries.ts";
import { useFormat } from "../../shell/format.ts";
import { Trace } from "../pricing/trace.tsx";

/** Where it stands, what this deal would be worth, why the floor is where it is, and what to say next. */
export function Insight({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const { row } = detail;
  const currency = row.list_price.currency;
  const decimal = (money: Money) => minorToDecimal(money.minor, currencyDigits(currency)) ?? "0";
  const lines: PriceLine[] = [{ kind: "list", label: t`list`, price: decimal(row.list_price) }];
  if (detail.target)
    lines.push({ kind: "target", label: t`target`, price: decimal(detail.target) });
  if (detail.floor) lines.push({ kind: "floor", label: t`floor`, price: decimal(detail.floor) });
  if (detail.unit_cost)
    lines.push({ kind: "cost", label: t`cost`, price: decimal(detail.unit_cost) });
  return (
    <div className="flex flex-col gap-4 px-4 py-[14px]">
      <section>
        <Heading>{t`Where it stands`}</Heading>
        <Convergence
          title={t`Where it stands`}
          currency={currency}
          lines={lines}
          points={detail.steps.map((step) => ({
            side: step.side === "ask" ? "ask" : "offer",
            price: decimal(step.price),
          }))}
          askLabel={t`we ask`}
          offerLabel={t`they offer`}
        />
      </section>
      <ThisDeal detail={detail} />
      {detail.trace.length > 0 ? (
        <section>
          <Heading>{t`Why this floor`}</Heading>
          <Trace
            lines={detail.trace.filter(
              (line) => line.key === "floor" || line.key === "max_discount",
            )}
            currency={currency}
          />
        </section>
      ) : null}
      <NextBest detail={detail} />
    </div>
  );
}

function ThisDeal({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const { row } = detail;
  const at = row.agreed_price ?? detail.next_best[0] ?? row.last_offer ?? row.standing_ask;
  if (!at) return null;
  const currency = at.currency;
  const cost = detail.unit_cost;
  const margin = cost ? (at.minor - cost.minor) * row.quantity : null;
  const marginWords =
    margin !== null && cost
      ? `${format.money({ minor: margin, currency })} · ${format.percent(percentOf(at.minor - cost.minor, at.minor))}`
      : null;
  const price = format.money(at);
  const rows: Array<readonly [string, string]> = [
    [t`At ${price} × ${row.quantity}`, format.money({ minor: at.minor * row.quantity, currency })],
  ];
  if (cost) rows.push([t`Unit cost`, format.money(cost)]);
  if (marginWords) rows.push([t`Margin kept`, marginWords]);
  rows.push([
    t`Against list`,
    format.percent(percentOf(at.minor - row.list_price.minor, row.list_price.minor)),
  ]);
  if (detail.stock !== null) {
    const left = format.number(detail.stock - (detail.deal ? 0 : row.quantity));
    rows.push([t`Stock after`, t`${left} left`]);
  }
  return (
    <section data-testid="this-deal">
      <Heading>{t`This deal`}</Heading>
      <Facts rows={rows} />
    </section>
  );
}

function NextBest({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const write = useWrite("negotiationAct");
  if (detail.next_best.length === 0 || !detail.may.counter) return null;
  return (
    <section>
      <Heading>{t`Next best`}</Heading>
      <div className="flex flex-wrap gap-2">
        {detail.next_best.map((price, index) => (
          <Button
            key={price.minor}
            look={index === 0 ? "plain" : "ghost"}
            className={
              index === 0 ? "!border-accent-line !bg-accent-wash !text-accent" : "!bg-sunken"
            }
            busy={write.isPending}
            aria-label={t`Counter ${format.money(price)}`}
            onClick={() =>
              write.mutate([
                detail.row.id,
                {
                  act: "counter",
                  price,
                  text: null,
                  reason: null,
                  evidence: null,
                  epoch: detail.row.epoch,
                },
              ])
            }
            data-testid="next-best"
          >
            {format.money(price)}
          </Button>
        ))}
      </div>
      {write.error ? <p className="mt-2 text-s text-bad">{write.error.message}</p> : null}
    </section>
  );
}
