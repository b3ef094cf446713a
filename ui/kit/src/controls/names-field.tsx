import { Combobox as Base } from "@base-ui/react/combobox";
import { X } from "lucide-react";
import { useState } from "react";
import { ChoicePopup } from "./combobox.tsx";
import type { Choice } from "./select.tsx";

export interface NamesFieldProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
  choices: readonly Choice[];
  /** Called as one types; give it to look choices up elsewhere. */
  onSearch?: (typed: string) => void;
  /** Words for taking what was typed as it stands; without it, only choices can be taken. */
  asTyped?: (typed: string) => string;
  nothing: string;
  removeLabel: (label: string) => string;
  placeholder?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  "data-first"?: boolean;
  "data-testid"?: string;
}

/** Several names, found by typing or taken as typed; each is a chip that the keyboard can take away. */
export function NamesField(props: NamesFieldProps) {
  const { value, onChange, choices, onSearch, asTyped, nothing, removeLabel, ...rest } = props;
  const [typed, setTyped] = useState("");
  const chosen = value.map((one) => named(choices, one));
  const free = typed.trim();
  const known = choices.some((one) => one.value === free) || value.includes(free);
  const offered =
    asTyped && free !== "" && !known
      ? [...choices, { value: free, label: asTyped(free), hint: free }]
      : choices;
  return (
    <Base.Root
      multiple
      items={offered as Choice[]}
      value={chosen}
      inputValue={typed}
      onInputValueChange={(text) => {
        setTyped(text);
        onSearch?.(text);
      }}
      onValueChange={(next) => {
        onChange(next.map((choice) => choice.value));
        setTyped("");
      }}
      isItemEqualToValue={(a, b) => a.value === b.value}
      {...(onSearch ? { filter: null } : { filter: fits })}
      autoHighlight
      limit={200}
    >
      <Base.Chips className="flex max-h-40 min-h-(--control) w-full flex-wrap items-center gap-1 overflow-y-auto rounded-sm border border-control-line bg-surface px-1 py-[2px] focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent">
        {chosen.map((choice) => (
          <Base.Chip
            key={choice.value}
            aria-label={choice.label}
            className="inline-flex h-[21px] max-w-full items-center gap-1 rounded-[5px] bg-chip ps-2 pe-1 text-s font-medium text-text data-highlighted:bg-accent-wash"
          >
            <span className="truncate">{choice.label}</span>
            <Base.ChipRemove
              aria-label={removeLabel(choice.label)}
              className="grid size-[17px] shrink-0 place-items-center rounded-[4px] text-soft hover:text-text"
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
      <ChoicePopup nothing={nothing} of={rest} />
    </Base.Root>
  );
}

function named(choices: readonly Choice[], value: string): Choice {
  return choices.find((choice) => choice.value === value) ?? { value, label: value };
}

function fits(choice: Choice, typed: string): boolean {
  const words = typed.toLowerCase().trim();
  return `${choice.label} ${choice.value}`.toLowerCase().includes(words);
}
