// Pictures of the main places in both themes and two sizes, and axe on each in both.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { id } from "../harness/by.mjs";
import { hold } from "../harness/wait.mjs";

/** What is clicked to come to a place, and what stands there. */
const PLACES = [
  { name: "home", clicks: ["nav-home"], seen: "home" },
  { name: "pricing", clicks: ["nav-pricing"], seen: "rule-set-row" },
  { name: "rule-set", clicks: ["nav-pricing", "rule-set-row"], seen: "floor-question" },
  { name: "catalogue", clicks: ["nav-catalogue"], seen: "product-row" },
  {
    name: "negotiation",
    clicks: ["nav-negotiations", "queue-view-all", "queue-row"],
    seen: "transcript",
  },
  { name: "orders", clicks: ["nav-orders"], seen: "order-row" },
  { name: "analytics", clicks: ["nav-analytics"], seen: "chart-negotiations" },
  { name: "audit", clicks: ["nav-audit"], seen: "audit-row" },
  { name: "settings", clicks: ["nav-settings"], seen: "settings-appearance" },
];

const SIZES = [
  [1440, 900],
  [1000, 700],
];

/** By how many pixels the widest table is wider than its place. */
const CUT_OFF = `const tables = [...document.querySelectorAll('[role="table"]')];
  return Math.max(0, ...tables.map((each) => each.scrollWidth - each.clientWidth));`;

export const places = [
  {
    name: "every place in light and dark, wide and narrow",
    async act(stage) {
      const { window } = stage;
      mkdirSync(join(stage.tour, "places"), { recursive: true });
      for (const [width, height] of SIZES) {
        await window.resize(width, height);
        for (const { name, clicks, seen } of PLACES) {
          for (const click of clicks) await window.click(id(click));
          await window.waitFor(id(seen));
          const hidden = await window.session.run(CUT_OFF);
          hold(`${name} cuts no column off at ${width}`, hidden <= 0, hidden);
          for (const theme of ["light", "dark"]) {
            await window.theme(theme);
            await window.shot(join("places", `${name}-${width}-${theme}`));
            await window.axe(`${name}, ${theme}, ${width} wide`);
          }
          await window.theme("light");
        }
      }
      await window.resize(1440, 900);
    },
  },
];
