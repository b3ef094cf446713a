import { expect, it } from "vitest";
import {
  freshId,
  percentToShare,
  readDocument,
  shareToPercent,
  starter,
  withKey,
  writeDocument,
} from "./document.ts";

it.each([
  ["5.5", "0.055"],
  ["80", "0.8"],
  ["100", "1"],
  ["110", "1.1"],
  ["0", "0"],
  ["0.5", "0.005"],
  ["12.345", "0.12345"],
  ["-1", null],
  ["1e2", null],
  ["", null],
])("%j per cent is the share %j", (percent, share) => expect(percentToShare(percent)).toBe(share));

it.each([
  ["0.055", "5.5"],
  ["0.80", "80"],
  ["1.10", "110"],
  ["1", "100"],
  ["0", "0"],
  [".5", "50"],
])("the share %j is %j per cent", (share, percent) => expect(shareToPercent(share)).toBe(percent));

it("takes away what is empty", () => {
  expect(withKey({ any_of: ["a"] } as { any_of?: string[] }, "any_of", undefined)).toBeUndefined();
  expect(withKey(undefined as { min?: number; max?: number } | undefined, "min", 3)).toEqual({
    min: 3,
  });
});

it("keeps ids apart", () => {
  expect(freshId("Winter lights!", ["winter-lights"])).toBe("winter-lights-2");
  expect(freshId("  ", [])).toBe("rule");
});

it("keeps keys that it has no field for", () => {
  const text = writeDocument({
    ...starter("GBP", "Europe/London", "All"),
    rules: [{ id: "a", name: "A", later: { b: 1 } } as never],
  });
  expect(readDocument(text)).toEqual(JSON.parse(text));
  expect(readDocument("[]")).toBeNull();
  expect(readDocument("{")).toBeNull();
});
