import { type KeyboardEvent, useId, useState } from "react";
import { cx } from "../cx.ts";

export interface MenuChoice {
  value: string;
  label: string;
  group: string;
}

export interface TypedMenuProps {
  label: string;
  choices: readonly MenuChoice[];
  onChoose: (value: string) => void;
  placeholder: string;
  nothing: string;
  "data-testid"?: string;
}

/** A menu that is narrowed by typing: arrows go through it, Enter takes. Stands in a popover. */
export function TypedMenu({
  label,
  choices,
  onChoose,
  placeholder,
  nothing,
  ...rest
}: TypedMenuProps) {
  const list = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const words = typed.toLowerCase().trim();
  const found = choices.filter((one) => `${one.label} ${one.group}`.toLowerCase().includes(words));
  const groups = [...new Set(found.map((one) => one.group))];
  const current = found[Math.min(at, found.length - 1)];

  function keys(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter" && current) onChoose(current.value);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <input
        role="combobox"
        data-first
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={current ? `${list}-${current.value}` : undefined}
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={keys}
        className="h-(--control) w-full rounded-sm border border-control-line bg-surface px-[9px] placeholder:text-faint"
        data-testid={rest["data-testid"]}
      />
      <div id={list} role="listbox" aria-label={label} className="mt-2 max-h-72 overflow-y-auto">
        {found.length === 0 ? <p className="px-2 py-1 text-soft">{nothing}</p> : null}
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group within a listbox
          <div key={group} role="group" aria-label={group}>
            <p aria-hidden className="px-2 pt-2 pb-1 text-xs font-semibold text-faint">
              {group}
            </p>
            {found
              .filter((one) => one.group === group)
              .map((one) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
                <div
                  key={one.value}
                  id={`${list}-${one.value}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={one === current}
                  ref={(element) => {
                    if (one === current) element?.scrollIntoView({ block: "nearest" });
                  }}
                  onClick={() => onChoose(one.value)}
                  onMouseMove={() => setAt(found.indexOf(one))}
                  data-testid={
                    rest["data-testid"] ? `${rest["data-testid"]}-${one.value}` : undefined
                  }
                  className={cx(
                    "cursor-default rounded-sm px-2 py-[5px]",
                    one === current && "bg-accent-wash",
                  )}
                >
                  {one.label}
                </div>
              ))}
          </div>
        ))}
      </div>
    </>
  );
}
