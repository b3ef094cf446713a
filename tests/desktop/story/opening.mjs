// The window opens on a fresh machine.

import { keychainIsOpen } from "../harness/desk.mjs";
import { hold } from "../harness/wait.mjs";
import { Window } from "../harness/window.mjs";

export const opening = [
  {
    name: "the window opens",
    async act(stage, picture) {
      stage.window = await Window.open(stage);
      hold(
        "the title is Souk",
        (await stage.window.title()) === "Souk",
        await stage.window.title(),
      );
      hold("the keychain is open", keychainIsOpen());
      await stage.window.shot(picture);
    },
  },
  {
    name: "the window is accessible",
    async act(stage) {
      await stage.window.axe("the first screen");
    },
  },
];
