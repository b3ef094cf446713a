import { X } from "lucide-react";
import type { HTMLAttributes, ReactNode } from "react";
import { cx } from "../cx.ts";
import { Hint } from "../overlays/tooltip.tsx";

export type Tone = "plain" | "accent" | "warn" | "bad" | "info";

const tones: Record<Tone, string> = {
  plain: "bg-chip text-soft",
  accent: "bg-accent-wash text-accent",
  warn: "bg-warn-wash text-warn",
  bad: "bg-bad-wash text-bad",
  info: "bg-info-wash text-info",
};

export interface ChipProps extends HTMLAttributes<HTMLSpanElement> {
  tone?: Tone;
  children: ReactNode;
}

/** A state or a count in a word or two. Its words carry the meaning; its colour only repeats it. */
export function Chip({ tone = "plain", className, children, ...rest }: ChipProps) {
  return (
    <span
      {...rest}
      className={cx(
        "inline-flex h-[21px] items-center gap-[5px] rounded-[5px] px-2 text-s font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

const dots: Record<Tone, string> = {
  plain: "bg-faint",
  accent: "bg-accent",
  warn: "bg-warn-dot",
  bad: "bg-bad",
  info: "bg-info",
};

/** A dot that repeats what the words beside it say. */
export function Dot({ tone = "accent" }: { tone?: Tone }) {
  return (
    <span aria-hidden className={cx("inline-block size-[7px] shrink-0 rounded-full", dots[tone])} />
  );
}

export interface FilterChipProps {
  children: ReactNode;
  /** What taking it away does, in words. */
  takeAway: string;
  onTakeAway: () => void;
  "data-testid"?: string;
}

/** A reason why a list is shorter than it could be; pressing it takes the reason away. */
export function FilterChip({ children, takeAway, onTakeAway, ...rest }: FilterChipProps) {
  return (
    <Hint text={takeAway}>
      <button
        type="button"
        onClick={onTakeAway}
        className="inline-flex h-6 items-center gap-[5px] rounded-[5px] border border-accent-line bg-accent-wash ps-2 pe-[5px] text-s font-medium whitespace-nowrap text-accent hover:border-accent"
        {...rest}
      >
        {children}
        <X aria-hidden size={12} />
        <span className="sr-only">, {takeAway}</span>
      </button>
    </Hint>
  );
}
