import type { Command } from "./commands.tsx";

/** Commands whose words hold every typed word, those that begin with it first. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = commands.filter((command) => !command.hidden);
  const fitting = shown.filter((command) => {
    const text = `${command.label} ${command.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = (command: Command) =>
    words[0] !== undefined && command.label.toLowerCase().startsWith(words[0]) ? 0 : 1;
  return [...fitting].sort((a, b) => begins(a) - begins(b));
}
