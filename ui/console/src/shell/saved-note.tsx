import { useLingui } from "@lingui/react/macro";
import { Failed } from "./failed.tsx";
import type { SelfSaving } from "./self-saving.ts";

type Saving = Pick<SelfSaving<unknown>, "state" | "error" | "retry">;

interface SavedNoteProps {
  saving: Saving;
  testId: string;
  /** What is missing before it can be kept. */
  held?: string | undefined;
}

/** Whether what was typed is kept, and why not where it is not. */
export function SavedNote({ saving, testId, held }: SavedNoteProps) {
  const { t } = useLingui();
  const words = { saved: t`Saved`, waiting: held ?? t`Saving…`, failed: t`Not saved` }[
    saving.state
  ];
  return (
    <span role="status" className="text-s text-soft" data-testid={testId} data-state={saving.state}>
      {words}
    </span>
  );
}

/** The failure of the last save, with what is still in the window. */
export function SaveFailure({ saving }: { saving: Saving }) {
  const { t } = useLingui();
  if (!saving.error) return null;
  return (
    <Failed
      error={saving.error}
      kept={t`What you typed is still in this window.`}
      retry={saving.retry}
    />
  );
}
