import { expect, it } from "vitest";
import type { Command } from "./commands.tsx";
import { matching } from "./matching.ts";

const command = (label: string, group = "Go to", hidden = false): Command => ({
  id: label,
  label,
  group,
  hidden,
  run: () => undefined,
});
const all = [
  command("Home"),
  command("Open the shop", "Store"),
  command("Pricing"),
  command("Next row", "Lists", true),
];

it.each([
  ["", ["Home", "Open the shop", "Pricing"]],
  ["pri", ["Pricing"]],
  ["STORE shop", ["Open the shop"]],
  ["ho", ["Home", "Open the shop"]],
  ["row", []],
  ["nothing like it", []],
])("%j finds %j", (typed, labels) => {
  expect(matching(all, typed).map((one) => one.label)).toEqual(labels);
});
