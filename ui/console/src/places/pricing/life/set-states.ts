import { useLingui } from "@lingui/react/macro";
import type { Tone } from "@souk/kit";
import type { RuleSetState } from "../../../api/bindings.ts";

export function useSetStates(): Record<RuleSetState, { words: string; tone: Tone }> {
  const { t } = useLingui();
  return {
    draft: { words: t`Draft`, tone: "warn" },
    in_review: { words: t`In review`, tone: "info" },
    shadow: { words: t`Shadow`, tone: "info" },
    active: { words: t`Active`, tone: "accent" },
    retired: { words: t`Retired`, tone: "plain" },
  };
}
