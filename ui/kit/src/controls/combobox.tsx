import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, X } from "lucide-react";
import { useRef } from "react";
import { cx } from "../cx.ts";
import { controlLook } from "./input.tsx";
import type { Choice } from "./select.tsx";

const popupLook =
  "comes-and-goes max-h-80 w-(--anchor-width) min-w-56 overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-high";
const itemLook =
  "flex cursor-default items-center gap-2 rounded-sm px-2 py-[5px] outline-none data-highlighted:bg-accent-wash";

interface Shared {
  choices: readonly Choice[];
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

export interface ComboboxProps extends Shared {
  value: string;
  onChange: (value: string) => void;
  /** Called as one types; give it to look choices up elsewhere. */
  onSearch?: (typed: string) => void;
}

/** One of many, found by typing. */
export function Combobox({
  value,
  onChange,
  onSearch,
  choices,
  nothing,
  className,
  ...rest
}: ComboboxProps) {
  const chosen = useChosen(value, choices);
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
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className={popupLook}>
            <Base.Empty className="px-2 py-1 text-faint empty:hidden">{nothing}</Base.Empty>
            <ChoiceList testId={rest["data-testid"]} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
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

export interface MultiComboboxProps extends Shared {
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** Name of the button that takes a chosen one away. */
  removeLabel: (label: string) => string;
}

/** Several of many; each chosen one is a chip that the keyboard can take away. */
export function MultiCombobox({
  value,
  onChange,
  choices,
  nothing,
  removeLabel,
  className,
  ...rest
}: MultiComboboxProps) {
  const chosen = value.map(
    (one) => choices.find((choice) => choice.value === one) ?? { value: one, label: one },
  );
  return (
    <Base.Root
      multiple
      items={choices as Choice[]}
      value={chosen}
      onValueChange={(next) => onChange(next.map((choice) => choice.value))}
      isItemEqualToValue={(a, b) => a.value === b.value}
      limit={200}
    >
      <Base.Chips
        className={cx(
          "flex min-h-(--control) w-full flex-wrap items-center gap-1 rounded-sm border border-control-line bg-surface px-1 py-[2px] focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent",
          className,
        )}
      >
        {chosen.map((choice) => (
          <Base.Chip
            key={choice.value}
            aria-label={choice.label}
            className="inline-flex h-[21px] items-center gap-1 rounded-[5px] bg-sunken ps-2 pe-1 text-s font-medium text-text data-highlighted:bg-accent-wash"
          >
            {choice.label}
            <Base.ChipRemove
              aria-label={removeLabel(choice.label)}
              className="grid size-[17px] place-items-center rounded-[4px] text-soft hover:text-text"
            >
              <X aria-hidden size={12} />
            </Base.ChipRemove>
          </Base.Chip>
        ))}
        <Base.Input
          {...rest}
          placeholder={chosen.length === 0 ? rest.placeholder : undefined}
          className="h-[22px] min-w-20 flex-1 bg-transparent px-1 outline-none placeholder:text-faint"
        />
      </Base.Chips>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50">
          <Base.Popup className={popupLook}>
            <Base.Empty className="px-2 py-1 text-faint empty:hidden">{nothing}</Base.Empty>
            <ChoiceList testId={rest["data-testid"]} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function ChoiceList({ testId }: { testId: string | undefined }) {
  return (
    <Base.List>
      {(choice: Choice) => (
        <Base.Item
          key={choice.value}
          value={choice}
          data-testid={testId ? `${testId}-${choice.value}` : undefined}
          className={itemLook}
        >
          <span className="flex-1">
            {choice.label}
            {choice.hint ? <span className="block text-s text-faint">{choice.hint}</span> : null}
          </span>
          <Base.ItemIndicator>
            <Check aria-hidden size={14} className="text-accent" />
          </Base.ItemIndicator>
        </Base.Item>
      )}
    </Base.List>
  );
}
