// @ts-check
// The store's API and its live notice, as one visitor calls them: by the typed client that is made
// from the API's own document.

import { answered, newKey, souk, untilAnswered } from "@souk/client";

/** @typedef {import("@souk/client").Schemas} Schemas */
/** @typedef {Schemas["Money"]} Money */
/** @typedef {Schemas["ShopDeal"]} Deal */
/** @typedef {Schemas["ShopNegotiation"]} Negotiation */

const RECONNECT_MS_MAX = 15_000;
/** How often to look while there is no live connection. */
const POLL_MS = 4000;
/** What the service's live notice speaks. */
const PROTOCOL = "souk.v1";

/** The store's API, as one visitor calls it. */
export class Api {
  /** @param {string} base @param {string} store @param {string} language */
  constructor(base, store, language) {
    this.base = base;
    this.store = store;
    this.elsewhere = base !== location.origin;
    /** Server's clock less ours, in milliseconds. */
    this.skew = 0;
    this.client = souk({
      baseUrl: base,
      credentials: this.elsewhere ? "omit" : "same-origin",
      headers: { Accept: "application/json", "Accept-Language": language },
    });
    this.client.use({
      onRequest: ({ request }) => {
        if (this.elsewhere) request.headers.set("X-Souk-Visitor", this.token);
      },
      onResponse: ({ response }) => this.remember(response),
    });
  }

  /** On other sites there is no cookie: the visitor's token is kept by that site's page. */
  get token() {
    try {
      return localStorage.getItem(`souk-visitor ${this.base}`) ?? this.kept ?? "new";
    } catch {
      return this.kept ?? "new";
    }
  }

  /** One intention: sent again under one key until there is an answer. @param {string} [id] */
  once(id = "") {
    return { path: { store: this.store, id }, header: { "Idempotency-Key": newKey() } };
  }

  /** The visitor's negotiation on a product that still runs, or null. @param {string} sku */
  find(sku) {
    const params = { path: { store: this.store }, query: { sku } };
    return untilAnswered(() =>
      this.client.GET("/v1/shops/{store}/negotiations", { params }).then(answered),
    );
  }

  /** How a negotiation stands; asked once, without a second try. @param {string} id */
  view(id) {
    const params = { path: { store: this.store, id } };
    return this.client.GET("/v1/shops/{store}/negotiations/{id}", { params }).then(answered);
  }

  /** @param {string} sku @param {number} quantity */
  open(sku, quantity) {
    const params = this.once();
    const body = { sku, quantity };
    return untilAnswered(() =>
      this.client.POST("/v1/shops/{store}/negotiations", { params, body }).then(answered),
    );
  }

  /** @param {string} id @param {string} text */
  say(id, text) {
    const params = this.once(id);
    const body = { text };
    return untilAnswered(() =>
      this.client
        .POST("/v1/shops/{store}/negotiations/{id}/messages", { params, body })
        .then(answered),
    );
  }

  /** Takes the standing ask while it still is this. @param {string} id @param {Money} price */
  accept(id, price) {
    const params = this.once(id);
    const body = { price };
    return untilAnswered(() =>
      this.client
        .POST("/v1/shops/{store}/negotiations/{id}/accept", { params, body })
        .then(answered),
    );
  }

  /** @param {string} id */
  askPerson(id) {
    const params = this.once(id);
    return untilAnswered(() =>
      this.client.POST("/v1/shops/{store}/negotiations/{id}/person", { params }).then(answered),
    );
  }

  /** A way to the shop's checkout for a deal that was made on this site. @param {string} id */
  handOver(id) {
    const params = this.once(id);
    return untilAnswered(() =>
      this.client.POST("/v1/shops/{store}/negotiations/{id}/hand-over", { params }).then(answered),
    );
  }

  /** @param {Response} answer */
  remember(answer) {
    const at = Date.parse(answer.headers.get("Date") ?? "");
    if (!Number.isNaN(at)) this.skew = at - Date.now();
    const token = answer.headers.get("X-Souk-Visitor");
    if (!this.elsewhere || !token) return;
    this.kept = token;
    try {
      localStorage.setItem(`souk-visitor ${this.base}`, token);
    } catch {
      // no storage: this visit lasts as long as the page
    }
  }

  /** Live notice: by cookie on the shop's own pages; elsewhere the visitor's token goes with it. */
  socket() {
    const store = encodeURIComponent(this.store);
    const url = `${this.base}/v1/shops/${store}/live`.replace(/^http/, "ws");
    if (!this.elsewhere) return new WebSocket(url);
    return this.token === "new" ? undefined : new WebSocket(url, [PROTOCOL, this.token]);
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
