// Rules: a draft written as sentences, what is wrong with it and its mend, what it would have done, and its way
// through review to effect.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { css, id } from "../harness/by.mjs";
import { chooseFile, saveFile } from "../harness/file-dialog.mjs";
import { hold, until } from "../harness/wait.mjs";
import { PRODUCT } from "./product.mjs";

/** The rule of the sample store that holds for everything. */
export const HOUSE = "every-sale-earns";

/** Right in nothing but its outline. */
const FAULTY = {
  schema: "souk.rules/1",
  currency: "GBP",
  timezone: "Mars/Olympus",
  rules: [
    { id: "a", name: "Too much", guardrails: { floor: { margin: "1.2" }, max_discount: 0.2 } },
    { id: "b", when: { categry: {}, window: { from: "soon" }, quantity: "many" }, priority: {} },
    7,
    { id: "a", name: "The same again" },
  ],
};

export const saved = css('[data-testid="draft-saved"][data-state="saved"]');
const checked = (errors) =>
  css(`[data-testid="check-note"][data-state="done"][data-errors="${errors}"]`);
const chip = (rule, key) => css(`[data-id="${rule}"] [data-testid="chip-${key}"]`);
const state = (name) => css(`[data-testid="rule-set-state"][data-state="${name}"]`);

export const rules = [
  {
    name: "a rule set is written as sentences",
    async act(stage, picture) {
      const { window } = stage;
      await startDraft(window, "Winter bargains");
      await window.click(chip(HOUSE, "floor"));
      await window.click(id("edit-floor-kind-of_list"));
      await window.type(id("edit-floor"), "80");
      await window.axe("a chip's editor");
      await window.shot(`${picture}-chip`);
      await window.press("Enter");
      await window.click(chip(HOUSE, "max_rounds"));
      await window.type(id("edit-max_rounds"), "3");
      await window.press("Enter");
      await window.waitFor(saved);
      await window.waitFor(checked(0));
      await window.axe("a rule set");
      await window.shot(picture);
    },
  },
  {
    name: "the floor of a product is answered with its trace",
    async act(stage, picture) {
      const { window } = stage;
      await window.look("floor-product", PRODUCT.sku, PRODUCT.sku);
      await until(
        `the floor is ${PRODUCT.floor}`,
        async () => (await window.read(id("floor-value"))) === PRODUCT.floor,
      );
      await window.waitFor(id("trace"));
      await window.shot(picture);
    },
  },
  {
    name: "a collision is found while it is typed, shown by a sale, and mended",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("rule-new"));
      await window.waitFor(chip("new-rule", "priority"));
      await until("the new rule has the focus", () =>
        window.session.run("return document.activeElement?.dataset.id === 'new-rule'"),
      );
      await window.press("+");
      await window.type(id("add-menu"), "ceiling");
      await window.press("Enter");
      await window.type(id("edit-ceiling"), "60");
      await window.press("Enter");
      await window.waitFor(css('[data-testid="finding"][data-kind="contradiction"]'));
      await window.click(id("finding-show"));
      await window.waitFor(css('[data-testid="floor-answer"][data-outcome="blocked"]'));
      await window.looksWideAndNarrow("finding");
      await window.shot(picture);
      await window.click(id("finding-fix"));
      await window.waitFor(checked(0));
      await window.shot(`${picture}-mended`);
    },
  },
  {
    name: "what was done is taken back, and done again",
    async act(stage, picture) {
      const { window } = stage;
      await window.press("Control+z");
      await window.waitFor(css('[data-testid="finding"][data-kind="contradiction"]'));
      await window.press("Control+Shift+z");
      await window.waitFor(checked(0));
      // the mend, the ceiling, the rule itself
      for (let step = 0; step < 3; step += 1) await window.press("Control+z");
      await window.waitGone(chip("new-rule", "priority"));
      await window.waitFor(saved);
      await window.waitFor(checked(0));
      await window.shot(picture);
    },
  },
  {
    name: "past orders are replayed, and the figures saved",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("tab-impact"));
      await window.waitFor(id("impact-figures"), { timeoutMs: 60_000 });
      await window.waitFor(id("impact-by-month"));
      await window.axe("impact");
      await window.shot(picture);
      const file = join(stage.home, "impact.csv");
      await window.click(id("impact-csv"));
      await saveFile("Export the replay", file);
      await until("the figures are written", () =>
        readFileSync(file, "utf8").includes("home/lights"),
      );
    },
  },
  {
    name: "what changed since the active set is told in words",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("tab-changes"));
      await window.waitFor(css('[data-testid="change"][data-kind="changed"]'));
      await window.click(id("change-json"));
      await window.waitFor(id("change-sides"));
      await window.looksWideAndNarrow("changes");
      await window.shot(picture);
    },
  },
  {
    name: "a file with faults comes in and names them all",
    async act(stage, picture) {
      const { window } = stage;
      await importRules(stage, "faulty-rules", FAULTY);
      const told = await window.read(id("faults"));
      for (const place of ["/timezone", "/rules/0/guardrails/floor", "/rules/1/when", "/rules/2"]) {
        hold(`${place} is told`, told.includes(place), told);
      }
      hold("what can be shown is shown", (await window.count(id("rule-card"))) === 2);
      await window.axe("rules with faults");
      await window.shot(picture);
      await window.click(id("nav-pricing"));
      await window.type(id("sets-search"), "faulty");
      await window.click(id("set-delete"));
      await window.click(id("delete-confirm"));
      await window.waitGone(id("delete-dialog"));
      await window.type(id("sets-search"), "Winter");
      await window.click(id("rule-set-row"));
      await window.waitFor(chip(HOUSE, "floor"));
    },
  },
  {
    name: "the rule set is reviewed",
    async act(stage, picture) {
      const { window } = stage;
      await review(window, picture);
    },
  },
  {
    name: "the rule set is activated",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("rule-set-activate"));
      await window.type(id("activate-reason"), "First rules of the season");
      await window.axe("activating");
      await window.click(id("activate-confirm"));
      await window.waitGone(id("activate-dialog"));
      await window.waitFor(state("active"));
      await window.click(id("nav-pricing"));
      await window.waitFor(css('[data-testid="set-state"][data-state="active"]'));
      await window.axe("rule sets");
      await window.shot(picture);
    },
  },
  {
    name: "a stricter set decides in shadow from now on",
    async act(stage, picture) {
      const { window } = stage;
      await startDraft(window, "Stricter by a little");
      await window.click(chip(HOUSE, "floor"));
      await window.type(id("edit-floor"), "85");
      await window.press("Enter");
      await window.waitFor(saved);
      await review(window, picture);
      await window.click(id("rule-set-shadow"));
      await window.waitFor(state("shadow"));
      await window.click(id("tab-shadow"));
      await window.waitFor(id("shadow-empty"));
      await window.axe("shadow, empty");
    },
  },
];

