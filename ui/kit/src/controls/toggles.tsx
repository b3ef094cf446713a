import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { Switch as BaseSwitch } from "@base-ui/react/switch";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";
import type { Choice } from "./select.tsx";

export interface ToggleProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  help?: ReactNode;
  disabled?: boolean;
  className?: string;
  "data-testid"?: string;
}

export function Checkbox({
  checked,
  onChange,
  label,
  help,
  disabled,
  className,
  ...rest
}: ToggleProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's checkbox
    <label className={cx("flex items-start gap-2", className)}>
      <BaseCheckbox.Root
        {...rest}
        checked={checked}
        onCheckedChange={onChange}
        {...(disabled ? { disabled } : {})}
        className="mt-[1px] grid size-4 shrink-0 place-items-center rounded-[4px] border border-control-line bg-surface data-checked:border-accent data-checked:bg-accent"
      >
        <BaseCheckbox.Indicator>
          <Check aria-hidden size={12} strokeWidth={3} className="text-accent-ink" />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span>
        {label}
        {help ? <span className="block text-s text-faint">{help}</span> : null}
      </span>
    </label>
  );
}

export function Switch({
  checked,
  onChange,
  label,
  help,
  disabled,
  className,
  ...rest
}: ToggleProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's switch
    <label className={cx("flex items-start justify-between gap-4", className)}>
      <span>
        {label}
        {help ? <span className="block text-s text-faint">{help}</span> : null}
      </span>
      <BaseSwitch.Root
        {...rest}
        checked={checked}
        onCheckedChange={onChange}
        {...(disabled ? { disabled } : {})}
        className="relative mt-[1px] h-[18px] w-8 shrink-0 rounded-full border border-control-line bg-sunken data-checked:border-accent data-checked:bg-accent"
      >
        <BaseSwitch.Thumb className="comes-and-goes block size-3 translate-x-[2px] rounded-full bg-control-line data-checked:translate-x-[16px] data-checked:bg-accent-ink" />
      </BaseSwitch.Root>
    </label>
  );
}

export interface SegmentedProps {
  value: string;
  onChange: (value: string) => void;
  choices: readonly Choice[];
  label: string;
  className?: string;
  "data-testid"?: string;
}

/** A few choices side by side, one of them on. */
export function Segmented({ value, onChange, choices, label, className, ...rest }: SegmentedProps) {
  const testId = rest["data-testid"];
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(String(next))}
      className={cx(
        "inline-flex flex-wrap gap-[2px] self-start rounded-sm bg-sunken p-[2px]",
        className,
      )}
    >
      {choices.map((choice) => (
        <Radio.Root
          key={choice.value}
          value={choice.value}
          data-testid={testId ? `${testId}-${choice.value}` : undefined}
          className="inline-flex cursor-pointer items-center gap-1 rounded-[5px] px-[10px] py-[3px] font-medium whitespace-nowrap text-soft hover:text-text data-checked:bg-surface data-checked:text-text data-checked:shadow-[0_0_0_1px_var(--line)]"
        >
          {choice.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
