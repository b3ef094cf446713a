import { endAll } from "./harness/processes.mjs";
import { shop } from "./story/shop.mjs";

process.on("exit", endAll);
const stage = {
  tour: "/tmp/smoke",
  home: process.env.HOME,
  headed: false,
  shop: "http://127.0.0.1:18099/s/lantern-and-lark/",
};
for (const s of shop) {
  const t = Date.now();
  try {
    await s.act(stage, "x-" + s.name.replaceAll(" ", "-"));
    console.log(s.name, Date.now() - t);
  } catch (e) {
    console.log(s.name, String(e).slice(0, 2500));
  }
}
console.log(stage.browser?.said);
await stage.browser?.close();
endAll();
process.exit();
