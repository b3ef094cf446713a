// A hosted store: a service of its own, which stops and comes back while the merchant goes on working.

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { css, id } from "../harness/by.mjs";
import { call, programOf, start } from "../harness/processes.mjs";
import { freePort, until } from "../harness/wait.mjs";
import { PRODUCT } from "./product.mjs";

const DRAFT = "Written without a line";
const TITLE = "Regency cakestand, three tiers";

const synced = css('[data-testid="sync-state"][data-online="true"][data-waiting="0"]');

export const hosted = [
  {
    name: "the console leaves its store and signs in to a hosted one",
    async act(stage, picture) {
      const { window } = stage;
      const data = join(stage.home, "hosted");
      const made = call(stage.souk, ["demo-data", "--data", data, "--json"], {
        timeoutMs: 120_000,
      });
      const owner = JSON.parse(made.trim().split("\n").at(-1));
      stage.hosted = { data, port: await freePort(), owner };
      await serve(stage);
      await window.click(id("nav-settings"));
      await window.click(id("settings-store"));
      await window.click(id("sign-out"));
      await window.click(id("first-run-hosted"));
      if ((await window.count(id("hosted-address"))) === 0) {
        await window.click(id("first-run-start"));
      }
      await window.type(id("hosted-address"), address(stage));
      await window.type(id("hosted-store"), owner.store);
      await window.type(id("hosted-email"), owner.email);
      await window.type(id("hosted-password"), owner.password);
      await window.axe("signing in");
      await window.shot(picture);
      await window.click(id("hosted-sign-in"));
      await window.waitFor(id("home"), { timeoutMs: 60_000 });
      await window.waitFor(synced, { timeoutMs: 60_000 });
      await window.shot(`${picture}-home`);
    },
  },
  {
    name: "the service is killed; rules and products are edited all the same",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-pricing"));
      await window.click(id("rule-set-new"));
      await window.click(id("start-active"));
      await window.waitFor(id("rule-card"));
      await window.waitFor(synced);
      const pid = stage.service.pid;
      process.kill(pid, "SIGKILL");
      await until("the service is gone", () => programOf(pid) === "");
      await window.type(id("rule-set-name"), DRAFT);
      await window.waitFor(css('[data-testid="draft-saved"][data-state="saved"]'));
      await window.shot(`${picture}-rules`);
      await window.click(id("nav-catalogue"));
      await window.type(id("catalogue-search"), PRODUCT.sku);
      await until("the product is found", async () =>
        (await window.read(id("product-row"))).includes(PRODUCT.title),
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
        return said.includes(PRODUCT.sku) && (await window.count(id("waiting-edit"))) > 1;
      });
      await window.axe("waiting edits");
      await window.shot(picture);
      await window.click(id("drawer-close"));
      await window.waitGone(id("sync-panel"));
    },
  },
  {
    name: "once the service is back both edits arrive",
    async act(stage, picture) {
      const { window } = stage;
      await serve(stage);
      await window.waitFor(synced, { timeoutMs: 60_000 });
      await until("the shop shows the new title", async () => {
        const page = await fetch(
          `${address(stage)}/s/${stage.hosted.owner.store}/p/${PRODUCT.sku}`,
        );
        return (await page.text()).includes(TITLE);
      });
      await until("the service has the draft's new name", async () =>
        JSON.stringify(await ruleSets(stage)).includes(DRAFT),
      );
      await window.shot(picture);
    },
  },
];

const address = (stage) => `http://127.0.0.1:${stage.hosted.port}`;

/** The rule sets as the service itself has them, asked by a script of the owner's. */
async function ruleSets(stage) {
  const { owner } = stage.hosted;
  const read = async (path, init) => (await fetch(`${address(stage)}${path}`, init)).json();
  stage.token ??= await read("/v1/sessions", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify({ ...owner, device: "a script" }),
  });
  const { token, store } = stage.token;
  const headers = { authorization: `Bearer ${token}` };
  return read(`/v1/stores/${store.id}/rule-sets`, { headers });
}

/** Starts the service on its data and waits until it answers. */
async function serve(stage) {
  const { data, port } = stage.hosted;
  stage.service = start(stage.souk, ["serve", "--listen", `127.0.0.1:${port}`, "--data", data], {
    log: join(stage.tour, "service.log"),
  });
  await until("the service is ready", async () => (await fetch(`${address(stage)}/readyz`)).ok, {
    timeoutMs: 30_000,
  });
}
