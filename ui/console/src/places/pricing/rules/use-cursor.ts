// Where the keyboard is in the list of rules, and which rules are chosen together.
import { useMemo, useState } from "react";
import type { Rule } from "../document.ts";

export interface Cursor {
  /** The rule that is looked at. */
  current: string | null;
  chosen: ReadonlySet<string>;
  go: (id: string | null) => void;
  /** The current rule joins or leaves those chosen together. */
  toggle: (id: string) => void;
  /** From where the choosing began up to here. */
  extend: (order: readonly string[], to: string) => void;
  choose: (ids: Iterable<string>) => void;
}

export function useCursor(rules: readonly Rule[], first: () => string | null): Cursor {
  const [current, setCurrent] = useState<string | null>(first);
  const [named, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  // a rule may be gone since it was chosen
  const chosen = useMemo(() => {
    const there = named.size > 0 ? rules.filter((rule) => named.has(rule.id)) : [];
    return new Set(there.map((rule) => rule.id));
  }, [rules, named]);
  return {
    current,
    chosen,
    go: (id) => {
      setCurrent(id);
      setAnchor(null);
    },
    toggle: (id) => {
      const next = new Set(chosen);
      if (!next.delete(id)) next.add(id);
      setChosen(next);
      setAnchor(id);
    },
    extend: (order, to) => {
      const from = anchor ?? current ?? to;
      const [a, b] = [order.indexOf(from), order.indexOf(to)].sort((x, y) => x - y);
      setChosen(new Set(order.slice(a, (b ?? 0) + 1)));
      setAnchor(from);
      setCurrent(to);
    },
    choose: (ids) => {
      setChosen(new Set(ids));
      setAnchor(null);
    },
  };
}
