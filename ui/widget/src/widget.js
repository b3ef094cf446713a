// @ts-check
// <souk-widget store="lantern" sku="85123A" lang="en" merchant="Lantern & Lark">: bargaining over
// one product, on the shop's own pages or on any site that the store lets embed it. `cargo xtask gen`
// makes one file of this folder, which the service hands out. It shows what the service says and never
// makes, guesses or keeps a price.

import { Refused } from "@souk/client";
import { make } from "./element.js";
import { Api, Live } from "./service.js";
import { SHEET } from "./style.js";
import { ENGLISH, GERMAN } from "./words.js";

/** @typedef {import("./service.js").Money} Money */
/** @typedef {import("./service.js").Deal} Deal */
/** @typedef {import("./service.js").Negotiation} Negotiation */

const ENDED = new Set(["redeemed", "declined", "expired", "withdrawn", "stopped", "lapsed"]);
/** Longest message that the service reads, in characters. */
const TEXT_MAX = 2000;
const SERVICE = new URL(import.meta.url).origin;

class SoukWidget extends HTMLElement {
  connectedCallback() {
    this.language = (this.getAttribute("lang") ?? document.documentElement.lang).startsWith("de")
      ? "de"
      : "en";
    this.words = this.language === "de" ? GERMAN : ENGLISH;
    this.sku = this.getAttribute("sku") ?? "";
    this.store = this.getAttribute("store") ?? "";
    this.merchant = this.getAttribute("merchant") ?? this.store;
    const base = new URL(this.getAttribute("shop") ?? SERVICE, location.href).origin;
    this.api = new Api(base, this.store, this.language);
    /** @type {Negotiation | undefined} */
    this.now = undefined;
    /** Words sent whose answer is not here yet. */
    this.pending = "";
    this.busy = false;
    /** Done when the negotiation that is being opened is there. @type {Promise<void> | undefined} */
    this.opening = undefined;
    this.trouble = "";
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.replaceChildren(...this.build());
    this.takeOver();
    this.clock = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    this.live?.stop();
    this.live = undefined;
    clearInterval(this.clock);
  }

  /** The page's plain form gives way to the panel; a page without a button gets one. */
  takeOver() {
    const buttons = document.querySelectorAll("[data-souk-open]");
    for (const plain of document.querySelectorAll("[data-souk-plain]")) {
      if (plain instanceof HTMLElement) plain.hidden = true;
    }
    for (const button of buttons) {
      if (!(button instanceof HTMLElement)) continue;
      button.hidden = false;
      button.setAttribute("aria-haspopup", "dialog");
      button.addEventListener("click", () => this.open());
    }
    this.ownButton = buttons.length === 0;
    if (this.pill) this.pill.hidden = !this.ownButton;
  }

  build() {
    const words = this.words ?? ENGLISH;
    this.title_ = make("h2", { id: "who", textContent: this.merchant });
    this.person = make("button", {
      className: "link",
      type: "button",
      textContent: words.askPerson,
      "data-testid": "offer-person",
      onclick: () => this.write((api, id) => api.askPerson(id)),
    });
    this.kind = make("span", { className: "small", "data-testid": "offer-kind" });
    const close = make("button", {
      className: "x",
      type: "button",
      textContent: "✕",
      "aria-label": words.close,
      "data-testid": "offer-close",
      onclick: () => this.panel?.close(),
    });
    const mark = document.createElement("template");
    mark.innerHTML =
      '<svg width="26" height="26" viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6" fill="#0b6b57"/><path d="M5 17V11a7 7 0 0 1 14 0v6" fill="none" stroke="#fff" stroke-width="2.2"/><path d="M9 17v-5a3 3 0 0 1 6 0v5" fill="none" stroke="#e9b44c" stroke-width="2.2"/></svg>';
    const head = make(
      "div",
      { className: "head" },
      mark.content,
      make("div", {}, this.title_, this.kind, this.person),
      close,
    );
    this.log = make("ol", { "data-testid": "offer-log" });
    this.card = make("div", { className: "card", hidden: true, "data-testid": "offer-card" });
    this.status = make("p", {
      className: "status",
      role: "status",
      "data-testid": "offer-status",
    });
    const talk = make("div", { role: "log", "aria-label": words.talk }, this.log);
    this.middle = make("div", { className: "middle", tabIndex: 0 }, talk, this.card, this.status);
    this.input = make("input", {
      "aria-label": words.label,
      placeholder: words.placeholder,
      maxLength: TEXT_MAX,
      autocomplete: "off",
      "data-testid": "offer-input",
    });
    const send = make("button", {
      className: "b p",
      textContent: words.send,
      "data-testid": "offer-send",
    });
    this.form = make("form", { onsubmit: this.submit.bind(this) }, this.input, send);
    this.panel = make(
      "dialog",
      { "aria-labelledby": "who", "data-testid": "offer-panel", onclick: this.outside.bind(this) },
      head,
      this.middle,
      this.form,
    );
    this.pill = make("button", {
      className: "b p float",
      type: "button",
      textContent: words.open,
      "data-testid": "offer-reopen",
      onclick: () => this.open(),
    });
    return [this.panel, this.pill];
  }

