import { expect, it } from "vitest";
import { dayStretch } from "./stretch.ts";

it.each([
  ["2026-11-20", "Europe/London", "2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"],
  ["2026-11-20", "Asia/Tokyo", "2026-11-19T15:00:00.000Z", "2026-11-20T15:00:00.000Z"],
  // days of 23 and 25 hours
  ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
  // midnight itself is left out
  ["2023-04-28", "Africa/Cairo", "2023-04-27T22:00:00.000Z", "2023-04-28T21:00:00.000Z"],
])("%s in %s is from %s until %s", (name, zone, from, until) => {
  expect(dayStretch(name, zone)).toEqual({ from, until });
});

it("cuts a day to the stretch that it stands in", () => {
  const within = { from: "2026-11-20T09:00:00.000Z", until: "2026-11-20T15:00:00.000Z" };
  expect(dayStretch("2026-11-20", "Europe/London", within)).toEqual(within);
});
