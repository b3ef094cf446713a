import { useLingui } from "@lingui/react/macro";
import { Card, percentOf } from "@souk/kit";
import type { FunnelStep } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";
import { conditions, rowsOf } from "../../shell/rows-sought.ts";
import type { Stretch } from "../../shell/stretch.ts";
import { useRows } from "../../shell/use-rows.ts";

export interface FunnelProps {
  steps: readonly FunnelStep[];
  /** Of which the steps are counted. */
  stretch: Stretch;
}

/** From the first word to the paid order; each step is part of the one above. */
export function Funnel({ steps, stretch }: FunnelProps) {
  const { t } = useLingui();
  const format = useFormat();
  const { negotiations } = useRows();
  // the first step is every negotiation: it has no condition
  const open = (key: string) =>
    negotiations(
      rowsOf(
        stretch,
        conditions.find((one) => one === key),
      ),
    );
  const names: Record<string, string> = {
    opened: t`Opened the offer box`,
    offered: t`Made an offer`,
    agreed: t`Agreed`,
    redeemed: t`Paid`,
  };
  const most = steps[0]?.count ?? 0;
  return (
    <Card title={t`From offer to order`} data-testid="funnel">
      <ol className="flex flex-col gap-[10px] px-(--pad) pt-2 pb-4">
        {steps.map((step, index) => {
          const before = steps[index - 1]?.count;
          return (
            <li key={step.key}>
              <button
                type="button"
                onClick={() => open(step.key)}
                data-testid={`funnel-${step.key}`}
                className="grid w-full grid-cols-[150px_minmax(0,1fr)_64px_64px] items-center gap-3 rounded-sm text-start hover:bg-sunken"
              >
                <span>{names[step.key] ?? step.key}</span>
                <span className="h-5 rounded-[3px] bg-sunken">
                  <span
                    className="block h-full rounded-[3px] bg-accent"
                    style={{
                      width: `${most === 0 ? 0 : (step.count / most) * 100}%`,
                      opacity: 0.4 + (0.6 * index) / Math.max(steps.length - 1, 1),
                    }}
                  />
                </span>
                <b className="num font-medium">{format.number(step.count)}</b>
                <span className="num text-soft">
                  {before === undefined ? "" : format.percent(percentOf(step.count, before))}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
