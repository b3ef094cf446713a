import { useLingui } from "@lingui/react/macro";
import { Button, ErrorNote } from "@souk/kit";
import type { ReactNode } from "react";
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
  return (
    <ErrorNote
      data-testid="error-note"
      tone={error.code === "not_allowed_now" || error.code === "offline" ? "warn" : "bad"}
      happened={error.message}
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
