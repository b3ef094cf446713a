import { Check, Copy, TriangleAlert } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../controls/button.tsx";
import { cx } from "../cx.ts";

export interface ErrorNoteProps {
  happened: string;
  /** The same more exactly, in whatever language it was told. */
  detail?: string | undefined;
  /** More of the same than fits a sentence, such as a list. */
  children?: ReactNode;
  kept?: string | undefined;
  todo?: string | undefined;
  /** To quote when asking for help; with it, what its button says before and after. */
  code?: string;
  copyLabel?: string;
  copiedLabel?: string;
  action?: ReactNode;
  tone?: "bad" | "warn";
  "data-testid"?: string;
}

/** What happened, what was kept, what to do, and a code to copy. */
export function ErrorNote({
  happened,
  detail,
  children,
  kept,
  todo,
  code,
  copyLabel,
  copiedLabel,
  action,
  tone = "bad",
  ...rest
}: ErrorNoteProps) {
  const [copied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(`${code}: ${detail ?? happened}`);
    setCopied(true);
  }
  return (
    <div
      role="alert"
      {...rest}
      className={cx(
        "flex gap-3 rounded-md border px-4 py-3",
        tone === "bad" ? "border-bad/40 bg-bad-wash" : "border-warn/40 bg-warn-wash",
      )}
    >
      <TriangleAlert
        aria-hidden
        size={16}
        className={cx("mt-[2px] shrink-0", tone === "bad" ? "text-bad" : "text-warn")}
      />
      <div className="min-w-0 flex-1">
        <p className="font-semibold text-text">{happened}</p>
        {detail ? <p className="text-soft">{detail}</p> : null}
        {children}
        {kept ? <p className="text-text">{kept}</p> : null}
        {todo ? <p className="text-text">{todo}</p> : null}
        {code || action ? (
          <div className="mt-2 flex flex-wrap items-center gap-2">
            {action}
            {code ? (
              <Button
                look="ghost"
                className="!text-text"
                icon={copied ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
                onClick={copy}
                data-testid="error-copy"
              >
                {copied ? copiedLabel : copyLabel} <code className="font-mono text-s">{code}</code>
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}
