import { readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import type { Product } from "../../api/bindings.ts";
import { ProductPicture } from "./picture.tsx";

vi.mock("../../api/ipc.ts", () => ({ artAddress: () => "art://localhost/home" }));

it.each(["http://127.0.0.1:11434/api/pull", "http://127.0.0.1:631/", "https://example.com/a.png"])(
  "a catalogue cannot make the console ask %s",
  (image) => {
    const product = { sku: "L1", category: "home", image } as Product;
    const markup = renderToStaticMarkup(<ProductPicture product={product} className="" />);
    expect(markup).toContain("art://localhost/home");
    expect(markup).not.toContain(image);
  },
);

it("the window's content policy loads pictures from no port of this computer", () => {
  const file = new URL("../../../../../tauri.conf.json", import.meta.url);
  const policy = JSON.parse(readFileSync(file, "utf8")).app.security.csp;
  expect(policy["img-src"]).toBe("'self' data: blob: art: http://art.localhost");
});
