// A fresh machine: the console's first screen, and a store on this computer filled with real sample data.

import { id } from "../harness/by.mjs";
import { keychainIsOpen } from "../harness/desk.mjs";
import { hold } from "../harness/wait.mjs";
import { Window } from "../harness/window.mjs";

/** Who owns the store in the story. */
export const OWNER = {
  name: "Sam Okafor",
  email: "sam@lantern-and-lark.example",
  password: "brass lanterns at dusk",
};

/** Fills in the first screen's form for the sample store and waits until the store stands. */
export async function openSampleStore(window) {
  await window.click(id("first-run-sample"));
  await window.type(id("first-run-owner-name"), OWNER.name);
  await window.type(id("first-run-owner-email"), OWNER.email);
  await window.type(id("first-run-owner-password"), OWNER.password);
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
      await stage.window.theme("");
    },
  },
  {
    name: "the sample store is one click away",
    async act(stage, picture) {
      await openSampleStore(stage.window);
      await stage.window.shot(picture);
    },
  },
  {
    name: "the console is killed and finds its store again",
    async act(stage, picture) {
      stage.window.kill();
      stage.window = await Window.open(stage);
      await stage.window.waitFor(id("rail-store"), { timeoutMs: 30_000 });
      await stage.window.shot(picture);
    },
  },
];
