// A fresh machine: the console's first screen, and a store on this computer filled with real sample data.

import { spawnSync } from "node:child_process";
import { id } from "../harness/by.mjs";
import { keychainIsOpen, pressTray, trayWords } from "../harness/desk.mjs";
import { hold, until } from "../harness/wait.mjs";
import { Window } from "../harness/window.mjs";

/** Makes the sample store from the first screen and waits until it stands. */
export async function openSampleStore(window) {
  await window.click(id("first-run-sample"));
  await window.click(id("first-run-start"));
  await window.waitFor(id("rail-store"), { timeoutMs: 180_000 });
}

export const firstRun = [
  {
    name: "the window opens on a fresh machine",
    async act(stage, picture) {
      stage.window = await Window.open(stage);
      const title = await stage.window.title();
      hold("the title is Souk", title === "Souk", title);
      hold("the keychain is open", keychainIsOpen());
      for (const way of ["local", "hosted", "sample"]) {
        await stage.window.waitFor(id(`first-run-${way}`));
      }
      await stage.window.axe("the first screen");
      await stage.window.shot(picture);
    },
  },
  {
    name: "the first screen in the dark",
    async act(stage, picture) {
      await stage.window.theme("dark");
      await stage.window.axe("the first screen, dark");
      await stage.window.shot(picture);
      await stage.window.theme("light");
    },
  },
  {
    name: "the sample store is one click away",
    async act(stage, picture) {
      await openSampleStore(stage.window);
      await stage.window.waitFor(id("home"));
      await stage.window.shot(picture);
    },
  },
  {
    name: "a second start hands over to the first",
    async act(stage) {
      const second = spawnSync(stage.program, [], { timeout: 15_000, encoding: "utf8" });
      hold("the second start ends by itself", second.status === 0, second.stderr);
      await stage.window.waitFor(id("home"));
    },
  },
  {
    name: "the tray hides the window, shows it again and ends the program",
    async act(stage) {
      const words = await until("the tray has the menu", trayWords);
      hold("it says what it does", `${words}` === "Show Souk,Hide the window,Quit", words);
      pressTray("Hide the window");
      await until("the window is hidden", () => stage.window.onScreen().length === 0);
      pressTray("Show Souk");
      await until("the window is shown", () => stage.window.onScreen().length > 0);
      await stage.window.waitFor(id("home"));
      pressTray("Quit");
      await stage.window.gone();
      stage.window = await Window.open(stage);
      await stage.window.waitFor(id("home"), { timeoutMs: 30_000 });
    },
  },
  {
    name: "the console is killed and finds its store again",
    async act(stage, picture) {
      await stage.window.kill();
      stage.window = await Window.open(stage);
      await stage.window.waitFor(id("home"), { timeoutMs: 30_000 });
      await stage.window.shot(picture);
    },
  },
  {
    name: "the window opens as large as it was left",
    async act(stage, picture) {
      for (const [width, height] of [
        [1180, 760],
        [1440, 900],
      ]) {
        await stage.window.session.post("/window/rect", { width, height });
        await stage.window.quit();
        stage.window = await Window.open(stage);
        await stage.window.waitFor(id("home"), { timeoutMs: 30_000 });
        const size = () => stage.window.session.run("return [innerWidth, innerHeight].join(' × ')");
        await until(
          "the window has its size again",
          async () => (await size()) === `${width} × ${height}`,
        );
        await stage.window.shot(`${picture}-${width}`);
      }
    },
  },
];
