// Days and times of day as people type them, as the document writes them.

/** `9:30`, `0930`, `9` become `09:30`, `09:30`, `09:00`; `null` where it is no time of a day. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(typed.trim());
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? "0")];
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `2026-12-24`, `2026/12/24`, `24.12.2026` become `2026-12-24`; `null` where there is no such day. */
export function readDay(typed: string): string | null {
  const text = typed.trim();
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : dotted
      ? [dotted[3], dotted[2], dotted[1]]
      : [];
  if (!year || !month || !day) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(at.valueOf()) && at.toISOString().startsWith(written) ? written : null;
}
