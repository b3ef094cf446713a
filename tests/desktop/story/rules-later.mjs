// Rules after a day of selling: what the set in shadow would have done, effect and back again, and a set of ten
// thousand rules.

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { tomorrow } from "./onboarding.mjs";
import { chip, importRules, saved, state } from "./rules.mjs";

const MANY = 10_000;

export const rulesLater = [
  {
    name: "what the set in shadow would have done stands beside what was done",
    async act(stage, picture) {
      const { window } = stage;
      await openSet(window, "shadow");
      await window.click(id("tab-shadow"));
      await window.waitFor(id("shadow-figures"));
      await window.waitFor(id("shadow-row"));
      await window.looksWideAndNarrow("shadow");
      await window.shot(picture);
    },
  },
  {
    name: "it is put off, takes effect, and is rolled back",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("rule-set-activate"));
      await window.click(id("activate-when-later"));
      await window.type(id("activate-day"), tomorrow());
      await window.type(id("activate-reason"), "From tomorrow on");
      await window.axe("activating at a set time");
      await window.click(id("activate-confirm"));
      await window.click(id("rule-set-unschedule"));
      await window.click(id("rule-set-activate"));
      await window.type(id("activate-reason"), "The shadow looked well");
      await window.click(id("activate-confirm"));
      await window.waitFor(state("active"));
      await window.click(id("rule-set-roll-back"));
      await window.type(id("roll-back-reason"), "Too strict for the week before Christmas");
      await window.axe("rolling back");
      await window.click(id("roll-back-confirm"));
      await window.waitGone(id("roll-back-dialog"));
      await openSet(window, "active");
      await until("the set before is active again", async () =>
        (await window.words()).includes("Winter bargains"),
      );
      await window.shot(picture);
    },
  },
  {
    name: "ten thousand rules are imported, scrolled, changed and taken back",
    async act(stage, picture) {
      const { window } = stage;
      await importRules(stage, "many-rules", manyRules());
      await window.waitFor(state("draft"), { timeoutMs: 60_000 });
      await window.waitFor(id("rule-card"));
      await window.axe("ten thousand rules");
      await window.session.run(
        "const list = document.querySelector('[role=grid]'); list.scrollTop = list.scrollHeight / 2;",
      );
      await until("rules of the middle are drawn", () =>
        window.session.run(
          "return [...document.querySelectorAll('[role=row][data-id]')].some((row) => Number(row.ariaRowIndex) > 4000)",
        ),
      );
      const drawn = await window.count(id("rule-card"));
      hold("only those in sight are drawn", drawn < 60, drawn);
      await window.shot(picture);
      await window.type(id("rules-search"), "number 4242");
      await window.waitFor(id("rules-shown"));
      await until("the rules that were found stand still", () =>
        window.session.runAsync(
          `const done = arguments[arguments.length - 1];
           const at = () => [...document.querySelectorAll("[role=row][data-id]")]
             .map((row) => row.dataset.id + row.getBoundingClientRect().top).join();
           const before = at();
           setTimeout(() => done(before === at()), 150);`,
          [],
        ),
      );
      const floor = chip("rule-4242", "floor");
      await window.click(floor);
      await window.type(id("edit-floor"), "61");
      await window.press("Enter");
      await window.waitFor(saved);
      hold("it is changed", (await window.read(floor)).includes("61"));
      await window.press("Control+z");
      await until("it is as before", async () => !(await window.read(floor)).includes("61"));
      await window.waitFor(saved);
      await window.click(id("nav-pricing"));
      await window.type(id("sets-search"), "many-rules");
      await window.click(id("set-delete"));
      await window.click(id("delete-confirm"));
      await window.waitGone(id("delete-dialog"));
    },
  },
];

/** Opens the one set of that state. */
async function openSet(window, name) {
  await window.click(id("nav-pricing"));
  await window.pick("sets-state", name);
  await window.waitFor(css(`[data-testid="set-state"][data-state="${name}"]`));
  await window.click(css(`[data-testid="rule-set-row"]`));
  await window.waitFor(state(name));
}

function manyRules() {
  return {
    schema: "souk.rules/1",
    currency: "GBP",
    timezone: "Europe/London",
    rules: Array.from({ length: MANY }, (_, at) => ({
      id: `rule-${at}`,
      name: `Number ${at}`,
      priority: at % 100,
      when: { country: { any_of: ["GB"] }, quantity: { min: 1 + (at % 40), max: 60 + at } },
      guardrails: { floor: { of_list: `0.${50 + (at % 40)}` } },
    })),
  };
}
