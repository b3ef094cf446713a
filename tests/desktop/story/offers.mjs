// The customer haggles in a real browser, through the widget on the product's page.

import { id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { PRODUCT } from "./product.mjs";

const LOW = "would you take £9.50?";

export const offers = [
  {
    name: "a customer offers £9.50 and is answered in pounds",
    async act(stage, picture) {
      // the merchant looks at the queue meanwhile, so that the next step sees it change by itself
      await stage.window.click(id("nav-negotiations"));
      await stage.window.waitFor(id("queue-view-awaiting_staff"));
      const { page } = stage.browser;
      stage.stock = await unitsInStock(page);
      await page.getByTestId("offer-open").click();
      await page.getByTestId("offer-panel").waitFor();
      await say(page, LOW);
      const answer = page.getByTestId("offer-message-bot").filter({ hasText: "£" }).last();
      await answer.waitFor();
      stage.asked = await page.getByTestId("offer-price").innerText();
      hold("the counteroffer is in pounds", /^£\d+\.\d\d$/.test(stage.asked), stage.asked);
      const minor = pence(stage.asked);
      hold(
        "the counteroffer lies between floor and list",
        minor >= pence(PRODUCT.floor) && minor <= pence(PRODUCT.list),
        stage.asked,
      );
      await stage.browser.axe("an offer");
      await stage.browser.shot(picture);
    },
  },
  {
    name: "the customer goes lower, asks for a person and is passed to staff",
    async act(stage, picture) {
      const { page } = stage.browser;
      await say(page, "£5");
      const person = page.getByTestId("offer-person");
      if (await person.isVisible()) await person.click();
      await until("the customer reads that staff look at it", async () =>
        (await page.getByTestId("offer-status").innerText()).includes("A person of our staff"),
      );
      await stage.browser.axe("an offer with staff");
      await stage.browser.shot(picture);
    },
  },
];

/** Types into the widget and waits until it is said. */
export async function say(page, words) {
  await page.getByTestId("offer-input").fill(words);
  await page.getByTestId("offer-send").click();
  const said = page.locator('[data-testid="offer-message-customer"]:not(.pending)');
  await said.filter({ hasText: words }).first().waitFor();
}

/** Minor units of an amount as it is shown. */
export const pence = (shown) => Math.round(Number(shown.replace(/[^\d.]/g, "")) * 100);

/** How many the product's page says are there. */
export async function unitsInStock(page) {
  const words = await page.getByTestId("product-stock").innerText();
  const units = /\d+/.exec(words)?.[0];
  hold("the stock is counted", units !== undefined, words);
  return Number(units);
}
