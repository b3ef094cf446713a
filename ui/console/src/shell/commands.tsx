// What can be done right now, from anywhere: the palette lists it, keys run it, the sheet teaches it. A
// screen adds its commands while it is shown and takes them away with itself.
import { toast } from "@souk/kit";
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Command {
  id: string;
  label: string;
  /** `Mod+K`, `g h` (one after the other), `?`. */
  keys?: string;
  /** Heading that it stands under in the sheet. */
  group: string;
  run: () => void;
  /** Known to the sheet and to keys, but not worth a line in the palette. */
  hidden?: boolean;
}

let current: Command[] = [];
const watchers = new Set<() => void>();

function change(next: Command[]) {
  current = next;
  for (const watcher of watchers) watcher();
}

/** All commands that can be run now. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => current,
  );
}

/** Offers commands while the calling component is shown. */
export function useCommands(commands: readonly Command[]) {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands.map((one) => `${one.id}|${one.label}|${one.keys ?? ""}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says when the list itself changed
  useEffect(() => {
    const mine = latest.current.map((one) => ({
      ...one,
      run: () => latest.current.find((now) => now.id === one.id)?.run(),
    }));
    change([...current, ...mine]);
    return () => change(current.filter((one) => !mine.includes(one)));
  }, [shape]);
}

let pressed = "";
let pressedAt = 0;
const sequenceMsMax = 1200;

/** Runs the command whose keys were pressed. Letters alone never fire while somebody types. */
export function onKey(event: KeyboardEvent) {
  const asked = document.querySelector("[role=dialog]") !== null;
  if (event.key === "Escape" && !asked && toast.putAway()) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  const typing = target?.matches("input, textarea, select, [contenteditable=true]") ?? false;
  const mod = event.ctrlKey || event.metaKey;
  if (typing && !mod) return;
  if (!mod && asked && event.key !== "?") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = mod && event.shiftKey;
  const name = `${mod ? "Mod+" : ""}${shift ? "Shift+" : ""}${event.altKey ? "Alt+" : ""}${key}`;
  const sequence = performance.now() - pressedAt < sequenceMsMax ? `${pressed} ${name}` : "";
  const found =
    findKeys(sequence) ?? findKeys(name) ?? (event.key === "?" ? findKeys("?") : undefined);
  pressed = name;
  pressedAt = performance.now();
  if (!found) return;
  event.preventDefault();
  pressed = "";
  found.run();
}

function findKeys(keys: string): Command | undefined {
  if (keys === "") return undefined;
  return current.findLast((one) => one.keys?.toLowerCase() === keys.toLowerCase());
}
