// What opens when a chip is pressed: the one editor of what it says.
import { rangeKeys, termKeys } from "../model/clauses.ts";
import type { Side } from "../model/edit.ts";
import { CustomerEditor, NamesEditor, WeekdayEditor } from "./names-editor.tsx";
import { HoldEditor, ListEditor, MannerEditor, NumberEditor } from "./plain-editors.tsx";
import { RangeEditor } from "./range-editor.tsx";
import { DiscountEditor, TermEditor } from "./term-editor.tsx";
import { TimeEditor, WindowEditor } from "./time-editor.tsx";

export interface EditorProps {
  what: { key: string };
  /** Which part of it was pressed. */
  side?: Side | "from" | "until" | undefined;
  value: unknown;
  currency: string;
  /** `undefined` says it no longer. */
  onChange: (value: unknown) => void;
}

export function ChipEditor(props: EditorProps) {
  const { key } = props.what;
  if (termKeys.includes(key)) return <TermEditor {...props} />;
  if (rangeKeys.includes(key)) return <RangeEditor {...props} />;
  switch (key) {
    case "customer":
      return <CustomerEditor {...props} />;
    case "weekday":
      return <WeekdayEditor {...props} />;
    case "time":
      return <TimeEditor {...props} />;
    case "window":
      return <WindowEditor {...props} />;
    case "max_discount":
      return <DiscountEditor {...props} />;
    case "max_rounds":
    case "priority":
      return <NumberEditor {...props} />;
    case "concession":
      return <MannerEditor {...props} />;
    case "deal_valid":
      return <HoldEditor {...props} />;
    case "sweeteners":
    case "combine_with":
      return <ListEditor {...props} />;
    default:
      return <NamesEditor {...props} />;
  }
}
