// What a desktop lends the console: an unlocked keychain and a notification service, both real.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { call, start } from "./processes.mjs";
import { until } from "./wait.mjs";

/** Unlocks a keychain of the fresh home with a password of the test's. */
export async function unlockKeychain(tour) {
  mkdirSync(process.env.XDG_RUNTIME_DIR ?? "", { recursive: true, mode: 0o700 });
  start("gnome-keyring-daemon", ["--unlock", "--foreground", "--components=secrets"], {
    log: join(tour, "keychain.log"),
    input: "test",
  });
  await until("the keychain answers, unlocked", () => keychainIsOpen());
}

/** True when the default collection of the Secret Service is there and unlocked. */
export function keychainIsOpen() {
  const answer = call("dbus-send", [
    "--session",
    "--print-reply",
    "--dest=org.freedesktop.secrets",
    "/org/freedesktop/secrets/aliases/default",
    "org.freedesktop.DBus.Properties.Get",
    "string:org.freedesktop.Secret.Collection",
    "string:Locked",
  ]);
  return answer.includes("boolean false");
}

/** The labels of all secrets in the keychain; never their values. */
export function secretsKept() {
  const items = call("dbus-send", [
    "--session",
    "--print-reply",
    "--dest=org.freedesktop.secrets",
    "/org/freedesktop/secrets/aliases/default",
    "org.freedesktop.DBus.Properties.Get",
    "string:org.freedesktop.Secret.Collection",
    "string:Items",
  ]);
  return [...items.matchAll(/object path "([^"]+)"/g)].map((match) => match[1]);
}

/** Starts a notification service and listens to what is asked of it. */
export async function watchNotifications(tour, home) {
  const config = join(home, "dunstrc");
  // at the foot of the rail, so that it lies over nothing that the pictures show
  const lines = ["origin = bottom-left", "offset = 10x110", "width = 188", "font = Sans 9"];
  writeFileSync(config, `[global]\n    ${lines.join("\n    ")}\n`);
  start("dunst", ["-conf", config], { log: join(tour, "notifications.log") });
  const raised = [];
  let strings = [];
  start(
    "dbus-monitor",
    ["--session", "interface='org.freedesktop.Notifications',member='Notify'"],
    {
      log: join(tour, "notifications.log"),
      onLine: (line) => {
        if (line.startsWith("method call")) strings = [];
        const said = /^ {3}string "(.*)"$/.exec(line);
        if (!said) return;
        strings.push(said[1]);
        // Notify(app, replaces, icon, summary, body, …)
        if (strings.length === 4) raised.push({ title: strings[2], body: strings[3] });
      },
    },
  );
  await until("the notification service answers", () =>
    call("dbus-send", [
      "--session",
      "--print-reply",
      "--dest=org.freedesktop.Notifications",
      "/org/freedesktop/Notifications",
      "org.freedesktop.Notifications.GetServerInformation",
    ]),
  );
  return raised;
}

const TRAY = join(import.meta.dirname, "tray-host.py");

const askTray = (method, ...words) =>
  call("dbus-send", [
    "--session",
    "--print-reply",
    "--dest=org.kde.StatusNotifierWatcher",
    "/StatusNotifierWatcher",
    `souk.story.Tray.${method}`,
    ...words.map((word) => `string:${word}`),
  ]);

/** Starts a tray, for a virtual display has none. */
export async function openTray(tour) {
  start("/usr/bin/python3", [TRAY], { log: join(tour, "tray.log") });
  await until("the tray is there", () =>
    call("dbus-send", [
      "--session",
      "--print-reply",
      "--dest=org.kde.StatusNotifierWatcher",
      "/StatusNotifierWatcher",
      "org.freedesktop.DBus.Introspectable.Introspect",
    ]),
  );
}

/** The words of the menu of what was last put into the tray. */
export function trayWords() {
  return [...askTray("Words").matchAll(/string "([^"]+)"/g)].map((match) => match[1]);
}

/** Presses an entry of that menu. */
export function pressTray(word) {
  askTray("Press", word);
}

/**
 * Stands in for the desktop's "open this link": notes what was asked instead of starting a browser that is not ours.
 * @returns {() => string[]} the links so far
 */
export function catchLinks(home) {
  const bin = join(home, "bin");
  const opened = join(home, "opened-links");
  mkdirSync(bin, { recursive: true });
  writeFileSync(opened, "");
  writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`, {
    mode: 0o755,
  });
  process.env.PATH = `${bin}:${process.env.PATH}`;
  return () => readFileSync(opened, "utf8").split("\n").filter(Boolean);
}
