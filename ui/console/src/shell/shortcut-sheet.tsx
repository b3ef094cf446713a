import { useLingui } from "@lingui/react/macro";
import { Dialog, Heading } from "@souk/kit";
import { type Command, useAllCommands } from "./commands.tsx";
import { Keys } from "./palette.tsx";
import { closeOverlay } from "./palette-state.ts";

/** Every shortcut that works here, in one sheet. */
export function ShortcutSheet() {
  const { t } = useLingui();
  const commands = useAllCommands().filter((command) => command.keys);
  const lists = t`In lists`;
  const everywhere = [
    { id: "j", label: t`Next row`, keys: "j", group: lists },
    { id: "k", label: t`Previous row`, keys: "k", group: lists },
    { id: "enter", label: t`Open`, keys: "Enter", group: lists },
    { id: "esc", label: t`Back, or close what is open`, keys: "Escape", group: lists },
  ];
  const groups = new Map<string, Array<Pick<Command, "id" | "label" | "keys">>>();
  for (const command of [...commands, ...everywhere]) {
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return (
    <Dialog
      open
      wide
      onClose={closeOverlay}
      title={t`Shortcuts`}
      closeLabel={t`Close`}
      data-testid="shortcuts"
    >
      <div className="columns-1 gap-8 pb-4 sm:columns-2">
        {[...groups].map(([group, members]) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <Heading>{group}</Heading>
            <dl className="flex flex-col gap-[6px]">
              {members.map((command) => (
                <div key={command.id} className="flex justify-between gap-4">
                  <dt className="text-soft">{command.label}</dt>
                  <dd>
                    <Keys keys={command.keys ?? ""} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
