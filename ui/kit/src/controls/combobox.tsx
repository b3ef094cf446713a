import { Combobox as Base } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import { useRef } from "react";
import { cx } from "../cx.ts";
import { labelOf } from "./field.tsx";
import { controlLook } from "./input.tsx";
import type { Choice } from "./select.tsx";

export interface ComboboxProps {
  value: string;
  onChange: (value: string) => void;
  /** Called as one types; give it to look choices up elsewhere. */
  onSearch?: (typed: string) => void;
  choices: readonly Choice[];
  /** The chosen one, where it may not be among `choices`. */
  chosen?: Choice | undefined;
  id?: string;
  placeholder?: string;
  /** What the list says when nothing fits. */
  nothing: string;
  className?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  "data-testid"?: string;
}

/** One of many, found by typing. */
export function Combobox({
  value,
  onChange,
  onSearch,
  choices,
  chosen: given,
  nothing,
  className,
  ...rest
}: ComboboxProps) {
  const chosen = useChosen(value, given ? [...choices, given] : choices);
  return (
    <Base.Root
      items={choices as Choice[]}
      value={chosen}
      onValueChange={(next) => onChange(next?.value ?? "")}
      isItemEqualToValue={(a, b) => a.value === b.value}
      limit={200}
      {...(onSearch
        ? {
            filter: null,
            onInputValueChange: (typed: string, { reason }: { reason: string }) => {
              if (reason === "input-change" || reason === "input-clear") onSearch(typed);
            },
          }
        : {})}
    >
      <Base.Input {...rest} className={cx(controlLook, "h-(--control)", className)} />
      <ChoicePopup nothing={nothing} of={rest} />
    </Base.Root>
  );
}

/**
 * The chosen one. It stays known while a search shows others, and stays the same object while it says the same: a new
 * object would be taken for a new choice, and write its label over what is being typed.
 */
function useChosen(value: string, choices: readonly Choice[]): Choice | null {
  const kept = useRef<Choice | null>(null);
  const found = choices.find((choice) => choice.value === value);
  const before = kept.current?.value === value ? kept.current : null;
  if (!found) kept.current = before;
  else if (before?.label !== found.label || before.hint !== found.hint) kept.current = found;
  return kept.current;
}

export interface ChoicePopupProps {
  /** What it says when nothing fits. */
  nothing: string;
  /** The field: the list has its name; each choice has its test id and its own value. */
  of: { id?: string; "aria-label"?: string; "data-testid"?: string };
}

/** What may be taken, under the field that it is typed into. */
export function ChoicePopup({ nothing, of }: ChoicePopupProps) {
  const testId = of["data-testid"];
  const named = of.id ? { "aria-labelledby": labelOf(of.id) } : { "aria-label": of["aria-label"] };
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-50">
        <Base.Popup className="comes-and-goes max-h-80 w-(--anchor-width) min-w-56 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-high">
          <Base.Empty className="px-2 py-1 text-faint empty:hidden">{nothing}</Base.Empty>
          <Base.List {...named}>
            {(choice: Choice) => (
              <Base.Item
                key={choice.value}
                value={choice}
                data-testid={testId ? `${testId}-${choice.value}` : undefined}
                className="flex cursor-default items-center gap-2 rounded-sm px-2 py-[5px] outline-none data-highlighted:bg-accent-wash"
              >
                <span className="min-w-0 flex-1">
                  {choice.label}
                  {choice.hint && choice.hint !== choice.label ? (
                    <span className="block text-s text-faint">{choice.hint}</span>
                  ) : null}
                </span>
                <Base.ItemIndicator>
                  <Check aria-hidden size={14} className="text-accent" />
                </Base.ItemIndicator>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
