import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "../cx.ts";
import { Hint } from "../overlays/tooltip.tsx";
import { Kbd } from "../show/kbd.tsx";

export type ButtonLook = "plain" | "primary" | "ghost" | "bad" | "bad-ghost";

const looks: Record<ButtonLook, string> = {
  plain: "border-line-strong bg-surface text-text hover:bg-sunken",
  primary: "border-accent bg-accent text-accent-ink hover:brightness-110",
  ghost: "border-transparent bg-transparent text-soft hover:bg-sunken hover:text-text",
  bad: "border-bad bg-bad text-bad-ink hover:brightness-110",
  "bad-ghost": "border-transparent bg-transparent text-bad hover:bg-bad-wash",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: ButtonLook;
  /** Shown beside the words, and told to assistive technology. */
  shortcut?: string;
  icon?: ReactNode;
  /** The work asked for is under way: the button stays where it is and takes no second press. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = "plain",
  shortcut,
  icon,
  busy = false,
  className,
  children,
  disabled,
  ref,
  ...rest
}: ButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      aria-keyshortcuts={shortcut}
      className={cx(
        "inline-flex h-(--control) items-center justify-center gap-[7px] rounded-sm border px-[11px] font-medium whitespace-nowrap select-none disabled:cursor-not-allowed disabled:opacity-50",
        looks[look],
        className,
      )}
    >
      {icon}
      {children}
      {shortcut ? <Kbd keys={shortcut} quiet /> : null}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  /** Its name; also its tooltip. */
  label: string;
  children: ReactNode;
}

/** A button that shows an icon alone; its name stands in the tooltip, with its shortcut. */
export function IconButton({
  label,
  children,
  shortcut,
  look = "ghost",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Hint text={label} {...(shortcut ? { shortcut } : {})}>
      <Button
        {...rest}
        look={look}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        className={cx("aspect-square px-0", className)}
      >
        {children}
      </Button>
    </Hint>
  );
}
