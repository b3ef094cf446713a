import { expect, it } from "vitest";
import { readDay, readTime } from "./moments.ts";

it.each([
  ["17:30", "17:30"],
  ["9", "09:00"],
  ["0930", "09:30"],
  ["9.05", "09:05"],
  ["24:00", null],
  ["12:60", null],
  ["noon", null],
])("%j is the time %j", (typed, time) => expect(readTime(typed)).toBe(time));

it.each([
  ["2026-12-24", "2026-12-24"],
  ["2026/2/1", "2026-02-01"],
  ["24.12.2026", "2026-12-24"],
  ["2026-02-30", null],
  ["24/12/2026", null],
  ["", null],
])("%j is the day %j", (typed, day) => expect(readDay(typed)).toBe(day));
