// How long a deal is held: an ISO 8601 duration of days, hours and minutes, as whole minutes.

const pattern = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** `"PT30M"` is 30; `null` where it is none, or no whole number of minutes. */
export function minutesOf(duration: string): number | null {
  const match = pattern.exec(duration);
  if (!match || !/\d/.test(duration)) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const whole = (days * 24 + hours) * 60 + minutes;
  return seconds % 60 === 0 ? whole + seconds / 60 : null;
}

export function durationOf(minutes: number): string {
  return `PT${minutes}M`;
}
