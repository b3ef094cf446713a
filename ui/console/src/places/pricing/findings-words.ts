import { useLingui } from "@lingui/react/macro";
import type { Tone } from "@souk/kit";
import { useMemo } from "react";
import type { Finding, FindingKind, Severity } from "../../api/bindings.ts";
import { useSayingNames } from "./words.ts";

export const severityTone: Record<Severity, Tone> = {
  error: "bad",
  warning: "warn",
  info: "plain",
};

/** What each kind of finding is called, and the question that it puts. */
export function useFindingWords(): (finding: Finding) => { kind: string; title: string } {
  const { t } = useLingui();
  const names = useSayingNames();
  return useMemo(() => {
    const kinds: Record<FindingKind, string> = {
      contradiction: t`contradiction`,
      missing_cost: t`missing cost`,
      below_cost: t`below cost`,
      ambiguity: t`ambiguity`,
      bands: t`bands`,
      gap: t`gap`,
      shadowed: t`never wins`,
      redundant: t`redundant`,
      duplicate: t`duplicate`,
      unreachable: t`unreachable`,
    };
    const titles: Record<FindingKind, string> = {
      contradiction: t`Floor above ceiling`,
      missing_cost: t`A margin without a cost`,
      below_cost: t`Floor under cost`,
      ambiguity: t`Which rule decides?`,
      bands: t`Bands cross`,
      gap: t`Products without a floor`,
      shadowed: t`Another rule always wins`,
      redundant: t`Another rule is as strict`,
      duplicate: t`The same rule twice`,
      unreachable: t`Matches no sale`,
    };
    return (finding) => {
      const key = finding.key ? names[finding.key] : undefined;
      const title = titles[finding.kind];
      return { kind: kinds[finding.kind], title: key ? `${title} · ${key}` : title };
    };
  }, [t, names]);
}
