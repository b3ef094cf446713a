// What a fresh console shows: three ways to a store, and the stores it already knows.
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, cx, Heading } from "@souk/kit";
import { Laptop, Server, Sparkles } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ConnectionState } from "../../api/bindings.ts";
import { IpcError } from "../../api/ipc.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { Logo } from "../../shell/logo.tsx";
import { HostedForm } from "./hosted-form.tsx";
import { LocalForm } from "./local-form.tsx";
import { SampleStart } from "./sample-start.tsx";

type Way = "local" | "sample" | "hosted";

export default function FirstRun({ connection }: { connection: ConnectionState }) {
  const { t } = useLingui();
  const [way, setWay] = useState<Way | null>(null);
  return (
    <main data-testid="first-run" className="h-screen overflow-y-auto">
      <div className="mx-auto flex min-h-screen max-w-[880px] flex-col gap-6 px-8 py-12">
        <header className="flex items-center gap-4">
          <Logo size={44} />
          <div>
            <h1 className="text-xl font-bold tracking-[-0.02em]">
              <Trans>Welcome to Souk</Trans>
            </h1>
            <p className="text-soft">
              <Trans>Sell by negotiation: your rules, your floor, a fair deal for both.</Trans>
            </p>
          </div>
        </header>
        {connection.trouble ? (
          <Failed
            error={new IpcError(connection.trouble)}
            kept={t`The store itself is untouched; open it again below.`}
          />
        ) : null}
        <KnownStores />
        <div className="grid gap-3 sm:grid-cols-3">
          <WayCard
            id="local"
            on={way === "local"}
            onChoose={setWay}
            icon={<Laptop aria-hidden size={20} />}
            title={t`A store on this computer`}
          >
            <Trans>Shop and data stay in your own folder. Nothing to rent, ready in seconds.</Trans>
          </WayCard>
          <WayCard
            id="hosted"
            on={way === "hosted"}
            onChoose={setWay}
            icon={<Server aria-hidden size={20} />}
            title={t`A hosted store`}
          >
            <Trans>
              Sign in to a store that runs elsewhere, with its address and your password.
            </Trans>
          </WayCard>
          <WayCard
            id="sample"
            on={way === "sample"}
            onChoose={setWay}
            icon={<Sparkles aria-hidden size={20} />}
            title={t`Try the sample store`}
          >
            <Trans>
              3,227 real products and 40,000 past order lines, to look around without risk.
            </Trans>
          </WayCard>
        </div>
        {way === "local" ? <LocalForm /> : null}
        {way === "sample" ? <SampleStart /> : null}
        {way === "hosted" ? <HostedForm address={connection.address ?? ""} /> : null}
      </div>
    </main>
  );
}

interface WayCardProps {
  id: Way;
  on: boolean;
  onChoose: (way: Way) => void;
  icon: ReactNode;
  title: string;
  children: ReactNode;
}

function WayCard({ id, on, onChoose, icon, title, children }: WayCardProps) {
  return (
    <button
      type="button"
      aria-expanded={on}
      onClick={() => onChoose(id)}
      data-testid={`first-run-${id}`}
      className={cx(
        "flex flex-col items-start gap-2 rounded-lg border bg-surface p-5 text-start",
        on
          ? "border-accent shadow-[0_0_0_3px_var(--accent-wash)]"
          : "border-line hover:border-control-line",
      )}
    >
      <span className="text-accent">{icon}</span>
      <span className="font-semibold">{title}</span>
      <span className="text-soft">{children}</span>
    </button>
  );
}

function KnownStores() {
  const { t } = useLingui();
  const format = useFormat();
  const known = useRead("knownStores").data ?? [];
  const reopen = useWrite("reopenStore");
  const forget = useWrite("forgetStore");
  if (known.length === 0) return null;
  return (
    <section>
      <Heading level={2}>{t`Stores that you opened before`}</Heading>
      <Card>
        {known.map((store) => (
          <div
            key={store.id}
            className="flex items-center gap-3 border-b border-line px-4 py-3 last:border-0"
          >
            <div className="min-w-0 flex-1">
              <b className="font-medium">{store.name || store.slug}</b>
              <div className="truncate text-s text-faint">
                {store.kind === "local" ? t`On this computer` : (store.address ?? "")} ·{" "}
                {format.ago(store.last_opened_at)}
              </div>
            </div>
            <Button
              look="ghost"
              onClick={() => forget.mutate([store.id])}
              data-testid={`known-forget-${store.id}`}
            >
              {t`Take off the list`}
            </Button>
            <Button
              look="primary"
              busy={reopen.isPending}
              onClick={() => reopen.mutate([store.id])}
              data-testid="known-reopen"
            >
              {t`Open`}
            </Button>
          </div>
        ))}
      </Card>
      {reopen.error ? <Failed error={reopen.error} /> : null}
    </section>
  );
}
