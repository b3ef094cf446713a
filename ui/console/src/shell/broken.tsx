import { useLingui } from "@lingui/react/macro";
import { Button, ErrorNote } from "@souk/kit";

/** A place that could not be drawn: our fault, with the cause to copy, and the rest of the console unharmed. */
export function Broken({ cause, again }: { cause: Error; again: () => void }) {
  const { t } = useLingui();
  return (
    <main className="mx-auto max-w-[640px] p-8">
      <h1 className="sr-only">{t`This place could not be shown`}</h1>
      <ErrorNote
        data-testid="place-broken"
        happened={t`This place could not be shown.`}
        kept={t`Nothing that you saved is lost; the other places work.`}
        todo={t`Try again. If it comes back, send the code to support.`}
        code={cause.message}
        copyLabel={t`Copy`}
        copiedLabel={t`Copied`}
        action={
          <Button onClick={again} data-testid="place-again">
            {t`Try again`}
          </Button>
        }
      />
    </main>
  );
}
