import { useLingui } from "@lingui/react/macro";
import type { Tone } from "@souk/kit";
import type { NegotiationRow } from "../../api/bindings.ts";

/** What state a negotiation is in, or why it waits, in a word or two. */
export function useStateWords(): (row: NegotiationRow) => { words: string; tone: Tone } {
  const { t } = useLingui();
  const reasons: Record<string, { words: string; tone: Tone }> = {
    below_floor: { words: t`below floor`, tone: "bad" },
    rounds_used: { words: t`rounds used`, tone: "warn" },
    asked_for_person: { words: t`asks for a person`, tone: "warn" },
    over_budget: { words: t`over the budget`, tone: "warn" },
    staff_asked: { words: t`taken over`, tone: "warn" },
    customer_blocked: { words: t`blocked customer`, tone: "bad" },
    deal_elsewhere: { words: t`has a deal elsewhere`, tone: "warn" },
    too_many_attempts: { words: t`too many attempts`, tone: "warn" },
    threat: { words: t`threat`, tone: "bad" },
    abuse: { words: t`abuse`, tone: "bad" },
    payment_data: { words: t`card or bank data`, tone: "bad" },
    legal_text: { words: t`speaks of the law`, tone: "bad" },
    injection: { words: t`gives the bot orders`, tone: "bad" },
    merchant_words: { words: t`your own stop word`, tone: "warn" },
    currency_switched: { words: t`another currency`, tone: "warn" },
    quantity_above_stock: { words: t`more than the stock`, tone: "warn" },
    rule_set_paused: { words: t`rules are paused`, tone: "warn" },
    claim_ended: { words: t`nobody answers`, tone: "warn" },
  };
  return (row) => {
    const { round, max_rounds: rounds } = row;
    switch (row.state) {
      case "awaiting_staff":
        return (
          reasons[row.reason ?? ""] ?? {
            words: row.reason ? row.reason.replaceAll("_", " ") : t`waits for you`,
            tone: "warn",
          }
        );
      case "opened":
        return { words: t`opened`, tone: "plain" };
      case "bargaining":
        return { words: t`round ${round} of ${rounds}`, tone: "plain" };
      case "agreed":
        return { words: t`deal agreed`, tone: "accent" };
      case "redeemed":
        return { words: t`paid`, tone: "accent" };
      case "declined":
        return { words: t`declined`, tone: "plain" };
      case "expired":
        return { words: t`expired`, tone: "plain" };
      case "withdrawn":
        return { words: t`withdrawn`, tone: "plain" };
      case "stopped":
        return { words: t`stopped`, tone: "bad" };
      case "lapsed":
        return { words: t`deal lapsed`, tone: "plain" };
    }
  };
}

/** A price named in a queue row: the last word that was said about it. */
export function useLastWord(): (
  row: NegotiationRow,
  money: (value: NegotiationRow["list_price"]) => string,
) => string {
  const { t } = useLingui();
  return (row, money) => {
    if (row.agreed_price) {
      const price = money(row.agreed_price);
      return t`agreed ${price}`;
    }
    if (row.last_offer && (row.state === "awaiting_staff" || !row.standing_ask)) {
      const price = money(row.last_offer);
      return t`offers ${price}`;
    }
    if (row.standing_ask) {
      const price = money(row.standing_ask);
      return t`bot asks ${price}`;
    }
    const price = money(row.list_price);
    return t`list ${price}`;
  };
}
