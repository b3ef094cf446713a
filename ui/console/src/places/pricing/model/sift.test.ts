import { expect, it } from "vitest";
import type { Finding } from "../../../api/bindings.ts";
import { FindingsByRule, nextFinding, sameFinding } from "./by-rule.ts";
import { everyRule, sifted } from "./sift.ts";

const finding = (
  rules: string[],
  severity: Finding["severity"],
  key: string | null = null,
): Finding => ({
  kind: "ambiguity",
  severity,
  verdict: "certain",
  rules,
  key,
  products: 1,
  witness: null,
  explain: "",
  fixes: [],
});
const findings = [finding(["a", "b"], "error"), finding(["b"], "warning"), finding([], "warning")];
const byRule = new FindingsByRule(findings);
const rules = [
  { id: "a", name: "Lights", priority: 1, guardrails: { max_discount: "0.2" } },
  { id: "b", name: "Garden", priority: 2, policy: { max_rounds: 4 } },
  { id: "c", name: "Toys", priority: 3, when: { category: { any_of: ["toys/Wooden"] } } },
];
const known = {
  findings: (id: string) => byRule.of(id),
  reach: (id: string) => ({ a: 5, b: 1 })[id] ?? 9,
};

it.each([
  ["everything by rank", {}, "c b a"],
  ["by name", { order: "name" }, "b a c"],
  ["by reach", { order: "reach" }, "c a b"],
  ["by findings, the worst first", { order: "findings" }, "b a c"],
  ["those with findings", { kind: "findings" }, "b a"],
  ["guardrails", { kind: "guardrails" }, "a"],
  ["policy", { kind: "policy" }, "b"],
  ["by any word that it says", { typed: "WOODEN toys" }, "c"],
  ["those that touch a product", { touching: new Set(["a", "c"]) }, "c a"],
  ["nothing", { typed: "no such word" }, ""],
] as const)("shows %s", (_, change, ids) => {
  expect(
    sifted(rules, { ...everyRule, ...change }, known)
      .map((rule) => rule.id)
      .join(" "),
  ).toBe(ids);
});

it("counts findings on each rule that they name, and those on none", () => {
  expect(byRule.of("b")).toMatchObject({ count: 2, worst: "error" });
  expect(byRule.of("c")).toMatchObject({ count: 0, worst: null });
  expect(byRule.ofNone).toHaveLength(1);
});

it("goes from finding to finding and round again", () => {
  const first = nextFinding(findings, null);
  expect(first).toBe(findings[0]);
  expect(nextFinding(findings, findings[2] ?? null)).toBe(first);
  expect(nextFinding([], null)).toBeUndefined();
  expect(sameFinding(finding(["a"], "error", "target"), finding(["a"], "error"))).toBe(false);
});
