import { useLingui } from "@lingui/react/macro";
import type { NegotiationRow } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";

/** What the customer offers, and how many it is for. */
export type Offered = Pick<NegotiationRow, "last_offer" | "quantity">;

/** The customer's offer in words, with how many it is for; empty while there is none. */
export function useOffer({ last_offer, quantity }: Offered): string {
  const { t } = useLingui();
  const format = useFormat();
  if (!last_offer) return "";
  const each = format.money(last_offer);
  return quantity > 1 ? t`${each} each for ${format.number(quantity)}` : each;
}