  /** A press beside the panel closes it. @param {MouseEvent} event */
  outside(event) {
    if (event.target === this.panel && event.detail > 0) this.panel?.close();
  }

  async open() {
    if (!this.panel || this.panel.open) return;
    this.panel.showModal();
    if (this.pill && !this.ownButton) this.pill.hidden = true;
    this.input?.focus();
    if (!this.now) await this.begin();
    this.show();
  }

  /** Goes on with the negotiation that there is, or opens one. */
  async begin() {
    this.opening = this.enter();
    await this.opening;
    this.opening = undefined;
  }

  async enter() {
    this.trouble = "";
    this.busy = true;
    this.show();
    try {
      const known = await this.api?.find(this.sku ?? "").catch((error) => {
        if (error instanceof Refused && error.code === "not_found") return null;
        throw error;
      });
      if (known) this.receive(known);
      else await this.create();
    } catch (error) {
      this.fail(error);
    }
    this.busy = false;
    this.listen();
    this.show();
  }

  async create() {
    const field = document.querySelector("[data-souk-quantity]");
    const asked = field instanceof HTMLInputElement ? Number.parseInt(field.value, 10) : 1;
    const quantity = Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
    this.receive(await this.api?.open(this.sku ?? "", quantity));
  }

  async restart() {
    this.now = undefined;
    this.busy = true;
    this.show();
    try {
      await this.create();
    } catch (error) {
      this.fail(error);
    }
    this.busy = false;
    this.input?.focus();
    this.show();
  }

  listen() {
    if (this.live || !this.api) return;
    this.live = new Live(
      this.api,
      (event) => {
        if (event.type === "negotiation") this.receive(event.negotiation);
        else this.refresh();
      },
      () => this.refresh(),
    );
  }

  /** Reads how things stand, after a cut or while there is no live connection. */
  async refresh() {
    if (!this.now) return;
    try {
      this.receive(await this.api?.view(this.now.id));
      if (this.trouble === this.words?.offline) this.trouble = "";
    } catch {
      this.trouble = this.words?.offline ?? "";
    }
    this.show();
  }

  /** Takes what is newer than what is shown; never goes back. @param {Negotiation} [next] */
  receive(next) {
    if (!next || next.sku !== this.sku) return;
    if (this.now?.id === next.id && next.seq < this.now.seq) return;
    const fresh = this.now?.id === next.id ? next.messages.length - this.now.messages.length : 0;
    this.now = next;
    this.show();
    const last = next.messages[next.messages.length - 1];
    if (fresh > 0 && !this.panel?.open && last?.who !== "customer" && this.pill) {
      this.pill.textContent = `${this.merchant} ${this.words?.answered}`;
      this.pill.hidden = false;
    }
  }

  /** @param {SubmitEvent} event */
  async submit(event) {
    event.preventDefault();
    // quicker than the service: what was typed is sent once it has answered
    await this.opening;
    const text = this.input?.value.trim() ?? "";
    if (!text || this.busy || !this.input) return;
    this.pending = text;
    this.input.value = "";
    const sent = await this.write((api, id) => api.say(id, text));
    this.pending = "";
    if (!sent && !this.input.value) this.input.value = text;
    this.show();
    this.input.focus();
  }

