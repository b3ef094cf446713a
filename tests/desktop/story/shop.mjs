// The customer looks around: home, category, search and product, with scripts and without.

import { foresee, openBrowser } from "../harness/customer.mjs";
import { hold } from "../harness/wait.mjs";
import { PRODUCT } from "./product.mjs";

export const shop = [
  {
    name: "a customer looks around the shop",
    async act(stage, picture) {
      stage.browser = await openBrowser(stage);
      const { page } = stage.browser;
      await page.goto(stage.shop);
      await stage.browser.axe("the shop's home");
      await stage.browser.shot(picture);
      await page.getByTestId("category-link").filter({ hasText: "Kitchen" }).click();
      await page.getByTestId("product-card").first().waitFor();
      await stage.browser.axe("a category");
      await stage.browser.shot(`${picture}-category`);
      await page.getByTestId("search-input").fill("cakestand");
      await page.getByTestId("search-submit").click();
      await page.getByTestId("search-heading").waitFor();
      await stage.browser.axe("a search");
      await page.getByRole("link", { name: PRODUCT.title, exact: true }).first().click();
      const price = await page.getByTestId("product-price").innerText();
      hold("the list price is shown", price === PRODUCT.list, price);
      stage.product = page.url();
      await stage.browser.axe("a product");
      await stage.browser.shot(`${picture}-product`);
      await stage.browser.shotInTheDark(`${picture}-product-dark`);
    },
  },
  {
    name: "the basket, the checkout, an address that leads nowhere and the service's own pages",
    async act(stage, picture) {
      const browser = await openBrowser(stage);
      try {
        const { page } = browser;
        await page.goto(stage.shop);
        await browser.shotInTheDark(`${picture}-home-dark`);
        await page.goto(`${stage.shop.replace(/\/$/, "")}/cart`);
        await browser.axe("an empty basket");
        await page.goto(stage.product);
        await page.getByTestId("cart-add").click();
        await page.getByTestId("cart-line").first().waitFor();
        await browser.axe("a basket");
        await browser.shot(picture);
        await page.getByTestId("cart-checkout").click();
        await page.getByTestId("checkout-submit").waitFor();
        await browser.axe("the checkout of a basket");
        await browser.shotInTheDark(`${picture}-checkout-dark`);
        foresee(/^404 .*\/p\/not-there$/);
        const nowhere = await page.goto(`${stage.shop.replace(/\/$/, "")}/p/not-there`);
        hold("it is said that it is not there", nowhere?.status() === 404, nowhere?.status());
        await browser.axe("an address that leads nowhere");
        await browser.shot(`${picture}-nowhere`);
        await page.goto(new URL("/docs", stage.shop).href);
        await browser.axe("the API's page");
        await browser.shot(`${picture}-docs`);
      } finally {
        await browser.close();
      }
    },
  },
  {
    name: "the shop works without scripts",
    async act(stage, picture) {
      const plain = await openBrowser({ ...stage, javaScript: false });
      try {
        const { page } = plain;
        await page.goto(stage.shop);
        await page.getByTestId("search-input").fill("cakestand");
        await page.getByTestId("search-submit").click();
        await page.getByRole("link", { name: PRODUCT.title, exact: true }).first().click();
        await page.getByTestId("cart-add").click();
        const line = page.getByTestId("cart-line").filter({ hasText: PRODUCT.title });
        await line.waitFor();
        const count = await page.getByTestId("cart-count").innerText();
        hold("the basket holds one", count.includes("1"), count);
        await plain.shot(picture);
        await page.getByTestId("cart-checkout").click();
        await page.getByTestId("checkout-submit").waitFor();
        await plain.shot(`${picture}-checkout`);
      } finally {
        await plain.close();
      }
    },
  },
];
