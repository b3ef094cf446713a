import { expect, it } from "vitest";
import { instantOf, knownZone, localOf } from "./zone.ts";

it.each([
  ["2026-12-24T09:00", "Europe/London", "2026-12-24T09:00:00.000Z"],
  ["2026-07-01T09:00", "Europe/London", "2026-07-01T08:00:00.000Z"],
  ["2026-07-01T09:00", "America/New_York", "2026-07-01T13:00:00.000Z"],
  // the clocks go forward at 01:00: 01:30 does not exist and is moved on by an hour
  ["2026-03-29T01:30", "Europe/London", "2026-03-29T01:30:00.000Z"],
  // they go back at 02:00: of the two, the first
  ["2026-10-25T01:30", "Europe/London", "2026-10-25T00:30:00.000Z"],
  ["2026-10-25T03:30", "Europe/London", "2026-10-25T03:30:00.000Z"],
  ["never", "Europe/London", null],
])("%s in %s is %s", (local, zone, instant) => expect(instantOf(local, zone)).toBe(instant));

it.each([
  ["2026-12-24T09:00", "Europe/London"],
  ["2026-07-01T23:59", "Asia/Kathmandu"],
  ["2026-10-25T01:30", "Europe/London"],
])("%s in %s comes back from its instant", (local, zone) =>
  expect(localOf(instantOf(local, zone) ?? "", zone)).toBe(local),
);

it("takes a zone that is none for UTC", () => expect(knownZone("Mars/Olympus")).toBe("UTC"));
