import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, cx, type Tone } from "@souk/kit";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ChangeKind, RuleChange, VersionDiff } from "../../../api/bindings.ts";
import { type IpcError, ipc } from "../../../api/ipc.ts";
import { Failed } from "../../../shell/failed.tsx";
import { type DiffLine, sideBySide } from "../model/side-by-side.ts";

const shownMax = 200;

/** Two versions compared; `rev` changes when the newer one was kept. */
export function DiffView({ old, newer, rev }: { old: string; newer: string; rev: number }) {
  const { t } = useLingui();
  const diff = useQuery<VersionDiff, IpcError>({
    queryKey: ["difference of two rule sets", old, newer, rev],
    queryFn: () => ipc.ruleSetDiff(old, newer),
    enabled: old !== "",
    gcTime: 30_000,
  });
  if (diff.error) return <Failed error={diff.error} retry={() => void diff.refetch()} />;
  if (!diff.data) return null;
  const { changes, settings, unchanged } = diff.data;
  const more = changes.length - shownMax;
  return (
    <div className="flex flex-col gap-3" data-testid="diff">
      <p className="text-soft" data-testid="diff-count">
        {t`${plural(changes.length, { one: "# rule changed", other: "# rules changed" })}`}
        {" · "}
        {t`${plural(unchanged, { one: "# rule as before", other: "# rules as before" })}`}
      </p>
      {settings.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {changes.slice(0, shownMax).map((change) => (
        <ChangeCard key={`${change.kind} ${change.rule_id}`} change={change} />
      ))}
      {more > 0 ? (
        <p className="text-soft">{t`${plural(more, { one: "and # more", other: "and # more" })}`}</p>
      ) : null}
    </div>
  );
}

const tones: Record<ChangeKind, Tone> = { added: "accent", removed: "bad", changed: "info" };

function ChangeCard({ change }: { change: RuleChange }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const kinds = { added: t`added`, removed: t`removed`, changed: t`changed` };
  return (
    <Card padded data-testid="change" data-kind={change.kind}>
      <div className="flex flex-wrap items-start gap-3">
        <Chip tone={tones[change.kind]}>{kinds[change.kind]}</Chip>
        <div className="min-w-0 flex-1">
          <h2 className="font-medium">{change.title}</h2>
          <ul className="text-soft">
            {change.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        <Button
          look="ghost"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          data-testid="change-json"
        >
          {t`JSON`}
        </Button>
      </div>
      {open ? <JsonSides before={change.before} after={change.after} /> : null}
    </Card>
  );
}

function JsonSides({ before, after }: { before: string | null; after: string | null }) {
  const { t } = useLingui();
  const lines = sideBySide(before, after);
  return (
    <div className="mt-3 rounded-sm border border-line">
      <table
        className="w-full table-fixed border-collapse font-mono text-s"
        data-testid="change-sides"
      >
        <thead>
          <tr className="border-b border-line text-start font-sans text-faint">
            <th scope="col" className="px-2 py-1 text-start font-medium">{t`Before`}</th>
            <th scope="col" className="px-2 py-1 text-start font-medium">{t`After`}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text keep their places
            <tr key={index}>
              <Side text={line.before} sign="−" on={line.kind !== "same"} tone="bg-bad-wash" />
              <Side text={line.after} sign="+" on={line.kind !== "same"} tone="bg-accent-wash" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SideProps {
  text: DiffLine["before"];
  sign: string;
  on: boolean;
  tone: string;
}

function Side({ text, sign, on, tone }: SideProps) {
  return (
    <td
      className={cx("px-2 align-top break-words whitespace-pre-wrap", on && text !== null && tone)}
    >
      {text === null ? "" : `${on ? sign : " "} ${text}`}
    </td>
  );
}
