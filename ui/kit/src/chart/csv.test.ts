import { expect, it } from "vitest";
import { toCsv } from "./csv.ts";

it.each([
  ["plain", "plain"],
  ["-4.5", "-4.5"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["=1+1", "'=1+1"],
  ["-1+cmd", "'-1+cmd"],
  ["@sum", "'@sum"],
  ["line\nbreak", '"line\nbreak"'],
])("%j is written as %j", (cell, expected) => {
  expect(toCsv([[cell]])).toBe(`\uFEFF${expected}\r\n`);
});
