// Measures the console against an empty window of the same size, in one run: time from the start of the process to the first
// useful screen, and memory of process and webview together. The two take turns, so that a noisy machine is noisy to both.
// `cargo xtask measure` sets the stage.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { id } from "./harness/by.mjs";
import { unlockKeychain } from "./harness/desk.mjs";
import { endAll } from "./harness/processes.mjs";
import { sleep, until } from "./harness/wait.mjs";
import { Window } from "./harness/window.mjs";
import { openSampleStore } from "./story/first-run.mjs";

const ROUNDS = 7;
const SETTLE_MS = 4_000;

const env = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: measure with \`cargo xtask measure\``);
  return value;
};

const tour = env("SOUK_TOUR");

/** What is measured, and what on the page says that it is useful. */
const windows = {
  empty: {
    program: env("SOUK_EMPTY"),
    useful: "return document.body.innerText.trim() === 'Empty'",
  },
  console: {
    program: env("SOUK_CONSOLE"),
    useful: `return document.querySelector('[data-testid="home"]') !== null`,
  },
};

async function once({ program, useful }) {
  const begun = performance.now();
  const window = await Window.open({ program, tour });
  await until("a useful screen", () => window.session.run(useful), {
    timeoutMs: 60_000,
    everyMs: 10,
  });
  const ms = performance.now() - begun;
  await sleep(SETTLE_MS);
  const mib = window.memory() / 1024 / 1024;
  await window.close();
  await sleep(500);
  return { ms, mib };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

process.on("exit", endAll);
mkdirSync(tour, { recursive: true });
await unlockKeychain(tour);

// the console opens on the sample store, as on any day but the first
const first = await Window.open({ program: windows.console.program, tour });
await openSampleStore(first);
await first.waitFor(id("home"), { timeoutMs: 60_000 });
await first.close();

const seen = { empty: [], console: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  for (const name of ["empty", "console"]) seen[name].push(await once(windows[name]));
}
const result = {};
for (const [name, runs] of Object.entries(seen)) {
  const ms = median(runs.map((run) => run.ms));
  const mib = median(runs.map((run) => run.mib));
  result[name] = { ms, mib, runs };
  console.log(`${name}: first useful screen ${ms.toFixed(0)} ms, memory ${mib.toFixed(0)} MiB`);
}
console.log(
  `console / empty: time × ${(result.console.ms / result.empty.ms).toFixed(2)}, ` +
    `memory × ${(result.console.mib / result.empty.mib).toFixed(2)} (median of ${ROUNDS})`,
);
writeFileSync(join(tour, "measure.json"), JSON.stringify(result, null, 1));
endAll();
process.exit();
