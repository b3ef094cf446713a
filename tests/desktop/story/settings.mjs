// Settings: a colleague, and a provider's credentials in the real keychain, which never come back to the screen.

import { css, id } from "../harness/by.mjs";
import { secretsKept } from "../harness/desk.mjs";
import { hold, until } from "../harness/wait.mjs";

const TOKEN = "q7-never-to-be-shown";

export const settings = [
  {
    name: "a colleague is added",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("nav-settings"));
      await window.waitFor(id("settings-theme-dark"));
      await window.axe("settings, appearance");
      await window.click(id("settings-staff"));
      await window.click(id("staff-add"));
      await window.type(id("staff-name"), "Noor Haddad");
      await window.type(id("staff-email"), "noor@lantern-and-lark.example");
      await window.pick("staff-new-role", "agent");
      await window.type(id("staff-password"), "lantern light and larks");
      await window.axe("adding a colleague");
      await window.click(id("staff-save"));
      await window.waitGone(id("staff-dialog"));
      await until("the colleague is in the list", async () =>
        (await window.words()).includes("noor@lantern-and-lark.example"),
      );
      await window.axe("staff");
      await window.shot(picture);
    },
  },
  {
    name: "a provider's credentials go into the keychain and never come back",
    async act(stage, picture) {
      const { window } = stage;
      const before = secretsKept().length;
      await window.click(id("settings-providers"));
      await window.type(id("provider-smtp-host"), "mail.example");
      await window.type(id("provider-smtp-port"), "587");
      await window.type(id("provider-smtp-username"), "shop");
      await window.type(id("provider-smtp-password"), TOKEN);
      await window.type(id("provider-smtp-from"), "shop@lantern-and-lark.example");
      await window.click(id("provider-smtp-save"));
      const kept = css('[data-testid="provider-smtp-password"][data-set="true"]');
      await window.waitFor(kept);
      hold("the field is empty again", (await window.value(kept)) === "");
      hold("the keychain holds more than before", secretsKept().length > before, before);
      const page = await window.session.run("return document.documentElement.outerHTML");
      hold("the value stands nowhere on the page", !page.includes(TOKEN));
      await window.axe("providers");
      await window.shot(picture);
      // a blank field keeps what is stored
      await window.type(id("provider-smtp-host"), "post.example");
      await window.click(id("provider-smtp-save"));
      await until(
        "the form is empty again",
        async () => (await window.value(id("provider-smtp-host"))) === "",
      );
      await window.waitFor(kept);
      await window.click(id("provider-smtp-clear"));
      await window.waitFor(css('[data-testid="provider-smtp-password"][data-set="false"]'));
      await until("the keychain forgot it", () => secretsKept().length === before);
    },
  },
];
