// The sale: address and delivery, a payment that is refused first, the order, and what it changed.

import { foresee } from "../harness/customer.mjs";
import { hold } from "../harness/wait.mjs";
import { unitsInStock } from "./offers.mjs";
import { AGREED, SAVED } from "./product.mjs";

const ADDRESS = {
  name: "Ada Byron",
  email: "ada@example.com",
  address_line: "12 St James's Square",
  postcode: "SW1Y 4LB",
  city: "London",
};

/** Fills in the address and takes the standard delivery. */
export async function fillAddress(page) {
  for (const [field, value] of Object.entries(ADDRESS)) {
    await page.getByTestId(`checkout-${field}`).fill(value);
  }
  await page.getByTestId("checkout-country").selectOption("GB");
  await page.getByTestId("checkout-delivery-standard").check();
}

export const checkout = [
  {
    name: "checkout: a declined payment keeps the deal and what was typed",
    async act(stage, picture) {
      const { page } = stage.browser;
      await page.getByTestId("offer-checkout").click();
      await page.getByTestId("checkout-deal").waitFor();
      stage.checkout = page.url();
      await fillAddress(page);
      const goods = await page.getByTestId("checkout-goods").innerText();
      hold("the goods are at the deal's price", goods === AGREED, goods);
      await stage.browser.axe("checkout");
      await stage.browser.shot(picture);
      await page.getByTestId("checkout-pay-decline").check();
      foresee(/^402 .*\/checkout/);
      await page.getByTestId("checkout-submit").click();
      await page.getByTestId("checkout-error").waitFor();
      const kept = await page.getByTestId("checkout-name").inputValue();
      hold("the address is kept", kept === ADDRESS.name, kept);
      await stage.browser.axe("a declined payment");
      await stage.browser.shot(`${picture}-declined`);
    },
  },
  {
    name: "checkout: an approved payment places the order",
    async act(stage, picture) {
      const { page } = stage.browser;
      await page.getByTestId("checkout-pay-approve").check();
      await page.getByTestId("checkout-submit").click();
      const number = page.getByTestId("order-number");
      await number.waitFor();
      stage.order = (await number.innerText()).trim();
      const heading = await page.getByTestId("order-heading").innerText();
      hold("the customer is thanked", heading.startsWith("Thank you"), heading);
      const saved = await page.getByTestId("order-saved").innerText();
      hold("what was saved is told", saved === SAVED, saved);
      await stage.browser.axe("an order's confirmation");
      await stage.browser.shot(picture);
    },
  },
  {
    name: "the stock fell by one and the deal cannot be used again",
    async act(stage, picture) {
      const { page } = stage.browser;
      foresee(/^4\d\d .*\/checkout/);
      const again = await page.goto(stage.checkout);
      hold("the same deal is refused", again !== null && again.status() >= 400, again?.status());
      hold("no form is shown", (await page.getByTestId("checkout-submit").count()) === 0);
      await stage.browser.shot(`${picture}-again`);
      await page.goto(stage.product);
      const left = await unitsInStock(page);
      hold("one unit less is there", left === stage.stock - 1, { before: stage.stock, left });
      await stage.browser.shot(picture);
    },
  },
];
