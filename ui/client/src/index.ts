// The typed client of the storefront's API: every path, parameter and answer comes from the OpenAPI
// document (`cargo xtask gen` writes schema.ts). It must never have a type of its own for what is on
// the wire.

import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { components, paths } from "./schema.ts";

export type Schemas = components["schemas"];
export type Souk = Client<paths>;
export type RefusalCode = Schemas["ErrorCode"] | "other";

/** Pauses before a request is sent again that got no answer, in milliseconds. */
export const PAUSES_MS: readonly number[] = [500, 1500, 4000];

/** The service read the request and said no; `code` says why. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: number;

  constructor(status: number, body: Partial<Schemas["ErrorBody"]>) {
    super(body.message ?? `The service answered ${status}.`);
    this.name = "Refused";
    this.code = body.code ?? "other";
    this.status = status;
  }
}

/** `baseUrl` is the service's origin; the rest is openapi-fetch's. */
export function souk(options: ClientOptions & { baseUrl: string }): Souk {
  return createClient<paths>(options);
}

/** The body of an answer; a refusal is thrown as {@link Refused}. */
export function answered<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.response.ok) return answer.data as T;
  const body = typeof answer.error === "object" && answer.error !== null ? answer.error : {};
  throw new Refused(answer.response.status, body);
}

/** Asks again where no answer came. A write must send the same idempotency key each time. */
export async function untilAnswered<T>(ask: () => Promise<T>, pauses = PAUSES_MS): Promise<T> {
  for (const pause of pauses) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused) throw error;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
  return ask();
}

/** An idempotency key for one intention, also on a page that is not served securely. */
export function newKey(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)));
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
