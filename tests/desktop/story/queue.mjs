// The queue: a notification rises, staff see the transcript, the margin and the reasons, and decide.

import { id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";

export const queue = [
  {
    name: "a notification rises and the queue shows who waits",
    async act(stage, picture) {
      const { window } = stage;
      await until("a notification rose", () => stage.notifications.length > 0);
      await window.click(id("nav-negotiations"));
      await window.click(id("queue-row"));
      await window.waitFor(id("transcript"));
      await window.axe("a negotiation");
      await window.shot(picture);
    },
  },
  {
    name: "the negotiation in the dark, narrow and wide",
    async act(stage, picture) {
      const { window } = stage;
      await window.theme("dark");
      await window.axe("a negotiation, dark");
      await window.shot(picture);
      await window.resize(900, 700);
      await window.axe("a negotiation, 900 pixels wide");
      await window.shot(`${picture}-narrow`);
      await window.resize(1440, 900);
      await window.theme("light");
    },
  },
  {
    name: "staff approve below the floor with reason and evidence",
    async act(stage, picture) {
      const { window } = stage;
      const headline = await window.read(id("decision-headline"));
      hold("the offer is named", headline.includes("£9.50"), headline);
      await window.click(id("decision-approve"));
      if ((await window.count(id("approve-dialog"))) > 0) {
        await window.type(id("approve-reason"), "A regular who takes six every month");
        await window.type(id("approve-evidence"), "note 2026-11: trade terms agreed by phone");
        await window.shot(picture);
        await window.click(id("approve-confirm"));
      }
      await window.waitFor(id("negotiation-ending"));
      await window.shot(`${picture}-done`);
    },
  },
];
