// Pictures of the main places in both themes and two sizes, and axe on each in both.

import { id } from "../harness/by.mjs";
import { SIZES } from "../harness/window.mjs";

/** What is clicked to come to a place, what stands there, and what Escape closes again. */
const PLACES = [
  { name: "home", clicks: ["nav-home"], seen: "home" },
  { name: "pricing", clicks: ["nav-pricing"], seen: "rule-set-row" },
  { name: "rule-set", clicks: ["nav-pricing", "rule-set-row"], seen: "floor-question" },
  {
    name: "impact",
    clicks: ["nav-pricing", "rule-set-row", "tab-impact"],
    seen: "impact-by-month",
  },
  {
    name: "new-set",
    clicks: ["nav-pricing", "rule-set-new"],
    seen: "start-plain",
    closed: "new-set",
  },
  { name: "catalogue", clicks: ["nav-catalogue"], seen: "product-row" },
  {
    name: "negotiation",
    clicks: ["nav-negotiations", "queue-view-all", "queue-row"],
    seen: "transcript",
  },
  { name: "orders", clicks: ["nav-orders"], seen: "order-row" },
  { name: "analytics", clicks: ["nav-analytics"], seen: "chart-negotiations" },
  { name: "audit", clicks: ["nav-audit"], seen: "audit-row" },
  { name: "customers", clicks: ["nav-customers"], seen: "customer-row" },
  {
    name: "palette",
    clicks: ["nav-home", "open-palette"],
    seen: "palette-input",
    closed: "palette",
  },
  {
    name: "settings",
    clicks: ["nav-settings", "settings-appearance"],
    seen: "settings-theme-dark",
  },
  { name: "staff", clicks: ["settings-staff"], seen: "staff-row" },
  { name: "sessions", clicks: ["settings-sessions"], seen: "session-row" },
  { name: "keys", clicks: ["settings-keys"], seen: "api-key-name" },
  { name: "providers", clicks: ["settings-providers"], seen: "provider-smtp" },
  { name: "store", clicks: ["settings-store"], seen: "sign-out" },
];

export const places = [
  {
    name: "every place in light and dark, wide and narrow",
    async act({ window }) {
      for (const size of SIZES) {
        await window.resize(...size);
        for (const { name, clicks, seen, closed } of PLACES) {
          for (const click of clicks) await window.click(id(click));
          await window.waitFor(id(seen));
          await window.looks(name);
          if (closed) {
            await window.press("Escape");
            await window.waitGone(id(closed));
          }
        }
      }
      await window.resize(...SIZES[0]);
    },
  },
];
