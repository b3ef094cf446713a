// Onboarding: each step saved as it is typed, resumable after a kill, ending in "go live".

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { Window } from "../harness/window.mjs";
import { PRODUCT } from "./product.mjs";

const CONTACT = "hello@lantern-and-lark.example";

/** Waits until what was typed is said to be kept. */
const saved = (window, name) =>
  window.waitFor(css(`[data-testid="${name}"][data-state="saved"]`), { timeoutMs: 10_000 });

/** The day after this one, as it is typed. */
export function tomorrow() {
  return new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
}

/** A part of the segment that was made last. */
const made = (part) => css(`[data-testid="segment"]:last-child [data-testid="${part}"]`);

/** How many customers are in the segment that was made last. */
async function members(window) {
  const words = await window.read(made("segment-customers"));
  return Number(words.replace(/\D/g, ""));
}

/** Waits until the segment holds fewer than before, and gives how many. */
async function fewer(window, before, whom) {
  await until(`only ${whom} are left`, async () => (await members(window)) < before);
  return members(window);
}

export const onboarding = [
  {
    name: "the store is described as one types",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-onboarding"));
      await window.click(id("onboarding-step-store"));
      await window.type(id("onboarding-store-contact"), CONTACT);
      await saved(window, "onboarding-store-saved");
      await window.axe("onboarding, store");
      await window.shot(picture);
    },
  },
  {
    name: "a kill in the middle loses nothing that was typed",
    async act(stage) {
      await stage.window.kill();
      stage.window = await Window.open(stage);
      await stage.window.click(id("nav-onboarding"), { timeoutMs: 30_000 });
      await stage.window.click(id("onboarding-step-store"));
      const kept = await stage.window.value(id("onboarding-store-contact"));
      hold("the contact is still there", kept === CONTACT, kept);
    },
  },
  {
    name: "the catalogue is there",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("onboarding-step-catalogue"));
      await window.waitFor(id("import-choose"));
      await window.axe("onboarding, catalogue");
      await window.shot(picture);
    },
  },
  {
    name: "a segment is made of a country, a spend, an order count and a tag; each narrows it",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-onboarding"));
      await window.click(id("onboarding-step-segments"));
      await window.waitFor(id("segment"));
      const before = await window.count(id("segment"));
      await window.click(id("segment-add"));
      await until("it is there", async () => (await window.count(id("segment"))) === before + 1);
      const all = await members(window);
      await window.type(made("segment-label"), "Trade at home");
      await window.look("segment-countries", "Kingdom", "GB", made("segment-countries"));
      const ofCountry = await fewer(window, all, "those of the country");
      await window.type(made("segment-spend"), "500");
      const ofSpend = await fewer(window, ofCountry, "those who spent as much");
      await window.type(made("segment-orders"), "3");
      const ofOrders = await fewer(window, ofSpend, "those who ordered as often");
      await window.type(made("segment-tags"), "wholesale");
      const ofTag = await fewer(window, ofOrders, "those with the tag");
      hold("some are left", ofTag > 0, ofTag);
      await saved(window, "onboarding-segments-saved");
      await window.axe("onboarding, segments");
      await window.shot(picture);
      await window.click(made("segment-remove"));
      await until("it is gone again", async () => (await window.count(id("segment"))) === before);
      await saved(window, "onboarding-segments-saved");
    },
  },
  {
    name: "launch constraints are set",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("onboarding-step-launch"));
      await window.click(id("launch-all-categories"));
      await window.type(id("launch-budget"), "500");
      await window.pick("launch-approver", "manager");
      await saved(window, "onboarding-launch-saved");
      await window.axe("onboarding, launch constraints");
      await window.shot(picture);
    },
  },
];

export const goLive = [
  {
    name: "the checklist ends in going live",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-onboarding"));
      await window.click(id("onboarding-step-go-live"));
      await window.waitFor(id("open-shop"));
      if ((await window.count(id("go-live"))) > 0) await window.click(id("go-live"));
      await until("the store is live", async () => (await window.count(id("go-live"))) === 0);
      await window.axe("onboarding, go live");
      await window.shot(picture);
      await window.click(id("open-shop"));
      stage.shop = await until("the shop is opened in a browser", () => stage.links().at(-1));
    },
  },
  {
    name: "nothing is bargained on before the day that was typed",
    async act(stage, picture) {
      const { window } = stage;
      const offered = async () => {
        const page = await fetch(`${stage.shop.replace(/\/$/, "")}/p/${PRODUCT.sku}`);
        return (await page.text()).includes('data-testid="offer-open"');
      };
      hold("the product is bargained on", await offered());
      await window.click(id("onboarding-step-launch"));
      await window.type(id("launch-date"), tomorrow());
      await saved(window, "onboarding-launch-saved");
      await until("the product's page offers no bargaining", async () => !(await offered()));
      await window.shot(picture);
      await window.type(id("launch-date"), "");
      await saved(window, "onboarding-launch-saved");
      await until("it is bargained on again", offered);
    },
  },
];
