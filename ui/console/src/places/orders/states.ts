import { useLingui } from "@lingui/react/macro";
import type { Choice, Tone } from "@souk/kit";
import { useMemo } from "react";

/** An order's states in words, as commerce's lifecycle table names them. */
export function useOrderStates() {
  const { t } = useLingui();
  return useMemo(() => {
    const names: Record<string, string> = {
      placed: t`Placed`,
      paid: t`Paid`,
      packed: t`Packed`,
      shipped: t`Shipped`,
      delivered: t`Delivered`,
      cancelled: t`Cancelled`,
      return_requested: t`Return asked for`,
      returned: t`Returned`,
    };
    const payments: Record<string, string> = {
      pending: t`pending`,
      authorised: t`authorised`,
      captured: t`paid`,
      declined: t`declined`,
      timed_out: t`timed out`,
      voided: t`voided`,
      refunded: t`refunded`,
    };
    const all: Choice[] = Object.entries(names).map(([value, label]) => ({ value, label }));
    return {
      all,
      words: (state: string) => names[state] ?? state,
      payment: (state: string) => payments[state] ?? state,
      tone: (state: string): Tone =>
        state === "cancelled" || state === "returned"
          ? "plain"
          : state === "return_requested"
            ? "warn"
            : state === "placed" || state === "paid"
              ? "accent"
              : "info",
    };
  }, [t]);
}
