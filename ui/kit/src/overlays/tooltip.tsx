import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "../show/kbd.tsx";

export interface HintProps {
  text: ReactNode;
  shortcut?: string;
  children: ReactElement;
}

/** A tooltip: what the thing does, and the keys that do it. */
export function Hint({ text, shortcut, children }: HintProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="z-60">
          <Tooltip.Popup className="comes-and-goes flex max-w-72 items-center gap-2 rounded-sm border border-line-strong bg-raised px-2 py-1 text-s text-text shadow-high">
            {text}
            {shortcut ? <Kbd keys={shortcut} /> : null}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Lets neighbouring hints open at once after the first. Stands once, around the application. */
export function HintProvider({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delay={400}>{children}</Tooltip.Provider>;
}
