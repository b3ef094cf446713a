import { cx } from "../cx.ts";

const apple = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
const signs: Record<string, string> = apple
  ? { Mod: "⌘", Alt: "⌥", Shift: "⇧", Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" }
  : { Mod: "Ctrl", Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };

/** The keys as this system writes them: `Mod+K` is ⌘K on a Mac and Ctrl K elsewhere. */
export function keysText(keys: string): string {
  return keys
    .split("+")
    .map((key) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(apple ? "" : " ");
}

/** Keys to press. `quiet` on a button, whose own name is said already. */
export function Kbd({ keys, quiet = false }: { keys: string; quiet?: boolean }) {
  return (
    <kbd
      aria-hidden={quiet || undefined}
      className={cx(
        "rounded-[4px] border border-b-2 px-[5px] font-sans text-xs leading-[15px] font-normal",
        quiet ? "border-current/40 bg-transparent" : "border-line-strong bg-surface text-soft",
      )}
    >
      {keysText(keys)}
    </kbd>
  );
}
