// A storefront service of its own, started from the command line: it can be killed and come back on the same
// address and data, and be asked what it holds, as a script of the owner's would.

import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { programOf, start } from "./processes.mjs";
import { freePort, hold, until } from "./wait.mjs";

export class Service {
  /** @param {{ souk: string, data: string, port: number, tour: string }} options */
  constructor({ souk, data, port, tour }) {
    this.souk = souk;
    this.data = data;
    this.port = port;
    this.log = join(tour, "service.log");
    /** What makes a first store, as it was printed last. */
    this.setupCode = "";
    this.process = undefined;
    this.session = undefined;
  }

  static async fresh({ souk, home, tour }) {
    const service = new Service({ souk, data: join(home, "hosted"), port: await freePort(), tour });
    await service.start();
    return service;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it on its data and waits until it answers. */
  async start() {
    const words = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.data];
    this.process = start(this.souk, words, {
      log: this.log,
      onLine: (line) => {
        this.setupCode = /\bsetup_\S+/.exec(line)?.[0] ?? this.setupCode;
      },
    });
    await until("the service is ready", async () => (await fetch(`${this.address}/readyz`)).ok, {
      timeoutMs: 30_000,
    });
  }

  /** Ends it in the middle of whatever it does. */
  async kill() {
    const { pid } = this.process;
    process.kill(pid, "SIGKILL");
    await until("the service is gone", () => programOf(pid) === "");
  }

  /** Signs the owner in, for what is asked of the store from here on. */
  async signIn(owner) {
    this.session = await this.#ask("POST", "/v1/sessions", { ...owner, device: "a script" });
  }

  read(path) {
    return this.#ask("GET", `/v1/stores/${this.session.store.id}/${path}`);
  }

  write(method, path, body) {
    return this.#ask(method, `/v1/stores/${this.session.store.id}/${path}`, body);
  }

  async #ask(method, path, body) {
    const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
    if (this.session) headers.authorization = `Bearer ${this.session.token}`;
    const answer = await fetch(this.address + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said = await answer.text();
    hold(`${method} ${path}`, answer.ok, said);
    return said ? JSON.parse(said) : undefined;
  }
}
