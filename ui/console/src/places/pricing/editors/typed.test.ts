import { expect, it } from "vitest";
import { wholeIn } from "./typed.tsx";

it.each([
  ["12", 12],
  ["1,200", 1200],
  ["1.200", 1200],
  ["1 200 000", 1_200_000],
  ["1.5", null],
  ["1,5", null],
  ["12,00", null],
  ["-3", null],
  ["1e3", null],
  ["", null],
  ["2000001", null],
])("%j is %j", (typed, whole) => expect(wholeIn(0, 2_000_000)(typed)).toBe(whole));
