// For tests only: rules by chance, the same from the same seed.
import type { Rule } from "../document.ts";

/** Numbers from 0 to below `sides`, by a linear congruence (Numerical Recipes, 2nd ed., p. 284). */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

export function anyRule(roll: (sides: number) => number, id: string): Rule {
  const when = {
    ...(roll(2) ? { category: { any_of: ["home"] } } : {}),
    ...(roll(3) === 0 ? { quantity: { min: 1 + roll(20) } } : {}),
    ...(roll(4) === 0 ? { segment: { any_of: ["vip"] } } : {}),
  };
  return {
    id,
    name: `Rule ${id}`,
    priority: roll(4) * 10,
    ...(Object.keys(when).length > 0 ? { when } : {}),
    guardrails: { floor: { of_list: `0.${50 + roll(40)}` } },
  };
}

export function anyRules(roll: (sides: number) => number, most: number): Rule[] {
  return Array.from({ length: roll(most + 1) }, (_, at) => anyRule(roll, `r${at}-${roll(1000)}`));
}
