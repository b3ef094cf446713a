import { useLingui } from "@lingui/react/macro";
import { Heading } from "@souk/kit";

/** Hints of a check that are no findings, such as names that nothing in the store bears. */
export function CheckNotes({ notes }: { notes: readonly string[] }) {
  const { t } = useLingui();
  if (notes.length === 0) return null;
  return (
    <section className="flex flex-col gap-2" data-testid="check-notes">
      <Heading level={2} className="!mb-0">
        {t`Worth a look`}
      </Heading>
      <ul className="flex flex-col gap-2">
        {notes.map((note) => (
          <li
            key={note}
            className="rounded-md border border-line px-3 py-[10px] break-words text-soft"
          >
            {note}
          </li>
        ))}
      </ul>
    </section>
  );
}
