// A store is taken off this computer while an edit still waits for it: nothing is lost without having been asked.

import { css, id } from "../harness/by.mjs";
import { foresee } from "../harness/customer.mjs";
import { hold, until } from "../harness/wait.mjs";
import { BRUSH } from "./trouble.mjs";

export const farewell = [
  {
    name: "a store that an edit waits for is forgotten only when that is asked for twice",
    async act(stage, picture) {
      const { window, service } = stage;
      foresee(/net::ERR_/);
      await service.kill();
      await window.waitFor(css('[data-testid="sync-state"][data-online="false"]'), {
        timeoutMs: 30_000,
      });
      await window.click(id("nav-catalogue"));
      await window.type(id("catalogue-search"), BRUSH.sku);
      await until("the product is found", async () =>
        (await window.read(id("product-row"))).includes(BRUSH.sku),
      );
      await window.click(id("product-row"));
      await window.type(id("product-title"), "Hearth brush, never sent");
      await window.click(id("product-save"));
      await window.waitFor(css('[data-testid="sync-state"]:not([data-waiting="0"])'));
      await window.click(id("drawer-close"));
      await window.waitGone(id("product-drawer"));
      await window.click(id("nav-settings"));
      await window.click(id("settings-store"));
      await window.click(id("sign-out"));
      await window.waitFor(id("sign-out-dialog"));
      await window.axe("signing out with edits that wait");
      await window.shot(`${picture}-sign-out`);
      await window.click(id("sign-out-force"));
      await window.waitFor(id("first-run"));
      const stores = css('[data-testid^="known-forget-"]');
      await window.waitFor(stores);
      const before = await window.count(stores);
      await window.click(stores);
      const asked = await window.read(id("known-forget-dialog"));
      hold("how many wait is told", asked.includes("Edits wait to be sent: 1"), asked);
      await window.axe("forgetting a store with edits that wait");
      await window.shot(picture);
      await window.click(id("dialog-close"));
      await window.waitGone(id("known-forget-dialog"));
      hold("it is still known", (await window.count(stores)) === before);
      await window.click(stores);
      await window.click(id("known-forget-force"));
      await until("it is off the list", async () => (await window.count(stores)) === before - 1);
      await window.axe("the first screen with stores that are known");
      await window.shot(`${picture}-forgotten`);
    },
  },
];
