// The customer: a real Chromium on the shop's pages.

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { violations } from "./axe.mjs";
import { sleep } from "./wait.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PROGRAMS = ["chromium", "google-chrome", "google-chrome-stable"];

/** What the pages complained of and no step foresaw, of all browsers; and what the step foresees. */
let complaints = [];
let foreseen = [];

/** Says what the pages may complain of in this step, such as a payment that is refused. */
export function foresee(...patterns) {
  foreseen.push(...patterns);
}

/** What no step foresaw since it was asked last. */
export function takeComplaints() {
  const taken = complaints.filter((line) => !foreseen.some((pattern) => pattern.test(line)));
  complaints = [];
  foreseen = [];
  return taken;
}

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
  listen(context);
  return {
    page,
    context,
    shot: (name) => page.screenshot({ path: join(tour, `${name}.png`) }),
    /** A picture as those see it whose system is dark. */
    async shotInTheDark(name) {
      await page.emulateMedia({ colorScheme: "dark" });
      // colours fade from the one into the other
      await sleep(400);
      await page.screenshot({ path: join(tour, `${name}.png`) });
      await page.emulateMedia({ colorScheme: "light" });
    },
    /** Fails when axe finds anything on the page, in the light or in the dark. */
    async axe(name) {
      await page.evaluate(AXE);
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        await judge(page, `${name}, ${colorScheme}`);
      }
    },
    close: () => context.close(),
  };
}

async function judge(page, name) {
  const found = await page.evaluate(
    (body) => new Promise((resolve) => new Function(body)(resolve)),
    violations,
  );
  if (found.error) throw new Error(`axe on ${name}: ${found.error}`);
  if (found.length > 0) throw new Error(`axe on ${name}: ${JSON.stringify(found, null, 1)}`);
}

/** Notes errors of scripts, refusals of the service and requests that failed. */
function listen(context) {
  context.on("console", (message) => {
    // that something did not load is told below, with what it was
    const told = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !told) complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // a page that is left takes its requests with it
    if (why !== "net::ERR_ABORTED") complaints.push(`${why} ${request.url()}`);
  });
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const places = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
  return places.find((each) => existsSync(each));
}
