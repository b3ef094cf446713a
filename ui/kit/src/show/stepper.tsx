import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

export interface Step {
  id: string;
  label: string;
  /** One line of what it holds or asks for. */
  about?: ReactNode;
  done: boolean;
}

export interface StepperProps {
  steps: readonly Step[];
  current: string;
  onGo: (id: string) => void;
  label: string;
  doneLabel: string;
  "data-testid"?: string;
}

/** The steps of a longer undertaking; any may be opened at any time. */
export function Stepper({ steps, current, onGo, label, doneLabel, ...rest }: StepperProps) {
  return (
    <nav aria-label={label}>
      <ol className="flex flex-col gap-1">
        {steps.map((step, at) => {
          const on = step.id === current;
          return (
            <li key={step.id}>
              <button
                type="button"
                aria-current={on ? "step" : undefined}
                onClick={() => onGo(step.id)}
                data-testid={`${rest["data-testid"] ?? "step"}-${step.id}`}
                className={cx(
                  "flex w-full items-start gap-3 rounded-md border px-3 py-2 text-start",
                  on ? "border-line bg-surface" : "border-transparent hover:bg-sunken",
                )}
              >
                <span
                  className={cx(
                    "mt-[1px] grid size-5 shrink-0 place-items-center rounded-full border text-xs font-semibold tabular-nums",
                    step.done
                      ? "border-accent bg-accent text-accent-ink"
                      : on
                        ? "border-accent text-accent"
                        : "border-control-line text-soft",
                  )}
                >
                  {step.done ? <Check aria-label={doneLabel} size={12} strokeWidth={3} /> : at + 1}
                </span>
                <span className="min-w-0">
                  <span className={cx("block", on ? "font-semibold" : "font-medium text-soft")}>
                    {step.label}
                  </span>
                  {step.about ? (
                    <span className="block text-s text-faint">{step.about}</span>
                  ) : null}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
