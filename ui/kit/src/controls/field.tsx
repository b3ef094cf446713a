import { type ReactNode, useId } from "react";
import { cx } from "../cx.ts";

/** The id of the label of the control that has this id. */
export const labelOf = (id: string) => `${id}-label`;

export interface FieldIds {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  label: ReactNode;
  /** Why it is asked, or what will be done with it. */
  help?: ReactNode;
  /** What is wrong, and what is expected. */
  error?: string | undefined;
  optional?: string;
  className?: string;
  children: (ids: FieldIds) => ReactNode;
}

/** A label, its control, its help and its error, tied together for every reader. */
export function Field({ label, help, error, optional, className, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const described =
    [help ? helpId : "", error ? errorId : ""].filter(Boolean).join(" ") || undefined;
  return (
    <div className={cx("flex min-w-0 flex-col gap-1", className)}>
      <label id={labelOf(id)} htmlFor={id} className="label-text">
        {label}
        {optional ? <span className="text-faint font-normal"> · {optional}</span> : null}
      </label>
      {children({ id, "aria-describedby": described, "aria-invalid": error ? true : undefined })}
      {help ? (
        <p id={helpId} className="text-s text-faint">
          {help}
        </p>
      ) : null}
      {error ? (
        <p id={errorId} role="alert" className="text-s text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
