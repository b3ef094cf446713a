// The desktop's own file dialog, which no WebDriver reaches: driven by the keys that a person would press.

import { call } from "./processes.mjs";
import { sleep, until } from "./wait.mjs";

/** Chooses a file by its path in the dialog of that title, and waits until the dialog is gone. */
export async function chooseFile(title, path) {
  const dialog = await until(`the dialog “${title}” is open`, () => windows(title).at(-1));
  // no window manager gives it the focus here
  call("xdotool", ["windowfocus", "--sync", dialog]);
  call("xdotool", ["key", "--window", dialog, "ctrl+l"]);
  await sleep(300);
  call("xdotool", ["key", "ctrl+a"]);
  call("xdotool", ["type", "--delay", "15", path]);
  // the dialog looks the path up while it is typed
  await sleep(700);
  call("xdotool", ["key", "Return"]);
  await until(`the dialog “${title}” is closed`, () => windows(title).length === 0);
}

/** Writes to a path in the dialog of that title, and waits until the dialog is gone. */
export async function saveFile(title, path) {
  const dialog = await until(`the dialog “${title}” is open`, () => windows(title).at(-1));
  call("xdotool", ["windowfocus", "--sync", dialog]);
  // the name has the focus, and takes a whole path
  await sleep(300);
  call("xdotool", ["key", "ctrl+a"]);
  call("xdotool", ["type", "--delay", "15", path]);
  await sleep(700);
  call("xdotool", ["key", "Return"]);
  await until(`the dialog “${title}” is closed`, () => windows(title).length === 0);
}

/** Closes the dialog of that title without choosing anything. */
export async function closeDialog(title) {
  const dialog = await until(`the dialog “${title}” is open`, () => windows(title).at(-1));
  call("xdotool", ["windowfocus", "--sync", dialog]);
  // not sent to the dialog alone: it is gone before the key is let go, which would then repeat without end
  call("xdotool", ["key", "Escape"]);
  await until(`the dialog “${title}” is closed`, () => windows(title).length === 0);
}

function windows(title) {
  try {
    return call("xdotool", ["search", "--onlyvisible", "--name", `^${title}$`])
      .split("\n")
      .filter(Boolean);
  } catch {
    // it finds none and fails
    return [];
  }
}
