// The words of a rule's sentence: what leads to a chip, what a chip shows, and what joins two.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useLocale } from "@souk/kit";
import { useMemo } from "react";
import { useFormat } from "../../shell/format.ts";
import {
  type NameMatch,
  type PriceTerm,
  type Range,
  type Rule,
  shareToPercent,
} from "./document.ts";
import type { ChipAt, Clause } from "./model/clauses.ts";
import { minutesOf } from "./model/duration.ts";
import { type Saying, valueSaid } from "./model/edit.ts";

export interface Words {
  lead: (clause: Clause) => string;
  chip: (rule: Rule, chip: ChipAt) => string;
  joint: (clause: Clause) => string;
  term: (term: PriceTerm) => string;
  name: (key: string, name: string) => string;
}

/** Names of what a rule can say, as menus and sheets give them. */
export function useSayingNames(): Record<string, string> {
  const { t } = useLingui();
  return useMemo(
    () => ({
      category: t`Category`,
      product: t`Product`,
      segment: t`Segment`,
      customer: t`Customer`,
      country: t`Country`,
      channel: t`Channel`,
      quantity: t`Quantity`,
      list_price: t`List price`,
      stock: t`Stock`,
      intent: t`Intent`,
      weekday: t`Weekday`,
      time: t`Time of day`,
      window: t`Dates`,
      floor: t`Floor`,
      max_discount: t`Most that may be taken off`,
      ceiling: t`Ceiling`,
      target: t`Aim for`,
      accept_at: t`Accept at`,
      escalate_at: t`Ask staff from`,
      decline_below: t`Decline below`,
      max_rounds: t`Rounds at most`,
      concession: t`Manner`,
      sweeteners: t`Sweeteners`,
      combine_with: t`May be combined with`,
      deal_valid: t`Deal is held for`,
      priority: t`Priority`,
    }),
    [t],
  );
}

/** The days of a week, Monday first, in the reader's language. */
export function useWeekdays(): ReadonlyArray<{ value: string; label: string }> {
  const locale = useLocale();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
    // 1 January 2024 was a Monday
    return ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((value, at) => ({
      value,
      label: format.format(Date.UTC(2024, 0, 1 + at)),
    }));
  }, [locale]);
}

function useLeads(): (clause: Clause) => string {
  const { t } = useLingui();
  return useMemo(() => {
    const leads: Record<string, string> = {
      category: t`category is`,
      product: t`product is`,
      segment: t`segment is`,
      customer: t`customer is`,
      country: t`country is`,
      channel: t`channel is`,
      quantity: t`quantity is`,
      list_price: t`list price is`,
      stock: t`stock is`,
      intent: t`intent is`,
      weekday: t`day is`,
      time: t`time is`,
      floor: t`never below`,
      max_discount: t`never more than`,
      ceiling: t`never above`,
      target: t`aim for`,
      accept_at: t`accept at`,
      escalate_at: t`ask staff from`,
      decline_below: t`decline below`,
      max_rounds: t`up to`,
      concession: "",
      sweeteners: t`offer`,
      combine_with: t`may be combined with`,
      deal_valid: t`hold a deal for`,
    };
    return ({ key, side, chips }) => {
      if (key === "window") return chips[0]?.side === "until" ? t`until` : t`from`;
      const lead = leads[key] ?? key;
      if (side === "none_of") return t`${lead} not`;
      return side === "all_of" ? t`${lead} both` : lead;
    };
  }, [t]);
}

/** How a name is shown: paths with arrows, weekdays and customers by their words. */
function useNames(): Words["name"] {
  const { t } = useLingui();
  const weekdays = useWeekdays();
  return useMemo(
    () => (key, name) => {
      if (key === "category") return name.replaceAll("/", " › ");
      if (key === "weekday") return weekdays.find((day) => day.value === name)?.label ?? name;
      if (key === "customer" && name === "new") return t`new`;
      if (key === "customer" && name === "returning") return t`returning`;
      if (key === "sweeteners" && name === "free-shipping") return t`free delivery`;
      return name;
    },
    [t, weekdays],
  );
}

