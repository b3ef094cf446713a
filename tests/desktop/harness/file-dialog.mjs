// The desktop's own file dialog, which no WebDriver reaches: driven by the keys that a person would press.

import { call } from "./processes.mjs";
import { sleep, until } from "./wait.mjs";

/** Chooses a file by its path in the dialog of that title, and waits until the dialog is gone. */
export function chooseFile(title, path) {
  return inDialog(title, (dialog) => {
    call("xdotool", ["key", "--window", dialog, "ctrl+l"]);
    return enterPath(path);
  });
}

/** Writes to a path in the dialog of that title, and waits until the dialog is gone. */
export function saveFile(title, path) {
  // the name has the focus, and takes a whole path
  return inDialog(title, () => enterPath(path));
}

/** Closes the dialog of that title without choosing anything. */
export function closeDialog(title) {
  // not sent to the dialog alone: it is gone before the key is let go, which would then repeat without end
  return inDialog(title, () => call("xdotool", ["key", "Escape"]));
}

async function inDialog(title, act) {
  const dialog = await until(`the dialog “${title}” is open`, () => windows(title).at(-1));
  // no window manager gives it the focus here
  call("xdotool", ["windowfocus", "--sync", dialog]);
  await act(dialog);
  await until(`the dialog “${title}” is closed`, () => windows(title).length === 0);
}

async function enterPath(path) {
  await sleep(300);
  call("xdotool", ["key", "ctrl+a"]);
  call("xdotool", ["type", "--delay", "15", path]);
  // the dialog looks the path up while it is typed
  await sleep(700);
  call("xdotool", ["key", "Return"]);
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
