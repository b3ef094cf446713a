import type { HTMLAttributes, ReactNode } from "react";
import { cx } from "../cx.ts";

export type Tone = "plain" | "accent" | "warn" | "bad" | "info";

const tones: Record<Tone, string> = {
  plain: "bg-sunken text-soft",
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
