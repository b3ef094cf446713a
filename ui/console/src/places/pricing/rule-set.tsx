// One rule set: its state in the head, and its rules, impact, shadow, changes and review as tabs.
import { useLingui } from "@lingui/react/macro";
import { Chip, IconButton, Segmented } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { RuleSet as Found } from "../../api/bindings.ts";
import { useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { SavedNote } from "../../shell/saved-note.tsx";
import { LifeActions } from "./life/life-actions.tsx";
import { useSetStates } from "./life/set-states.ts";
import { RulesTab } from "./rules/rules-tab.tsx";
import { type Draft, useDraft } from "./use-draft.ts";
import { type Checked, useFindings } from "./use-findings.ts";
import { useOpened } from "./use-opened.ts";

const ImpactTab = lazy(() => import("./impact/impact-tab.tsx"));
const ShadowTab = lazy(() => import("./shadow/shadow-tab.tsx"));
const ChangesTab = lazy(() => import("./changes/changes-tab.tsx"));
const ReviewTab = lazy(() => import("./review/review-tab.tsx"));

export default function RuleSetPlace() {
  const { t } = useLingui();
  const id = useParams({
    strict: false,
    select: (params: { ruleSet?: string }) => params.ruleSet ?? "",
  });
  const [known, setKnown] = useState(0);
  const opened = useOpened(id, known);
  const recent = useWrite("recentOpened");
  const name = opened.found?.summary.name;
  // biome-ignore lint/correctness/useExhaustiveDependencies: noted once for each set that is opened
  useEffect(() => {
    if (name) recent.mutate([paths.pricing(id), name]);
  }, [id, name !== undefined]);
  if (opened.error && !opened.found) {
    return (
      <Place title={t`Pricing`}>
        <Failed error={opened.error} retry={opened.retry} />
      </Place>
    );
  }
  return opened.found ? (
    <Editor key={id} found={opened.found} onRev={setKnown} onTake={opened.take} />
  ) : (
    <Place title={t`Pricing`}>
      <p className="text-soft">{t`Opening the rules…`}</p>
    </Place>
  );
}

interface EditorProps {
  found: Found;
  onRev: (rev: number) => void;
  onTake: (set: Found) => void;
}

function Editor({ found, onRev, onTake }: EditorProps) {
  const { t } = useLingui();
  const draft = useDraft(found, onRev);
  const checked = useFindings(found.summary.id, draft.rev);
  const editable = found.summary.state === "draft";
  const tab = useParams({
    strict: false,
    select: (params: { tab?: string }) => params.tab ?? "rules",
  });
  return (
    <Place
      title={t`Pricing`}
      fixed
      crowded
      note={<Standing found={found} draft={draft} editable={editable} tab={tab} />}
      actions={<LifeActions found={found} draft={draft} checked={checked} onTake={onTake} />}
    >
      <Suspense fallback={null}>
        <Shown tab={tab} found={found} draft={draft} checked={checked} onTake={onTake} />
      </Suspense>
    </Place>
  );
}

export interface TabProps {
  found: Found;
  draft: Draft;
  checked: Checked;
  onTake: (set: Found) => void;
}

function Shown({ tab, ...props }: TabProps & { tab: string }) {
  switch (tab) {
    case "impact":
      return <ImpactTab {...props} />;
    case "shadow":
      return <ShadowTab {...props} />;
    case "changes":
      return <ChangesTab {...props} />;
    case "review":
      return <ReviewTab {...props} />;
    default:
      return (
        <RulesTab
          ruleSet={props.found.summary.id}
          draft={props.draft}
          checked={props.checked}
          editable={props.found.summary.state === "draft"}
        />
      );
  }
}

function BackToSets() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const back = () => void navigate({ to: paths.pricing() });
  useCommands([
    {
      id: "rules-back",
      label: t`All sets`,
      keys: "Escape",
      group: t`Pricing`,
      run: back,
      hidden: true,
    },
  ]);
  return (
    <IconButton
      label={t`All sets`}
      shortcut="Escape"
      className="-mx-2"
      onClick={back}
      data-testid="rule-sets-back"
    >
      <ChevronLeft aria-hidden size={16} />
    </IconButton>
  );
}

interface StandingProps {
  found: Found;
  draft: Draft;
  editable: boolean;
  tab: string;
}

/** Which set, in which state, whether it is kept, and which of its sides is shown. */
function Standing({ found, draft, editable, tab }: StandingProps) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { summary } = found;
  const state = useSetStates()[summary.state];
  return (
    <>
      <BackToSets />
      {editable ? (
        <input
          aria-label={t`Name of the set`}
          value={draft.name}
          size={Math.min(Math.max(Math.round(draft.name.length * 0.85), 8), 24)}
          onChange={(event) => draft.rename(event.target.value)}
          className="h-[26px] max-w-[24vw] rounded-sm border border-transparent bg-transparent px-[6px] text-soft hover:border-control-line focus:border-control-line focus:text-text"
          data-testid="rule-set-name"
        />
      ) : (
        <span className="max-w-56 truncate text-soft">{summary.name}</span>
      )}
      <Chip tone={state.tone} data-testid="rule-set-state" data-state={summary.state}>
        {summary.version === null ? state.words : t`${state.words} · version ${summary.version}`}
      </Chip>
      {summary.activates_at ? (
        <Chip tone="info">{t`takes effect ${format.dateTime(summary.activates_at)}`}</Chip>
      ) : null}
      {editable ? (
        <SavedNote
          saving={draft.saving}
          testId="draft-saved"
          held={draft.name.trim() === "" ? t`Needs a name` : undefined}
        />
      ) : null}
      <Segmented
        label={t`Sides of the rule set`}
        className="!self-center"
        value={tab}
        onChange={(next) =>
          void navigate({ to: paths.pricing(summary.id, next === "rules" ? undefined : next) })
        }
        choices={[
          { value: "rules", label: t`Rules ${format.number(draft.rules.length)}` },
          { value: "impact", label: t`Impact` },
          { value: "shadow", label: t`Shadow` },
          { value: "changes", label: t`Changes` },
          { value: "review", label: t`Review` },
        ]}
        data-testid="tab"
      />
    </>
  );
}
