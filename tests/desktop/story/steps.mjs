// The story's steps in their order. Each plays one thing that a merchant or a customer does, and sees that it held.

import { firstRun } from "./first-run.mjs";

export const steps = [...firstRun];
