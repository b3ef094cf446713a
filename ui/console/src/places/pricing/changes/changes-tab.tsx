// What changed between this version and another one, rule by rule: in words, and as JSON side by side.
import { useLingui } from "@lingui/react/macro";
import { EmptyState, Field, Select } from "@souk/kit";
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import type { RuleSetSummary } from "../../../api/bindings.ts";
import { useRead } from "../../../api/queries.ts";
import { useSetStates } from "../life/set-states.ts";
import type { TabProps } from "../rule-set.tsx";
import { DiffView } from "./diff-view.tsx";

export default function ChangesTab({ found, draft }: TabProps) {
  const { t } = useLingui();
  const states = useSetStates();
  const sets = useRead("ruleSetsList").data ?? [];
  const others = sets.filter((one) => one.id !== found.summary.id);
  const [chosen, setChosen] = useState("");
  const old = chosen || usual(found.summary, others)?.id || "";
  if (others.length === 0) {
    return (
      <EmptyState
        title={t`Nothing to compare with`}
        picture={<GitCompareArrows aria-hidden size={28} />}
      >
        {t`This is the store's only rule set. Once there is another, this page says what changed between the two, rule by rule.`}
      </EmptyState>
    );
  }
  return (
    <div className="h-full overflow-y-auto px-[22px] py-[18px]" data-testid="changes">
      <div className="mx-auto flex max-w-[1240px] flex-col gap-4">
        <Field label={t`What changed since`} className="w-80">
          {(ids) => (
            <Select
              {...ids}
              value={old}
              onChange={setChosen}
              choices={others.map((one) => ({
                value: one.id,
                label: one.version === null ? one.name : t`${one.name}, version ${one.version}`,
                hint: states[one.state].words,
              }))}
              data-testid="changes-old"
            />
          )}
        </Field>
        <DiffView old={old} newer={found.summary.id} rev={draft.rev} />
      </div>
    </div>
  );
}

/** The version that was active before this one: the active set for a draft, else the version below. */
function usual(
  mine: RuleSetSummary,
  others: readonly RuleSetSummary[],
): RuleSetSummary | undefined {
  const { version } = mine;
  const below = others
    .filter((one) => one.version !== null && (version === null || one.version < version))
    .sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
  const active = others.find((one) => one.state === "active");
  return (version === null ? active : undefined) ?? below[0] ?? others[0];
}
