import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, Dialog, Field, Select, Switch, toast } from "@souk/kit";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Role, Staff } from "../../api/bindings.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useRoleNames } from "../../shell/format.ts";
import { TextField } from "../../shell/text-field.tsx";

const roleIds = ["owner", "manager", "agent", "analyst", "auditor"] as const;

function useRoleChoices() {
  const { t } = useLingui();
  const names = useRoleNames();
  const may: Record<string, string> = {
    owner: t`Everything, below cost too with a second person`,
    manager: t`Rules, catalogue, figures and the audit log, approvals down to cost`,
    agent: t`Negotiations and approvals down to the floor`,
    analyst: t`Reads figures and rules, not who customers are`,
    auditor: t`Reads the store, its rules and the audit log, not who customers are`,
  };
  return roleIds.map((id) => ({ value: id, label: names[id] ?? id, hint: may[id] ?? "" }));
}

/** Who works here, and what each may do. */
export function StaffSettings() {
  const { t } = useLingui();
  const staff = useRead("staffList");
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title={t`Staff`}
      aside={
        <Button look="primary" onClick={() => setAdding(true)} data-testid="staff-add">
          {t`Add a colleague`}
        </Button>
      }
    >
      {staff.error ? (
        <div className="p-4">
          <Failed error={staff.error} retry={() => void staff.refetch()} />
        </div>
      ) : null}
      <ul>
        {staff.data?.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
      {adding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </Card>
  );
}

function Person({ person }: { person: Staff }) {
  const { t } = useLingui();
  const choices = useRoleChoices();
  const change = useWrite("staffChange");
  const same = { name: null, role: null, active: null, password: null };
  const me = useRead("connectionState").data?.staff?.id === person.id;
  return (
    <li
      className="flex flex-wrap items-center gap-3 border-t border-line px-(--pad) py-3"
      data-testid="staff-row"
    >
      <span className="min-w-0 flex-1">
        <b className="font-medium">{person.name}</b>{" "}
        {me ? <Chip tone="accent">{t`you`}</Chip> : null}
        <span className="block text-s text-soft">{person.email}</span>
      </span>
      <Select
        className="!w-40"
        aria-label={t`Role of ${person.name}`}
        value={person.role}
        disabled={me}
        onChange={(role) => change.mutate([person.id, { ...same, role: role as Role }])}
        choices={choices}
        data-testid="staff-role"
      />
      <Switch
        checked={person.active}
        disabled={me}
        onChange={(active) => change.mutate([person.id, { ...same, active }])}
        label={<span className="text-soft">{t`may sign in`}</span>}
        data-testid="staff-active"
      />
      {change.error ? (
        <div className="w-full">
          <Failed error={change.error} />
        </div>
      ) : null}
    </li>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const add = useWrite("staffAdd");
  const choices = useRoleChoices();
  const schema = z.object({
    name: z.string().trim().min(1, t`Write the name that colleagues know.`),
    email: z.email(t`Write an e-mail address, such as sam@example.com.`),
    role: z.enum(roleIds),
    password: z.string().min(12, t`At least 12 characters.`),
  });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { name: "", email: "", role: "agent" as Role, password: "" },
  });
  const submit = form.handleSubmit((typed) =>
    add.mutate([typed], {
      onSuccess: () => {
        toast.done(t`${typed.name} can sign in now`);
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Add a colleague`}
      about={t`Hand them the first password in person; they can change it.`}
      closeLabel={t`Close`}
      data-testid="staff-dialog"
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button
            look="primary"
            busy={add.isPending}
            onClick={() => void submit()}
            data-testid="staff-save"
          >
            {t`Add`}
          </Button>
        </>
      }
    >
      <form onSubmit={submit} noValidate className="flex flex-col gap-3">
        <TextField form={form} name="name" label={t`Name`} data-testid="staff-name" />
        <TextField
          form={form}
          name="email"
          label={t`E-mail address`}
          type="email"
          data-testid="staff-email"
        />
        <Field label={t`Role`}>
          {(ids) => (
            <Controller
              control={form.control}
              name="role"
              render={({ field }) => (
                <Select
                  {...ids}
                  value={field.value}
                  onChange={field.onChange}
                  choices={choices}
                  data-testid="staff-new-role"
                />
              )}
            />
          )}
        </Field>
        <TextField
          form={form}
          name="password"
          label={t`First password`}
          help={t`At least 12 characters.`}
          type="password"
          autoComplete="new-password"
          data-testid="staff-password"
        />
        {add.error ? <Failed error={add.error} kept={t`What you typed is still here.`} /> : null}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}
