import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, Field, Input, Select, toast } from "@souk/kit";
import { useState } from "react";
import type { Role } from "../../api/bindings.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { CopyButton } from "../../shell/copy-button.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat, useRoleNames } from "../../shell/format.ts";

/** Keys for programs: made here, shown once, revocable at any time. */
export function ApiKeySettings() {
  const { t } = useLingui();
  const format = useFormat();
  const roles = useRoleNames();
  const keys = useRead("apiKeysList");
  const create = useWrite("apiKeyCreate");
  const revoke = useWrite("apiKeyRevoke");
  const [name, setName] = useState("");
  const [role, setRole] = useState("analyst");
  const secret = create.data?.secret;
  return (
    <Card title={t`API keys`}>
      {keys.error ? (
        <div className="p-4">
          <Failed error={keys.error} retry={() => void keys.refetch()} />
        </div>
      ) : null}
      <ul>
        {keys.data?.map((key) => (
          <li
            key={key.id}
            className="flex flex-wrap items-center gap-3 border-t border-line px-(--pad) py-3"
            data-testid="api-key-row"
          >
            <span className="min-w-0 flex-1">
              <b className="font-medium">{key.name}</b> <Chip>{roles[key.role]}</Chip>
              <span className="block text-s text-soft">
                {key.last_used_at ? t`used ${format.ago(key.last_used_at)}` : t`never used`}
              </span>
            </span>
            <Button
              look="bad-ghost"
              busy={revoke.isPending}
              onClick={() =>
                revoke.mutate([key.id], { onError: (error) => toast.failed(error.message) })
              }
              data-testid="api-key-revoke"
            >
              {t`Revoke`}
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="flex flex-wrap items-end gap-3 border-t border-line px-(--pad) py-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate([{ name: name.trim(), role: role as Role }], {
            onSuccess: () => setName(""),
          });
        }}
      >
        <Field label={t`What is it for?`} className="w-64">
          {(ids) => (
            <Input
              {...ids}
              value={name}
              onChange={(event) => setName(event.target.value)}
              data-testid="api-key-name"
            />
          )}
        </Field>
        <Field label={t`It may act as`} className="w-40">
          {(ids) => (
            <Select
              {...ids}
              value={role}
              onChange={setRole}
              choices={Object.entries(roles).map(([value, label]) => ({ value, label }))}
              data-testid="api-key-role"
            />
          )}
        </Field>
        <Button
          type="submit"
          disabled={name.trim() === ""}
          busy={create.isPending}
          data-testid="api-key-create"
        >
          {t`Make a key`}
        </Button>
        {create.error ? (
          <div className="w-full">
            <Failed error={create.error} />
          </div>
        ) : null}
        {secret ? (
          <div className="flex w-full flex-wrap items-center gap-2 rounded-md bg-warn-wash px-4 py-2">
            <p role="status" className="min-w-0 flex-1" data-testid="api-key-secret">
              {t`Copy it now; it is shown this once:`}{" "}
              <code className="font-mono break-all select-all">{secret}</code>
            </p>
            <CopyButton text={secret} />
          </div>
        ) : null}
      </form>
    </Card>
  );
}
