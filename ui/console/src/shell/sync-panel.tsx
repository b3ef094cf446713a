// What waits between this computer and the store: edits not sent yet, edits that a person must look at, and
// what failed last.
import { useLingui } from "@lingui/react/macro";
import { Button, Drawer, EmptyState, ErrorNote, Heading, toast } from "@souk/kit";
import { CloudCheck } from "lucide-react";
import type { Entity, SyncStatus } from "../api/bindings.ts";
import { IpcError } from "../api/ipc.ts";
import { useRead, useWrite } from "../api/queries.ts";
import { Failed } from "./failed.tsx";
import { useFormat } from "./format.ts";

export function SyncPanel({ sync, onClose }: { sync: SyncStatus; onClose: () => void }) {
  const { t } = useLingui();
  const now = useWrite("syncNow");
  const save = useWrite("waitingEditsExport");
  const load = useWrite("waitingEditsImport");
  const failed = { onError: (error: IpcError) => toast.failed(error.message) };
  return (
    <Drawer
      open
      onClose={onClose}
      title={sync.online ? t`In step with the store` : t`Offline`}
      about={
        sync.online
          ? t`What you edit is sent as you go.`
          : t`You can go on working: what you edit is kept here and sent when the store answers.`
      }
      closeLabel={t`Close`}
      data-testid="sync-panel"
      actions={
        <>
          <Button
            look="ghost"
            busy={load.isPending}
            onClick={() => load.mutate([], failed)}
            data-testid="sync-import"
          >
            {t`Import edits`}
          </Button>
          <Button
            disabled={sync.waiting === 0}
            busy={save.isPending}
            onClick={() => save.mutate([], failed)}
            data-testid="sync-export"
          >
            {t`Export the edits`}
          </Button>
          <Button
            look="primary"
            busy={now.isPending}
            onClick={() => now.mutate([], failed)}
            data-testid="sync-now"
          >
            {t`Synchronise now`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {sync.last_error ? <Failed error={new IpcError(sync.last_error)} /> : null}
        {sync.digest_differs ? (
          <ErrorNote
            tone="warn"
            happened={t`This computer's copy and the store differ.`}
            kept={t`Your edits are safe.`}
            todo={t`Synchronise now; the copy is then compared and repaired.`}
          />
        ) : null}
        <Conflicts />
        <Waiting />
      </div>
    </Drawer>
  );
}

function useEntityNames(): Record<Entity, string> {
  const { t } = useLingui();
  return {
    store: t`Store`,
    segments: t`Segments`,
    launch: t`Launch constraints`,
    product: t`Product`,
    rule_set: t`Rule set`,
    setting: t`Setting`,
    negotiation: t`Negotiation`,
    order: t`Order`,
  };
}

function Waiting() {
  const { t } = useLingui();
  const format = useFormat();
  const names = useEntityNames();
  const edits = useRead("waitingEdits").data ?? [];
  if (edits.length === 0) {
    return (
      <EmptyState title={t`No edits wait`} picture={<CloudCheck aria-hidden size={26} />}>
        {t`Everything that you did here has reached the store.`}
      </EmptyState>
    );
  }
  return (
    <section>
      <Heading>{t`Edits waiting`}</Heading>
      <ul>
        {edits.map((edit) => (
          <li
            key={edit.id}
            className="border-b border-line py-2 last:border-0"
            data-testid="waiting-edit"
          >
            <span className="font-medium">{names[edit.entity]}</span> {edit.key}
            <span className="block text-s text-soft">
              {[edit.fields.join(", "), format.ago(edit.made_at), edit.error?.message]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Conflicts() {
  const { t } = useLingui();
  const names = useEntityNames();
  const conflicts = useRead("conflictsList").data ?? [];
  if (conflicts.length === 0) return null;
  return (
    <section>
      <Heading>{t`Edits that need a decision`}</Heading>
      <ul className="flex flex-col gap-3">
        {conflicts.map((conflict) => (
          <li
            key={conflict.id}
            className="rounded-md border border-bad/40 p-3"
            data-testid="conflict"
          >
            <span className="font-medium">{names[conflict.entity]}</span> {conflict.key}
            {conflict.refused ? (
              <p className="text-s text-soft">{conflict.refused.message}</p>
            ) : null}
            {conflict.fields.map((field) => (
              <dl
                key={field.field}
                className="mt-2 grid grid-cols-[80px_minmax(0,1fr)] gap-x-3 gap-y-1 text-s break-words"
              >
                <dt className="col-span-2 font-medium">{field.field}</dt>
                <dt className="text-soft">{t`Before`}</dt>
                <dd>{field.base}</dd>
                <dt className="text-soft">{t`Yours`}</dt>
                <dd>{field.mine}</dd>
                <dt className="text-soft">{t`Theirs`}</dt>
                <dd>{field.theirs}</dd>
              </dl>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
