import { useLingui } from "@lingui/react/macro";
import { Chip, cx } from "@souk/kit";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { NegotiationRow } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";
import { useNow } from "../../shell/place.tsx";
import { useLastWord, useStateWords } from "./words.ts";

export interface QueueProps {
  rows: readonly NegotiationRow[];
  chosen: string | undefined;
  onOpen: (row: NegotiationRow) => void;
  loading: boolean;
  view: string;
  /** Called when the last rows come into sight, to fetch more. */
  onEnd: () => void;
}

/** Who waits, the one who needs an answer most at the top. Any number of rows. */
export function Queue({ rows, chosen, onOpen, loading, view, onEnd }: QueueProps) {
  const { t } = useLingui();
  const format = useFormat();
  const stateWords = useStateWords();
  const lastWord = useLastWord();
  const now = useNow(1000);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => 64,
    overscan: 8,
  });
  const last = virtual.getVirtualItems().at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onEnd();
  }, [last, rows.length, onEnd]);
  if (rows.length === 0 && !loading) {
    return (
      <p className="px-4 py-6 text-soft">
        {view === "awaiting_staff" ? t`Nothing waits for you.` : t`None just now.`}
      </p>
    );
  }
  return (
    <div ref={box} className="min-h-0 flex-1 overflow-y-auto">
      <ul aria-label={t`Queue`} className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const state = stateWords(row);
          const on = row.id === chosen;
          return (
            <li
              key={row.id}
              className="absolute inset-x-0"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <button
                type="button"
                onClick={() => onOpen(row)}
                aria-current={on || undefined}
                data-testid="queue-row"
                data-negotiation={row.id}
                className={cx(
                  "grid h-full w-full grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-2 gap-y-1 border-b border-s-3 border-b-line px-[10px] text-start -outline-offset-2",
                  on ? "border-s-accent bg-accent-wash" : "border-s-transparent hover:bg-sunken",
                )}
              >
                <span className="truncate font-medium">
                  {row.customer ?? t`Hidden for your role`}
                  {row.country ? (
                    <span className="font-normal text-soft"> · {row.country}</span>
                  ) : null}
                </span>
                <span className="text-end text-s tabular-nums text-soft">
                  {row.waiting_since
                    ? format.clock(row.waiting_since, now)
                    : format.ago(row.updated_at, now)}
                </span>
                <span className="truncate text-s text-soft">
                  {lastWord(row, format.money)} · {row.quantity} × {row.title}
                </span>
                <Chip tone={state.tone}>{state.words}</Chip>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
