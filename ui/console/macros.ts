// Lingui's macros at build time. Babel runs over files that name them and over no others, and leaves the
// TypeScript and JSX in place for the bundler.
import { transformAsync } from "@babel/core";
import type { Plugin } from "vite";

export function macros(): Plugin {
  return {
    name: "souk:lingui-macros",
    enforce: "pre",
    async transform(code, id) {
      const file = id.split("?")[0] ?? id;
      if (!/\.tsx?$/.test(file) || file.includes("node_modules") || !code.includes("/macro"))
        return null;
      const done = await transformAsync(code, {
        filename: file,
        configFile: false,
        babelrc: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: ["@lingui/babel-plugin-lingui-macro"],
      });
      return done?.code ? { code: done.code, map: done.map } : null;
    },
  };
}
