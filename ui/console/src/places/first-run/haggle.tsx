import { useLingui } from "@lingui/react/macro";
import { cx, useLocale } from "@souk/kit";
import { useFormat } from "../../shell/format.ts";

/** What Souk does, at a glance: an offer, a counteroffer, a deal, and how the two prices meet. A picture, no more. */
export function Haggle() {
  const { t } = useLingui();
  const format = useFormat();
  const currency = useLocale().startsWith("en") ? "GBP" : "EUR";
  const price = (minor: number) => format.money({ minor, currency });
  return (
    <div aria-hidden className="flex w-full max-w-[340px] flex-col gap-[10px]">
      <Said by="customer">{t`Would you take ${price(950)}?`}</Said>
      <Said by="shop">{t`I can do ${price(1120)}, with free delivery.`}</Said>
      <Said by="customer">{t`Meet me at ${price(1050)}.`}</Said>
      <Said by="shop" deal>{t`${price(1050)} it is. Deal!`}</Said>
      <Meeting />
    </div>
  );
}

interface SaidProps {
  by: "customer" | "shop";
  deal?: boolean;
  children: string;
}

function Said({ by, deal = false, children }: SaidProps) {
  return (
    <p
      className={cx(
        "max-w-[84%] rounded-lg border px-[13px] py-[9px] shadow-[0_1px_2px_rgb(0_0_0/0.05)]",
        by === "customer" ? "self-start" : "self-end",
        deal
          ? "border-accent bg-accent font-medium text-accent-ink"
          : by === "customer"
            ? "border-line bg-surface"
            : "border-accent-line bg-surface text-accent",
      )}
    >
      {children}
    </p>
  );
}

/** Asks come down, offers come up, and in one point they meet. */
function Meeting() {
  return (
    <svg viewBox="0 0 340 110" className="mt-3 w-full" role="presentation">
      <line x1="0" x2="340" y1="98" y2="98" stroke="var(--bad)" strokeDasharray="2 4" />
      <polyline
        points="6,14 88,14 170,38 252,52 318,58"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2.5"
        strokeLinejoin="round"
      />
      <polyline
        points="6,88 88,88 170,70 252,62 318,58"
        fill="none"
        stroke="var(--info)"
        strokeWidth="2.5"
        strokeLinejoin="round"
      />
      {[
        [88, 14],
        [170, 38],
        [252, 52],
      ].map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="3.5" fill="var(--accent)" />
      ))}
      {[
        [88, 88],
        [170, 70],
        [252, 62],
      ].map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="3.5" fill="var(--info)" />
      ))}
      <circle cx="318" cy="58" r="11" fill="var(--accent)" opacity="0.22" />
      <circle cx="318" cy="58" r="5.5" fill="var(--accent)" />
    </svg>
  );
}
