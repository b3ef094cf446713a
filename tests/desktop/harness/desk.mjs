// What a desktop lends the console: an unlocked keychain and a notification service, both real.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { call, start } from "./processes.mjs";
import { until } from "./wait.mjs";

/**
 * Asks a service on the session's bus.
 * @param {string} service its name on the bus
 * @param {string} path
 * @param {string} method with its interface
 * @param {...string} words
 */
const ask = (service, path, method, ...words) =>
  call("dbus-send", [
    "--session",
    "--print-reply",
    `--dest=${service}`,
    path,
    method,
    ...words.map((word) => `string:${word}`),
  ]);

/** A property of the default collection of the Secret Service. */
const ofKeychain = (property) =>
  ask(
    "org.freedesktop.secrets",
    "/org/freedesktop/secrets/aliases/default",
    "org.freedesktop.DBus.Properties.Get",
    "org.freedesktop.Secret.Collection",
    property,
  );

/** Unlocks a keychain of the fresh home with a password of the test's. */
export async function unlockKeychain(tour) {
  mkdirSync(process.env.XDG_RUNTIME_DIR ?? "", { recursive: true, mode: 0o700 });
  start("gnome-keyring-daemon", ["--unlock", "--foreground", "--components=secrets"], {
    log: join(tour, "keychain.log"),
    input: "test",
  });
  await until("the keychain answers, unlocked", () => keychainIsOpen());
}

/** True when the keychain is there and unlocked. */
export function keychainIsOpen() {
  return ofKeychain("Locked").includes("boolean false");
}

/** The labels of all secrets in the keychain; never their values. */
export function secretsKept() {
  return [...ofKeychain("Items").matchAll(/object path "([^"]+)"/g)].map((match) => match[1]);
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
  const service = "org.freedesktop.Notifications";
  await until("the notification service answers", () =>
    ask(service, "/org/freedesktop/Notifications", `${service}.GetServerInformation`),
  );
  return raised;
}

const TRAY = join(import.meta.dirname, "tray-host.py");

const askTray = (method, ...words) =>
  ask("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", method, ...words);

/** Starts a tray: the story has a bus of its own, on which no desktop keeps one. */
export async function openTray(tour) {
  start("/usr/bin/python3", [TRAY], { log: join(tour, "tray.log") });
  await until("the tray is there", () => askTray("org.freedesktop.DBus.Introspectable.Introspect"));
}

/** The words of the menu of what was last put into the tray. */
export function trayWords() {
  return [...askTray("souk.story.Tray.Words").matchAll(/string "([^"]+)"/g)].map(
    (match) => match[1],
  );
}

/** Presses an entry of that menu. */
export function pressTray(word) {
  askTray("souk.story.Tray.Press", word);
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
