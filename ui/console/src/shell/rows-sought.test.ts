import { expect, it } from "vitest";
import { negotiationsSought, ordersSought, readSought } from "./rows-sought.ts";

const from = "2026-11-01T00:00:00.000Z";
const until = "2026-11-20T00:00:00.000Z";

it.each([
  [{}, {}],
  [
    { from, until, of: "agreed" },
    { from, until, of: "agreed" },
  ],
  [{ from }, {}],
  [{ from: "yesterday", until }, {}],
  [{ of: "everything" }, {}],
  [{ of: 7, from: 1, until: 2 }, {}],
])("%j asks for %j", (search, sought) => {
  expect(readSought(search)).toEqual(sought);
});

it("counts what the dashboard counts", () => {
  expect(negotiationsSought({ from, until, of: "agreed" })).toEqual({
    from,
    until,
    states: ["agreed", "redeemed", "lapsed"],
  });
  const open = ["opened", "bargaining", "awaiting_staff"];
  expect(negotiationsSought({ of: "ended" }).states).not.toEqual(expect.arrayContaining(open));
  expect(negotiationsSought({ of: "ended" }).states).toHaveLength(7);
  expect(ordersSought({ from, until, of: "sold" })).toEqual({
    from,
    until,
    sold: true,
    returns: false,
  });
  expect(ordersSought({ from, until, of: "booked" })).toEqual({ from, until, sold: true });
});