  /**
   * Tells the service; true when it took it.
   * @param {(api: Api, id: string) => Promise<Negotiation>} act
   */
  async write(act) {
    if (!this.now && !this.busy) await this.begin();
    if (!this.now || this.busy || !this.api) return false;
    const id = this.now.id;
    this.busy = true;
    this.trouble = "";
    this.show();
    try {
      const next = await act(this.api, id);
      this.pending = "";
      this.receive(next);
      return true;
    } catch (error) {
      this.fail(error);
      if (error instanceof Refused) await this.refresh();
      return false;
    } finally {
      this.busy = false;
      this.show();
    }
  }

  /** @param {unknown} error */
  fail(error) {
    const errors = /** @type {Record<string, string>} */ ({ ...(this.words ?? ENGLISH).errors });
    const code = error instanceof Refused ? error.code : "network";
    this.trouble = errors[code] ?? errors.other ?? "";
  }

  /** @param {Money} money */
  money(money) {
    const format = new Intl.NumberFormat(this.language, {
      style: "currency",
      currency: money.currency,
      currencyDisplay: "narrowSymbol",
    });
    // the digits move as text, so no amount is ever rounded
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    const text = String(Math.abs(money.minor)).padStart(digits + 1, "0");
    const cut = text.length - digits;
    const sign = money.minor < 0 ? "-" : "";
    const plain = digits ? `${sign}${text.slice(0, cut)}.${text.slice(cut)}` : `${sign}${text}`;
    return format.format(/** @type {any} */ (plain));
  }

  show() {
    const { words, log, status, form, person, kind, now } = this;
    if (!words || !log || !status || !form || !person || !kind) return;
    const ended = now !== undefined && ENDED.has(now.state);
    const open = now !== undefined && !ended && now.state !== "agreed";
    const waits = now?.with_person === true || now?.state === "awaiting_staff";
    person.hidden = !open || waits;
    const helper = person.hidden ? words.helper : `${words.helper} · `;
    kind.textContent = now?.with_person ? words.person : helper;
    form.hidden = !(open || (now === undefined && !this.trouble));
    this.showMessages();
    this.showCard();
    status.classList.toggle("bad", this.trouble !== "");
    const said = this.trouble || this.stateText();
    if (status.textContent !== said) status.textContent = said;
    if (this.middle) this.middle.scrollTop = this.middle.scrollHeight;
  }

  stateText() {
    const { words, now } = this;
    if (!words) return "";
    if (!now) return this.busy ? words.opening : "";
    if (now.state === "awaiting_staff" && !now.with_person) return words.waiting;
    return /** @type {Record<string, string>} */ (words.states)[now.state] ?? "";
  }

  /** Adds what is not there yet: a screen reader hears only that. */
  showMessages() {
    const { log, now, words } = this;
    if (!log || !words) return;
    const messages = now?.messages ?? [];
    if (log.dataset.id !== (now?.id ?? "")) log.replaceChildren();
    log.dataset.id = now?.id ?? "";
    log.querySelector(".pending")?.remove();
    const names = { customer: words.you, bot: words.bot, staff: words.staff, system: words.system };
    const have = log.childElementCount;
    for (const message of messages.slice(have)) {
      const name = /** @type {Record<string, string>} */ (names)[message.who] ?? message.who;
      const who = make("span", {
        className: message.who === "staff" ? "who" : "unseen",
        textContent: `${name}: `,
      });
      log.append(
        make(
          "li",
          { className: message.who, "data-testid": `offer-message-${message.who}` },
          who,
          message.text,
        ),
      );
    }
    const isThere = messages
      .slice(have)
      .some((one) => one.who === "customer" && one.text === this.pending);
    if (this.pending && !isThere) {
      log.append(make("li", { className: "customer pending", textContent: this.pending }));
    }
  }

  /** What can be taken now: the standing ask, the deal, or a new start. */
  showCard() {
    const { card, now, words } = this;
    if (!card || !words) return;
    const state = now ? `${now.id} ${now.seq} ${now.state}` : this.trouble && "trouble";
    if (card.dataset.shows !== state) {
      card.dataset.shows = state;
      card.replaceChildren(...this.cardParts());
      card.hidden = card.childElementCount === 0;
    }
    for (const button of card.querySelectorAll("button")) button.disabled = this.busy === true;
    this.tick();
  }

