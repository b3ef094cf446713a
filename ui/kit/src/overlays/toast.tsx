import "sonner/dist/styles.css";
import { type ExternalToast, toast as sonner, Toaster } from "sonner";

/** What was done, said briefly at the foot of the window; an error stays until it is put away. */
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
};

/** Where toasts appear. Stands once, in the shell. */
export function Toasts({ theme, label }: { theme: "light" | "dark"; label: string }) {
  return (
    <Toaster
      theme={theme}
      position="bottom-right"
      containerAriaLabel={label}
      toastOptions={{
        classNames: {
          toast:
            "!rounded-md !border !border-line-strong !bg-raised !text-text !shadow-high !font-sans",
          description: "!text-soft",
          actionButton: "!bg-accent !text-accent-ink",
        },
      }}
    />
  );
}
