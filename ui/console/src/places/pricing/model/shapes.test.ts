import { describe, expect, it } from "vitest";
import { nameOf, readDocument, ruleAt } from "../document.ts";
import { chipsOf, unsaid } from "./clauses.ts";
import { saying, standing, valueSaid } from "./edit.ts";
import { ranked } from "./rank.ts";
import { fits } from "./shapes.ts";
import { everyRule, sifted } from "./sift.ts";

const whole = {
  id: "all",
  name: "All",
  priority: 3,
  when: {
    category: { any_of: ["a"], none_of: ["b"] },
    segment: { any_of: ["vip"], all_of: [] },
    customer: { any_of: ["new"] },
    quantity: { min: 1, max: 9 },
    list_price: { min: "1.00" },
    stock: { min: 1 },
    intent: { max: 50 },
    weekday: { any_of: ["mon"] },
    time: { from: "09:00", until: "17:30" },
    window: { from: "2026-11-01T00:00", until: "2026-12-24T00:00" },
  },
  guardrails: { floor: { margin: "0.18" }, ceiling: { of_list: "1.1" }, max_discount: "0.25" },
  policy: {
    target: { amount: "9.00" },
    max_rounds: 6,
    concession: "linear",
    deal_valid: "PT30M",
    sweeteners: ["free-shipping"],
    combine_with: ["loyalty"],
  },
};

const junk = [
  null,
  true,
  7,
  -0.5,
  "",
  "text",
  [],
  [1],
  ["a", null],
  {},
  { any_of: 3 },
  { min: {} },
];

/** Every place in a value, as the keys that lead to it. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, at]) => places(at, [...path, key]))];
}

function put(value: unknown, path: readonly string[], what: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return what;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = put(copy[key], rest, what);
  return copy;
}

const text = (rules: unknown) =>
  JSON.stringify({ schema: "souk.rules/1", currency: "GBP", timezone: "Europe/London", rules });

describe("a document of anybody's making", () => {
  it("is drawn, ranked and searched with anything anywhere in it", () => {
    for (const path of places(whole)) {
      for (const what of junk) {
        const found = readDocument(text([put(whole, path, what), { id: "other" }]));
        expect(found, path.join("/")).not.toBeNull();
        const rules = found?.rules ?? [];
        const known = { findings: () => ({ count: 0, worst: null }), reach: () => 0 };
        expect(ranked(rules)).toHaveLength(rules.length);
        expect(sifted(rules, { ...everyRule, order: "name" }, known)).toHaveLength(rules.length);
        for (const rule of rules) {
          expect(typeof nameOf(rule)).toBe("string");
          for (const chip of chipsOf(rule)) {
            const value = valueSaid(rule, chip);
            expect(value === undefined || fits(chip.key, value)).toBe(true);
            // said anew, it can be read
            expect(standing(saying(rule, chip, undefined), chip)).toBeUndefined();
          }
          for (const left of unsaid(rule)) expect(standing(rule, left)).toBeUndefined();
        }
      }
    }
  });

  it("reads a right rule whole", () => {
    const [rule] = readDocument(text([whole]))?.rules ?? [];
    expect(rule).toEqual(whole);
    const chips = rule ? chipsOf(rule) : [];
    expect(chips.map((chip) => chip.key)).toContain("window");
    for (const chip of chips) expect(rule && valueSaid(rule, chip)).toBeDefined();
  });

  it("keeps apart what cannot be told apart, and still knows which rule a fault is in", () => {
    const found = readDocument(text([{ id: "a" }, 7, { id: "a", name: "Again" }, { id: "b" }]));
    expect(found?.rules.map((rule) => rule.id)).toEqual(["a", "b"]);
    expect(found?.holes).toEqual([1, 2]);
    const at = (pointer: string) => ruleAt(pointer, found?.holes ?? []);
    expect([at("/rules/0/when"), at("/rules/1"), at("/rules/2/id"), at("/rules/3")]).toEqual([
      0, -1, -1, 1,
    ]);
    expect([at(""), at("/timezone"), at("/rules/30")]).toEqual([-1, -1, 28]);
  });

  it.each(["", "{", "[1,2]", "7", "null", '{"rules":{}}'])("takes %j for no document", (none) =>
    expect(readDocument(none)).toBeNull(),
  );

  it("takes a currency or zone that is none for GBP and UTC", () => {
    const odd = { currency: "pounds", timezone: "Mars/Base", rules: [] };
    expect(readDocument(JSON.stringify(odd))).toMatchObject({ currency: "GBP", timezone: "UTC" });
    expect(readDocument(JSON.stringify({ currency: 3, timezone: {}, rules: [] }))).toMatchObject({
      currency: "GBP",
      timezone: "UTC",
    });
  });
});
