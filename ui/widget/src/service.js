// @ts-check
// The store's API and its live notice, as one visitor calls them.

/** @typedef {{ minor: number, currency: string }} Money */
/** @typedef {{ seq: number, at: string, who: string, text: string }} Message */
/** @typedef {{ unit_price: Money, total: Money, quantity: number, expires_at: string, state: string }} Deal */
/**
 * @typedef {{ id: string, state: string, sku: string, title: string, quantity: number,
 *   list_price: Money, standing_ask: Money | null, agreed_price: Money | null,
 *   with_person: boolean, messages: Message[], deal: Deal | null, seq: number }} Negotiation
 */
/** @typedef {{ code: string, message: string, context?: Record<string, string> }} Refusal */

const RETRY_MS = [500, 1500, 4000];
const RECONNECT_MS_MAX = 15_000;
/** How often to look while there is no live connection. */
const POLL_MS = 4000;

/** A refusal of the service, or no answer at all (`network`). */
export class Refused extends Error {
  /** @param {Refusal} body */
  constructor(body) {
    super(body.message);
    this.code = body.code;
  }
}

/** A key for one intention, also where the page is not served securely. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) =>
    b.toString(16).padStart(2, "0"),
  ).join("");
}

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** The store's API, as one visitor calls it. */
export class Api {
  /** @param {string} base @param {string} store @param {string} language */
  constructor(base, store, language) {
    this.base = base;
    this.store = store;
    this.language = language;
    this.elsewhere = base !== location.origin;
    /** Server's clock less ours, in milliseconds. */
    this.skew = 0;
  }

  /** On other sites there is no cookie: the visitor's token is kept by that site's page. */
  get token() {
    try {
      return localStorage.getItem(`souk-visitor ${this.base}`) ?? "new";
    } catch {
      return "new";
    }
  }

  /** @param {string} path */
  url(path) {
    return `${this.base}/v1/shops/${encodeURIComponent(this.store)}/${path}`;
  }

  /** @param {string} path @returns {Promise<any>} */
  read(path) {
    return this.call("GET", path, undefined, undefined);
  }

  /**
   * A write under one key however often it must be sent.
   * @param {string} path @param {unknown} body @returns {Promise<any>}
   */
  write(path, body) {
    return this.call("POST", path, JSON.stringify(body), newKey());
  }

  /**
   * @param {string} method @param {string} path
   * @param {string | undefined} body @param {string | undefined} key
   */
  async call(method, path, body, key) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.once(method, path, body, key);
      } catch (error) {
        const pause = RETRY_MS[attempt];
        if (error instanceof Refused || pause === undefined) throw error;
        await wait(pause);
      }
    }
  }

  /**
   * @param {string} method @param {string} path
   * @param {string | undefined} body @param {string | undefined} key
   */
  async once(method, path, body, key) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json", "Accept-Language": this.language };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key !== undefined) headers["Idempotency-Key"] = key;
    if (this.elsewhere) headers["X-Souk-Visitor"] = this.token;
    const credentials = this.elsewhere ? "omit" : "same-origin";
    const answer = await fetch(this.url(path), { method, headers, body, credentials });
    this.remember(answer);
    const text = await answer.text();
    const read = text ? JSON.parse(text) : null;
    if (!answer.ok) throw new Refused(read ?? { code: "other", message: answer.statusText });
    return read;
  }

  /** @param {Response} answer */
  remember(answer) {
    const at = Date.parse(answer.headers.get("Date") ?? "");
    if (!Number.isNaN(at)) this.skew = at - Date.now();
    const token = answer.headers.get("X-Souk-Visitor");
    if (!this.elsewhere || !token) return;
    try {
      localStorage.setItem(`souk-visitor ${this.base}`, token);
    } catch {
      // no storage: this visit lasts as long as the page
    }
  }

  /** Live notice goes by cookie, so only the shop's own pages have it; others look again. */
  socket() {
    return this.elsewhere ? undefined : new WebSocket(this.url("live").replace(/^http/, "ws"));
  }
}

/** Live notice of the visitor's negotiations, reconnecting; what was missed is read again. */
export class Live {
  /** @param {Api} api @param {(event: any) => void} said @param {() => void} resume */
  constructor(api, said, resume) {
    this.api = api;
    this.said = said;
    this.resume = resume;
    this.failures = 0;
    this.stopped = false;
    this.isOpen = false;
    /** @type {WebSocket | undefined} */
    this.socket = undefined;
    this.again = () => this.connect();
    window.addEventListener("online", this.again);
    this.poll = setInterval(() => this.isOpen || this.resume(), POLL_MS);
    this.connect();
  }

  connect() {
    if (this.stopped || this.isOpen || this.socket?.readyState === WebSocket.CONNECTING) return;
    const socket = this.api.socket();
    if (!socket) return;
    this.socket = socket;
    socket.onopen = () => {
      this.isOpen = true;
      this.failures = 0;
      this.resume();
    };
    socket.onmessage = (event) => this.said(JSON.parse(event.data));
    socket.onclose = () => {
      this.isOpen = false;
      this.failures += 1;
      const pause = Math.min(RECONNECT_MS_MAX, 500 * 2 ** Math.min(this.failures, 6));
      if (!this.stopped) setTimeout(this.again, pause * (0.75 + Math.random() / 2));
    };
  }

  stop() {
    this.stopped = true;
    clearInterval(this.poll);
    window.removeEventListener("online", this.again);
    this.socket?.close();
  }
}
