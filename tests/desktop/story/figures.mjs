// What is left of a sale: the order, the figures over time, and the log that proves it.

import { spawnSync } from "node:child_process";
import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";

export const figures = [
  {
    name: "the order stands in the console",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-orders"));
      await window.click(id("order-row"));
      const detail = await window.read(id("order-detail"));
      hold("the deal's price is in the order", detail.includes("£9.50"), detail);
      await window.axe("an order");
      await window.shot(picture);
      await window.click(id("drawer-close"));
    },
  },
  {
    name: "the dashboard shows it, as charts and as tables",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-analytics"));
      await window.waitFor(id("chart-negotiations"));
      const orders = await window.read(id("figure-orders"));
      hold("the orders are counted", /[1-9]/.test(orders), orders);
      await window.axe("analytics");
      await window.shot(picture);
      await window.click(id("chart-orders-as-table"));
      await window.waitFor(css('[data-testid="chart-orders"] table'));
      await window.shot(`${picture}-table`);
    },
  },
  {
    name: "the log is whole: the button and the command agree",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-audit"));
      await window.click(id("audit-verify"));
      await window.waitFor(id("audit-report"), { timeoutMs: 60_000 });
      await window.axe("audit");
      await window.shot(picture);
      const report = verifyByCommand(stage);
      hold("`souk audit verify` agrees", report.status === 0, report.stdout + report.stderr);
    },
  },
  {
    name: "the home shows the day",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-home"));
      await window.waitFor(id("home"));
      await until("today's orders are counted", async () =>
        /[1-9]/.test(await window.read(id("home-figure-orders"))),
      );
      await window.axe("home");
      await window.shot(picture);
      await window.theme("dark");
      await window.axe("home, dark");
      await window.shot(`${picture}-dark`);
      await window.theme("light");
    },
  },
];

/** `souk audit verify` on the data folder of the store on this computer. */
function verifyByCommand(stage) {
  return spawnSync(stage.souk, ["audit", "verify", "--data", stage.data()], { encoding: "utf8" });
}
