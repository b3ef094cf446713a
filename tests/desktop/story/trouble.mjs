// What goes wrong on the way to a sale: the service killed in the middle of a haggle, a payment nobody answers, a deal
// that is not used in time. Nothing that was said or agreed is lost, and nothing happens twice.

import { css, id } from "../harness/by.mjs";
import { foresee, openBrowser } from "../harness/customer.mjs";
import { call } from "../harness/processes.mjs";
import { hold, until } from "../harness/wait.mjs";
import { fillAddress } from "./checkout.mjs";
import { ITEM, OWNER, synced } from "./hosted.mjs";
import { say, unitsInStock } from "./offers.mjs";

const FIRST = "would you take £12?";
const SECOND = "could you do £13.40?";
/** Over what the bot accepts by itself: 92 % of list. */
const FAIR = "£17.50";
export const BRUSH = { sku: "HH-002", fair: "£13.50" };
/** Long enough to be seen, short enough to be waited for. */
const SHORT = "PT5S";

/** What a page says of a service that is gone. */
const NO_LINE = [/net::ERR_CONNECTION_REFUSED/, /net::ERR_(INCOMPLETE|EMPTY|CONNECTION)/];

/** One rule for all, whose deals hold this long. */
const rules = (store, dealValid) =>
  JSON.stringify({
    schema: "souk.rules/1",
    currency: store.profile.currency,
    timezone: store.profile.timezone,
    rules: [
      {
        id: "all",
        name: "Every sale earns",
        guardrails: { floor: { margin: "0.15" } },
        policy: {
          target: { of_list: "0.95" },
          accept_at: { of_list: "0.92" },
          decline_below: { of_list: "0.40" },
          max_rounds: 5,
          concession: "linear",
          deal_valid: dealValid,
        },
      },
    ],
  });

/** A script of the owner's writes and activates rules. */
async function activate(service, name, dealValid) {
  const document = rules(service.session.store, dealValid);
  const { summary } = await service.write("POST", "rule-sets", { name, document, base_rev: 0 });
  await service.write("POST", `rule-sets/${summary.id}/activate`, {
    base_rev: summary.rev,
    reason: "The story of a sale with trouble",
  });
}

/** A script of the owner's says what is still missing, and opens the shop. */
async function goLive(service) {
  await service.write("PUT", "segments", await service.read("segments"));
  const launch = await service.read("launch");
  const more = { categories: ["home"], approver_role: "owner" };
  await service.write("PUT", "launch", { ...launch, ...more });
  await service.write("POST", "go-live", {});
}

const pageOf = (service, sku) => `${service.address}/s/${OWNER.store}/p/${sku}`;

/** How often the transcript at the console has these words. */
const saidAtConsole = async (window, words) =>
  (await window.read(id("transcript"))).split(words).length - 1;

