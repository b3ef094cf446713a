import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Card, cx, Facts } from "@souk/kit";
import type { ReactNode } from "react";
import type { Impact, ReplayReport } from "../../../api/bindings.ts";
import { useFormat } from "../../../shell/format.ts";
import { blockedLines, difference, share } from "../model/figures.ts";
import { useSigned } from "../signed.ts";

/** What it comes to, before and after, with signs and words. */
export function ImpactHeadline({ report }: { report: ReplayReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const { overall, baseline, currency, left_out: out } = report;
  const before = baseline ?? null;
  const left = out.quantity + out.price + out.unknown_sku;
  return (
    <>
      <div className="grid grid-cols-4 gap-3 max-[999px]:grid-cols-2" data-testid="impact-figures">
        <MoneyFigure
          label={t`Revenue`}
          was={before?.revenue_after ?? overall.revenue_before}
          now={overall.revenue_after}
          currency={currency}
        />
        <MoneyFigure
          label={t`Margin`}
          was={before?.margin_after ?? overall.margin_before}
          now={overall.margin_after}
          currency={currency}
        />
        <Figure
          label={t`Prices that would differ`}
          value={format.number(overall.raised + overall.lowered)}
        >
          {t`${format.number(overall.raised)} raised, ${format.number(overall.lowered)} lowered, ${format.number(overall.unchanged)} as paid`}
        </Figure>
        <Figure label={t`Not bargained at all`} value={format.number(blockedLines(overall))}>
          <Blocked impact={overall} />
        </Figure>
      </div>
      <div className="grid grid-cols-2 gap-3 max-[759px]:grid-cols-1">
        <Card title={t`Where the prices that were paid would have fallen`} padded>
          <Bands impact={overall} baseline={before} />
        </Card>
        <Card title={t`What was looked at`} padded>
          <Facts
            rows={[
              [t`Order lines`, format.number(overall.lines)],
              [t`Left out`, format.number(left)],
              [t`of them returns and other negative quantities`, format.number(out.quantity)],
              [t`of them without a price`, format.number(out.price)],
              [t`of them of unknown products`, format.number(out.unknown_sku)],
              [t`Time taken`, format.took(report.elapsed_ms)],
            ]}
          />
        </Card>
      </div>
    </>
  );
}

interface FigureProps {
  label: string;
  value: string;
  tone?: string;
  children: ReactNode;
}

function Figure({ label, value, tone, children }: FigureProps) {
  return (
    <div className="rounded-md border border-line bg-surface px-(--pad) py-3">
      <p className="text-soft">{label}</p>
      <p className="text-xl font-semibold tabular-nums">{value}</p>
      <p className={cx("text-s tabular-nums", tone ?? "text-soft")}>{children}</p>
    </div>
  );
}

interface MoneyFigureProps {
  label: string;
  was: string;
  now: string;
  currency: string;
}

function MoneyFigure({ label, was, now, currency }: MoneyFigureProps) {
  const { t } = useLingui();
  const format = useFormat();
  const signed = useSigned(currency);
  const change = difference(was, now);
  const percent = share(was, now);
  const up = Number(change) > 0;
  const down = Number(change) < 0;
  const size =
    percent === null ? signed(change) : `${signed(change)} · ${format.signed(Number(percent))} %`;
  return (
    <Figure
      label={label}
      value={format.decimal(now, currency)}
      tone={up ? "text-accent" : down ? "text-bad" : "text-soft"}
    >
      {up ? t`${size} more` : down ? t`${size} less` : t`the same`}
      <span className="block text-soft">{t`before: ${format.decimal(was, currency)}`}</span>
    </Figure>
  );
}

function Blocked({ impact }: { impact: Impact }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const reasons: Record<string, string> = {
    no_floor: t`no floor`,
    missing_cost: t`missing cost`,
    contradiction: t`contradiction`,
  };
  if (impact.blocked.length === 0) return t`every line could be bargained`;
  return impact.blocked
    .map((one) => `${reasons[one.reason] ?? one.reason} ${number(one.lines)}`)
    .join(", ");
}

function Bands({ impact, baseline }: { impact: Impact; baseline: Impact | null }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const all = impact.bands.accept + impact.bands.counter + impact.bands.decline;
  const bands = [
    { key: "accept", label: t`Accepted at once`, tone: "bg-accent" },
    { key: "counter", label: t`Bargained`, tone: "bg-info" },
    { key: "decline", label: t`Declined`, tone: "bg-faint" },
  ] as const;
  return (
    <ul className="flex flex-col gap-2">
      {bands.map(({ key, label, tone }) => {
        const lines = impact.bands[key];
        const percent = all === 0 ? 0 : Math.round((lines / all) * 1000) / 10;
        const was = baseline ? t` · with the other set ${number(baseline.bands[key])}` : "";
        return (
          <li key={key}>
            <p className="flex justify-between">
              <span>{label}</span>
              <span className="tabular-nums">
                {t`${plural(lines, { one: "# line", other: "# lines" })}`} · {number(percent)} %
                {was}
              </span>
            </p>
            <div aria-hidden className="mt-1 h-[6px] overflow-hidden rounded-full bg-sunken">
              <div className={cx("h-full rounded-full", tone)} style={{ width: `${percent}%` }} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
