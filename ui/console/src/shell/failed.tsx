import { useLingui } from "@lingui/react/macro";
import { Button, ErrorNote, useLocale } from "@souk/kit";
import type { ReactNode } from "react";
import type { ErrorCode } from "../api/bindings.ts";
import type { IpcError } from "../api/ipc.ts";

export interface FailedProps {
  error: IpcError;
  /** What is still there although this failed. */
  kept?: string;
  retry?: () => void;
  action?: ReactNode;
}

/** A failure of the host in the words of the person who met it. */
export function Failed({ error, kept, retry, action }: FailedProps) {
  const { t } = useLingui();
  const sentence = useSentence(error);
  return (
    <ErrorNote
      data-testid="error-note"
      tone={error.code === "not_allowed_now" || error.code === "offline" ? "warn" : "bad"}
      happened={sentence ?? error.message}
      detail={sentence ? error.message : undefined}
      kept={kept}
      todo={useWayOut(error)}
      code={error.context.request_id ? `${error.code} ${error.context.request_id}` : error.code}
      copyLabel={t`Copy`}
      copiedLabel={t`Copied`}
      action={
        action ??
        (retry ? (
          <Button onClick={retry} data-testid="error-retry">
            {t`Try again`}
          </Button>
        ) : undefined)
      }
    />
  );
}

/** What the code means, where the reader does not read the host's English; its own words then are the detail. */
function useSentence(error: IpcError): string | undefined {
  const { t } = useLingui();
  const english = useLocale().startsWith("en");
  const sentences: Record<ErrorCode, string> = {
    invalid: t`Something that was given is not right.`,
    unauthenticated: t`You are not signed in any more.`,
    forbidden: t`Your role may not do this.`,
    not_found: t`It is not there, or not there any more.`,
    not_allowed_now: t`This cannot be done just now.`,
    conflict: t`Somebody else changed it first.`,
    out_of_stock: t`There are not enough units left.`,
    key_reused: t`This was already sent, with other contents.`,
    too_large: t`This is too large.`,
    rate_limited: t`That was too often in too short a time.`,
    upgrade_required: t`The console and the store are too far apart in version.`,
    payment_declined: t`The payment was declined.`,
    payment_timed_out: t`The payment provider did not answer in time.`,
    offline: t`The store cannot be reached.`,
    keychain: t`The system's keychain cannot be used.`,
    cancelled: t`It was stopped.`,
    internal: t`Something went wrong inside.`,
  };
  return english ? undefined : sentences[error.code];
}

function useWayOut(error: IpcError): string | undefined {
  const { t } = useLingui();
  switch (error.code) {
    case "offline":
      return t`Check the connection. What you edit meanwhile is kept here and sent when the store answers.`;
    case "unauthenticated":
      return t`Sign in again to go on.`;
    case "forbidden":
      return t`Ask someone whose role may do this.`;
    case "conflict":
      return t`Somebody else changed it first. Look at what is there now, then decide again.`;
    case "rate_limited": {
      const seconds = error.context.retry_after_s ?? "60";
      return t`Wait ${seconds} seconds, then try again.`;
    }
    case "keychain":
      return t`Unlock or install the system's keychain; until then nothing secret is stored.`;
    case "internal":
      return t`Try again. If it comes back, send the code to support.`;
    case "upgrade_required":
      return t`Install the newest version of Souk.`;
    default:
      return undefined;
  }
}
