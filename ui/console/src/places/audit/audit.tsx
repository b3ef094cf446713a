// The hash-chained log: read it, filter it, prove it, take it away.
import { Trans, useLingui } from "@lingui/react/macro";
import {
  Button,
  Drawer,
  EmptyState,
  ErrorNote,
  Facts,
  Heading,
  Input,
  Select,
  Table,
  toast,
} from "@souk/kit";
import { Download, Shield, ShieldCheck } from "lucide-react";
import { useMemo, useState } from "react";
import type { AuditEntry, AuditReport } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { usePages, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat, useRoleNames } from "../../shell/format.ts";
import { Place } from "../../shell/place.tsx";

export default function Audit() {
  const { t } = useLingui();
  const [q, setQ] = useState("");
  const [what, setWhat] = useState("all");
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const verify = useWrite("auditVerify");
  const pages = usePages<AuditEntry>(
    "auditList",
    (after) =>
      ipc.auditList({ q: q || null, what: what === "all" ? null : what, after, limit: 200 }),
    q,
    what,
  );
  const columns = useColumns();
  return (
    <Place
      title={t`Audit`}
      fixed
      actions={<Actions verifying={verify.isPending} onVerify={() => verify.mutate([])} />}
    >
      <div className="flex h-full flex-col">
        {verify.data ? <Report report={verify.data} /> : null}
        {verify.error ? (
          <div className="px-5 pt-4">
            <Failed error={verify.error} kept={t`The log itself was not touched.`} />
          </div>
        ) : null}
        <Filters q={q} onQ={setQ} what={what} onWhat={setWhat} />
        {pages.error ? (
          <div className="p-5">
            <Failed error={pages.error} retry={() => void pages.refetch()} />
          </div>
        ) : null}
        <Table
          className="min-h-0 flex-1 bg-surface"
          label={t`Audit log`}
          rows={pages.rows}
          columns={columns}
          rowId={(row) => String(row.seq)}
          onOpen={setOpen}
          onEnd={pages.more}
          rowTestId="audit-row"
          empty={
            pages.loading || pages.error ? null : (
              <EmptyState title={t`Nothing found`} picture={<Shield aria-hidden size={28} />}>
                <Trans>
                  Every act, decision and export is written here and can never be changed unseen.
                </Trans>
              </EmptyState>
            )
          }
        />
      </div>
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open ? t`Entry ${open.seq}` : ""}
        about={open?.what}
        closeLabel={t`Close`}
        data-testid="audit-entry"
      >
        {open ? <Entry entry={open} /> : null}
      </Drawer>
    </Place>
  );
}

interface ActionsProps {
  verifying: boolean;
  onVerify: () => void;
}

function Actions({ verifying, onVerify }: ActionsProps) {
  const { t } = useLingui();
  const save = useWrite("auditExport");
  return (
    <>
      <Button
        icon={<Download aria-hidden size={14} />}
        busy={save.isPending}
        onClick={() =>
          save.mutate([], {
            onSuccess: (path) => path && toast.done(t`Log exported`),
            onError: (error) => toast.failed(error.message),
          })
        }
        data-testid="audit-export"
      >
        {t`Export`}
      </Button>
      <Button
        look="primary"
        icon={<ShieldCheck aria-hidden size={14} />}
        busy={verifying}
        onClick={onVerify}
        data-testid="audit-verify"
      >
        {verifying ? t`Verifying…` : t`Verify the chain`}
      </Button>
    </>
  );
}

interface FiltersProps {
  q: string;
  onQ: (q: string) => void;
  what: string;
  onWhat: (what: string) => void;
}

function Filters({ q, onQ, what, onWhat }: FiltersProps) {
  const { t } = useLingui();
  return (
    <div className="flex flex-wrap gap-2 border-b border-line bg-surface px-[10px] py-2">
      <Input
        type="search"
        className="!w-60"
        aria-label={t`Find in who, subject or reason`}
        placeholder={t`Find in who, subject or reason`}
        value={q}
        onChange={(event) => onQ(event.target.value)}
        data-testid="audit-search"
      />
      <Select
        className="!w-52"
        aria-label={t`What was done`}
        value={what}
        onChange={onWhat}
        data-testid="audit-what"
        choices={[
          { value: "all", label: t`Everything` },
          { value: "negotiation.", label: t`Negotiations` },
          { value: "rules.", label: t`Rule sets` },
          { value: "catalog.", label: t`Catalogue` },
          { value: "order.", label: t`Orders` },
          { value: "staff.", label: t`Staff and sign-in` },
          { value: "store.", label: t`Store` },
        ]}
      />
    </div>
  );
}

