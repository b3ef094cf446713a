// The console's real window, driven as a person would: point, click, type, read.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { violations } from "./axe.mjs";
import { id } from "./by.mjs";
import { call, descendants, end, memoryOf, programOf, start } from "./processes.mjs";
import { freePort, hold, sleep, until } from "./wait.mjs";
import { DriverError, Session } from "./webdriver.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const CLOSE = join(import.meta.dirname, "close-window.py");

/** Wide and narrow; the first is the usual one. */
export const SIZES = [
  [1440, 900],
  [1000, 700],
];

/** By how many pixels the widest table is wider than its place. */
const CUT_OFF = `const tables = [...document.querySelectorAll('[role="table"]')];
  return Math.max(0, ...tables.map((each) => each.scrollWidth - each.clientWidth));`;

const CONTROL = "\uE009";
const DELETE = "\uE017";

export class Window {
  /** @param {Session} session */
  constructor(session, driver, program, tour) {
    this.session = session;
    this.driver = driver;
    this.program = program;
    this.tour = tour;
    /** The size that was asked for, or "" while it is the screen's. */
    this.size = "";
  }

  /**
   * Opens the window and waits until a page stands in it.
   * @param {{ program: string, tour: string, env?: Record<string, string> }} options
   */
  static async open({ program, tour, env = {} }) {
    const port = await freePort();
    const driver = start("WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
      log: join(tour, "window.log"),
      env: { TAURI_WEBVIEW_AUTOMATION: "true", ...env },
    });
    const address = `http://127.0.0.1:${port}`;
    await until("the window's driver listens", async () => (await fetch(`${address}/status`)).ok);
    const session = await Session.open(address, program);
    const window = new Window(session, driver, program, tour);
    await until(
      "a page is loaded",
      () => session.run("return document.readyState === 'complete'"),
      {
        timeoutMs: 30_000,
      },
    );
    await window.complaints();
    return window;
  }

  /** The console's own process. */
  get pid() {
    return descendants(this.driver.pid).find((pid) => programOf(pid) === this.program);
  }

  title() {
    return this.session.get("/title");
  }

  /** The path that the page shows. */
  async path() {
    return this.session.run("return location.pathname + location.search + location.hash");
  }

  /** Clicks; waits until there is something to click, and until it stands still: what is under a moving thing would be hit. */
  click(target, limits) {
    return this.#patiently(target, limits, async (element) => {
      await this.#stands(element);
      await this.session.post(`/element/${element}/click`);
    });
  }

  /** Two clicks with the mouse, as quick as a person's. */
  async doubleClick(target, limits) {
    const { x, y } = await this.place(target, limits);
    call("xdotool", ["mousemove", `${x}`, `${y}`]);
    call("xdotool", ["click", "--repeat", "2", "--delay", "80", "1"]);
  }

  async #stands(element) {
    const moved = await this.session.runAsync(
      `const [element, done] = arguments;
       const place = () => {
         const { x, y, width, height } = element.getBoundingClientRect();
         return [x, y, width, height].join();
       };
       element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
       const first = place();
       requestAnimationFrame(() => requestAnimationFrame(() => done(place() !== first)));`,
      { element },
    );
    if (moved) throw new DriverError("element not interactable", "it moves");
  }

  /** Replaces what stands in a field. */
  type(target, words, limits) {
    return this.#patiently(target, limits, async (element) => {
      // as a person: everything marked, then typed over. WebDriver's own clear passes React by.
      await this.session.run("arguments[0].focus(); arguments[0].select?.();", { element });
      await this.session.post(`/element/${element}/value`, {
        text: `${CONTROL}a${CONTROL}${words || DELETE}`,
      });
    });
  }

  /** Chooses in a native select, by the option's words or value. */
  choose(target, words, limits) {
    return this.#patiently(target, limits, async (element) => {
      const done = await this.session.run(
        `const [select, words] = arguments;
         const option = [...select.options].find((o) => o.textContent.trim() === words || o.value === words);
         if (!option) return false;
         Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(select, option.value);
         select.dispatchEvent(new Event("change", { bubbles: true }));
         return true;`,
        { element },
        words,
      );
      if (!done) throw new DriverError("no such element", `no option “${words}”`);
    });
  }

  /** Opens a list and takes one of its choices, which has the list's name and the choice's value as its own. */
  async pick(list, value) {
    await this.click(id(list));
    await this.#take(list, value);
  }

  /** Types into a field with a list, and takes one of the choices that it finds; `field` tells it from others of its name. */
  async look(list, words, value, field = id(list)) {
    await this.type(field, words);
    await this.#take(list, value);
  }

  async #take(list, value) {
    const choice = id(`${list}-${value}`);
    await this.click(choice);
    // a closed list stays in the page, out of sight
    await until(`${list} is closed`, () =>
      this.session.run(
        "return !document.querySelector(arguments[0])?.checkVisibility()",
        choice.value,
      ),
    );
  }

  /** Presses keys as a person does, into whatever has the focus: "Escape", "Control+k", "j". */
  async press(chord) {
    const named = {
      Escape: "\uE00C",
      Enter: "\uE007",
      Tab: "\uE004",
      Control: "\uE009",
      Shift: "\uE008",
      Alt: "\uE00A",
      Left: "\uE012",
      Up: "\uE013",
      Right: "\uE014",
      Down: "\uE015",
      Delete: "\uE017",
      F8: "\uE038",
    };
    // a plus by itself is a key too
    const keys = chord.split(/(?<=.)\+/).map((key) => named[key] ?? key);
    const actions = [
      ...keys.map((value) => ({ type: "keyDown", value })),
      ...keys.reverse().map((value) => ({ type: "keyUp", value })),
    ];
    await this.session.post("/actions", { actions: [{ type: "key", id: "keys", actions }] });
  }

  /** The words that an element shows. */
  read(target, limits) {
    return this.#patiently(target, limits, (element) =>
      this.session.run("return arguments[0].innerText.trim()", { element }),
    );
  }

  /** What stands in a field. */
  value(target, limits) {
    return this.#patiently(target, limits, (element) =>
      this.session.run("return arguments[0].value", { element }),
    );
  }

  /** The middle of an element, in points of the screen. */
  async place(target, limits) {
    const shell = call("xdotool", [
      "search",
      "--onlyvisible",
      "--pid",
      `${this.pid}`,
      "--name",
      "Souk",
    ]);
    const frame = call("xdotool", [
      "getwindowgeometry",
      "--shell",
      shell.trim().split("\n").at(-1) ?? "",
    ]);
    const edge = (name) => Number(new RegExp(`^${name}=(-?\\d+)$`, "m").exec(frame)?.[1] ?? 0);
    const inside = await this.#patiently(target, limits, async (element) => {
      await this.#stands(element);
      return this.session.run(
        `const { x, y, width, height } = arguments[0].getBoundingClientRect();
         return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };`,
        { element },
      );
    });
    return { x: edge("X") + inside.x, y: edge("Y") + inside.y };
  }

  /** How many there are just now; does not wait. */
  async count(target) {
    return (await this.session.findAll(target)).length;
  }

  /** Waits until it is there. */
  waitFor(target, limits) {
    return until(`${target.what} is there`, () => this.session.find(target), limits);
  }

  /** Waits until it is gone. */
  waitGone(target, limits) {
    return until(`${target.what} is gone`, async () => !(await this.session.find(target)), limits);
  }

  /** All that the page shows, for the search of a cause. */
  words() {
    return this.session.run("return document.body.innerText");
  }

  /** A picture of the whole screen: WebDriver's own hangs in a virtual display. */
  async shot(name) {
    await sleep(250);
    const file = join(this.tour, `${name}.png`);
    // without a window manager the window stands in the upper left corner
    const crop = this.size ? ["-crop", `${this.size}+0+0`, "+repage"] : [];
    call("import", ["-silent", "-window", "root", ...crop, file]);
    return file;
  }

  /** "light", "dark" or "" for the system's choice. */
  async theme(name) {
    await this.session.run(
      `const root = document.documentElement;
       if (arguments[0]) root.dataset.theme = arguments[0]; else delete root.dataset.theme;`,
      name,
    );
    await sleep(200);
  }

  async resize(width, height) {
    await this.session.post("/window/rect", { width, height });
    this.size = `${width}x${height}`;
    await sleep(300);
  }

  /** Pictures of what is open in both themes, in `places`: axe finds nothing in either, and no table cuts
   * a column off. */
  async looks(name) {
    mkdirSync(join(this.tour, "places"), { recursive: true });
    const width = this.size.split("x")[0];
    const hidden = await this.session.run(CUT_OFF);
    hold(`${name} cuts no column off at ${width}`, hidden <= 0, hidden);
    for (const theme of ["light", "dark"]) {
      await this.theme(theme);
      await this.shot(join("places", `${name}-${width}-${theme}`));
      await this.axe(`${name}, ${theme}, ${width} wide`);
    }
    await this.theme("light");
  }

  /** The same, wide and narrow. */
  async looksWideAndNarrow(name) {
    for (const size of SIZES) {
      await this.resize(...size);
      await this.looks(name);
    }
    await this.resize(...SIZES[0]);
  }

  /** Fails when axe finds anything on the screen that is open. */
  async axe(name) {
    await this.session.run(`if (!window.axe) { ${AXE} }`);
    const found = await this.session.runAsync(violations, []);
    if (found.error) throw new Error(`axe on ${name}: ${found.error}`);
    if (found.length > 0) throw new Error(`axe on ${name}: ${JSON.stringify(found, null, 1)}`);
  }

  /** Errors that the page reported since this was asked last; from the first time on. */
  complaints() {
    return this.session.run(
      `if (!window.storySaid) {
         const said = (window.storySaid = []);
         const told = console.error;
         console.error = (...words) => { said.push(words.map(String).join(" ")); told(...words); };
         addEventListener("error", (event) => said.push(event.message ?? "something did not load"), true);
         addEventListener("unhandledrejection", (event) => said.push(String(event.reason)));
       }
       return window.storySaid.splice(0);`,
    );
  }

  /** Memory of the console and its webview, in bytes. */
  memory() {
    const pid = this.pid;
    if (!pid) return 0;
    return [pid, ...descendants(pid)].reduce((sum, each) => sum + memoryOf(each), 0);
  }

  /** Ends the console in the middle of whatever it does, and waits until it is gone. */
  async kill() {
    const pid = this.pid;
    if (pid) process.kill(pid, "SIGKILL");
    if (this.driver.pid) end(this.driver.pid);
    // a start that meets a dying one would hand over to nobody
    await until("the killed console is gone", () => !pid || programOf(pid) === "");
  }

  /** Closes the window as a person does by its frame, and waits until the console has gone. */
  async quit() {
    call("python3", [CLOSE, this.onScreen().at(-1) ?? ""]);
    await this.gone();
  }

  /** The X windows of the console that are to be seen, by id. */
  onScreen() {
    const search = ["search", "--onlyvisible", "--pid", `${this.pid}`, "--name", "Souk"];
    const { stdout } = spawnSync("xdotool", search, { encoding: "utf8" });
    return stdout.split("\n").filter(Boolean);
  }

  /** Waits until the console has ended by itself. */
  async gone() {
    const pid = this.pid;
    await until("the console has gone", () => !pid || programOf(pid) === "");
    if (this.driver.pid) end(this.driver.pid);
  }

  /** Closes the window and its driver. */
  async close() {
    await this.session.close().catch(() => undefined);
    if (this.driver.pid) end(this.driver.pid);
  }

  async #patiently(target, limits, act) {
    return until(
      target.what,
      async () => {
        const element = await this.session.find(target);
        if (!element) return undefined;
        // what fails now may hold in a moment; the last failure is told when it never does
        return { done: await act(element) };
      },
      limits,
    ).then(({ done }) => done);
  }
}
