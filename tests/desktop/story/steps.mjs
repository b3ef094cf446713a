// The story's steps in their order. Each plays one thing that a merchant or a customer does, and sees that it held.

import { firstRun } from "./first-run.mjs";
import { goLive, onboarding } from "./onboarding.mjs";
import { rules } from "./rules.mjs";
import { shop } from "./shop.mjs";

export const steps = [...firstRun, ...onboarding, ...rules, ...goLive, ...shop];
