// Waiting for something to become true, with a limit and a message that says what was waited for.

export const sleep = (/** @type {number} */ ms) =>
  new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again until the answer is neither undefined, null nor false.
 * @template T
 * @param {string} what told when it does not come true in time
 * @param {() => T | Promise<T>} ask may throw while it is not true yet
 * @param {{ timeoutMs?: number, everyMs?: number }} [limits]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, ask, { timeoutMs = 15_000, everyMs = 100 } = {}) {
  const begun = Date.now();
  let last = "";
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== null && answer !== false) {
        return /** @type {NonNullable<T>} */ (answer);
      }
      last = "";
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() - begun > timeoutMs) {
      throw new Error(`not within ${timeoutMs} ms: ${what}${last ? ` (${last})` : ""}`);
    }
    await sleep(everyMs);
  }
}

/** Fails with `what` unless it holds. */
export function hold(what, condition, detail) {
  if (!condition)
    throw new Error(detail === undefined ? what : `${what}: ${JSON.stringify(detail)}`);
}

/** A port of the loopback that nobody listens on. */
export async function freePort() {
  const { createServer } = await import("node:net");
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
