import { useLingui } from "@lingui/react/macro";
import { Button, Chip, Facts, Heading, MoneyText, toast } from "@souk/kit";
import { Link } from "@tanstack/react-router";
import type { OrderDetail } from "../../api/bindings.ts";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { useOrderStates } from "./states.ts";

/** One order: what may be done next, what was bought, by whom, and what happened to it. */
export function Detail({ detail }: { detail: OrderDetail }) {
  const { t } = useLingui();
  const format = useFormat();
  const states = useOrderStates();
  const { row } = detail;
  return (
    <div className="flex flex-col gap-5">
      <Moves detail={detail} />
      <Lines lines={detail.lines} />
      <Facts
        rows={[
          [t`Goods`, format.money(detail.goods)],
          [t`Delivery`, format.money(detail.delivery)],
          [t`Total`, format.money(row.total)],
          [t`Given away against list`, format.money(row.discount)],
          [t`Margin`, format.money(row.margin)],
          [t`Payment`, states.payment(detail.payment)],
        ]}
      />
      <section>
        <Heading>{t`Customer`}</Heading>
        <p className="whitespace-pre-line">
          {detail.email === null
            ? t`Hidden for your role`
            : [row.customer, ...(detail.address ?? []), detail.email].filter(Boolean).join("\n")}
        </p>
      </section>
      <section>
        <Heading>{t`History`}</Heading>
        <ol className="flex flex-col gap-1">
          {detail.history.map((event) => (
            <li key={`${event.at} ${event.state}`} className="flex gap-3">
              <span className="w-40 text-soft tabular-nums">{format.dateTime(event.at)}</span>
              <span>{states.words(event.state)}</span>
              <span className="text-soft">{event.by}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

/** Its state, and the states that it may go to. */
function Moves({ detail }: { detail: OrderDetail }) {
  const format = useFormat();
  const states = useOrderStates();
  const move = useWrite("orderTransition");
  const { row } = detail;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Chip tone={states.tone(row.state)}>{states.words(row.state)}</Chip>
        <span className="text-soft">{format.dateTime(row.placed_at)}</span>
        <span className="flex-1" />
        {detail.next.map((to) => (
          <Button
            key={to}
            busy={move.isPending}
            onClick={() =>
              move.mutate([row.id, { to, reason: "" }], {
                onSuccess: () => toast.done(states.words(to)),
              })
            }
            data-testid={`order-to-${to}`}
          >
            {states.words(to)}
          </Button>
        ))}
      </div>
      {move.error ? <Failed error={move.error} /> : null}
    </>
  );
}

function Lines({ lines }: Pick<OrderDetail, "lines">) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <section>
      <Heading>{t`Lines`}</Heading>
      <ul className="flex flex-col gap-2">
        {lines.map((line) => (
          <li
            key={`${line.sku} ${line.negotiation_id ?? ""}`}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3"
          >
            <span>
              {line.title} × {line.quantity}
            </span>
            <MoneyText value={line.total} className="font-medium" />
            <span className="text-s text-soft">
              {line.sku} · {format.money(line.unit_price)} ·{" "}
              {t`list ${format.money(line.list_price)}`}
              {line.negotiation_id ? (
                <>
                  {" · "}
                  <Link
                    to={paths.negotiations(line.negotiation_id)}
                    className="text-accent underline underline-offset-2"
                  >
                    {t`the negotiation`}
                  </Link>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
