// @ts-check
// One file of the widget, with the client's few lines of openapi-fetch in it. Only the schema's types
// come from elsewhere, and types leave nothing behind.

import { defineConfig } from "rolldown";

export default defineConfig({
  input: "src/widget.js",
  output: {
    file: process.env.SOUK_WIDGET ?? "dist/widget.js",
    format: "esm",
    minify: true,
    banner: "/*! Souk's widget. Holds openapi-fetch, MIT, (c) 2023 Drew Powers. */",
  },
});
