// The live queue and one negotiation beside it: what was said, what one may do, and why.
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, EmptyState, toast } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Handshake } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { NegotiationDetail, NegotiationRow } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useRead, useReadWhen, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { waitingQuery } from "../../shell/rail.tsx";
import { useSought } from "../../shell/rows-filter.tsx";
import { isSought, negotiationsSought, type RowsSought } from "../../shell/rows-sought.ts";
import { Insight } from "./insight.tsx";
import { Queue } from "./queue.tsx";
import { QueueHead, useSize, type View } from "./queue-head.tsx";
import { Talk } from "./talk.tsx";

const none: NegotiationRow[] = [];

export default function Negotiations() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const chosen = useParams({
    strict: false,
    select: (params: { negotiation?: string }) => params.negotiation,
  });
  const [view, setView] = useState<View>("awaiting_staff");
  const sought = useSought();
  const list = useRows(view, sought);
  const detail = useReadWhen(chosen !== undefined, "negotiationGet", chosen ?? "");
  const go = (id?: string) => void navigate({ to: paths.negotiations(id), search: { ...sought } });
  useQueueKeys(list.rows, chosen, go);
  return (
    <Place title={t`Negotiations`} fixed note={<Standing />} actions={<PauseButton />}>
      <div className="grid h-full min-h-0 grid-cols-[318px_minmax(0,1fr)_320px] max-[1279px]:grid-cols-[264px_minmax(0,1fr)] max-[759px]:grid-cols-1">
        <section
          aria-label={t`Queue`}
          className={`flex min-h-0 flex-col border-e border-line bg-surface ${chosen ? "max-[759px]:hidden" : ""}`}
        >
          <QueueHead view={view} onView={setView} sought={sought} total={list.total} />
          {list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
          <Queue
            rows={list.rows}
            chosen={chosen}
            onOpen={(row) => go(row.id)}
            loading={list.loading || list.stale}
            view={isSought(sought) ? "all" : view}
            onEnd={list.more}
          />
        </section>
        {detail.data ? (
          <Opened detail={detail.data} />
        ) : (
          <div className="overflow-y-auto bg-bg min-[1280px]:col-span-2 max-[759px]:hidden">
            {detail.error && chosen ? (
              <div className="p-6">
                <Failed error={detail.error} retry={() => void detail.refetch()} />
              </div>
            ) : chosen ? null : (
              <NoneOpened first={list.rows[0]} onOpen={(row) => go(row.id)} />
            )}
          </div>
        )}
      </div>
      <Announce />
    </Place>
  );
}

/** The rows of a view or, where a figure led here, of that figure. */
function useRows(view: View, sought: RowsSought) {
  const states = view === "all" ? [] : [view];
  const query = isSought(sought) ? negotiationsSought(sought) : { states };
  const list = usePages<NegotiationRow>(
    "negotiationsList",
    (after) => ipc.negotiationsList({ ...query, after, limit: 200 }),
    query,
  );
  // rows of another view are not shown under this one's name, not for a moment
  return list.stale ? { ...list, rows: none, total: null } : list;
}

function useQueueKeys(
  rows: readonly NegotiationRow[],
  chosen: string | undefined,
  go: (id?: string) => void,
) {
  const { t } = useLingui();
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === chosen);
    const row = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (row) go(row.id);
  };
  const shared = { group: t`Negotiations`, hidden: true };
  useCommands([
    { ...shared, id: "queue-next", label: t`Next negotiation`, keys: "j", run: () => step(1) },
    { ...shared, id: "queue-back", label: t`Previous negotiation`, keys: "k", run: () => step(-1) },
    { ...shared, id: "queue-close", label: t`Back to the queue`, keys: "Escape", run: () => go() },
  ]);
}

/** Whether the shop bargains, and by which rules. */
function Standing() {
  const { t } = useLingui();
  const home = useRead("homeGet").data;
  if (!home) return null;
  return (
    <>
      <Chip tone={home.paused ? "warn" : home.live ? "accent" : "plain"}>
        {home.paused ? t`Paused` : home.live ? t`Live` : t`Not live yet`}
      </Chip>
      {home.active_rule_set ? <Chip>{t`Rule set ${home.active_rule_set}`}</Chip> : null}
    </>
  );
}

function Opened({ detail }: { detail: NegotiationDetail }) {
  const { t } = useLingui();
  const [why, setWhy] = useState(false);
  return (
    <>
      <Talk detail={detail} whyShown={why} onWhy={() => setWhy(!why)}>
        {why ? (
          <div className="min-h-0 flex-1 overflow-y-auto bg-surface min-[1280px]:hidden">
            <Insight detail={detail} />
          </div>
        ) : null}
      </Talk>
      <aside
        aria-label={t`Figures and reasons`}
        className="min-h-0 overflow-y-auto border-s border-line bg-surface max-[1279px]:hidden"
      >
        <Insight detail={detail} />
      </aside>
    </>
  );
}

interface NoneOpenedProps {
  first: NegotiationRow | undefined;
  onOpen: (row: NegotiationRow) => void;
}

function NoneOpened({ first, onOpen }: NoneOpenedProps) {
  const { t } = useLingui();
  const waiting = useSize("awaiting_staff");
  return (
    <EmptyState
      title={waiting > 0 ? t`Choose a negotiation` : t`Nobody waits for you`}
      picture={<Handshake aria-hidden size={28} />}
      action={
        first ? (
          <Button look="primary" onClick={() => onOpen(first)} data-testid="queue-open-first">
            {t`Open the first`}
          </Button>
        ) : undefined
      }
    >
      {t`What a customer offers below your floor, or asks a person for, comes to the top of the queue.`}
    </EmptyState>
  );
}

/** Says who came to the queue since it was last looked at, for those who are elsewhere on the screen. */
function Announce() {
  const { t } = useLingui();
  const rows = useRead("negotiationsList", waitingQuery).data?.items;
  const seen = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!rows) return;
    const before = seen.current;
    seen.current = new Set(rows.map((row) => row.id));
    if (!before) return;
    for (const row of rows)
      if (!before.has(row.id) && row.customer !== null)
        toast.note(t`${row.customer} waits for an answer`);
  }, [rows, t]);
  return null;
}

function PauseButton() {
  const { t } = useLingui();
  const paused = useRead("homeGet").data?.paused ?? false;
  const pause = useWrite("setPaused");
  return (
    <Button
      look={paused ? "primary" : "bad-ghost"}
      busy={pause.isPending}
      onClick={() =>
        pause.mutate([!paused], {
          onSuccess: () => toast.done(paused ? t`Bargaining goes on` : t`Bargaining is paused`),
          onError: (error) => toast.failed(error.message),
        })
      }
      data-testid="pause-all"
    >
      {paused ? t`Resume` : t`Pause all`}
    </Button>
  );
}
