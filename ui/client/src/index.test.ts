// The client against a stand-in for the wire: what it sends, and what it makes of each answer.

import { describe, expect, it } from "vitest";
import { answered, newKey, Refused, souk, untilAnswered } from "./index.ts";

const KEY = { "Idempotency-Key": "one" };

function shop(...answers: (Response | Error)[]) {
  const sent: Request[] = [];
  const client = souk({
    baseUrl: "http://shop.example",
    fetch: async (request) => {
      sent.push(request);
      const answer = answers.shift() ?? new Error("no more answers");
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { client, sent };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

describe("the client", () => {
  it("fills the path, sends the key and the body, and gives the answer", async () => {
    const { client, sent } = shop(json(200, { id: "n1", seq: 3 }));
    const path = { store: "lantern & lark", id: "n1" };
    const said = await client
      .POST("/v1/shops/{store}/negotiations/{id}/messages", {
        params: { path, header: KEY },
        body: { text: "would you take £9.50?" },
      })
      .then(answered);
    expect(said.seq).toBe(3);
    const [request] = sent;
    expect(request?.url).toBe(
      "http://shop.example/v1/shops/lantern%20%26%20lark/negotiations/n1/messages",
    );
    expect(request?.method).toBe("POST");
    expect(request?.headers.get("idempotency-key")).toBe("one");
    expect(await request?.json()).toEqual({ text: "would you take £9.50?" });
  });

  it("gives null where there is no negotiation yet", async () => {
    const { client } = shop(json(200, null));
    const params = { path: { store: "lantern" }, query: { sku: "85123A" } };
    const found = await client.GET("/v1/shops/{store}/negotiations", { params }).then(answered);
    expect(found).toBeNull();
  });

  it("throws a refusal with its code, and never asks again after one", async () => {
    const { client, sent } = shop(json(409, { code: "not_allowed_now", message: "It has ended." }));
    const params = { path: { store: "lantern", id: "n1" }, header: KEY };
    const ask = () =>
      client.POST("/v1/shops/{store}/negotiations/{id}/person", { params }).then(answered);
    const refused = await untilAnswered(ask, [0, 0]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ code: "not_allowed_now", status: 409 });
    expect(sent).toHaveLength(1);
  });

  it("has a code for an answer that is not the service's own", async () => {
    const { client } = shop(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    const params = { path: { store: "lantern", id: "n1" } };
    const ask = client.GET("/v1/shops/{store}/negotiations/{id}", { params }).then(answered);
    await expect(ask).rejects.toMatchObject({ code: "other", status: 502 });
  });

  it("asks again under the same key where no answer came", async () => {
    const { client, sent } = shop(
      new TypeError("cut"),
      new TypeError("cut"),
      json(201, { id: "n" }),
    );
    const params = { path: { store: "lantern" }, header: { "Idempotency-Key": newKey() } };
    const body = { sku: "85123A", quantity: 1 };
    const ask = () =>
      client.POST("/v1/shops/{store}/negotiations", { params, body }).then(answered);
    expect((await untilAnswered(ask, [0, 0])).id).toBe("n");
    const keys = new Set(sent.map((request) => request.headers.get("idempotency-key")));
    expect([sent.length, keys.size]).toEqual([3, 1]);
    const none = shop(new TypeError("cut"), new TypeError("cut")).client;
    const cut = () => none.POST("/v1/shops/{store}/negotiations", { params, body }).then(answered);
    await expect(untilAnswered(cut, [0])).rejects.toThrow("cut");
  });
});
