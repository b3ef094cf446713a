// A no: pressed in the window in words of one's own, and read by the customer, who may still buy at the list price.

import { css, id } from "../harness/by.mjs";
import { openBrowser } from "../harness/customer.mjs";
import { hold, until } from "../harness/wait.mjs";
import { say } from "./offers.mjs";
import { PRODUCT } from "./product.mjs";

const OFFER = "£9.60";
const WORDS = "Sorry, the last ones went to a hospice.";

export const decline = [
  {
    name: "staff decline in words of their own; the customer reads them and may still buy at list",
    async act(stage, picture) {
      const { window } = stage;
      const browser = await openBrowser(stage);
      try {
        const { page } = browser;
        await page.goto(stage.product);
        await page.getByTestId("offer-open").click();
        await say(page, `${OFFER}?`);
        await page.getByTestId("offer-person").click();
        await window.click(id("nav-negotiations"));
        await window.click(id("queue-view-awaiting_staff"));
        await window.click(id("queue-row"));
        await until("the offer is read", async () =>
          (await window.read(id("decision-headline"))).includes(OFFER),
        );
        await window.press("d");
        const asked = await window.read(id("decline-dialog"));
        hold("the offer that ends is named", asked.includes(OFFER), asked);
        await window.type(id("decline-words"), WORDS);
        await window.axe("declining");
        await window.shot(picture);
        await window.click(id("decision-decline-confirm"));
        await window.waitFor(css('[data-testid="negotiation-state"][data-state="declined"]'));
        await window.waitFor(id("negotiation-ending"));
        await until("the customer reads the words", async () =>
          (await page.getByTestId("offer-panel").innerText()).includes(WORDS),
        );
        hold("nothing more can be offered", !(await page.getByTestId("offer-input").isVisible()));
        await browser.axe("an offer that was declined");
        await browser.shot(`${picture}-customer`);
        await page.reload();
        await page.getByTestId("cart-add").click();
        const line = page.getByTestId("cart-line").filter({ hasText: PRODUCT.title });
        await line.waitFor();
        const words = await line.innerText();
        hold("it is in the basket at the list price", words.includes(PRODUCT.list), words);
        await browser.axe("a basket");
        await browser.shot(`${picture}-basket`);
      } finally {
        await browser.close();
      }
    },
  },
];
