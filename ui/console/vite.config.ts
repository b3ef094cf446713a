import { lingui } from "@lingui/vite-plugin";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { frozenPrototypes } from "./frozen-prototypes.ts";
import { macros } from "./macros.ts";

export default defineConfig({
  plugins: [macros(), frozenPrototypes(), lingui(), react(), tailwind()],
  // the window is the system's own webview: WebKitGTK 2.40 and its like
  build: { target: ["es2023", "safari16.4"], assetsInlineLimit: 2048, reportCompressedSize: true },
  server: { host: "127.0.0.1", port: 5373, strictPort: false },
});
