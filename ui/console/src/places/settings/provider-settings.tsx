// Providers and their credentials. What is stored never comes back here: a field says only whether it is set,
// and a field left blank keeps what is stored.
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, Field, Input, toast } from "@souk/kit";
import { useState } from "react";
import type {
  Field as CredentialField,
  CredentialStatus,
  FieldKind,
  Provider,
} from "../../api/bindings.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";

export function ProviderSettings() {
  const found = useRead("credentialsList");
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-soft">
        <Trans>
          Your own credentials go before the server's. Leave a field blank to keep what is stored.
          Values stay in this computer's keychain and are never shown again. Souk does not use
          either yet: they are kept for when mails, tickets and pages are sent.
        </Trans>
      </p>
      {found.data?.map((status) => (
        <ProviderCard key={status.provider} status={status} />
      ))}
    </div>
  );
}

const types: Record<FieldKind, string> = {
  text: "text",
  url: "url",
  port: "text",
  email: "email",
  secret: "password",
};

function ProviderCard({ status }: { status: CredentialStatus }) {
  const { t } = useLingui();
  const { provider } = status;
  const words = useProviderWords();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const save = useWrite("credentialSet");
  const test = useWrite("credentialTest");
  const clear = useWrite("credentialClear");
  const used = {
    own: t`kept in your keychain`,
    server: t`set on the server`,
    none: t`not set`,
  }[status.used];
  const failure = save.error ?? test.error ?? clear.error;
  const any = status.fields.some((one) => one.set);
  return (
    <Card
      padded
      title={words.names[provider]}
      aside={
        <Chip
          tone={status.used === "none" ? "plain" : "accent"}
          data-testid={`provider-${provider}-used`}
        >
          {used}
        </Chip>
      }
      data-testid={`provider-${provider}`}
    >
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate([provider, typed], {
            onSuccess: () => {
              setTyped({});
              toast.done(t`Stored in the keychain`);
            },
          });
        }}
      >
        <p className="text-soft sm:col-span-2">{words.about[provider]}</p>
        {status.fields.map(({ field, set }) => (
          <ProviderField
            key={field.name}
            field={field}
            set={set}
            label={words.fields[field.name] ?? field.label}
            value={typed[field.name] ?? ""}
            onChange={(value) => setTyped({ ...typed, [field.name]: value })}
            testId={`provider-${provider}-${field.name}`}
          />
        ))}
        {failure ? (
          <div className="sm:col-span-2">
            <Failed error={failure} kept={t`What was stored before is still stored.`} />
          </div>
        ) : null}
        {test.data ? (
          <p
            role="status"
            className={test.data.ok ? "text-accent sm:col-span-2" : "text-bad sm:col-span-2"}
            data-testid={`provider-${provider}-tested`}
            data-ok={test.data.ok}
          >
            {test.data.message}
          </p>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2 sm:col-span-2">
          <Button
            look="bad-ghost"
            disabled={!any}
            busy={clear.isPending}
            onClick={() => clear.mutate([provider], { onSuccess: () => toast.done(t`Forgotten`) })}
            data-testid={`provider-${provider}-clear`}
          >
            {t`Forget`}
          </Button>
          <Button
            disabled={!any}
            busy={test.isPending}
            onClick={() => test.mutate([provider])}
            data-testid={`provider-${provider}-test`}
          >
            {t`Test`}
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabled={Object.values(typed).every((value) => value.trim() === "")}
            data-testid={`provider-${provider}-save`}
          >
            {t`Store`}
          </Button>
        </div>
      </form>
    </Card>
  );
}

interface ProviderFieldProps {
  field: CredentialField;
  /** Something is stored for it. */
  set: boolean;
  label: string;
  value: string;
  onChange: (value: string) => void;
  testId: string;
}

function ProviderField({ field, set, label, value, onChange, testId }: ProviderFieldProps) {
  const { t } = useLingui();
  return (
    <Field
      label={label}
      {...(field.required ? {} : { optional: t`optional` })}
      help={set ? t`Set. Leave blank to keep it.` : t`Not set.`}
    >
      {(ids) => (
        <Input
          {...ids}
          type={types[field.kind]}
          autoComplete="off"
          inputMode={field.kind === "port" ? "numeric" : undefined}
          placeholder={set ? "••••••••" : ""}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          data-testid={testId}
          data-set={set}
        />
      )}
    </Field>
  );
}

function useProviderWords() {
  const { t } = useLingui();
  const names: Record<Provider, string> = {
    smtp: t`Mail`,
    jira: t`Ticketing (Jira)`,
    confluence: t`Information radiator (Confluence)`,
    ai: t`Language model`,
    packet_target: t`Integration target`,
  };
  const about: Record<Provider, string> = {
    smtp: t`For order mails and digests.`,
    jira: t`For filing tickets.`,
    confluence: t`For publishing pages for everyone.`,
    ai: t`For rewording what the bot says. It will never see or set a price.`,
    packet_target: t`For launching implementation packets.`,
  };
  const fields: Record<string, string> = {
    host: t`Mail server`,
    port: t`Port`,
    username: t`User name`,
    password: t`Password`,
    from: t`Sender address`,
    url: t`Address`,
    email: t`Account e-mail`,
    token: t`Access token`,
    project: t`Project key`,
    space: t`Space key`,
    model: t`Model`,
    key: t`API key`,
  };
  return { names, about, fields };
}
