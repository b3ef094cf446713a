import { expect, it } from "vitest";
import type { Rule } from "../document.ts";
import { chipId, chipsOf, clausesOf, rangeOf, unsaid } from "./clauses.ts";
import { saying, withoutName } from "./edit.ts";

const lights: Rule = {
  id: "lights",
  name: "Lights",
  when: {
    segment: { any_of: ["trade", "vip"], none_of: ["blocked"] },
    category: { any_of: ["home/lights"] },
    quantity: { min: 6, max: 48 },
    window: { from: "2011-11-01T00:00", until: "2011-12-24T00:00" },
  },
  guardrails: { ceiling: { of_list: "1.1" }, floor: { margin: "0.12" } },
  policy: { accept_at: { of_list: "0.92" }, target: { margin: "0.35" } },
};

it("says a rule in a merchant's order, whatever the document's", () => {
  expect(clausesOf(lights).map(({ key, side }) => (side ? `${key} ${side}` : key))).toEqual([
    "category any_of",
    "segment any_of",
    "segment none_of",
    "quantity",
    "window",
    "floor",
    "ceiling",
    "target",
    "accept_at",
  ]);
  expect(chipsOf(lights).map(chipId)).toContain("when:segment:any_of:vip:");
});

it("gives every chip a name of its own", () => {
  const ids = chipsOf(lights).map(chipId);
  expect(new Set(ids).size).toBe(ids.length);
});

it("shows a thousand names as a few and a count", () => {
  const many = Array.from({ length: 1000 }, (_, at) => `sku-${at}`);
  const chips = chipsOf({ id: "a", name: "", when: { product: { any_of: many } } });
  expect(chips).toHaveLength(6);
  expect(chips.at(-1)?.more).toBe(995);
  expect(chipsOf({ id: "a", name: "", when: { product: { any_of: [] } } })).toHaveLength(1);
});

it("offers what is not said yet", () => {
  const keys = unsaid(lights).map((one) => one.key);
  expect(keys).toContain("country");
  expect(keys).not.toContain("floor");
  expect(unsaid({ id: "a", name: "" })).toHaveLength(25);
});

it("takes a name out, and the condition with its last name", () => {
  const what = { group: "when", key: "category" } as const;
  expect(withoutName(lights, what, "any_of", "home/lights").when?.category).toBeUndefined();
  const segment = withoutName(lights, { group: "when", key: "segment" }, "any_of", "vip");
  expect(segment.when?.segment).toEqual({ any_of: ["trade"], none_of: ["blocked"] });
  const bare = saying(
    { id: "a", name: "", policy: { max_rounds: 3 } },
    { group: "policy", key: "max_rounds" },
    undefined,
  );
  expect(bare).toEqual({ id: "a", name: "" });
  expect(rangeOf(undefined, undefined)).toBeUndefined();
});