export const trouble = [
  {
    name: "the service is killed in the middle of a haggle; nothing said is lost",
    async act(stage, picture) {
      const { window, service } = stage;
      await activate(service, "Bargains by the sea", "PT30M");
      await goLive(service);
      await stage.browser?.close();
      stage.browser = await openBrowser(stage);
      const { page } = stage.browser;
      await page.goto(pageOf(service, ITEM.sku));
      stage.stock = await unitsInStock(page);
      await page.getByTestId("offer-open").click();
      await say(page, FIRST);
      await page.getByTestId("offer-message-bot").filter({ hasText: "£" }).last().waitFor();
      await window.click(id("nav-negotiations"));
      await window.click(id("queue-view-all"));
      await window.click(id("queue-row"));
      await until(
        "the console shows the offer",
        async () => (await saidAtConsole(window, FIRST)) === 1,
      );
      foresee(...NO_LINE);
      await service.kill();
      await page.getByTestId("offer-input").fill(SECOND);
      await page.getByTestId("offer-send").click();
      await window.waitFor(css('[data-testid="sync-state"][data-online="false"]'), {
        timeoutMs: 30_000,
      });
      await until("the customer reads that it did not go through", async () =>
        (await page.getByTestId("offer-status").innerText()).includes("no connection"),
      );
      const kept = await page.getByTestId("offer-input").inputValue();
      hold("the customer's words are still there", kept === SECOND, kept);
      await stage.browser.axe("an offer without a line");
      await stage.browser.shot(`${picture}-customer`);
      hold("the console still shows the talk", (await saidAtConsole(window, FIRST)) === 1);
      await window.shot(picture);
    },
  },
  {
    name: "once it is back customer and console go on where they were",
    async act(stage, picture) {
      const { window, service } = stage;
      const { page } = stage.browser;
      foresee(...NO_LINE);
      await service.start();
      await window.waitFor(synced, { timeoutMs: 60_000 });
      await page.getByTestId("offer-send").click();
      const said = page.getByTestId("offer-message-customer").filter({ hasText: SECOND });
      await said.first().waitFor({ timeout: 30_000 });
      hold("it was said once", (await said.count()) === 1);
      await until("the console shows both offers, each once", async () => {
        const counts = [await saidAtConsole(window, FIRST), await saidAtConsole(window, SECOND)];
        return counts.every((count) => count === 1);
      });
      await say(page, `${FAIR}, deal?`);
      await page.getByTestId("offer-checkout").waitFor();
      const state = css('[data-testid="negotiation-state"][data-state="agreed"]');
      await window.waitFor(state);
      const verified = JSON.parse(
        call(stage.souk, ["audit", "verify", "--data", service.data, "--json"]),
      );
      hold("the audit log holds together", JSON.stringify(verified).includes("true"), verified);
      await window.shot(picture);
      await stage.browser.shot(`${picture}-customer`);
    },
  },
  {
    name: "a payment that nobody answers keeps the deal; the next one places the order",
    async act(stage, picture) {
      const { page } = stage.browser;
      await page.getByTestId("offer-checkout").click();
      await fillAddress(page);
      await page.getByTestId("checkout-pay-timeout").check();
      foresee(/^402 .*\/checkout/);
      await page.getByTestId("checkout-submit").click();
      await page.getByTestId("checkout-error").waitFor();
      await stage.browser.axe("a payment without an answer");
      await stage.browser.shot(picture);
      const goods = await page.getByTestId("checkout-goods").innerText();
      hold("the goods are still at the deal's price", goods === FAIR, goods);
      await page.getByTestId("checkout-pay-approve").check();
      await page.getByTestId("checkout-submit").click();
      await page.getByTestId("order-number").waitFor();
      await page.goto(pageOf(stage.service, ITEM.sku));
      const left = await unitsInStock(page);
      hold("one unit was sold, not two", left === stage.stock - 1, { before: stage.stock, left });
    },
  },
  {
    name: "a deal that is not used in time lapses and gives its unit back",
    async act(stage, picture) {
      const { window, service } = stage;
      const { page } = stage.browser;
      await activate(service, "Bargains of a moment", SHORT);
      await page.goto(pageOf(service, BRUSH.sku));
      const before = await unitsInStock(page);
      await page.getByTestId("offer-open").click();
      await say(page, `${BRUSH.fair}, deal?`);
      await page.getByTestId("offer-checkout").waitFor();
      const checkout = await page.getByTestId("offer-checkout").getAttribute("href");
      await until("the customer reads that the time is over", async () =>
        (await page.getByTestId("offer-status").innerText()).includes("not used in time"),
      );
      await stage.browser.axe("a lapsed deal");
      await stage.browser.shot(`${picture}-customer`);
      await window.click(id("queue-view-all"));
      await window.click(id("queue-row"));
      await window.waitFor(css('[data-testid="negotiation-state"][data-state="lapsed"]'));
      await window.axe("a lapsed deal at the console");
      await window.shot(picture);
      foresee(/^4\d\d .*\/checkout/);
      const late = await page.goto(new URL(checkout ?? "", service.address).href);
      hold("the checkout refuses it", late !== null && late.status() >= 400, late?.status());
      await page.goto(pageOf(service, BRUSH.sku));
      const left = await unitsInStock(page);
      hold("the unit is back", left === before, { before, left });
    },
  },
];
