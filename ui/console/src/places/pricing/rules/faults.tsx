// What keeps a document from being rules: all of it at once, each by its place.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ErrorNote } from "@souk/kit";
import { nameOf, ruleAt } from "../document.ts";
import type { Draft } from "../use-draft.ts";

/** As many as anybody reads; a file can have thousands. */
const shownMax = 200;

export function Faults({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const { problems } = draft;
  const shown = problems.slice(0, shownMax);
  const more = problems.length - shown.length;
  return (
    <ErrorNote
      tone="bad"
      happened={t`${plural(problems.length, { one: "# fault keeps these rules from being read.", other: "# faults keep these rules from being read." })}`}
      todo={t`Mend them here, or in the file and import it again. Until then nothing is checked or priced.`}
      data-testid="faults"
    >
      <section
        className="max-h-48 overflow-y-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
        tabIndex={0}
        aria-label={t`Faults`}
      >
        <ul className="list-disc ps-4">
          {shown.map(({ pointer, message, expected }) => {
            const rule = draft.rules[ruleAt(pointer, draft.holes)];
            return (
              <li key={`${pointer} ${message}`}>
                {rule ? `“${nameOf(rule)}”: ` : ""}
                {t`${message}; expected ${expected}`}{" "}
                <code className="text-s text-soft">{pointer || "/"}</code>
              </li>
            );
          })}
          {more > 0 ? <li>{t`and ${more} more`}</li> : null}
        </ul>
      </section>
    </ErrorNote>
  );
}
