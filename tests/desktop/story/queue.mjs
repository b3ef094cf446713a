// The queue: a notification rises, staff see the transcript, the margin and the reasons, and decide.

import { css, id } from "../harness/by.mjs";
import { hold, until } from "../harness/wait.mjs";
import { say } from "./offers.mjs";
import { AGREED, PRODUCT, REASON } from "./product.mjs";

/** What staff ask, above the floor. */
const COUNTER = "£10.50";
/** What the customer offers before it is AGREED: below the floor too. */
const BEFORE = "£9.90";

export const queue = [
  {
    name: "a notification rises and the queue shows by itself who waits",
    async act(stage, picture) {
      const { window } = stage;
      const notice = await until("a notification rose", () =>
        stage.notifications.find((each) => each.title.endsWith("is waiting for you")),
      );
      hold("it names the product", notice.body.includes(PRODUCT.title), notice.body);
      hold("it tells neither floor nor cost", !notice.body.includes(PRODUCT.floor), notice.body);
      await window.waitFor(id("queue-row"));
      await window.axe("the queue");
      await window.shot(picture);
    },
  },
  {
    name: "staff see what was said, the margin at each step and the reasons",
    async act(stage, picture) {
      const { window } = stage;
      await window.click(id("queue-row"));
      await until("both offers are in the transcript", async () => {
        const said = await window.read(id("transcript"));
        return ["£9.50", "£5", "margin", stage.asked].every((each) => said.includes(each));
      });
      await window.waitFor(css('[aria-label="Figures and reasons"] [data-testid="trace"]'));
      await window.waitFor(css('[aria-label="Figures and reasons"] svg'));
      const deal = await window.read(css('aside [data-testid="this-deal"]'));
      hold("the margin kept is told", deal.includes("Margin kept"), deal);
      const headline = await window.read(id("decision-headline"));
      hold("the offer is named", headline.includes("£5.00"), headline);
      await window.axe("a negotiation");
      await window.shot(picture);
      await window.theme("dark");
      await window.axe("a negotiation, dark");
      await window.shot(`${picture}-dark`);
      await window.theme("light");
    },
  },
  {
    name: "below cost one person alone may not approve; staff take over and counter",
    async act(stage, picture) {
      const { window } = stage;
      const { page } = stage.browser;
      const headline = await window.read(id("decision-headline"));
      hold("it is said why", headline.includes("below cost"), headline);
      const bar = await window.read(id("decision-bar"));
      hold("no reach is told beside it", !bar.includes("may approve down to"), bar);
      hold("there is no button for it", (await window.count(id("decision-approve"))) === 0);
      await window.click(id("decision-take-over"));
      await window.waitFor(id("decision-release"));
      await window.click(id("decision-other"));
      await window.type(id("decision-price"), COUNTER.slice(1));
      await window.click(id("decision-price-send"));
      const sent = Date.now();
      await page.getByTestId("offer-message-staff").filter({ hasText: COUNTER }).first().waitFor();
      const waited = Date.now() - sent;
      hold("the customer saw it within five seconds", waited < 5_000, waited);
      await stage.browser.shot(`${picture}-customer`);
      await until("the counteroffer is in the transcript", async () =>
        (await window.read(id("transcript"))).includes(COUNTER),
      );
      await window.shot(picture);
    },
  },
  {
    name: "the offer changes while staff decide on it; nothing goes out before that is seen",
    async act(stage, picture) {
      const { window } = stage;
      const { page } = stage.browser;
      await say(page, `could you do ${BEFORE}?`);
      await until("the new offer is read", async () =>
        (await window.read(id("decision-headline"))).includes(BEFORE),
      );
      await window.click(id("decision-approve"));
      await window.type(id("approve-reason"), REASON);
      await window.type(id("approve-evidence"), "note of November: trade terms agreed by phone");
      await say(page, `sorry, I meant ${AGREED}`);
      const note = await window.read(id("late-note"));
      for (const offer of [BEFORE, AGREED]) hold(`${offer} is told`, note.includes(offer), note);
      await window.waitFor(css('[data-testid="approve-confirm"][disabled]'));
      await window.axe("an offer that changed while it was decided on");
      await window.shot(picture);
      await window.click(id("decide-anew"));
      await window.waitGone(id("late-note"));
      const reason = await window.value(id("approve-reason"));
      hold("the reason is still there", reason === REASON, reason);
    },
  },
  {
    name: "below the floor staff approve with reason and evidence",
    async act(stage, picture) {
      const { window } = stage;
      const asked = await window.read(id("approve-dialog"));
      for (const told of [AGREED, PRODUCT.floor])
        hold(`${told} is told`, asked.includes(told), asked);
      await window.axe("an approval below the floor");
      await window.shot(picture);
      await window.click(id("approve-confirm"));
      await window.waitGone(id("approve-dialog"));
    },
  },
  {
    name: "the customer sees the deal at once, and how long it is held",
    async act(stage, picture) {
      const { window } = stage;
      const { page } = stage.browser;
      await page.getByTestId("offer-checkout").waitFor();
      const price = await page.getByTestId("offer-price").innerText();
      hold(`the deal is at ${AGREED}`, price === AGREED, price);
      await until("the time that is left is told", async () =>
        /held for you \d+ (min|s)/.test(await page.getByTestId("offer-held").innerText()),
      );
      await stage.browser.axe("a deal");
      await stage.browser.shot(`${picture}-customer`);
      const ending = await window.read(id("negotiation-ending"));
      hold("staff read the deal and its end", ending.includes(`Agreed at ${AGREED}`), ending);
      await window.axe("an agreed negotiation");
      await window.shot(picture);
    },
  },
];
