// The live queue and one negotiation beside it: what was said, what one may do, and why.
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, EmptyState, Segmented, toast } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Handshake } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { NegotiationRow, NegotiationState } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useRead, useReadWhen, useWrite } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { waitingQuery } from "../../shell/rail.tsx";
import { Insight } from "./insight.tsx";
import { Queue } from "./queue.tsx";
import { Talk } from "./talk.tsx";

const views = ["awaiting_staff", "bargaining", "agreed", "all"] as const;
type View = (typeof views)[number];
const none: NegotiationRow[] = [];

export default function Negotiations() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const chosen = useParams({
    strict: false,
    select: (params: { negotiation?: string }) => params.negotiation,
  });
  const [view, setView] = useState<View>("awaiting_staff");
  const [why, setWhy] = useState(false);
  const waitingHead = useRead("negotiationsList", waitingQuery).data;
  const bargaining = useRead("negotiationsList", countOf("bargaining")).data;
  const agreed = useRead("negotiationsList", countOf("agreed")).data;
  const list = usePages<NegotiationRow>(
    "negotiationsList",
    (after) =>
      ipc.negotiationsList({ state: view === "all" ? null : view, q: null, after, limit: 200 }),
    view,
  );
  // rows of another view are not shown under this one's name, not for a moment
  const rows = list.stale ? none : list.rows;
  const detail = useReadWhen(chosen !== undefined, "negotiationGet", chosen ?? "");
  const home = useRead("homeGet").data;
  const size = (page: typeof waitingHead) => page?.total ?? page?.items.length ?? 0;
  const waiting = size(waitingHead);

  const open = (row: NegotiationRow | undefined) =>
    row && void navigate({ to: paths.negotiations(row.id) });
  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === chosen);
    open(rows[Math.max(0, Math.min(rows.length - 1, at + by))]);
  };
  const group = t`Negotiations`;
  useCommands([
    {
      id: "queue-next",
      label: t`Next negotiation`,
      keys: "j",
      group,
      run: () => step(1),
      hidden: true,
    },
    {
      id: "queue-back",
      label: t`Previous negotiation`,
      keys: "k",
      group,
      run: () => step(-1),
      hidden: true,
    },
    {
      id: "queue-close",
      label: t`Back to the queue`,
      keys: "Escape",
      group,
      run: () => void navigate({ to: paths.negotiations() }),
      hidden: true,
    },
  ]);

  return (
    <Place
      title={t`Negotiations`}
      fixed
      note={
        <>
          {home ? (
            <Chip tone={home.paused ? "warn" : home.live ? "accent" : "plain"}>
              {home.paused ? t`Paused` : home.live ? t`Live` : t`Not live yet`}
            </Chip>
          ) : null}
          {home?.active_rule_set ? <Chip>{t`Rule set ${home.active_rule_set}`}</Chip> : null}
        </>
      }
      actions={<PauseButton paused={home?.paused ?? false} />}
    >
      <div className="grid h-full min-h-0 grid-cols-[318px_minmax(0,1fr)_320px] max-[1279px]:grid-cols-[264px_minmax(0,1fr)] max-[759px]:grid-cols-1">
        <section
          aria-label={t`Queue`}
          className={`flex min-h-0 flex-col border-e border-line bg-surface ${chosen ? "max-[759px]:hidden" : ""}`}
        >
          <div className="overflow-x-auto border-b border-line px-2 py-[7px]">
            <Segmented
              label={t`Which negotiations`}
              className="[&>*]:!px-[7px]"
              value={view}
              onChange={(next) => setView(views.find((one) => one === next) ?? "all")}
              data-testid="queue-view"
              choices={[
                { value: "awaiting_staff", label: t`Needs me ${waiting}` },
                { value: "bargaining", label: t`Bargaining ${size(bargaining)}` },
                { value: "agreed", label: t`Agreed ${size(agreed)}` },
                { value: "all", label: t`All` },
              ]}
            />
          </div>
          <p className="sr-only" role="status">
            {t`Waiting for staff: ${waiting}`}
          </p>
          {list.error ? <Failed error={list.error} retry={() => void list.refetch()} /> : null}
          <Queue
            rows={rows}
            chosen={chosen}
            onOpen={open}
            loading={list.loading || list.stale}
            view={view}
            onEnd={list.more}
          />
        </section>
        {detail.data ? (
          <>
            <Talk detail={detail.data} whyShown={why} onWhy={() => setWhy(!why)}>
              {why ? (
                <div className="min-h-0 flex-1 overflow-y-auto bg-surface min-[1280px]:hidden">
                  <Insight detail={detail.data} />
                </div>
              ) : null}
            </Talk>
            <aside
              aria-label={t`Figures and reasons`}
              className="min-h-0 overflow-y-auto border-s border-line bg-surface max-[1279px]:hidden"
            >
              <Insight detail={detail.data} />
            </aside>
          </>
        ) : (
          <div className="overflow-y-auto bg-bg min-[1280px]:col-span-2 max-[759px]:hidden">
            {detail.error && chosen ? (
              <div className="p-6">
                <Failed error={detail.error} retry={() => void detail.refetch()} />
              </div>
            ) : chosen ? null : (
              <EmptyState
                title={waiting > 0 ? t`Choose a negotiation` : t`Nobody waits for you`}
                picture={<Handshake aria-hidden size={28} />}
                action={
                  rows[0] ? (
                    <Button
                      look="primary"
                      onClick={() => open(rows[0])}
                      data-testid="queue-open-first"
                    >
                      {t`Open the first`}
                    </Button>
                  ) : undefined
                }
              >
                {t`What a customer offers below your floor, or asks a person for, comes to the top of the queue.`}
              </EmptyState>
            )}
          </div>
        )}
      </div>
      <Announce rows={waitingHead?.items} />
    </Place>
  );
}

function countOf(state: NegotiationState) {
  return { state, q: null, after: null, limit: 1 };
}

/** Says who came to the queue since it was last looked at, for those who are elsewhere on the screen. */
function Announce({ rows }: { rows: readonly NegotiationRow[] | undefined }) {
  const { t } = useLingui();
  const seen = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!rows) return;
    const before = seen.current;
    seen.current = new Set(rows.map((row) => row.id));
    if (!before) return;
    for (const row of rows)
      if (!before.has(row.id)) toast.note(t`${row.customer} waits for an answer`);
  }, [rows, t]);
  return null;
}

function PauseButton({ paused }: { paused: boolean }) {
  const { t } = useLingui();
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
