import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import { cx } from "../cx.ts";
import { controlLook } from "./input.tsx";

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

export interface SelectProps {
  value: string;
  onChange: (value: string) => void;
  choices: readonly Choice[];
  id?: string;
  disabled?: boolean;
  className?: string;
  placeholder?: string;
  "aria-label"?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  "data-testid"?: string;
}

/** One of a few. For many, use Combobox. Each choice has the test id of the select plus its value. */
export function Select({
  value,
  onChange,
  choices,
  className,
  disabled,
  placeholder,
  ...rest
}: SelectProps) {
  const testId = rest["data-testid"];
  return (
    <Base.Root
      items={choices as Choice[]}
      value={value === "" ? null : value}
      onValueChange={(next) => onChange(next ?? "")}
      {...(disabled ? { disabled } : {})}
    >
      <Base.Trigger
        {...rest}
        className={cx(
          controlLook,
          "flex h-(--control) items-center justify-between gap-2 text-start data-popup-open:border-accent",
          className,
        )}
      >
        <span className="truncate">
          <Base.Value>
            {(current: string | null) =>
              choices.find((choice) => choice.value === current)?.label ?? (
                <span className="text-faint">{placeholder ?? " "}</span>
              )
            }
          </Base.Value>
        </span>
        <ChevronDown aria-hidden size={14} className="shrink-0 text-faint" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="comes-and-goes max-h-80 min-w-(--anchor-width) overflow-y-auto rounded-md border border-line-strong bg-raised p-1 shadow-high">
            {choices.map((choice) => (
              <Base.Item
                key={choice.value}
                value={choice.value}
                data-testid={testId ? `${testId}-${choice.value}` : undefined}
                className="flex cursor-default items-center gap-2 rounded-sm px-2 py-[5px] outline-none data-highlighted:bg-accent-wash"
              >
                <Base.ItemText className="flex-1">
                  {choice.label}
                  {choice.hint ? (
                    <span className="block text-s text-faint">{choice.hint}</span>
                  ) : null}
                </Base.ItemText>
                <Base.ItemIndicator>
                  <Check aria-hidden size={14} className="text-accent" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
