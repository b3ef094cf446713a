import { useLingui } from "@lingui/react/macro";
import { Button, Dialog, Field, Input } from "@souk/kit";
import { type ReactNode, useState } from "react";
import type { IpcError } from "../../../api/ipc.ts";
import { Failed } from "../../../shell/failed.tsx";

export interface AskDialogProps {
  title: string;
  about: string;
  label: string;
  help?: string;
  confirm: string;
  /** Nothing goes without words. */
  needed?: boolean;
  bad?: boolean;
  busy: boolean;
  error: IpcError | null;
  /** What is still as it was although it failed. */
  kept: string;
  children?: ReactNode;
  onConfirm: (words: string) => void;
  onClose: () => void;
  /** Test ids are made from it: `activate-reason`, `activate-confirm`. */
  name: string;
}

/** One step in the life of a rule set, asked once more, with the words that go into the log. */
export function AskDialog(props: AskDialogProps) {
  const { t } = useLingui();
  const { name, error, needed = false } = props;
  const [words, setWords] = useState("");
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      about={props.about}
      closeLabel={t`Close`}
      data-testid={`${name}-dialog`}
      actions={
        <>
          <Button onClick={props.onClose}>{t`Cancel`}</Button>
          <Button
            look={props.bad ? "bad" : "primary"}
            busy={props.busy}
            disabled={needed && words.trim() === ""}
            onClick={() => props.onConfirm(words.trim())}
            data-testid={`${name}-confirm`}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={props.label} help={props.help}>
          {(ids) => (
            <Input
              {...ids}
              value={words}
              onChange={(event) => setWords(event.target.value)}
              data-testid={`${name}-reason`}
            />
          )}
        </Field>
        {props.children}
        {error ? <Failed error={error} kept={props.kept} /> : null}
      </div>
    </Dialog>
  );
}
