import { useLingui } from "@lingui/react/macro";
import { useRef } from "react";
import type { EditorProps } from "./chip-editor.tsx";
import { readDay, readTime } from "./moments.ts";
import { Typed } from "./typed.tsx";

/** A stretch of the day by the wall clock; it may pass midnight. */
export function TimeEditor({ value, onChange }: EditorProps) {
  const { t } = useLingui();
  const ends = useRef<{ from?: string; until?: string }>({ ...(value as object | undefined) });
  const set = (side: "from" | "until", time: string | undefined) => {
    if (time === undefined) return;
    ends.current = { ...ends.current, [side]: time };
    const { from, until } = ends.current;
    if (from !== undefined && until !== undefined) onChange({ from, until });
  };
  return (
    <div className="grid grid-cols-2 gap-3">
      {(["from", "until"] as const).map((side) => (
        <Typed
          key={side}
          label={side === "from" ? t`From` : t`Until, not included`}
          shown={ends.current[side] ?? ""}
          read={readTime}
          wrong={t`A time, such as 17:30.`}
          placeholder={side === "from" ? "09:00" : "17:30"}
          onChange={(time) => set(side, time)}
          first={side === "from"}
          data-testid={`edit-time-${side}`}
        />
      ))}
    </div>
  );
}

/** From one local moment until another; either may be open. */
export function WindowEditor({ value, side, onChange }: EditorProps) {
  const { t } = useLingui();
  const first = (value ?? {}) as { from?: string; until?: string };
  const ends = useRef({
    from: { day: first.from?.slice(0, 10), time: first.from?.slice(11) },
    until: { day: first.until?.slice(0, 10), time: first.until?.slice(11) },
  });
  function set(end: "from" | "until", part: "day" | "time", text: string | undefined) {
    ends.current = { ...ends.current, [end]: { ...ends.current[end], [part]: text } };
    const { from, until } = ends.current;
    const next = {
      ...(from.day ? { from: `${from.day}T${from.time || "00:00"}` } : {}),
      ...(until.day ? { until: `${until.day}T${until.time || "00:00"}` } : {}),
    };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  }
  return (
    <div className="flex flex-col gap-3">
      {(["from", "until"] as const).map((end) => (
        <div key={end} className="grid grid-cols-[minmax(0,1fr)_96px] gap-2">
          <Typed
            label={end === "from" ? t`From this day` : t`Until this day, not included`}
            shown={ends.current[end].day ?? ""}
            read={readDay}
            wrong={t`A day, such as 2026-12-24.`}
            placeholder={t`year-month-day`}
            onChange={(day) => set(end, "day", day)}
            first={end === (side === "until" ? "until" : "from")}
            data-testid={`edit-window-${end}`}
          />
          <Typed
            label={t`at`}
            shown={ends.current[end].time ?? ""}
            read={readTime}
            wrong={t`A time, such as 17:30.`}
            placeholder="00:00"
            onChange={(time) => set(end, "time", time)}
            data-testid={`edit-window-${end}-time`}
          />
        </div>
      ))}
    </div>
  );
}
