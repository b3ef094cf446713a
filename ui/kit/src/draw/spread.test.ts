import { expect, it } from "vitest";
import { spread } from "./spread.ts";

it.each([
  ["leaves room alone", [10, 60], [20, 20], 0, 100, [10, 60]],
  ["pushes neighbours apart", [50, 52], [20, 20], 0, 100, [50, 76]],
  ["keeps within the end", [95, 97], [20, 20], 0, 100, [64, 90]],
  ["keeps within the start", [1], [20], 0, 100, [10]],
] as const)("%s", (_name, at, width, low, high, expected) => {
  const wanted = at.map((one, index) => ({ at: one, width: width[index] ?? 0 }));
  expect(spread(wanted, low, high)).toEqual(expected);
});
