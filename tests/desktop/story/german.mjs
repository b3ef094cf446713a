// The console in German and in high contrast, and a customer who reads German.

import { css, id, text } from "../harness/by.mjs";
import { openBrowser } from "../harness/customer.mjs";
import { trayWords } from "../harness/desk.mjs";
import { closeDialog } from "../harness/file-dialog.mjs";
import { hold, until } from "../harness/wait.mjs";
import { say } from "./offers.mjs";

/** What is clicked to come to a place, and what stands there. */
const PLACES = [
  { name: "home", clicks: ["nav-home"], seen: "home" },
  {
    name: "negotiation",
    clicks: ["nav-negotiations", "queue-view-all", "queue-row"],
    seen: "transcript",
  },
  { name: "catalogue", clicks: ["nav-catalogue"], seen: "product-row" },
  { name: "analytics", clicks: ["nav-analytics"], seen: "chart-negotiations" },
];

async function look(window, picture, inWhat) {
  for (const { name, clicks, seen } of PLACES) {
    for (const click of clicks) await window.click(id(click));
    await window.waitFor(id(seen));
    await window.axe(`${name}, ${inWhat}`);
    await window.shot(`${picture}-${name}`);
  }
}

async function openAppearance(window) {
  await window.click(id("nav-settings"));
  await window.click(id("settings-appearance"));
}

export const german = [
  {
    name: "the console speaks German, its dialogs and its tray too",
    async act(stage, picture) {
      const { window } = stage;
      await openAppearance(window);
      await window.pick("settings-language", "de");
      await window.waitFor(css('html[lang="de"]'));
      await window.waitFor(text("Einstellungen"));
      await window.axe("settings, German");
      await window.shot(picture);
      await look(window, picture, "German");
      await window.click(id("nav-onboarding"));
      await window.click(id("onboarding-step-catalogue"));
      await window.click(id("import-choose"));
      await closeDialog("Katalog importieren");
      await until("the tray speaks German", () => trayWords().includes("Beenden"));
    },
  },
  {
    name: "a customer bargains in German and staff are called in German",
    async act(stage, picture) {
      const { window } = stage;
      const browser = await openBrowser({ ...stage, locale: "de-DE" });
      try {
        const { page } = browser;
        await page.goto(stage.product);
        hold("the page is German", (await page.locator("html").getAttribute("lang")) === "de");
        await browser.axe("a product, German");
        await page.getByTestId("offer-open").click();
        await say(page, "Würden Sie 9,50 £ nehmen?");
        await page.getByTestId("offer-message-bot").filter({ hasText: "£" }).last().waitFor();
        await browser.axe("an offer, German");
        await browser.shot(`${picture}-customer`);
        const person = page.getByTestId("offer-person");
        if (await person.isVisible()) await person.click();
        await until("a notification rose in German", () =>
          stage.notifications.some((each) => each.title.endsWith("wartet auf Sie")),
        );
        await window.click(id("nav-negotiations"));
        await window.click(id("queue-view-awaiting_staff"));
        await window.click(id("queue-row"));
        await window.waitFor(id("transcript"));
        await window.axe("a negotiation, German");
        await window.shot(picture);
      } finally {
        await browser.close();
      }
    },
  },
  {
    name: "high contrast, in English again",
    async act(stage, picture) {
      const { window } = stage;
      await openAppearance(window);
      await window.pick("settings-language", "en");
      await window.waitFor(css('html[lang="en"]'));
      await window.click(id("settings-theme-contrast"));
      await window.waitFor(css('html[data-contrast="high"]'));
      await window.axe("settings, high contrast");
      await look(window, picture, "high contrast");
      await openAppearance(window);
      await window.click(id("settings-theme-light"));
      await window.waitFor(css('html[data-contrast="normal"]'));
    },
  },
];
