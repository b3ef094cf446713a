import { describe, expect, it } from "vitest";
import { decimalToMinor, formatMoney, minorToDecimal, percentOf, readDecimal } from "./money.ts";

function check<A extends unknown[], R>(
  name: string,
  run: (...given: A) => R,
  cases: Array<[A, R]>,
) {
  describe(name, () => {
    it.each(cases)("%j is %j", (given, expected) => expect(run(...given)).toEqual(expected));
  });
}

check("minor units to decimal", minorToDecimal, [
  [[945, 2], "9.45"],
  [[5, 2], "0.05"],
  [[-5, 2], "-0.05"],
  [[945, 0], "945"],
  [[1, 3], "0.001"],
  [[9007199254740991, 2], "90071992547409.91"],
  [[9.5, 2], null],
  [[Number.NaN, 2], null],
]);

check("decimal to minor units", decimalToMinor, [
  [["9.45", 2], 945],
  [["9", 2], 900],
  [["9.4", 2], 940],
  [["0.05", 2], 5],
  [["-0.05", 2], -5],
  [["-0", 2], 0],
  [["90071992547409.91", 2], 9007199254740991],
  [["90071992547409.93", 2], null],
  [["9.455", 2], null],
  [["1e3", 2], null],
  [["12", 0], 12],
]);

check("what a person types", readDecimal, [
  [["9.50", "en"], "9.50"],
  [["£9.50", "en"], "9.50"],
  [["1,234.50", "en"], "1234.50"],
  [["9,50", "de"], "9.50"],
  [["1.234,50", "de"], "1234.50"],
  [["9,50", "en"], null],
  [["1.2.3", "en"], null],
  [["1e9", "en"], null],
  [["half", "en"], null],
  [["", "en"], null],
]);

check("money for a reader", formatMoney, [
  [[{ minor: 123450, currency: "GBP" }, "en"], "£1,234.50"],
  [[{ minor: 1234, currency: "JPY" }, "en"], "¥1,234"],
  [[{ minor: 1.5, currency: "GBP" }, "en"], "1.5 GBP"],
]);

check("percent in tenths", percentOf, [
  [[525, 1450], "36.2"],
  [[-525, 1450], "-36.2"],
  [[0, 10], "0.0"],
  [[1, 0], null],
  [[1, 3], "33.3"],
  [[2, 3], "66.7"],
]);
