/** The last `days` days up to now, on whole hours so that the same question is not asked twice. */
export function lastDays(days: number, now = Date.now()): { from: string; until: string } {
  const hour = 3_600_000;
  const until = Math.ceil(now / hour) * hour;
  return {
    from: new Date(until - days * 24 * hour).toISOString(),
    until: new Date(until).toISOString(),
  };
}
