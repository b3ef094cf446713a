import { useLingui } from "@lingui/react/macro";
import { Button, toast } from "@souk/kit";

/** Puts a text into the clipboard, and says whether that went well. */
export function CopyButton(props: { text: string }) {
  const { t } = useLingui();
  return (
    <Button
      look="ghost"
      onClick={() =>
        void navigator.clipboard
          .writeText(props.text)
          .then(() => toast.done(t`Copied`))
          .catch(() => toast.failed(t`The clipboard cannot be written.`))
      }
    >
      {t`Copy`}
    </Button>
  );
}
