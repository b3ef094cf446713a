import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { IconButton } from "../controls/button.tsx";
import { cx } from "../cx.ts";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  about?: ReactNode;
  closeLabel: string;
  /** The buttons, most wanted last. */
  actions?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
  "data-testid"?: string;
}

/** A question in the middle of the window. Esc and the veil close it; focus returns where it was. */
export function Dialog({
  open,
  onClose,
  title,
  about,
  closeLabel,
  actions,
  wide,
  children,
  ...rest
}: DialogProps) {
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="comes-and-goes fixed inset-0 z-40 bg-veil" />
        <Base.Popup
          {...rest}
          ref={sheet}
          initialFocus={() => firstField(sheet.current)}
          className={cx(
            "comes-and-goes fixed top-[12vh] left-1/2 z-50 flex max-h-[76vh] w-[calc(100vw-48px)] -translate-x-1/2 flex-col rounded-lg border border-line-strong bg-raised shadow-high outline-none",
            wide ? "max-w-[760px]" : "max-w-[460px]",
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="flex-1">
              <Base.Title className="text-m font-semibold">{title}</Base.Title>
              {about ? (
                <Base.Description className="mt-1 text-soft">{about}</Base.Description>
              ) : null}
            </div>
            <IconButton label={closeLabel} onClick={onClose} data-testid="dialog-close">
              <X aria-hidden size={15} />
            </IconButton>
          </header>
          <div data-body className="min-h-0 flex-1 overflow-y-auto px-5 py-2">
            {children}
          </div>
          {actions ? (
            <footer className="flex flex-wrap justify-end gap-2 px-5 pt-2 pb-4">{actions}</footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

export interface DrawerProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  about?: ReactNode;
  closeLabel: string;
  actions?: ReactNode;
  children: ReactNode;
  "data-testid"?: string;
}

/** The rows behind a figure, or one thing of a list, beside what was there. */
export function Drawer({
  open,
  onClose,
  title,
  about,
  closeLabel,
  actions,
  children,
  ...rest
}: DrawerProps) {
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="comes-and-goes fixed inset-0 z-40 bg-veil" />
        <Base.Popup
          {...rest}
          ref={sheet}
          initialFocus={() => firstField(sheet.current)}
          className="comes-and-goes fixed inset-y-0 end-0 z-50 flex w-[min(520px,calc(100vw-64px))] flex-col border-s border-line-strong bg-raised shadow-high outline-none data-ending-style:translate-x-3 data-starting-style:translate-x-3"
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-m font-semibold">{title}</Base.Title>
              {about ? (
                <Base.Description className="text-s text-soft">{about}</Base.Description>
              ) : null}
            </div>
            <IconButton
              label={closeLabel}
              shortcut="Escape"
              onClick={onClose}
              data-testid="drawer-close"
            >
              <X aria-hidden size={15} />
            </IconButton>
          </header>
          <div data-body className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
            {children}
          </div>
          {actions ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {actions}
            </footer>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Where the focus goes on opening: the first field, or the sheet itself so that it is read from its title. */
function firstField(sheet: HTMLElement | null): HTMLElement | null {
  return (
    sheet?.querySelector<HTMLElement>("[data-body] :is(input, textarea):not([type=hidden])") ??
    sheet
  );
}
