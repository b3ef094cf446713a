// A file dragged onto the window with the mouse, from a window that stands in for a file manager.

import { fileURLToPath } from "node:url";
import { call, end, start } from "./processes.mjs";
import { sleep, until } from "./wait.mjs";

const SOURCE = fileURLToPath(new URL("drag-source.py", import.meta.url));
/** Where the file manager's window stands, and where in it the file is taken. */
const FROM = { x: 1180, y: 20 };
const TAKEN = { x: FROM.x + 60, y: FROM.y + 20 };

const mouse = (...words) => call("xdotool", words.map(String));

/** Drags a file to a point of the screen and lets it go there; `over` is called while it hangs over that point. */
export async function dropFile(path, { x, y }, { log, over }) {
  const said = new Set();
  let refused;
  const source = start("/usr/bin/python3", [SOURCE, path, `${FROM.x}`, `${FROM.y}`], {
    log,
    onLine: (line) => {
      said.add(line);
      if (line.startsWith("refused")) refused = line;
    },
  });
  try {
    await until("the file manager's window is there", () => said.has("shown"));
    mouse("mousemove", TAKEN.x, TAKEN.y);
    mouse("mousedown", 1);
    // a drag begins after a few pixels, and the target must be told on the way
    for (let step = 1; step <= 10; step += 1) {
      const at = (from, to) => Math.round(from + ((to - from) * step) / 10);
      mouse("mousemove", at(TAKEN.x, x), at(TAKEN.y, y));
      await sleep(40);
    }
    mouse("mousemove", x + 1, y);
    await over?.();
    mouse("mouseup", 1);
    // the file manager hands the file over after the button is let go: it must live until then
    await until("the file is handed over", () => said.has("ended"));
    if (refused) throw new Error(`the window did not take the file: ${refused}`);
  } finally {
    if (source.pid) end(source.pid);
  }
}
