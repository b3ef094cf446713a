// What a fresh console shows: three ways to a store, and the stores it already knows.
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, cx, Dialog, Heading } from "@souk/kit";
import { ChevronRight, Laptop, Server, Sparkles } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { ConnectionState } from "../../api/bindings.ts";
import { IpcError } from "../../api/ipc.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { Logo } from "../../shell/logo.tsx";
import { Haggle } from "./haggle.tsx";
import { HostedForm } from "./hosted-form.tsx";
import { LocalForm } from "./local-form.tsx";
import { SampleStart } from "./sample-start.tsx";

type Way = "local" | "sample" | "hosted";

export default function FirstRun({ connection }: { connection: ConnectionState }) {
  const { t } = useLingui();
  return (
    <main
      data-testid="first-run"
      className="grid h-screen grid-cols-[minmax(320px,38%)_minmax(0,1fr)] max-[899px]:grid-cols-1"
    >
      <Welcome />
      <div className="overflow-y-auto">
        <div className="mx-auto flex min-h-full max-w-[680px] flex-col justify-center gap-5 px-10 py-10">
          <header>
            <h1 className="text-xl font-bold tracking-[-0.02em]">
              <Trans>Welcome to Souk</Trans>
            </h1>
            <p className="text-m text-soft">
              <Trans>Where should your store live?</Trans>
            </p>
          </header>
          {connection.trouble ? (
            <Failed
              error={new IpcError(connection.trouble)}
              kept={t`The store itself is untouched; open it again below.`}
            />
          ) : null}
          <KnownStores />
          <Ways address={connection.address ?? ""} />
        </div>
      </div>
    </main>
  );
}

/** The name, and what it is for. Narrow windows do without. */
function Welcome() {
  return (
    <section className="flex flex-col border-e border-accent-line bg-accent-wash px-9 py-8 max-[899px]:hidden">
      <p className="flex items-center gap-3 text-l font-bold tracking-[-0.01em]">
        <Logo size={34} />
        Souk
      </p>
      <div className="flex flex-1 flex-col items-center justify-center py-6">
        <Haggle />
      </div>
      <p className="text-m font-medium text-balance">
        <Trans>Sell by negotiation: your rules, your floor, a fair deal for both.</Trans>
      </p>
    </section>
  );
}

function Ways({ address }: { address: string }) {
  const { t } = useLingui();
  const [way, setWay] = useState<Way | null>(null);
  const shared = { chosen: way, onChoose: setWay };
  return (
    <div className="flex flex-col gap-3">
      <WayCard
        {...shared}
        id="local"
        icon={<Laptop aria-hidden size={20} />}
        title={t`A store on this computer`}
        about={t`Shop and data stay in your own folder. Nothing to rent, ready in seconds.`}
      />
      {way === "local" ? <LocalForm /> : null}
      <WayCard
        {...shared}
        id="hosted"
        icon={<Server aria-hidden size={20} />}
        title={t`A hosted store`}
        about={t`Sign in to a store that runs elsewhere, with its address and your password.`}
      />
      {way === "hosted" ? <HostedForm address={address} /> : null}
      <WayCard
        {...shared}
        id="sample"
        icon={<Sparkles aria-hidden size={20} />}
        title={t`Try the sample store`}
        about={t`3,168 real products and a year of orders, to look around without risk.`}
      />
      {way === "sample" ? <SampleStart /> : null}
    </div>
  );
}

interface WayCardProps {
  id: Way;
  chosen: Way | null;
  onChoose: (way: Way) => void;
  icon: ReactNode;
  title: string;
  about: string;
}

function WayCard({ id, chosen, onChoose, icon, title, about }: WayCardProps) {
  const on = chosen === id;
  return (
    <button
      type="button"
      aria-expanded={on}
      onClick={() => onChoose(id)}
      data-testid={`first-run-${id}`}
      className={cx(
        "flex items-center gap-4 rounded-lg border bg-surface px-4 py-[14px] text-start",
        on
          ? "border-accent shadow-[0_0_0_3px_var(--accent-wash)]"
          : "border-line hover:border-control-line",
      )}
    >
      <span className="grid size-10 shrink-0 place-items-center rounded-md bg-accent-wash text-accent">
        {icon}
      </span>
      <span className="min-w-0 flex-1">
        <b className="block font-semibold">{title}</b>
        <span className="block text-pretty text-soft">{about}</span>
      </span>
      <ChevronRight
        aria-hidden
        size={16}
        className={cx("shrink-0 text-faint rtl:-scale-x-100", on && "rotate-90 rtl:scale-x-100")}
      />
    </button>
  );
}

function KnownStores() {
  const { t } = useLingui();
  const format = useFormat();
  const known = useRead("knownStores").data ?? [];
  const reopen = useWrite("reopenStore");
  const forget = useWrite("forgetStore");
  const [waiting, setWaiting] = useState<{ id: string; count: number } | null>(null);
  const takeOff = (id: string, force: boolean) =>
    forget.mutate([id, force], {
      onSuccess: (outcome) =>
        setWaiting(outcome.outcome === "edits_waiting" ? { id, count: outcome.count } : null),
    });
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
              onClick={() => takeOff(store.id, false)}
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
      {forget.error ? <Failed error={forget.error} /> : null}
      <Dialog
        open={waiting !== null}
        onClose={() => setWaiting(null)}
        title={t`Edits wait to be sent: ${waiting?.count ?? 0}`}
        about={t`They are lost when the store is taken off the list. Open it to send or export them.`}
        closeLabel={t`Close`}
        data-testid="known-forget-dialog"
        actions={
          <>
            <Button onClick={() => setWaiting(null)}>{t`Cancel`}</Button>
            <Button
              look="bad"
              busy={forget.isPending}
              onClick={() => waiting && takeOff(waiting.id, true)}
              data-testid="known-forget-force"
            >
              {t`Take off the list and lose the edits`}
            </Button>
          </>
        }
      />
    </section>
  );
}
