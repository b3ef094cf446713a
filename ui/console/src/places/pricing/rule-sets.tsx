import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, EmptyState, type Tone, toast } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { Scale } from "lucide-react";
import type { RuleSetState, RuleSetSummary } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { starter, writeDocument } from "./document.ts";
import { FloorQuestion } from "./floor-question.tsx";

export default function RuleSets() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const store = useRead("storeGet").data;
  const sets = useRead("ruleSetsList");
  const save = useWrite("ruleSetSave");
  const active = sets.data?.find((one) => one.state === "active");

  async function begin() {
    const profile = store?.profile;
    const document = active
      ? (await ipc.ruleSetGet(active.id)).document
      : writeDocument(
          starter(
            profile?.currency || "GBP",
            profile?.timezone || "UTC",
            t`Never below four fifths of list`,
          ),
        );
    const next = (sets.data?.length ?? 0) + 1;
    save.mutate([null, { name: t`Rule set ${next}`, document, base_rev: 0 }], {
      onSuccess: (made) => void navigate({ to: paths.pricing(made.summary.id) }),
      onError: (error) => toast.failed(error.message),
    });
  }
  useCommands([
    {
      id: "rules-new",
      label: t`New rule set`,
      keys: "n",
      group: t`Pricing`,
      run: () => void begin(),
    },
  ]);
  return (
    <Place
      title={t`Pricing`}
      actions={
        <Button
          look="primary"
          shortcut="N"
          busy={save.isPending}
          onClick={() => void begin()}
          data-testid="rule-set-new"
        >
          {active ? t`New draft from the active set` : t`New rule set`}
        </Button>
      }
    >
      <div className="mx-auto grid max-w-[1240px] grid-cols-[minmax(0,1fr)_360px] items-start gap-4 max-[999px]:grid-cols-1">
        <div className="flex flex-col gap-4">
          {sets.error ? <Failed error={sets.error} retry={() => void sets.refetch()} /> : null}
          {sets.data?.length === 0 ? (
            <Card>
              <EmptyState
                title={t`No rules yet`}
                picture={<Scale aria-hidden size={28} />}
                action={
                  <Button look="primary" onClick={() => void begin()} data-testid="rule-set-first">
                    {t`Write the first rules`}
                  </Button>
                }
              >
                <Trans>
                  A rule set says what no bargain may break, and how to bargain inside that. Without
                  a floor nothing is bargained.
                </Trans>
              </EmptyState>
            </Card>
          ) : null}
          {sets.data && sets.data.length > 0 ? (
            <Card>
              <ul data-list>
                {sets.data.map((set) => (
                  <SetRow key={set.id} set={set} />
                ))}
              </ul>
            </Card>
          ) : null}
        </div>
        {active ? (
          <Card padded>
            <FloorQuestion ruleSet="active" />
          </Card>
        ) : null}
      </div>
    </Place>
  );
}

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

function SetRow({ set }: { set: RuleSetSummary }) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const state = useSetStates()[set.state];
  const when = format.ago(set.activated_at ?? set.updated_at);
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        onClick={() => void navigate({ to: paths.pricing(set.id) })}
        className="flex w-full items-center gap-3 px-4 py-3 text-start -outline-offset-2 hover:bg-sunken"
        data-testid="rule-set-row"
        data-state={set.state}
      >
        <span className="min-w-0 flex-1">
          <b className="block truncate font-medium">{set.name}</b>
          <span className="block text-s text-soft">
            {set.version === null ? t`not numbered yet` : t`version ${set.version}`} ·{" "}
            {t`${plural(set.rules, { one: "# rule", other: "# rules" })}`} · {set.author} · {when}
          </span>
        </span>
        <Chip tone={state.tone}>{state.words}</Chip>
      </button>
    </li>
  );
}