function useColumns() {
  const { t } = useLingui();
  const format = useFormat();
  const roles = useRoleNames();
  return useMemo(
    () => [
      {
        id: "seq",
        header: "#",
        numeric: true,
        cell: (row: AuditEntry) => <span className="text-soft">{row.seq}</span>,
        sort: (row: AuditEntry) => row.seq,
        width: "76px",
      },
      {
        id: "at",
        header: t`When`,
        cell: (row: AuditEntry) => format.dateTime(row.at),
        sort: (row: AuditEntry) => row.at,
        width: "165px",
      },
      {
        id: "who",
        header: t`Who`,
        cell: (row: AuditEntry) => `${row.who} · ${roles[row.role] ?? row.role}`,
        sort: (row: AuditEntry) => row.who,
        width: "minmax(130px,1fr)",
      },
      {
        id: "what",
        header: t`What`,
        cell: (row: AuditEntry) => <code className="font-mono text-s">{row.what}</code>,
        sort: (row: AuditEntry) => row.what,
        width: "minmax(150px,1fr)",
      },
      {
        id: "subject",
        header: t`On what`,
        cell: (row: AuditEntry) => row.subject,
        sort: (row: AuditEntry) => row.subject,
        width: "minmax(150px,1fr)",
      },
      {
        id: "why",
        header: t`Why`,
        cell: (row: AuditEntry) => row.why || "–",
        width: "minmax(120px,1fr)",
      },
    ],
    [t, format, roles],
  );
}

function Report({ report }: { report: AuditReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const entries = format.number(report.entries);
  const at = format.time(report.checked_at);
  if (report.ok) {
    return (
      <p
        role="status"
        className="flex flex-wrap items-center gap-2 border-b border-line bg-accent-wash px-5 py-3 text-accent"
        data-testid="audit-report"
        data-ok="true"
      >
        <ShieldCheck aria-hidden size={16} />
        <b className="font-semibold">{t`The chain holds: ${entries} entries, none changed, none missing.`}</b>
        <span>{t`Checked at ${at}; head ${report.head_hash.slice(0, 12)}`}</span>
      </p>
    );
  }
  return (
    <div className="px-5 pt-4" data-testid="audit-report" data-ok="false">
      <ErrorNote
        happened={t`The log was tampered with or damaged.`}
        kept={report.faults.map((fault) => fault.message).join("\n")}
        todo={t`Keep the database as it is, and restore from a backup made before entry ${report.faults[0]?.seq ?? 0}.`}
        code={report.faults.map((fault) => `${fault.seq} ${fault.kind}`).join(", ")}
        copyLabel={t`Copy`}
        copiedLabel={t`Copied`}
      />
    </div>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui();
  const format = useFormat();
  const roles = useRoleNames();
  return (
    <div className="flex flex-col gap-5">
      <Facts
        rows={[
          [t`When`, format.dateTime(entry.at)],
          [t`Who`, entry.who],
          [t`Role`, roles[entry.role] ?? entry.role],
          [t`On what`, entry.subject],
          [t`Why`, entry.why || "–"],
          [t`Rule set`, entry.rule_set_version ?? "–"],
          [t`Epoch`, entry.epoch ?? "–"],
        ]}
      />
      <Json title={t`Before`} text={entry.before} />
      <Json title={t`After`} text={entry.after} />
      <section>
        <Heading>{t`Hash`}</Heading>
        <code className="font-mono text-s break-all">{entry.hash}</code>
      </section>
    </div>
  );
}

function Json({ title, text }: { title: string; text: string }) {
  if (!text) return null;
  let shown = text;
  try {
    shown = JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // shown as it stands: the log may hold what is no JSON
  }
  return (
    <section>
      <Heading>{title}</Heading>
      <pre className="overflow-x-auto rounded-sm bg-sunken p-3 font-mono text-s whitespace-pre-wrap">
        {shown}
      </pre>
    </section>
  );
}
