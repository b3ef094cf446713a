// A hosted store: made from the console on a service that has none, and worked on while the service stops and comes back.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { css, id, text } from "../harness/by.mjs";
import { dropFile } from "../harness/file-drop.mjs";
import { Service } from "../harness/service.mjs";
import { hold, until } from "../harness/wait.mjs";
import { Window } from "../harness/window.mjs";

const STORE = "Harbour & Hearth";
export const OWNER = {
  store: "harbour-hearth",
  email: "ida@harbour-and-hearth.example",
  password: "tide tables and embers",
};
export const ITEM = { sku: "HH-001", title: "Enamel harbour lamp" };
/** What the owner chose first. */
const FIRST_PASSWORD = "embers and tide tables";
const CATALOGUE = [
  "sku,title,category,list_price,unit_cost,stock",
  `${ITEM.sku},${ITEM.title},home/lighting,18.50,7.20,12`,
  "HH-002,Hearth brush of birch,home/fireside,14.00,5.10,20",
  "HH-003,Wool blanket in grey,home/textiles,64.00,28.00,6",
  "",
].join("\n");
const DRAFT = "Written without a line";
const TITLE = "Enamel harbour lamp, large";

export const synced = css('[data-testid="sync-state"][data-online="true"][data-waiting="0"]');

/** Leaves the open store; the first screen is there again. */
async function leave(window) {
  await window.click(id("nav-settings"));
  await window.click(id("settings-store"));
  await window.click(id("sign-out"));
  await window.click(id("first-run-hosted"));
}

/** What the refusal of something says, or "" where it was done. */
const refused = async (ask) => {
  try {
    await ask();
    return "";
  } catch (error) {
    return String(error);
  }
};