  /** @returns {Node[]} */
  cardParts() {
    const { now, words } = this;
    if (!words) return [];
    if (!now || ENDED.has(now.state)) {
      if (!now && !this.trouble) return [];
      return [this.button(words.restart, "offer-restart", true, () => this.restart())];
    }
    if (now.state === "agreed" && now.deal) return this.dealParts(now, now.deal);
    const ask = now.standing_ask;
    if (!ask) return [];
    const total = { minor: ask.minor * now.quantity, currency: ask.currency };
    const take = this.button(words.take, "offer-take", true, () =>
      this.write((api, id) => api.accept(id, ask)),
    );
    const again = this.button(words.again, "offer-again", false, () => this.input?.focus());
    const sum = now.quantity > 1 ? `${this.money(total)} ${words.total}` : "";
    return [
      this.headline(now, ask),
      make("div", { className: "pair fine" }, make("span", { textContent: sum })),
      make("div", { className: "row" }, take, again),
    ];
  }

  /** @param {Negotiation} now @param {Deal} deal @returns {Node[]} */
  dealParts(now, deal) {
    const words = this.words ?? ENGLISH;
    this.held = make("span", { "data-testid": "offer-held" });
    return [
      this.headline(now, deal.unit_price),
      make(
        "div",
        { className: "pair fine" },
        make("span", { textContent: `${this.money(deal.total)} · ${words.agreed}` }),
        this.held,
      ),
      make("div", { className: "row" }, this.checkout(now)),
    ];
  }

  /** The way to pay: on the shop's own pages a link, elsewhere the deal is handed over to them. */
  checkout(/** @type {Negotiation} */ now) {
    const text = (this.words ?? ENGLISH).checkout;
    if (this.api?.elsewhere) {
      return this.button(text, "offer-checkout", true, () => this.leave(now.id));
    }
    const href = `${this.shop()}/checkout?offer=${encodeURIComponent(now.id)}`;
    const id = "offer-checkout";
    return make("a", { className: "b p", href, textContent: text, "data-testid": id });
  }

  shop() {
    return `${this.api?.base}/s/${encodeURIComponent(this.store ?? "")}`;
  }

  /** Posts a code for the deal to the shop, so that it stands in no address. @param {string} id */
  async leave(id) {
    try {
      const way = await this.api?.handOver(id);
      const code = make("input", { type: "hidden", name: "code", value: way?.code ?? "" });
      const action = `${this.shop()}/hand-over`;
      const form = make("form", { method: "post", action, target: "_top", hidden: true }, code);
      document.body.append(form);
      form.submit();
      form.remove();
    } catch (error) {
      this.fail(error);
      this.show();
    }
  }

  /** @param {Negotiation} now @param {Money} price */
  headline(now, price) {
    const each = now.quantity > 1 ? ` ${this.words?.each}` : "";
    return make(
      "div",
      { className: "pair" },
      make("b", { textContent: `${now.quantity} × ${now.title}` }),
      make("b", { textContent: `${this.money(price)}${each}`, "data-testid": "offer-price" }),
    );
  }

  /** @param {string} text @param {string} id @param {boolean} first @param {() => void} onclick */
  button(text, id, first, onclick) {
    const className = first ? "b p" : "b";
    return make("button", {
      type: "button",
      className,
      textContent: text,
      "data-testid": id,
      onclick,
    });
  }

  /** The time that the service gave, counted down by its clock. */
  tick() {
    const { now, held, words } = this;
    if (!held || !words || now?.state !== "agreed" || !now.deal) return;
    const left = Date.parse(now.deal.expires_at) - Date.now() - (this.api?.skew ?? 0);
    const seconds = Math.floor(left / 1000);
    if (seconds <= 0) held.textContent = words.heldOver;
    else if (seconds >= 60)
      held.textContent = `${words.held} ${Math.floor(seconds / 60)} ${words.minutes}`;
    else held.textContent = `${words.held} ${seconds} ${words.seconds}`;
    if (seconds === 0) this.refresh();
  }
}

if (!customElements.get("souk-widget")) customElements.define("souk-widget", SoukWidget);
