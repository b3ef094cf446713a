import { useSyncExternalStore } from "react";

type Shown = "palette" | "shortcuts" | null;
let shown: Shown = null;
const watchers = new Set<() => void>();

function show(next: Shown) {
  shown = next;
  for (const watcher of watchers) watcher();
}

export const openPalette = () => show("palette");
export const openShortcuts = () => show("shortcuts");
export const closeOverlay = () => show(null);

/** Which of the two sheets that lie over everything is open. */
export function useOverlay(): Shown {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
}
