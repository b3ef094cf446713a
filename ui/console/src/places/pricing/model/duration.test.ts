import { expect, it } from "vitest";
import { durationOf, minutesOf } from "./duration.ts";

it.each([
  ["PT30M", 30],
  ["PT2H", 120],
  ["P1DT1H1M", 1501],
  ["PT120S", 2],
  ["PT90S", null],
  ["P", null],
  ["30", null],
])("%j is %j minutes", (duration, minutes) => expect(minutesOf(duration)).toBe(minutes));

it("writes what it reads", () => expect(minutesOf(durationOf(45))).toBe(45));