/** Writes rules to a file and takes them in by the desktop's dialog. */
export async function importRules({ window, home }, name, document) {
  const file = join(home, `${name}.json`);
  writeFileSync(file, JSON.stringify(document));
  await window.click(id("nav-pricing"));
  await window.click(id("rules-import"));
  await chooseFile("Import rules", file);
}

/** A new draft from the active set, under a name; a second click makes no second one. */
export async function startDraft(window, name) {
  const rows = id("rule-set-row");
  await window.click(id("nav-pricing"));
  await window.waitFor(rows);
  const before = await window.count(rows);
  await window.click(id("rule-set-new"));
  await window.axe("where a rule set begins");
  await window.doubleClick(id("start-active"));
  await window.waitFor(chip(HOUSE, "floor"));
  await window.type(id("rule-set-name"), name);
  await window.waitFor(saved);
  await window.click(id("nav-pricing"));
  await until("the list has one more", async () => (await window.count(rows)) > before);
  const made = (await window.count(rows)) - before;
  hold("one draft was made", made === 1, made);
  hold("nothing failed", (await window.count(css('[data-sonner-toast][data-type="error"]'))) === 0);
  await window.type(id("sets-search"), name);
  await window.click(rows);
  await window.waitFor(chip(HOUSE, "floor"));
}

/** Sent, every warning acknowledged, approved: by the only person of the store, who says why. */
async function review(window, picture) {
  await window.click(id("rule-set-submit"));
  await window.type(id("submit-reason"), "For the season");
  await window.click(id("submit-confirm"));
  await window.waitFor(state("in_review"));
  await window.click(id("tab-review"));
  await window.waitFor(id("verdict"));
  await window.looksWideAndNarrow("review");
  for (let left = await open(window); left > 0; left = await open(window)) {
    await window.click(id("review-acknowledge"));
    await window.type(id("acknowledge-reason"), "Known and wanted");
    await window.click(id("acknowledge-confirm"));
    await window.waitGone(id("acknowledge-dialog"));
    await until("one warning less is open", async () => (await open(window)) < left);
  }
  await window.shot(`${picture}-review`);
  await window.click(id("review-approve"));
  await window.type(id("approve-reason"), "Looked at twice");
  await window.click(id("approve-confirm"));
  await window.waitGone(id("approve-dialog"));
  await window.waitFor(id("rule-set-activate"));
}

const open = (window) => window.count(id("review-acknowledge"));

export { chip, state };
