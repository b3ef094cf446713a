import { useLingui } from "@lingui/react/macro";
import type { Choice, Tone } from "@souk/kit";
import { useMemo } from "react";
import type { ProductState } from "../../api/bindings.ts";

export function useProductStates() {
  const { t } = useLingui();
  return useMemo(() => {
    const names: Record<ProductState, string> = {
      draft: t`Draft`,
      live: t`In the shop`,
      unpublished: t`Taken out`,
      archived: t`Archived`,
    };
    const all: Choice[] = Object.entries(names).map(([value, label]) => ({ value, label }));
    return {
      all,
      words: (state: ProductState) => names[state],
      tone: (state: ProductState): Tone =>
        state === "live" ? "accent" : state === "draft" ? "info" : "plain",
    };
  }, [t]);
}
