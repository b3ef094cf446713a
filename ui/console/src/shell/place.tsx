// The frame of one place: its name, what it says about itself, its actions, and the state of the whole that
// is always in sight.
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, cx, Dot, Kbd, type Tone } from "@souk/kit";
import { type ReactNode, useEffect, useState } from "react";
import type { ConnectionState } from "../api/bindings.ts";
import { useRead } from "../api/queries.ts";
import { useFormat, useRoleNames } from "./format.ts";
import { openPalette } from "./palette-state.ts";
import { SyncPanel } from "./sync-panel.tsx";

export interface PlaceProps {
  title: string;
  /** What the title stands for just now: a date, a rule set and its state. */
  note?: ReactNode;
  actions?: ReactNode;
  /** The content fills the window itself instead of scrolling in it. */
  fixed?: boolean;
  /** The head holds much: what it says everywhere is said in fewer words. */
  crowded?: boolean;
  children: ReactNode;
}

export function Place({
  title,
  note,
  actions,
  fixed = false,
  crowded = false,
  children,
}: PlaceProps) {
  useEffect(() => {
    document.title = `${title} · Souk`;
  }, [title]);
  return (
    <div className="grid h-screen min-w-0 grid-rows-[auto_1fr]">
      <header className="flex min-h-[44px] flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-[7px]">
        <h1 className="text-m font-semibold tracking-[-0.01em]">{title}</h1>
        {note}
        <span className="flex-1" />
        <Standing brief={crowded} />
        {actions ? <div className="ms-auto flex items-center gap-2">{actions}</div> : null}
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={cx(
          "min-h-0 outline-none",
          fixed ? "overflow-hidden" : "overflow-y-auto px-[22px] py-[18px]",
        )}
      >
        {children}
      </main>
    </div>
  );
}

/** Which role, and whether what is shown is the store's latest word. */
function Standing({ brief }: { brief: boolean }) {
  const { t } = useLingui();
  const roles = useRoleNames();
  const connection = useRead("connectionState").data;
  if (!connection) return null;
  return (
    <>
      {connection.staff && !brief ? (
        <Chip title={connection.staff.name}>
          {roles[connection.staff.role] ?? connection.staff.role}
        </Chip>
      ) : null}
      <SyncState connection={connection} brief={brief} />
      <Button look="ghost" className="!px-1" onClick={openPalette} data-testid="open-palette">
        <span className="sr-only">{t`Command palette`}</span>
        <Kbd keys="Mod+K" quiet />
      </Button>
    </>
  );
}

function SyncState({ connection, brief }: { connection: ConnectionState; brief: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const now = useNow(5000);
  const [open, setOpen] = useState(false);
  const { online, waiting, conflicts, last_pulled_at: last } = connection.sync;
  const ago = last && !brief ? format.ago(last, Math.max(now, Date.parse(last))) : "";
  let tone: Tone = "accent";
  let words = ago ? t`Synced · ${ago}` : t`Synced`;
  if (connection.opening) {
    tone = "plain";
    words = t`Opening the store…`;
  } else if (conflicts > 0) {
    tone = "bad";
    words = t`Conflicts: ${conflicts}`;
  } else if (!online) {
    tone = "warn";
    words = waiting > 0 ? t`Offline · edits waiting: ${waiting}` : t`Offline`;
  } else if (waiting > 0) {
    tone = "warn";
    words = t`Sending · edits waiting: ${waiting}`;
  }
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex items-center gap-[6px] rounded-sm px-1 py-[3px] text-s whitespace-nowrap text-soft hover:text-text"
        data-testid="sync-state"
        data-online={online}
        data-waiting={waiting}
      >
        <Dot tone={tone} />
        {words}
      </button>
      {open ? <SyncPanel sync={connection.sync} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** The present, read anew every so often. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
