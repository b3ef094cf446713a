// A local date-time of a zone as an instant. In a gap of daylight saving it is moved on by the gap's length,
// of a doubled hour the first counts, as RFC 5545 says.

/** `"2026-12-24T09:00"` in `Europe/London` is `"2026-12-24T09:00:00.000Z"`; `null` where there is no such moment. */
export function instantOf(local: string, zone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null;
  const wall = Date.parse(`${local}:00Z`);
  if (Number.isNaN(wall)) return null;
  const day = 86_400_000;
  // the offsets before and after any change that is near
  const [before, after] = [offsetAt(wall - day, zone), offsetAt(wall + day, zone)];
  const first = wall - before;
  if (offsetAt(first, zone) === before) return new Date(first).toISOString();
  const second = wall - after;
  return new Date(offsetAt(second, zone) === after ? second : first).toISOString();
}

/** What the clocks of a zone show at an instant, to the minute: `"2026-12-24T09:00"`. */
export function localOf(instant: string, zone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

/** A zone that this platform does not know must not take the page down. */
export function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return "UTC";
  }
}
