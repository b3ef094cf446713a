import { cx } from "@souk/kit";
import type { TraceLine } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";

const prices = [
  "floor",
  "max_discount",
  "ceiling",
  "target",
  "accept_at",
  "decline_below",
  "escalate_at",
];

/** The rules that had a say, best rank first; a full dot marks the one that decided. */
export function Trace({ lines, currency }: { lines: readonly TraceLine[]; currency: string }) {
  const format = useFormat();
  return (
    <ul className="flex flex-col gap-[7px]" data-testid="trace">
      {lines.map((line) => (
        <li
          key={`${line.rule_id} ${line.key}`}
          className="grid grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-[6px]"
        >
          <span
            aria-hidden
            className={cx(
              "size-[9px] self-center rounded-full border",
              line.binding ? "border-accent bg-accent" : "border-control-line",
            )}
          />
          <span>{line.text || line.rule_name}</span>
          <b className="num font-medium">
            {prices.includes(line.key) && /^-?\d+(\.\d+)?$/.test(line.value)
              ? format.decimal(line.value, currency)
              : line.value}
          </b>
        </li>
      ))}
    </ul>
  );
}
