// Rules: a draft in a form, the question that proves it, and activation.

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { PRODUCT } from "./product.mjs";

export const rules = [
  {
    name: "a rule set is drafted in a form",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-pricing"));
      await window.click(id("rule-set-new"));
      await window.waitFor(id("rule-form"));
      await window.type(id("rule-set-name"), "Winter bargains");
      await setTerm(window, "rule-floor", "of_list", "80");
      await setTerm(window, "rule-accept-at", "of_list", "92");
      await window.type(id("rule-max-rounds"), "3");
      await window.waitFor(css('[data-testid="draft-saved"][data-state="saved"]'));
      await window.axe("a rule set");
      await window.shot(picture);
    },
  },
  {
    name: "the floor of a product is answered with its trace",
    async act(stage, picture) {
      const { window } = stage;
      await window.type(id("floor-product"), PRODUCT.sku);
      await window.click(id(`floor-product-${PRODUCT.sku}`));
      await window.click(id("floor-ask"));
      const floor = await window.read(id("floor-value"));
      hold(`the floor is ${PRODUCT.floor}`, floor === PRODUCT.floor, floor);
      await window.waitFor(id("trace"));
      await window.shot(picture);
    },
  },
  {
    name: "the rule set is activated",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("rule-set-activate"));
      await window.type(id("activate-reason"), "First rules of the season");
      await window.click(id("activate-confirm"));
      await window.waitGone(id("activate-dialog"));
      await window.click(id("nav-pricing"));
      await window.waitFor(css('[data-testid="rule-set-row"][data-state="active"]'));
      await window.axe("rule sets");
      await window.shot(picture);
    },
  },
];

async function setTerm(window, name, kind, amount) {
  await window.pick(`${name}-kind`, kind);
  await window.type(id(name), amount);
  await until(`${name} is ${amount}`, async () => (await window.value(id(name))) === amount);
}
