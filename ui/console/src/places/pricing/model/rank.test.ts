import { expect, it } from "vitest";
import { anyRules, dice } from "./dice.ts";
import { replaced } from "./edit.ts";
import { byId, moved, ranked } from "./rank.ts";

it("ranks by priority, then by how many conditions, then by id", () => {
  const rules = [
    { id: "b", name: "", priority: 1 },
    { id: "a", name: "", priority: 1 },
    { id: "c", name: "", priority: 1, when: { quantity: { min: 2 } } },
    { id: "d", name: "", priority: 2 },
    { id: "e", name: "" },
  ];
  expect(ranked(rules).map((rule) => rule.id)).toEqual(["d", "c", "a", "b", "e"]);
  expect(byId("Z", "a")).toBeLessThan(0);
  expect(byId("a", "aa")).toBeLessThan(0);
  // UTF-16 would order these the other way round
  expect(byId("\u{ff5e}", "\u{1f600}")).toBeLessThan(0);
});

it.each(["up", "down"] as const)(
  "moves a rule %s by one place and leaves the rest in order",
  (way) => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const roll = dice(seed);
      const rules = anyRules(roll, 14);
      const order = ranked(rules).map((rule) => rule.id);
      const at = roll(Math.max(order.length, 1));
      const id = order[at];
      const to = way === "up" ? at - 1 : at + 1;
      const other = order[to];
      if (id === undefined) continue;
      const after = ranked(replaced(rules, moved(rules, id, way))).map((rule) => rule.id);
      const wanted = other === undefined ? order : order.with(to, id).with(at, other);
      expect(after).toEqual(wanted);
    }
  },
);

it("changes no more priorities than it must", () => {
  const rules = [30, 20, 10].map((priority, at) => ({ id: `r${at}`, name: "", priority }));
  expect(moved(rules, "r2", "up")).toEqual([{ id: "r2", name: "", priority: 21 }]);
  expect(moved(rules, "r0", "down")).toEqual([{ id: "r0", name: "", priority: 19 }]);
  expect(moved(rules, "r0", "up")).toEqual([]);
});
