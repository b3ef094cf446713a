// The customer: a real Chromium on the shop's pages.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { violations } from "./axe.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PROGRAMS = ["chromium", "google-chrome", "google-chrome-stable"];

/**
 * Opens a browser of its own profile.
 * @param {{ tour: string, home: string, headed: boolean, javaScript?: boolean, locale?: string }} options
 */
export async function openBrowser({ tour, home, headed, javaScript = true, locale = "en-GB" }) {
  const executablePath = onPath();
  if (!executablePath) throw new Error("no Chromium is installed");
  const context = await chromium.launchPersistentContext(join(home, `chromium-${Date.now()}`), {
    executablePath,
    headless: !headed,
    chromiumSandbox: false,
    javaScriptEnabled: javaScript,
    viewport: { width: 1280, height: 860 },
    locale,
    timezoneId: "Europe/London",
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  context.setDefaultTimeout(15_000);
  const page = context.pages()[0] ?? (await context.newPage());
  const said = [];
  page.on("console", (message) => {
    if (message.type() === "error") said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(String(error)));
  return {
    page,
    context,
    /** Errors that the pages reported. */
    said,
    shot: (name) => page.screenshot({ path: join(tour, `${name}.png`) }),
    async axe(name) {
      await page.evaluate(AXE);
      const found = await page.evaluate(
        (body) => new Promise((resolve) => new Function(body)(resolve)),
        violations,
      );
      if (found.error) throw new Error(`axe on ${name}: ${found.error}`);
      if (found.length > 0) throw new Error(`axe on ${name}: ${JSON.stringify(found, null, 1)}`);
    },
    close: () => context.close(),
  };
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  return places.find((each) => existsSync(each));
}