export const hosted = [
  {
    name: "a hosted service gets its first store from the console",
    async act(stage, picture) {
      const { window } = stage;
      stage.service = await Service.fresh(stage);
      await leave(window);
      await window.type(id("hosted-address"), stage.service.address);
      await window.click(id("hosted-set-up"));
      const address = await window.value(id("set-up-address"));
      hold("the address is taken along", address === stage.service.address, address);
      await window.type(id("set-up-code"), "setup_of_another_service");
      await window.type(id("set-up-store-name"), STORE);
      await window.look("set-up-currency", "GBP", "GBP");
      await window.type(id("set-up-owner-name"), "Ida Brandt");
      await window.type(id("set-up-owner-email"), OWNER.email);
      await window.type(id("set-up-password"), FIRST_PASSWORD);
      await window.click(id("set-up-start"));
      await window.waitFor(css('[data-testid="set-up-code"][aria-invalid="true"]'));
      await window.waitFor(text("That is not the setup code of this service."));
      await window.axe("setting up a hosted store");
      await window.shot(picture);
      await window.type(id("set-up-code"), stage.service.setupCode);
      await window.click(id("set-up-start"));
      await window.waitFor(id("home"), { timeoutMs: 60_000 });
      await window.waitFor(synced, { timeoutMs: 60_000 });
      const store = await window.read(id("rail-store"));
      hold("the store's name is shown", store.includes(STORE), store);
      await window.axe("the home of an empty store");
      await window.shot(`${picture}-home`);
      // nothing of the store before, not for a moment
      await window.session.run(
        `window.rowsSeen = 0;
         new MutationObserver(() => {
           window.rowsSeen += document.querySelectorAll('[data-testid="queue-row"]').length;
         }).observe(document.body, { childList: true, subtree: true });`,
      );
      await window.click(id("nav-negotiations"));
      await window.click(id("queue-view-all"));
      await window.waitFor(text("None just now."));
      const seen = await window.session.run("return window.rowsSeen");
      hold("no negotiation of the store before was shown", seen === 0, seen);
      await window.click(id("nav-home"));
    },
  },
  {
    name: "its catalogue comes in by a file dropped on the window",
    async act(stage, picture) {
      const { window } = stage;
      const path = join(stage.home, "harbour-and-hearth.csv");
      writeFileSync(path, CATALOGUE);
      await window.click(id("nav-onboarding"));
      await window.click(id("onboarding-step-catalogue"));
      const box = await window.place(id("import-choose"));
      await dropFile(path, box, {
        log: join(stage.tour, "window.log"),
        over: async () => {
          await window.waitFor(css('[data-over="true"]'));
          await window.shot(`${picture}-over`);
        },
      });
      const seen = await window.read(id("import-preview"));
      hold("three new products are seen", seen.includes("3 new"), seen);
      await window.click(id("import-run"));
      const done = await window.read(id("import-done"));
      hold("three products came in", done.includes("3 new"), done);
      hold("nothing is sold before going live", (await window.count(id("import-publish"))) === 0);
      await window.shot(picture);
    },
  },
  {
    name: "the console leaves the hosted store and signs in to it again",
    async act(stage, picture) {
      const { window } = stage;
      await leave(window);
      await window.click(id("hosted-set-up"));
      await window.click(id("set-up-back"));
      await window.type(id("hosted-address"), stage.service.address);
      await window.type(id("hosted-store"), OWNER.store);
      await window.type(id("hosted-email"), OWNER.email);
      await window.type(id("hosted-password"), FIRST_PASSWORD);
      await window.axe("signing in");
      await window.shot(picture);
      await window.click(id("hosted-sign-in"));
      await window.waitFor(id("home"), { timeoutMs: 60_000 });
      await window.waitFor(synced, { timeoutMs: 60_000 });
    },
  },
  {
    name: "the owner changes the password; where they were signed in besides, they are not any more",
    async act(stage, picture) {
      const { window, service } = stage;
      await service.signIn({ ...OWNER, password: FIRST_PASSWORD });
      await window.click(id("nav-settings"));
      await window.click(id("settings-sessions"));
      const others = id("session-revoke");
      await window.waitFor(others);
      await window.type(id("password-current"), "not the one it is");
      await window.type(id("password-new"), OWNER.password);
      await window.click(id("password-save"));
      await window.waitFor(css('[data-testid="password-current"][aria-invalid="true"]'));
      await window.axe("a password that was not changed");
      await window.shot(`${picture}-refused`);
      await window.type(id("password-current"), FIRST_PASSWORD);
      await window.type(id("password-new"), OWNER.password);
      await window.click(id("password-save"));
      await until(
        "the form is empty again",
        async () => (await window.value(id("password-current"))) === "",
      );
      await window.waitGone(others);
      await window.axe("a password that was changed");
      await window.shot(picture);
      hold("the script is signed out", (await refused(() => service.read("products"))) !== "");
      const old = await refused(() => service.signIn({ ...OWNER, password: FIRST_PASSWORD }));
      hold("the old password opens nothing", old.includes("unauthenticated"), old);
      await service.signIn(OWNER);
      await window.waitFor(synced);
    },
  },
  {
    name: "the service is killed; rules and products are edited all the same",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-pricing"));
      await window.click(id("rule-set-new"));
      await window.click(id("start-plain"));
      await window.waitFor(id("rule-card"));
      await window.waitFor(synced);
      await stage.service.kill();
      await window.type(id("rule-set-name"), DRAFT);
      await window.waitFor(css('[data-testid="draft-saved"][data-state="saved"]'));
      await window.shot(`${picture}-rules`);
      await window.click(id("nav-catalogue"));
      await window.type(id("catalogue-search"), ITEM.sku);
      await until("the product is found", async () =>
        (await window.read(id("product-row"))).includes(ITEM.title),
      );
      await window.click(id("product-row"));
      await window.type(id("product-title"), TITLE);
      await window.click(id("product-save"));
      await window.waitFor(css('[data-testid="sync-state"][data-online="false"]'), {
        timeoutMs: 30_000,
      });
      await window.waitFor(css('[data-testid="sync-state"]:not([data-waiting="0"])'));
      await window.click(id("drawer-close"));
      await window.waitGone(id("product-drawer"));
      await window.click(id("sync-state"));
      await until("both edits are listed", async () => {
        const said = await window.read(id("sync-panel"));
        return said.includes(ITEM.sku) && (await window.count(id("waiting-edit"))) > 1;
      });
      await window.axe("waiting edits");
      await window.shot(picture);
      await window.click(id("drawer-close"));
      await window.waitGone(id("sync-panel"));
    },
  },
  {
    name: "the console is killed as well; the edits still wait when it is opened again",
    async act(stage, picture) {
      const waiting = css('[data-testid="sync-state"]:not([data-waiting="0"])');
      await stage.window.kill();
      stage.window = await Window.open(stage);
      const { window } = stage;
      await window.waitFor(css('[data-testid="sync-state"][data-online="false"]'), {
        timeoutMs: 30_000,
      });
      await window.waitFor(waiting);
      await window.click(id("sync-state"));
      await until("both edits are listed", async () => {
        const said = await window.read(id("sync-panel"));
        return said.includes(ITEM.sku) && (await window.count(id("waiting-edit"))) > 1;
      });
      await window.shot(picture);
      await window.click(id("drawer-close"));
      await window.waitGone(id("sync-panel"));
      await window.click(id("nav-catalogue"));
      await until("the new title is shown", async () => (await window.words()).includes(TITLE));
    },
  },
  {
    name: "once the service is back both edits arrive",
    async act(stage, picture) {
      const { window, service } = stage;
      await service.start();
      await service.signIn(OWNER);
      await window.waitFor(synced, { timeoutMs: 60_000 });
      await until("the service has the product's new title", async () =>
        JSON.stringify(await service.read("products")).includes(TITLE),
      );
      await until("the service has the draft's new name", async () =>
        JSON.stringify(await service.read("rule-sets")).includes(DRAFT),
      );
      await window.shot(picture);
    },
  },
];