/** A price term in words: `5.5 % margin`, `92 % of list`, `£9.00`. */
export function useTermWords(currency: string): Words["term"] {
  const { t } = useLingui();
  const format = useFormat();
  const percent = usePercent();
  return useMemo(
    () => (term) => {
      if (term.amount !== undefined) return format.decimal(term.amount, currency);
      if (term.of_list !== undefined) return t`${percent(term.of_list)} % of list`;
      if (term.margin !== undefined) return t`${percent(term.margin)} % margin`;
      return "–";
    },
    [t, format, percent, currency],
  );
}

/** The share `"0.055"` as the reader writes 5.5. */
export function usePercent(): (share: string) => string {
  const locale = useLocale();
  return useMemo(() => {
    const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
    return (share) => plain.format(shareToPercent(share) as Intl.StringNumericLiteral);
  }, [locale]);
}

export function useWords(currency: string): Words {
  const { t } = useLingui();
  const lead = useLeads();
  const name = useNames();
  const term = useTermWords(currency);
  const chip = useChipWords(currency, name, term);
  return useMemo(
    () => ({
      lead,
      chip,
      term,
      name,
      joint: ({ key, side }) => {
        if (key === "window") return t`until`;
        return side === "all_of" ? t`and` : t`or`;
      },
    }),
    [t, lead, chip, term, name],
  );
}

function useChipWords(currency: string, name: Words["name"], term: Words["term"]): Words["chip"] {
  const { t } = useLingui();
  const format = useFormat();
  const percent = usePercent();
  const policy = usePolicyWords(name);
  return useMemo(() => {
    const range = ({ min, max }: Range<number | string>, shown: (bound: string) => string) => {
      if (min !== undefined && max !== undefined)
        return t`${shown(String(min))} to ${shown(String(max))}`;
      if (min !== undefined) return t`at least ${shown(String(min))}`;
      return max === undefined ? t`anything` : t`at most ${shown(String(max))}`;
    };
    return (rule, chip) => {
      if (chip.name !== undefined) return name(chip.key, chip.name);
      if (chip.more !== undefined) return t`${format.number(chip.more)} more`;
      const value = valueSaid(rule, chip);
      if (value === undefined) return t`to be mended`;
      switch (chip.key) {
        case "quantity":
        case "stock":
        case "intent":
          return range(value as Range<number>, (bound) => format.number(Number(bound)));
        case "list_price":
          return range(value as Range<string>, (bound) => format.decimal(bound, currency));
        case "time": {
          const { from, until } = value as { from: string; until: string };
          return t`${from} to ${until}`;
        }
        case "window": {
          const moment = chip.side && (value as Record<string, string>)[chip.side];
          return moment ? format.local(moment) : t`any`;
        }
        case "max_discount":
          return t`${percent(String(value))} % off`;
        default:
          if (chip.group === "when") return noNames(value as NameMatch, t`nothing`, t`any`);
          return isTerm(value) ? term(value) : policy(chip, value);
      }
    };
  }, [t, format, percent, name, term, policy, currency]);
}

function usePolicyWords(name: Words["name"]): (what: Saying, value: unknown) => string {
  const { t } = useLingui();
  const format = useFormat();
  return useMemo(() => {
    const manners: Record<string, string> = {
      boulware: t`hold firm early`,
      linear: t`give way evenly`,
      conceder: t`give way early`,
    };
    return ({ key }, value) => {
      if (key === "concession") return manners[String(value)] ?? String(value);
      if (key === "max_rounds")
        return t`${plural(Number(value), { one: "# round", other: "# rounds" })}`;
      if (key === "deal_valid") {
        const minutes = minutesOf(String(value));
        return minutes === null ? String(value) : t`${format.number(minutes)} minutes`;
      }
      return Array.isArray(value)
        ? value.map((one) => name(key, String(one))).join(", ")
        : String(value);
    };
  }, [t, format, name]);
}

/** A match without names: an empty `any_of` matches nothing. */
function noNames(match: NameMatch, nothing: string, any: string): string {
  return match.any_of?.length === 0 ? nothing : any;
}

function isTerm(value: unknown): value is PriceTerm {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
