// The story's steps in their order. Each plays one thing that a merchant or a customer does, and sees that it held.

import { audit } from "./audit.mjs";
import { checkout } from "./checkout.mjs";
import { decline } from "./decline.mjs";
import { farewell } from "./farewell.mjs";
import { figures } from "./figures.mjs";
import { firstRun } from "./first-run.mjs";
import { german } from "./german.mjs";
import { hosted } from "./hosted.mjs";
import { importing } from "./import.mjs";
import { offers } from "./offers.mjs";
import { goLive, onboarding } from "./onboarding.mjs";
import { places } from "./places.mjs";
import { queue } from "./queue.mjs";
import { rules } from "./rules.mjs";
import { rulesLater } from "./rules-later.mjs";
import { rulesTogether } from "./rules-together.mjs";
import { settings } from "./settings.mjs";
import { shop } from "./shop.mjs";
import { trouble } from "./trouble.mjs";

export const steps = [
  ...firstRun,
  ...onboarding,
  ...importing,
  ...rules,
  ...goLive,
  ...shop,
  ...offers,
  ...queue,
  ...checkout,
  ...rulesLater,
  ...rulesTogether,
  ...figures,
  ...audit,
  ...settings,
  ...decline,
  ...places,
  ...german,
  ...hosted,
  ...trouble,
  ...farewell,
];
