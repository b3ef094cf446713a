// Settings: a colleague, and a provider's credentials in the real keychain, which never come back to the screen.

import { randomUUID } from "node:crypto";
import { css, id } from "../harness/by.mjs";
import { secretsKept } from "../harness/desk.mjs";
import { hold, until } from "../harness/wait.mjs";

const COLLEAGUE = {
  name: "Noor Haddad",
  email: "noor@lantern-and-lark.example",
  password: "lantern light and larks",
};
const TOKEN = "q7-never-to-be-shown";
const KEY = "Nightly figures";

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
      await window.type(id("staff-name"), COLLEAGUE.name);
      await window.type(id("staff-email"), COLLEAGUE.email);
      await window.pick("staff-new-role", "agent");
      await window.type(id("staff-password"), COLLEAGUE.password);
      await window.axe("adding a colleague");
      await window.click(id("staff-save"));
      await window.waitGone(id("staff-dialog"));
      await until("the colleague is in the list", async () =>
        (await window.words()).includes(COLLEAGUE.email),
      );
      await window.axe("staff");
      await window.shot(picture);
    },
  },
  {
    name: "the colleague signs in; the owner sees it and ends it",
    async act(stage, picture) {
      const { window } = stage;
      const { email, password } = COLLEAGUE;
      const store = new URL(stage.shop).pathname.split("/")[2];
      const signIn = { store, email, password, device: "Noor's laptop" };
      const answer = await fetch(new URL("/v1/sessions", stage.shop), {
        method: "POST",
        headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
        body: JSON.stringify(signIn),
      });
      const { token, store: opened } = await answer.json();
      stage.store = opened.id;
      hold("the colleague is in", (await asks(stage, token)) === 200);
      await window.click(id("settings-sessions"));
      const theirs = row("session-row", COLLEAGUE.name);
      const seen = await window.read(theirs);
      hold("the device is named", seen.includes(signIn.device), seen);
      await window.axe("sessions");
      await window.shot(picture);
      await window.click(within(theirs, "session-revoke"));
      await window.waitGone(theirs);
      hold("the colleague is out", (await asks(stage, token)) === 401);
    },
  },
  {
    name: "a key for a program is made, shown once and revoked",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("settings-keys"));
      await window.type(id("api-key-name"), KEY);
      await window.pick("api-key-role", "analyst");
      await window.click(id("api-key-create"));
      const secret = await window.read(css('[data-testid="api-key-secret"] code'));
      const own = row("api-key-row", KEY);
      await window.waitFor(own);
      hold("the key opens the store", (await asks(stage, secret)) === 200);
      await window.axe("keys for programs");
      await window.shot(picture);
      await window.click(id("settings-store"));
      await window.click(id("settings-keys"));
      await window.waitFor(own);
      const page = await window.session.run("return document.documentElement.outerHTML");
      hold("the key is shown once", !page.includes(secret));
      await window.click(within(own, "api-key-revoke"));
      await window.waitGone(own);
      hold("the key opens nothing any more", (await asks(stage, secret)) === 401);
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
      const chip = await window.read(id("provider-smtp-used"));
      hold(
        "the chip says where it is, not that it is used",
        chip === "kept in your keychain",
        chip,
      );
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

/** The row of a list that speaks of this. */
const row = (list, words) => ({
  using: "xpath",
  value: `//*[@data-testid="${list}"][contains(., "${words}")]`,
  what: `row “${words}” of ${list}`,
});

/** A part of it. */
const within = (whole, part) => ({
  ...whole,
  value: `${whole.value}//*[@data-testid="${part}"]`,
  what: `${part} of ${whole.what}`,
});

/** The status that the service answers to whoever has this token and asks for the products. */
async function asks({ shop, store }, token) {
  const answer = await fetch(new URL(`/v1/stores/${store}/products`, shop), {
    headers: { authorization: `Bearer ${token}` },
  });
  return answer.status;
}
