// Onboarding: each step saved as it is typed, resumable after a kill, ending in "go live".

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { Window } from "../harness/window.mjs";

const CONTACT = "hello@lantern-and-lark.example";

/** Waits until what was typed is said to be kept. */
const saved = (window, name) =>
  window.waitFor(css(`[data-testid="${name}"][data-state="saved"]`), { timeoutMs: 10_000 });

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
    name: "segments are named",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("onboarding-step-segments"));
      await window.waitFor(id("segment-add"));
      await window.axe("onboarding, segments");
      await window.shot(picture);
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
];
