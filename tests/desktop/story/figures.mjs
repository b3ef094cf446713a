// What is left of a sale: the order and the figures, each with the rows behind it.

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { AGREED } from "./product.mjs";

export const figures = [
  {
    name: "the order stands in the console",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-orders"));
      const row = await window.read(id("order-row"));
      hold("the newest order is the customer's", row.includes(stage.order), row);
      await window.axe("orders");
      await window.click(id("order-row"));
      await until("the deal's price is in the order", async () =>
        (await window.read(id("order-detail"))).includes(AGREED),
      );
      await window.axe("an order");
      await window.shot(picture);
      await window.click(id("drawer-close"));
      await window.waitGone(id("order-detail"));
    },
  },
  {
    name: "the dashboard counts it, as charts and as tables",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-analytics"));
      await window.waitFor(id("chart-negotiations"));
      await window.axe("analytics");
      await window.shot(picture);
      await window.click(id("chart-negotiations-as-table"));
      const today = css('[data-testid="chart-negotiations"] tbody tr:last-child');
      const agreed = (await window.read(today)).split(/\s+/).slice(-2);
      hold("one negotiation was opened and agreed", agreed.join(" ") === "1 1", agreed);
      await window.shot(`${picture}-table`);
    },
  },
  {
    name: "each figure opens its rows",
    async act(stage, picture) {
      const { window } = stage;
      const orders = await window.read(id("figure-orders"));
      hold("the orders are counted", /[1-9]/.test(orders), orders);
      for (const figure of ["margin", "orders"]) {
        await window.click(id(`figure-${figure}`));
        const row = await window.read(id("order-row"));
        hold(`the rows behind the ${figure} hold the order`, row.includes(stage.order), row);
        await window.click(id("nav-analytics"));
      }
      for (const figure of ["acceptance", "discount", "negotiations"]) {
        await window.click(id("nav-analytics"));
        await window.click(id(`figure-${figure}`));
        const row = await window.read(id("queue-row"));
        hold(`the rows behind the ${figure} hold the negotiation`, row.includes(AGREED), row);
      }
      await window.shot(picture);
    },
  },
  {
    name: "the home shows the day",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-home"));
      await window.waitFor(id("home"));
      await until("today's order is counted", async () =>
        /[1-9]/.test(await window.read(id("home-figure-orders"))),
      );
      await window.axe("home");
      await window.shot(picture);
    },
  },
];
