// A small WebDriver client (W3C), enough for the window: WebKitGTK's driver starts the console and speaks for it.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** What the driver answered when it could not do it; `code` is WebDriver's error code. */
export class DriverError extends Error {
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export class Session {
  #base;

  constructor(base) {
    this.#base = base;
  }

  /** Starts the program at `binary` under the driver at `address`. */
  static async open(address, binary, args = []) {
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } };
    const { sessionId } = await ask("POST", `${address}/session`, { capabilities }, 60_000);
    const session = new Session(`${address}/session/${sessionId}`);
    await session.post("/timeouts", { script: 60_000, pageLoad: 60_000, implicit: 0 });
    return session;
  }

  get(path) {
    return ask("GET", this.#base + path);
  }

  post(path, body = {}, timeoutMs = 30_000) {
    return ask("POST", this.#base + path, body, timeoutMs);
  }

  close() {
    return ask("DELETE", this.#base, undefined, 10_000);
  }

  /** The element, or undefined when there is none. */
  async find({ using, value }) {
    const found = await this.post("/elements", { using, value });
    return found[0]?.[ELEMENT];
  }

  async findAll({ using, value }) {
    const found = await this.post("/elements", { using, value });
    return found.map((each) => each[ELEMENT]);
  }

  /** Runs a function body in the page; elements pass as `{ element: id }`. */
  run(script, ...args) {
    return this.post("/execute/sync", { script, args: args.map(wire) }, 60_000);
  }

  /** Runs a function body that ends by calling its last argument. */
  runAsync(script, ...args) {
    return this.post("/execute/async", { script, args: args.map(wire) }, 90_000);
  }
}

function wire(value) {
  if (value && typeof value === "object" && "element" in value) return { [ELEMENT]: value.element };
  return value;
}

async function ask(method, address, body, timeoutMs = 30_000) {
  const response = await fetch(address, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: { "content-type": "application/json" },
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { value } = await response.json();
  if (!response.ok) throw new DriverError(value?.error ?? response.status, value?.message ?? "");
  return value;
}
