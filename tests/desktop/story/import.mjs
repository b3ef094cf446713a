// A merchant's own file: chosen in the desktop's dialog, looked at, taken in, and taken back.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { id, text } from "../harness/by.mjs";
import { chooseFile } from "../harness/file-dialog.mjs";
import { hold, sleep, until } from "../harness/wait.mjs";

const TITLE = "Brass tea lantern with moon cutouts";
const FILE = [
  "sku,title,category,list_price,unit_cost,stock",
  `LL-001,${TITLE},home/lighting,18.50,7.20,12`,
  "LL-002,Copper pouring jug,kitchen/kettles,24.00,9.80,5",
  "LL-003,Linen runner,home/textiles,32.00,14.00,8",
  "LL-004,Cup with a price below nothing,kitchen/mugs,-4.00,1.00,3",
  "LL-002,Copper pouring jug again,kitchen/kettles,25.00,9.80,5",
  "LL-005,=1+1,home/textiles,6.00,2.00,9",
  "",
].join("\n");

/** Long enough that its import can be stopped in the middle. */
const LONG = [
  "sku,title,category,list_price,unit_cost,stock",
  ...Array.from(
    { length: 4000 },
    (_, at) => `LONG-${at},Lantern number ${at},home/lighting,18.50,7.20,12`,
  ),
  "",
].join("\n");

/** One product of two variants and one of one, as Shopify writes them. */
const SHOPIFY = [
  "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Cost per item,Status",
  'wool-throw,Wool throw,"<p>Warm &amp; <b>heavy</b></p>",Lark,Textiles,"wool, winter",true,Colour,Grey,SH-THROW-G,7,64.00,28.00,active',
  "wool-throw,,,,,,,,Moss,SH-THROW-M,4,66.00,28.00,",
  "brass-bell,Brass bell,,Lark,Bells,,true,Title,Default Title,SH-BELL,9,12.00,4.50,active",
  "",
].join("\n");

/** Types a search into the catalogue and waits until it shows this product, or none. */
async function sought(window, words, title) {
  await window.click(id("nav-catalogue"));
  await window.type(id("catalogue-search"), words);
  if (title === undefined) {
    await window.waitFor(text("Nothing found"));
    // it may have answered the words half typed
    await sleep(500);
    hold(`${words} finds nothing`, (await window.count(id("product-row"))) === 0);
    return;
  }
  await until(`${words} finds ${title}`, async () => {
    const rows = await window.count(id("product-row"));
    return rows === 1 && (await window.read(id("product-row"))).includes(title);
  });
}

async function openCatalogueStep(window) {
  await window.click(id("nav-onboarding"));
  await window.click(id("onboarding-step-catalogue"));
}

/** Chooses a file with these words in the desktop's dialog. */
async function choose({ window, home }, name, words, format = "souk") {
  const path = join(home, name);
  writeFileSync(path, words);
  await openCatalogueStep(window);
  await window.click(id(`import-format-${format}`));
  await window.click(id("import-choose"));
  await chooseFile("Import a catalogue", path);
}

export const importing = [
  {
    name: "a file is chosen in the desktop's dialog and looked at first",
    async act(stage, picture) {
      const { window } = stage;
      await choose(stage, "lantern-and-lark.csv", FILE);
      const seen = await window.read(id("import-preview"));
      for (const count of ["6 rows", "4 new", "0 changed", "2 errors", "1 warning"]) {
        hold(`it tells ${count}`, seen.includes(count), seen);
      }
      const errors = await window.read(id("import-errors"));
      hold("the negative price is told by its line", /line 5\s+list_price/.test(errors), errors);
      hold("the second SKU is told by its line", /line 6\s+sku/.test(errors), errors);
      const warnings = await window.read(id("import-warnings"));
      hold("the formula is told by its line", /line 7\s+title/.test(warnings), warnings);
      await window.axe("an import's preview");
      await window.shot(picture);
    },
  },
  {
    name: "what is right in the file comes in",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("import-run"));
      const done = await window.read(id("import-done"));
      hold("four products came in", done.includes("4 new"), done);
      await window.axe("an import that is done");
      await window.shot(picture);
      await sought(window, "LL-001", TITLE);
      await sought(window, "LL-005", "=1+1");
      await sought(window, "LL-004");
    },
  },
  {
    name: "the import is taken back",
    async act(stage, picture) {
      const { window } = stage;
      await openCatalogueStep(window);
      await window.click(id("past-import-undo"));
      await window.waitGone(id("past-import-undo"));
      await window.shot(picture);
      await sought(window, "LL-001");
    },
  },
  {
    name: "an import is cancelled half way and leaves nothing behind",
    async act(stage, picture) {
      const { window } = stage;
      await choose(stage, "long.csv", LONG);
      await window.click(id("import-run"), { timeoutMs: 60_000 });
      await window.click(id("progress-cancel"));
      await window.shot(picture);
      const said = await window.read(id("error-note"), { timeoutMs: 120_000 });
      hold("that it was cancelled is told", said.includes("cancelled"), said);
      hold("what is left is told", said.includes("The catalogue is as it was"), said);
      await window.axe("an import that was cancelled");
      await sought(window, "LONG-7");
    },
  },
  {
    name: "a file of Shopify's comes in, each variant a product, and is taken back",
    async act(stage, picture) {
      const { window } = stage;
      await choose(stage, "shopify.csv", SHOPIFY, "shopify");
      const seen = await window.read(id("import-preview"));
      hold("three new products are seen", seen.includes("3 new"), seen);
      hold("nothing is wrong in it", (await window.count(id("import-errors"))) === 0);
      await window.axe("the preview of a Shopify file");
      await window.shot(picture);
      await window.click(id("import-run"));
      const done = await window.read(id("import-done"));
      hold("three products came in", done.includes("3 new"), done);
      await sought(window, "SH-THROW-M", "Moss");
      await openCatalogueStep(window);
      await window.click(id("past-import-undo"));
      await window.waitGone(id("past-import-undo"));
      await sought(window, "SH-THROW-M");
    },
  },
];
