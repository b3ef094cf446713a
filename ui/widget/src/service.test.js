// @ts-check
// The widget on the shop's own pages and on another site: what it sends, and what it keeps.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Api } from "./service.js";

const SHOP = "https://shop.example";
const NEGOTIATION = { id: "n1", seq: 1, sku: "85123A", messages: [] };

/** @type {Request[]} */
let sent = [];
/** @type {unknown[][]} */
let sockets = [];

/** @param {string} origin */
function visit(origin) {
  /** @type {Map<string, string>} */
  const kept = new Map();
  vi.stubGlobal("location", { origin });
  vi.stubGlobal("localStorage", {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
  });
  return new Api(SHOP, "lantern", "en");
}

beforeEach(() => {
  sent = [];
  sockets = [];
  vi.stubGlobal("fetch", async (/** @type {Request} */ request) => {
    sent.push(request);
    const way = request.url.endsWith("/hand-over");
    const body = way ? { code: "ho_1", expires_at: "2026-11-20T09:02:00Z" } : NEGOTIATION;
    const headers = { "X-Souk-Visitor": "vs_1", Date: new Date().toUTCString() };
    return new Response(JSON.stringify(body), { status: way ? 201 : 200, headers });
  });
  vi.stubGlobal(
    "WebSocket",
    class {
      /** @param {unknown[]} words */
      constructor(...words) {
        sockets.push(words);
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

describe("the widget's calls", () => {
  it("go by cookie on the shop's own pages", async () => {
    const api = visit(SHOP);
    expect((await api.open("85123A", 2)).id).toBe("n1");
    await api.say("n1", "£9,50");
    api.socket();
    const [opened, said] = sent;
    expect(opened?.credentials).toBe("same-origin");
    expect(opened?.headers.get("x-souk-visitor")).toBeNull();
    expect(await opened?.json()).toEqual({ sku: "85123A", quantity: 2 });
    expect(said?.url).toBe(`${SHOP}/v1/shops/lantern/negotiations/n1/messages`);
    const keys = sent.map((request) => request.headers.get("idempotency-key"));
    expect(new Set(keys).size).toBe(2);
    expect(sockets).toEqual([["wss://shop.example/v1/shops/lantern/live"]]);
  });

  it("carry the visitor's own token on another site, on the live line too", async () => {
    const api = visit("https://blog.example");
    expect(api.socket()).toBeUndefined();
    await api.find("85123A");
    await api.view("n1");
    api.socket();
    const tokens = sent.map((request) => request.headers.get("x-souk-visitor"));
    expect(tokens).toEqual(["new", "vs_1"]);
    expect(sent[0]?.credentials).toBe("omit");
    expect(sockets).toEqual([["wss://shop.example/v1/shops/lantern/live", ["souk.v1", "vs_1"]]]);
    expect((await api.handOver("n1")).code).toBe("ho_1");
  });
});
