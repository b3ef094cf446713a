// The story's steps in their order. Each plays one thing that a merchant or a customer does, and sees that it held.

import { opening } from "./opening.mjs";

export const steps = [...opening];
