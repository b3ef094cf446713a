// Stretches of time: half open, from the first moment up to, but without, the second.

export interface Stretch {
  from: string;
  until: string;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The last `days` days up to now, on whole hours so that the same question is not asked twice. */
export function lastDays(days: number, now = Date.now()): Stretch {
  const until = Math.ceil(now / hour) * hour;
  return stretch(until - days * day, until);
}

/** A store-zone day, `YYYY-MM-DD`, or the part of it that lies in `within`. */
export function dayStretch(name: string, zone: string, within?: Stretch): Stretch {
  const next = new Date(Date.parse(`${name}T00:00:00Z`) + day).toISOString().slice(0, 10);
  const [from, until] = [startOfDay(name, zone), startOfDay(next, zone)];
  if (!within) return stretch(from, until);
  return stretch(
    Math.max(from, Date.parse(within.from)),
    Math.min(until, Date.parse(within.until)),
  );
}

/** The store's day that holds a moment. */
export function dayOf(at: number, zone: string): string {
  return wallClock(at, zone).slice(0, 10);
}

/** Whether a day begins with this moment. */
export function isMidnight(at: number, zone: string): boolean {
  return startOfDay(dayOf(at, zone), zone) === at;
}

/** The first moment of a day, also where clocks change at midnight. */
function startOfDay(name: string, zone: string): number {
  const wanted = Date.parse(`${name}T00:00:00Z`);
  const guesses = [wanted - day, wanted + day].map((near) => wanted - offset(near, zone));
  const within = guesses.filter((at) => dayOf(at, zone) === name);
  return Math.min(...(within.length > 0 ? within : guesses));
}

function offset(at: number, zone: string): number {
  return Date.parse(`${wallClock(at, zone)}Z`) - at;
}

/** What the clocks in a zone show, to the second: `2026-11-20T09:41:07`. */
function wallClock(at: number, zone: string): string {
  const shown = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: zone,
  }).format(at);
  return shown.replace(" ", "T");
}

function stretch(from: number, until: number): Stretch {
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
}
