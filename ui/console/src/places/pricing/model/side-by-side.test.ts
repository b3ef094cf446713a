import { expect, it } from "vitest";
import { anyRule, dice } from "./dice.ts";
import { sideBySide } from "./side-by-side.ts";

it("sets what changed beside what it was", () => {
  const lines = sideBySide('{"a":1,"b":2,"c":3}', '{"a":1,"b":5,"c":3}');
  expect(lines.filter((line) => line.kind === "changed")).toEqual([
    { kind: "changed", before: '  "b": 2,', after: '  "b": 5,' },
  ]);
  expect(sideBySide('{"a":1}', '{ "a": 1 }').every((line) => line.kind === "same")).toBe(true);
});

it("shows a rule that is new, or gone, on one side alone", () => {
  expect(sideBySide(null, "{}")).toEqual([{ kind: "changed", before: null, after: "{}" }]);
  expect(sideBySide("{}", null)).toEqual([{ kind: "changed", before: "{}", after: null }]);
});

it("loses no line of either side", () => {
  for (let seed = 1; seed < 100; seed += 1) {
    const roll = dice(seed);
    const [a, b] = [anyRule(roll, "a"), anyRule(roll, "b")].map((rule) => JSON.stringify(rule));
    const lines = sideBySide(a ?? "", b ?? "");
    const side = (which: "before" | "after") =>
      lines.flatMap((line) => line[which] ?? []).join("\n");
    expect(JSON.parse(side("before"))).toEqual(JSON.parse(a ?? ""));
    expect(JSON.parse(side("after"))).toEqual(JSON.parse(b ?? ""));
  }
});
