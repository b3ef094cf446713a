// The window freezes Object.prototype, so that no script can poison it. One helper of ECharts writes
// `constructor` onto a plain object by assignment, which a frozen prototype forbids; here it defines the
// property instead. The build stops when the place is no longer as it was.
import type { Plugin } from "vite";

const file = "/echarts/lib/core/Scheduler.js";
const assigns = /target\[(name_\d+)\] = noop;/;

export function frozenPrototypes(): Plugin {
  return {
    name: "souk:frozen-prototypes",
    transform(code, id) {
      if (!(id.split("?")[0] ?? "").endsWith(file)) return null;
      if (!assigns.test(code))
        this.error(`${file} has changed: look whether it still needs mending`);
      const defines =
        "Object.defineProperty(target, $1, { value: noop, writable: true, configurable: true });";
      return { code: code.replace(assigns, defines), map: null };
    },
  };
}
