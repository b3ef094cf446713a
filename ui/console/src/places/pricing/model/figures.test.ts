import { expect, it } from "vitest";
import { difference, share } from "./figures.ts";

it.each([
  ["10.00", "12.50", "2.50", "25.0"],
  ["12.50", "10.00", "-2.50", "-20.0"],
  ["0.10", "0.30", "0.20", "200.0"],
  ["1000", "999", "-1", "-0.1"],
  ["0.00", "5.00", "5.00", null],
  ["9007199254740.99", "9007199254740.99", "0.00", "0.0"],
])("from %s to %s it is %s", (before, after, change, percent) => {
  expect(difference(before, after)).toBe(change);
  expect(share(before, after)).toBe(percent);
});
