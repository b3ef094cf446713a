import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from "react";
import { cx } from "../cx.ts";

export const controlLook =
  "w-full min-w-0 rounded-sm border border-control-line bg-surface px-[9px] text-text placeholder:text-faint aria-invalid:border-bad disabled:opacity-60";

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
}

export function Input({ className, ...rest }: InputProps) {
  return <input type="text" {...rest} className={cx(controlLook, "h-(--control)", className)} />;
}

export interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>;
}

export function TextArea({ className, ...rest }: TextAreaProps) {
  return <textarea rows={3} {...rest} className={cx(controlLook, "py-[6px]", className)} />;
}
