// All rule sets of the store: found, opened, copied, compared, brought in and taken out.
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, cx, Dialog, EmptyState, Input, Select, Table, toast } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { Scale, Upload } from "lucide-react";
import { useState } from "react";
import type { RuleSetState, RuleSetSummary } from "../../api/bindings.ts";
import { asIpcError, ipc } from "../../api/ipc.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { DiffView } from "./changes/diff-view.tsx";
import { PriceExample } from "./example/price-example.tsx";
import { useSetStates } from "./life/set-states.ts";
import { useNewDraft } from "./life/use-new-draft.ts";
import { NewSet } from "./sets/new-set.tsx";
import { useSetColumns } from "./sets/set-columns.tsx";
import { useImport } from "./sets/use-import.ts";

export default function RuleSets() {
  const { t } = useLingui();
  const sets = useRead("ruleSetsList");
  const [starting, setStarting] = useState(false);
  const { over, busy, choose } = useImport();
  const active = sets.data?.find((one) => one.state === "active");
  const begin = () => setStarting(true);
  useCommands([
    { id: "rules-new", label: t`New rule set`, keys: "n", group: t`Pricing`, run: begin },
    { id: "rules-import", label: t`Import rules`, keys: "i", group: t`Pricing`, run: choose },
  ]);
  return (
    <Place
      title={t`Pricing`}
      actions={
        <>
          <Button
            icon={<Upload aria-hidden size={14} />}
            shortcut="I"
            busy={busy}
            onClick={choose}
            data-testid="rules-import"
          >
            {t`Import`}
          </Button>
          <Button look="primary" shortcut="N" onClick={begin} data-testid="rule-set-new">
            {t`New rule set`}
          </Button>
        </>
      }
    >
      <div
        className={cx(
          "mx-auto grid max-w-[1240px] grid-cols-[minmax(0,1fr)_360px] items-start gap-4 rounded-md max-[1099px]:grid-cols-1",
          over && "outline-2 outline-offset-8 outline-accent outline-dashed",
        )}
      >
        <div className="flex min-w-0 flex-col gap-3">
          {sets.error ? <Failed error={sets.error} retry={() => void sets.refetch()} /> : null}
          {sets.data?.length === 0 ? <NoSets onBegin={begin} /> : null}
          {sets.data && sets.data.length > 0 ? <SetList sets={sets.data} /> : null}
        </div>
        {active ? (
          <Card padded>
            <PriceExample ruleSet="active" rev={active.rev} />
          </Card>
        ) : null}
      </div>
      {starting ? (
        <NewSet active={active} count={sets.data?.length ?? 0} onClose={() => setStarting(false)} />
      ) : null}
    </Place>
  );
}

function NoSets({ onBegin }: { onBegin: () => void }) {
  const { t } = useLingui();
  return (
    <Card>
      <EmptyState
        title={t`No rules yet`}
        picture={<Scale aria-hidden size={28} />}
        action={
          <Button look="primary" onClick={onBegin} data-testid="rule-set-first">
            {t`Write the first rules`}
          </Button>
        }
      >
        <Trans>
          A rule set says what no bargain may break, and how to bargain inside that. Without a floor
          nothing is bargained.
        </Trans>
      </EmptyState>
    </Card>
  );
}

function SetList({ sets }: { sets: readonly RuleSetSummary[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const states = useSetStates();
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<"all" | RuleSetState>("all");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState(false);
  const [deleting, setDeleting] = useState<RuleSetSummary | null>(null);
  const columns = useSetColumns({
    ...useSetWork(),
    chosen: new Set(chosen),
    // of two that are compared, a third takes the place of the first
    onChoose: (id) =>
      setChosen(
        chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2),
      ),
    onDelete: setDeleting,
  });
  const words = typed.toLowerCase().trim();
  const shown = sets.filter(
    (set) =>
      (state === "all" || set.state === state) &&
      `${set.name} ${set.author} ${set.version ?? ""}`.toLowerCase().includes(words),
  );
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          className="!w-56"
          aria-label={t`Search in the rule sets`}
          placeholder={t`Search`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          data-testid="sets-search"
        />
        <Select
          className="!w-40"
          aria-label={t`Status`}
          value={state}
          onChange={(next) => setState(next as "all" | RuleSetState)}
          choices={[
            { value: "all", label: t`status: all` },
            ...Object.entries(states).map(([value, one]) => ({ value, label: one.words })),
          ]}
          data-testid="sets-state"
        />
        <span className="flex-1" />
        <Button
          disabled={chosen.length !== 2}
          onClick={() => setComparing(true)}
          data-testid="sets-compare"
        >
          {t`Compare two`}
        </Button>
      </div>
      <Card>
        <Table
          label={t`Rule sets`}
          rows={shown}
          columns={columns}
          rowHeight={44}
          rowId={(set) => set.id}
          onOpen={(set) => void navigate({ to: paths.pricing(set.id) })}
          rowTestId="rule-set-row"
          className="max-h-[70vh]"
          empty={<EmptyState title={t`No set fits`}>{t`Search for something else.`}</EmptyState>}
        />
      </Card>
      {comparing ? (
        <Compared sets={sets} chosen={chosen} onClose={() => setComparing(false)} />
      ) : null}
      {deleting ? <DeleteDialog set={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  );
}

/** Copies and files. */
function useSetWork() {
  const { t } = useLingui();
  const { make } = useNewDraft();
  return {
    onDuplicate: (set: RuleSetSummary) => make(t`${set.name}, copy`, { of: set.id }),
    onExport: (set: RuleSetSummary) =>
      void ipc
        .ruleSetExport(set.id)
        .then((path) => path && toast.done(t`The rules are saved`))
        .catch((cause) => toast.failed(asIpcError(cause).message)),
  };
}

interface ComparedProps {
  sets: readonly RuleSetSummary[];
  chosen: readonly string[];
  onClose: () => void;
}

/** The older one on the left, whichever was chosen first. */
function Compared({ sets, chosen, onClose }: ComparedProps) {
  const { t } = useLingui();
  const two = sets
    .filter((set) => chosen.includes(set.id))
    .sort((a, b) => a.updated_at.localeCompare(b.updated_at));
  const [old, newer] = two;
  if (!old || !newer) return null;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`From “${old.name}” to “${newer.name}”`}
      closeLabel={t`Close`}
      data-testid="compare-dialog"
    >
      <DiffView old={old.id} newer={newer.id} rev={newer.rev} />
    </Dialog>
  );
}

function DeleteDialog({ set, onClose }: { set: RuleSetSummary; onClose: () => void }) {
  const { t } = useLingui();
  const remove = useWrite("ruleSetDelete");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Delete “${set.name}”?`}
      about={t`The draft and its rules are gone for good. Export it first to keep a copy.`}
      closeLabel={t`Close`}
      data-testid="delete-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="bad"
            busy={remove.isPending}
            onClick={() => remove.mutate([set.id], { onSuccess: onClose })}
            data-testid="delete-confirm"
          >
            {t`Delete`}
          </Button>
        </>
      }
    >
      {remove.error ? <Failed error={remove.error} kept={t`The draft is still there.`} /> : null}
    </Dialog>
  );
}
