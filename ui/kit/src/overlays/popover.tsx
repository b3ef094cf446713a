import { Popover as Base } from "@base-ui/react/popover";
import { type ReactNode, useMemo, useRef } from "react";
import { cx } from "../cx.ts";

export interface PopoverProps {
  /** What it hangs on; none closes it. */
  anchor: HTMLElement | null;
  /** `escape`: Esc in a field; the person wants what was before. */
  onClose: (how: "keep" | "escape") => void;
  /** Told to readers; shown where `quietTitle` is not set. */
  title: string;
  quietTitle?: boolean;
  /** Where the focus goes afterwards; the anchor, unless it says otherwise. */
  backTo?: () => HTMLElement | null;
  className?: string;
  children: ReactNode;
  "data-testid"?: string;
}

/** A small sheet beside what it is about. Esc and a press elsewhere close it; focus goes back. */
export function Popover({
  anchor,
  onClose,
  title,
  quietTitle = false,
  backTo,
  className,
  children,
  ...rest
}: PopoverProps) {
  const sheet = useRef<HTMLDivElement>(null);
  // while it closes nobody tells any more where it came from
  const held = useRef({ anchor, backTo });
  if (anchor) held.current = { anchor, backTo };
  // what it hangs on may be drawn anew while it is open
  const place = useMemo(
    () =>
      anchor && {
        contextElement: anchor,
        getBoundingClientRect: () =>
          (anchor.isConnected
            ? anchor
            : (held.current.backTo?.() ?? anchor)
          ).getBoundingClientRect(),
      },
    [anchor],
  );
  return (
    <Base.Root
      open={anchor !== null}
      onOpenChange={(open, { reason }) => {
        const typing = document.activeElement?.matches("input:not([role=combobox])");
        if (!open) onClose(reason === "escape-key" && typing ? "escape" : "keep");
      }}
    >
      <Base.Portal>
        <Base.Positioner anchor={place} sideOffset={6} align="start" className="z-40">
          <Base.Popup
            {...rest}
            ref={sheet}
            initialFocus={() => sheet.current?.querySelector<HTMLElement>("[data-first]") ?? true}
            finalFocus={() => held.current.backTo?.() ?? held.current.anchor ?? true}
            className={cx(
              "comes-and-goes max-h-[min(480px,var(--available-height))] w-[340px] max-w-[calc(100vw-24px)] overflow-y-auto rounded-md border border-line-strong bg-raised p-3 shadow-high outline-none",
              className,
            )}
          >
            <Base.Title
              className={quietTitle ? "sr-only" : "mb-2 text-xs font-semibold text-faint"}
            >
              {title}
            </Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
