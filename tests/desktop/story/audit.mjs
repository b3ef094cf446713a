// The log that proves it all: the button and the command agree, and one changed byte is found and named.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { id } from "../harness/by.mjs";
import { call } from "../harness/processes.mjs";
import { hold } from "../harness/wait.mjs";
import { REASON } from "./product.mjs";

const DATABASE = "souk.sqlite";

export const audit = [
  {
    name: "the log is whole: the button and the command agree",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-audit"));
      await window.waitFor(id("audit-row"));
      await window.click(id("audit-verify"));
      const said = await window.read(id("audit-report"), { timeoutMs: 60_000 });
      hold("the button says that the chain holds", said.startsWith("The chain holds"), said);
      await window.axe("audit");
      await window.shot(picture);
      const report = verify(stage, localFolder());
      hold("`souk audit verify` agrees", report.status === 0, report.said);
    },
  },
  {
    name: "one byte changed in a copy of the database is found and named",
    async act(stage) {
      const copy = join(stage.home, "tampered");
      mkdirSync(copy);
      const file = join(copy, DATABASE);
      call("sqlite3", [join(localFolder(), DATABASE), `.backup '${file}'`]);
      hold("the copy is whole", verify(stage, copy).status === 0);
      const changed = REASON.replace("six", "siX");
      const seq = call("sqlite3", [
        file,
        `UPDATE audit SET entry = replace(entry, '${REASON}', '${changed}')
         WHERE entry LIKE '%${REASON}%' RETURNING seq`,
      ])
        .trim()
        .split("\n")[0];
      hold("the approval and its reason stand in the log", /^\d+$/.test(seq), seq);
      const report = verify(stage, copy);
      hold("the command exits 1", report.status === 1, report);
      hold(`entry ${seq} is named`, report.said.includes(`entry ${seq}:`), report.said);
    },
  },
];

/** `souk audit verify` on a folder of a store on this computer. */
function verify(stage, folder) {
  const database = `sqlite:${join(folder, DATABASE)}`;
  const words = ["audit", "verify", "--database", database, "--data", folder];
  const done = spawnSync(stage.souk, words, { encoding: "utf8", timeout: 60_000 });
  return { status: done.status, said: `${done.stdout}${done.stderr}` };
}

/** Where the console keeps the service's data on this computer. */
function localFolder() {
  const data = process.env.XDG_DATA_HOME ?? "";
  const found = readdirSync(data, { recursive: true })
    .map(String)
    .find((each) => each.endsWith(`local/${DATABASE}`));
  if (!found) throw new Error(`no ${DATABASE} under ${data}`);
  return join(data, found, "..");
}
