// The story of the first sale, played with real parts: `cargo xtask demo` and the last step of `cargo xtask test`.
// Each step says its name and time and leaves a picture; the first that does not hold ends the story.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeComplaints } from "./harness/customer.mjs";
import { catchLinks, openTray, unlockKeychain, watchNotifications } from "./harness/desk.mjs";
import { endAll } from "./harness/processes.mjs";
import { hold } from "./harness/wait.mjs";
import { steps } from "./story/steps.mjs";

const LIMIT_MS = 15 * 60_000;

const env = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: play the story with \`cargo xtask demo\``);
  return value;
};

/** What the steps share: programs, folders, and what one step leaves to the next. */
const stage = {
  program: env("SOUK_CONSOLE"),
  souk: env("SOUK_CLI"),
  tour: env("SOUK_TOUR"),
  home: env("HOME"),
  headed: Boolean(process.env.SOUK_HEADED),
  /** @type {{ title: string, body: string }[]} */
  notifications: [],
  /** Links that the console asked the desktop to open. */
  links: () => [],
  /** The shop's address, once the console has told it; then that of the product's page. */
  shop: "",
  product: "",
  /** The id of the store on this computer. */
  store: "",
  /** What the customer saw: units in stock, the first counteroffer, the checkout's address, the order's number. */
  stock: 0,
  asked: "",
  checkout: "",
  order: "",
  /** The hosted store's service. */
  service: undefined,
  window: undefined,
  browser: undefined,
};

async function play() {
  mkdirSync(stage.tour, { recursive: true });
  stage.links = catchLinks(stage.home);
  await unlockKeychain(stage.tour);
  stage.notifications = await watchNotifications(stage.tour, stage.home);
  await openTray(stage.tour);
  const begun = Date.now();
  let passed = 0;
  for (const [index, { name, act }] of steps.entries()) {
    const number = String(index + 1).padStart(2, "0");
    const since = Date.now();
    try {
      await act(stage, `${number}-${slug(name)}`);
      const said = [...takeComplaints(), ...((await stage.window?.complaints()) ?? [])];
      hold("no page complained", said.length === 0, said);
    } catch (error) {
      console.log(`  ${number} ${name}: DID NOT HOLD after ${seconds(since)} s`);
      console.log(error instanceof Error ? (error.stack ?? error.message) : error);
      await explain();
      result("FAILED", passed, 1, begun);
      return 1;
    }
    passed += 1;
    console.log(`  ${number} ${name}: ${seconds(since)} s`);
  }
  result("ok", passed, 0, begun);
  return 0;
}

function result(word, passed, failed, begun) {
  console.log(
    `test result: ${word}. ${passed} passed; ${failed} failed; 0 ignored; ` +
      `${steps.length - passed - failed} filtered out; finished in ${seconds(begun)}s`,
  );
}

/** Leaves what a person needs to find the cause. */
async function explain() {
  try {
    if (stage.window) {
      await stage.window.shot("failed-window");
      writeFileSync(join(stage.tour, "failed-window.txt"), await stage.window.words());
      console.log(`the window was at ${await stage.window.path()}`);
    }
    if (stage.browser) {
      await stage.browser.shot("failed-browser");
      console.log(`the browser was at ${stage.browser.page.url()}`);
      for (const line of takeComplaints()) console.log(`the browser said: ${line}`);
    }
  } catch (error) {
    console.log(`no picture of the failure: ${error}`);
  }
  console.log(`pictures and logs: ${stage.tour}`);
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);
const slug = (name) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}
process.on("exit", endAll);
setTimeout(() => {
  console.log(`the story took longer than ${LIMIT_MS / 60_000} minutes`);
  process.exit(1);
}, LIMIT_MS).unref();

process.exitCode = await play();
await stage.browser?.close().catch(() => undefined);
await stage.window?.close().catch(() => undefined);
endAll();
process.exit();
