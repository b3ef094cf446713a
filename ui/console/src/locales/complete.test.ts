import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const folder = new URL(".", import.meta.url);
const languages = readdirSync(folder).filter((name) => name.endsWith(".po"));

/** Every text and its translation; placeholders are the names in braces. */
function entries(file: string): Array<{ id: string; text: string }> {
  const source = readFileSync(new URL(file, folder), "utf8");
  const quoted = (part: string) => [...part.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1]).join("");
  return [...source.matchAll(/^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)/gm)]
    .map((one) => ({ id: quoted(one[1] ?? ""), text: quoted(one[2] ?? "") }))
    .filter((one) => one.id !== "");
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map((one) => one[1]))].filter((name) => name && !/^[A-Z]/.test(name));

it("has more than one language, with the same texts in each", () => {
  expect(languages.length).toBeGreaterThan(1);
  const counts = new Set(languages.map((file) => entries(file).length));
  expect(counts.size).toBe(1);
  expect([...counts][0]).toBeGreaterThan(600);
});

it.each(languages)("%s has every text, with its placeholders", (file) => {
  for (const { id, text } of entries(file)) {
    expect(text, id).not.toBe("");
    if (!id.includes("plural,")) expect(placeholders(text).sort(), id).toEqual(placeholders(id).sort());
  }
});
