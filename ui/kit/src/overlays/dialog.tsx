import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { IconButton } from "../controls/button.tsx";
import { cx } from "../cx.ts";

export interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  about?: ReactNode;
  closeLabel: string;
  /** The buttons, most wanted last. */
  actions?: ReactNode;
  children?: ReactNode;
  "data-testid"?: string;
}

/** Where a sheet stands, and how its parts are set off from each other. */
interface Frame {
  sheet: string;
  head: string;
  about: string;
  body: string;
  foot: string;
  closeTestId: string;
}

const dialog: Frame = {
  sheet:
    "top-[12vh] left-1/2 max-h-[76vh] w-[calc(100vw-48px)] -translate-x-1/2 rounded-lg border border-line-strong",
  head: "pt-4 pb-2",
  about: "mt-1 text-soft",
  body: "py-2",
  foot: "pt-2 pb-4",
  closeTestId: "dialog-close",
};

const drawer: Frame = {
  sheet:
    "inset-y-0 end-0 w-[min(520px,calc(100vw-64px))] border-s border-line-strong data-ending-style:translate-x-3 data-starting-style:translate-x-3",
  head: "border-b border-line py-3",
  about: "text-s text-soft",
  body: "py-4",
  foot: "border-t border-line py-3",
  closeTestId: "drawer-close",
};

export interface DialogProps extends SheetProps {
  wide?: boolean;
}

/** A question in the middle of the window. Esc and the veil close it; focus returns where it was. */
export function Dialog({ wide, ...sheet }: DialogProps) {
  const width = wide ? "max-w-[760px]" : "max-w-[460px]";
  return <Sheet {...sheet} frame={dialog} className={width} />;
}

/** The rows behind a figure, or one thing of a list, beside what was there. */
export function Drawer(sheet: SheetProps) {
  return <Sheet {...sheet} frame={drawer} className="" />;
}

function Sheet({
  open,
  onClose,
  title,
  about,
  closeLabel,
  actions,
  children,
  frame,
  className,
  ...rest
}: SheetProps & { frame: Frame; className: string }) {
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
            "comes-and-goes fixed z-50 flex flex-col bg-raised shadow-high outline-none",
            frame.sheet,
            className,
          )}
        >
          <header className={cx("flex items-start gap-3 px-5", frame.head)}>
            <div className="min-w-0 flex-1">
              <Base.Title className="text-m font-semibold">{title}</Base.Title>
              {about ? <Base.Description className={frame.about}>{about}</Base.Description> : null}
            </div>
            <IconButton
              label={closeLabel}
              shortcut="Escape"
              onClick={onClose}
              data-testid={frame.closeTestId}
            >
              <X aria-hidden size={15} />
            </IconButton>
          </header>
          <div data-body className={cx("min-h-0 flex-1 overflow-y-auto px-5", frame.body)}>
            {children}
          </div>
          {actions ? (
            <footer className={cx("flex flex-wrap justify-end gap-2 px-5", frame.foot)}>
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
