import { useLingui } from "@lingui/react/macro";
import type { Rung } from "@souk/kit";
import type { FloorAnswer, TraceLine } from "../../../api/bindings.ts";

/** The prices of one answer as rungs of the ladder, each with the rule that binds it. */
export function useRungs(): (answer: FloorAnswer) => Rung[] {
  const { t } = useLingui();
  return (answer) => {
    const rule = (...keys: string[]) =>
      answer.trace.find((line: TraceLine) => line.binding && keys.includes(line.key))?.rule_name;
    const rungs: Rung[] = [{ kind: "list", label: t`list`, price: answer.list_price }];
    const add = (kind: Rung["kind"], label: string, price: string | null, set?: string) => {
      if (price !== null) rungs.push({ kind, label, price, rule: set });
    };
    add("cost", t`cost`, answer.unit_cost);
    // a contradiction has neither in its answer, but both in its trace
    add(
      "floor",
      t`floor`,
      answer.floor ?? bound(answer, "floor", "max_discount"),
      rule("floor", "max_discount"),
    );
    add("ceiling", t`ceiling`, answer.ceiling ?? bound(answer, "ceiling"), rule("ceiling"));
    add("accept", t`accept`, answer.accept_at, rule("accept_at"));
    add("target", t`target`, answer.target, rule("target"));
    return rungs;
  };
}

function bound(answer: FloorAnswer, ...keys: string[]): string | null {
  const line = answer.trace.find((one) => one.binding && keys.includes(one.key));
  return line && /^\d+(\.\d+)?$/.test(line.value) ? line.value : null;
}
