import { Dialog } from "@base-ui/react/dialog";
import { useLingui } from "@lingui/react/macro";
import { cx, Kbd } from "@souk/kit";
import { Search } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { type Command, useAllCommands } from "./commands.tsx";
import { matching } from "./matching.ts";
import { closeOverlay } from "./palette-state.ts";

/** Every place and action, found by a few letters. */
export function Palette() {
  const { t } = useLingui();
  const commands = useAllCommands();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = useMemo(() => matching(commands, typed), [commands, typed]);

  function run(command: Command | undefined) {
    closeOverlay();
    // after the sheet has gone, so that what the command opens keeps the focus
    if (command) requestAnimationFrame(() => command.run());
  }
  function keys(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog.Root open onOpenChange={(open) => open || closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="comes-and-goes fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup
          aria-label={t`Command palette`}
          className="comes-and-goes fixed top-[14vh] left-1/2 z-50 flex max-h-[60vh] w-[min(560px,calc(100vw-48px))] -translate-x-1/2 flex-col rounded-lg border border-line-strong bg-raised shadow-high outline-none"
          data-testid="palette"
        >
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Search aria-hidden size={15} className="text-faint" />
            <input
              role="combobox"
              aria-expanded="true"
              aria-controls="palette-list"
              aria-activedescendant={found[at] ? `palette-${found[at].id}` : undefined}
              aria-label={t`Go to a place or do something`}
              placeholder={t`Go to a place or do something`}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setAt(0);
              }}
              onKeyDown={keys}
              className="h-12 flex-1 bg-transparent text-m outline-none placeholder:text-faint"
              data-testid="palette-input"
            />
            <Kbd keys="Escape" />
          </div>
          <div
            id="palette-list"
            role="listbox"
            aria-label={t`Commands`}
            className="overflow-y-auto p-2"
          >
            {found.length === 0 ? <p className="px-2 py-3 text-soft">{t`Nothing fits.`}</p> : null}
            {found.map((command, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
              <div
                key={command.id}
                id={`palette-${command.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                ref={(element) => {
                  if (index === at) element?.scrollIntoView({ block: "nearest" });
                }}
                onClick={() => run(command)}
                onMouseMove={() => setAt(index)}
                data-testid={`palette-${command.id}`}
                className={cx(
                  "flex cursor-default items-center gap-3 rounded-sm px-3 py-[7px]",
                  index === at && "bg-accent-wash",
                )}
              >
                <span className="flex-1">{command.label}</span>
                <span className="text-s text-soft">{command.group}</span>
                {command.keys ? <Keys keys={command.keys} /> : null}
              </div>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="flex gap-1">
      {keys.split(" ").map((one) => (
        <Kbd key={one} keys={one} />
      ))}
    </span>
  );
}
