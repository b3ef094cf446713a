import { expect, it } from "vitest";
import { sameRules } from "./same.ts";

const a = { id: "a", name: "A", priority: 1, when: { quantity: { min: 1, max: 2 } } };
const b = { id: "b", name: "B", policy: { sweeteners: ["x", "y"] } };

it.each([
  ["the order of rules", [b, a], true],
  ["the order of keys", [{ ...a, when: { quantity: { max: 2, min: 1 } } }, b], true],
  ["a value", [{ ...a, priority: 2 }, b], false],
  ["a key more", [{ ...a, guardrails: {} }, b], false],
  ["the order within a list", [a, { ...b, policy: { sweeteners: ["y", "x"] } }], false],
  ["a rule less", [a], false],
  ["a rule twice", [a, a], false],
] as const)("%s: the same is %s", (_, other, same) => {
  expect(sameRules([a, b], other as never)).toBe(same);
});
