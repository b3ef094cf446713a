// Rules by the handful: a template to begin from, those that touch one product changed and doubled together, and the
// map of what has no floor.

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { PRODUCT } from "./product.mjs";
import { chip, HOUSE, importRules, saved, startDraft } from "./rules.mjs";

const cards = id("rule-card");

/** One of its segments is mistyped. */
const SLIP = {
  schema: "souk.rules/1",
  currency: "GBP",
  timezone: "Europe/London",
  rules: [
    { id: "all", guardrails: { max_discount: "0.20" } },
    { id: "trade", when: { segment: { any_of: ["wholsale"] } }, policy: { max_rounds: 3 } },
  ],
};

export const rulesTogether = [
  {
    name: "a template says what its rules are for, and is begun from",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-pricing"));
      await window.click(id("rule-set-new"));
      const open =
        "return document.querySelectorAll('[data-testid=new-set] details[open] li').length";
      await window.click(css('[data-testid="new-set"] details summary'));
      await until("it is explained", async () => (await window.session.run(open)) > 0);
      await window.axe("templates");
      await window.shot(picture);
      await window.click(id("start-clearance"));
      await window.waitFor(chip("clear-out", "max_discount"));
      await window.waitFor(chip("last-few", "stock"));
      await remove(window, "Clearance");
    },
  },
  {
    name: "rules that touch one product are changed together, doubled, and all is taken back",
    async act(stage, picture) {
      const { window } = stage;
      await startDraft(window, "Handful");
      await until("it has four rules", () => has(window, 4));
      await window.look("rules-touching", PRODUCT.sku, PRODUCT.sku);
      await window.waitFor(id("rules-shown"));
      hold("lights do not touch a cakestand", (await window.count(cards)) === 3);
      await window.press("Control+Shift+a");
      await window.waitFor(id("bulk-bar"));
      await window.click(id("bulk-priority"));
      await window.type(id("edit-priority"), "7");
      await window.looksWideAndNarrow("bulk-edit");
      await window.shot(picture);
      await window.click(id("bulk-done"));
      await window.waitFor(saved);
      for (const rule of [HOUSE, "wholesale-by-the-dozen", "vip-kindness"]) {
        hold(`${rule} is changed`, (await window.read(chip(rule, "priority"))) === "7");
      }
      await window.click(id("bulk-duplicate"));
      await until("three more stand there", () => has(window, 7));
      await window.press("Control+z");
      await until("the copies are gone", () => has(window, 4));
      await window.waitGone(id("bulk-bar"));
      await window.press("Control+z");
      await until(
        "each has its own priority again",
        async () => (await window.read(chip("vip-kindness", "priority"))) === "10",
      );
      await window.waitFor(saved);
    },
  },
  {
    name: "the map shows where no rule gives a floor, and one is added there",
    async act(stage, picture) {
      const { window } = stage;
      await window.waitFor(id("coverage-cell"));
      hold("all of it has a floor", (await window.count(id("coverage-gap"))) === 0);
      await window.click(chip(HOUSE, "floor"));
      await window.press("Escape");
      for (const key of ["floor", "max_discount"]) {
        await window.session.run(
          "document.querySelector(arguments[0]).focus()",
          chip(HOUSE, key).value,
        );
        await window.press("Delete");
        await window.waitGone(chip(HOUSE, key));
      }
      await window.waitFor(saved);
      await window.waitFor(id("coverage-gap"));
      const gaps = await window.count(id("coverage-gap"));
      await window.click(id("coverage-gap"));
      await window.looksWideAndNarrow("coverage");
      await window.shot(picture);
      await window.click(id("coverage-add-floor"));
      await until("fewer are left", async () => (await window.count(id("coverage-gap"))) < gaps);
      await window.waitFor(saved);
      await remove(window, "Handful");
    },
  },
  {
    name: "a segment that the store has not is noted, with the one that was meant",
    async act(stage, picture) {
      const { window } = stage;
      await importRules(stage, "slip", SLIP);
      const notes = await window.read(id("check-notes"));
      hold("the one that was meant is named", notes.includes('Was "wholesale" meant?'), notes);
      await window.looksWideAndNarrow("notes");
      await window.shot(picture);
      await remove(window, "slip");
    },
  },
];

/** Whether the set has so many rules, in sight or not. */
async function has(window, rules) {
  return (await window.read(id("tab-rules"))).endsWith(` ${rules}`);
}

/** Deletes the one draft of that name. */
async function remove(window, name) {
  await window.click(id("nav-pricing"));
  await window.type(id("sets-search"), name);
  await window.click(id("set-delete"));
  await window.click(id("delete-confirm"));
  await window.waitGone(id("delete-dialog"));
  await window.type(id("sets-search"), "");
}
