import { Progress as Base } from "@base-ui/react/progress";
import type { ReactNode } from "react";
import { Button } from "../controls/button.tsx";

export interface ProgressProps {
  label: string;
  /** What is done; `null` while the whole is not known. */
  done: number | null;
  of: number;
  /** Counts and time left, in words. */
  words?: ReactNode;
  cancelLabel?: string;
  onCancel?: () => void;
  "data-testid"?: string;
}

/** Long work: how far, how long yet, and a way out. */
export function Progress({
  label,
  done,
  of,
  words,
  cancelLabel,
  onCancel,
  ...rest
}: ProgressProps) {
  return (
    <Base.Root {...rest} value={done} max={Math.max(of, 1)} className="flex flex-col gap-[6px]">
      <div className="flex items-center gap-3">
        <Base.Label className="font-medium">{label}</Base.Label>
        <span className="flex-1 text-end text-s text-soft tabular-nums">{words}</span>
        {onCancel ? (
          <Button look="ghost" onClick={onCancel} data-testid="progress-cancel">
            {cancelLabel}
          </Button>
        ) : null}
      </div>
      <Base.Track className="h-[6px] overflow-hidden rounded-full bg-sunken">
        <Base.Indicator className="block h-full rounded-full bg-accent data-indeterminate:w-1/3 data-indeterminate:animate-pulse" />
      </Base.Track>
    </Base.Root>
  );
}
