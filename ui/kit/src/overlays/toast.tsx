import "sonner/dist/styles.css";
import { type ExternalToast, toast as sonner, Toaster } from "sonner";

/** What was done, said briefly at the foot of the rail; an error stays until it is put away. */
export const toast = {
  done(text: string, more?: ExternalToast) {
    sonner.success(text, more);
  },
  note(text: string, more?: ExternalToast) {
    sonner(text, more);
  },
  failed(text: string, more?: ExternalToast) {
    sonner.error(text, { duration: Number.POSITIVE_INFINITY, closeButton: true, ...more });
  },
  /** Takes all of them away; false when there was none. */
  putAway(): boolean {
    const shown = sonner.getToasts().length > 0;
    if (shown) sonner.dismiss();
    return shown;
  },
};

/**
 * Where toasts appear: at the foot of the rail, which is empty, so that they lie over nothing that is being read or decided.
 * Stands once, in the shell.
 */
export function Toasts({ theme, label }: { theme: "light" | "dark"; label: string }) {
  return (
    <Toaster
      theme={theme}
      position="bottom-left"
      offset={8}
      className="[--width:192px]! max-[1099px]:[--width:300px]!"
      containerAriaLabel={label}
      toastOptions={{
        classNames: {
          toast:
            "!items-start !gap-2 !px-3 !py-[10px] !rounded-md !border !border-line-strong !bg-raised !text-text !shadow-high !font-sans",
          description: "!text-soft",
          actionButton: "!bg-accent !text-accent-ink",
        },
      }}
    />
  );
}
