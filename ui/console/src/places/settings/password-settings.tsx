// One's own password. A store on this computer has none that a person knows.
import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, toast } from "@souk/kit";
import { useForm } from "react-hook-form";
import { z } from "zod";
import type { IpcError } from "../../api/ipc.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { TextField } from "../../shell/text-field.tsx";

export function PasswordSettings() {
  const hosted = useRead("connectionState").data?.kind === "hosted";
  return hosted ? <PasswordForm /> : null;
}

const isWrong = (error: IpcError) => error.context.field === "current";

function PasswordForm() {
  const { t } = useLingui();
  const change = useWrite("passwordChange");
  const schema = z.object({
    current: z.string().min(1, t`Write your current password.`),
    new: z.string().min(12, t`At least 12 characters.`),
  });
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { current: "", new: "" },
  });
  const submit = form.handleSubmit((typed) =>
    change.mutate([typed], {
      onSuccess: () => {
        toast.done(t`Password changed`);
        form.reset();
      },
      onError: (error) => {
        if (!isWrong(error)) return;
        const message = t`This is not your current password.`;
        form.setError("current", { message }, { shouldFocus: true });
      },
    }),
  );
  return (
    <Card padded title={t`Your password`}>
      <form onSubmit={submit} noValidate className="flex max-w-[420px] flex-col gap-3">
        <TextField
          form={form}
          name="current"
          label={t`Current password`}
          type="password"
          autoComplete="current-password"
          data-testid="password-current"
        />
        <TextField
          form={form}
          name="new"
          label={t`New password`}
          help={t`At least 12 characters. Your other sessions end.`}
          type="password"
          autoComplete="new-password"
          data-testid="password-new"
        />
        {change.error && !isWrong(change.error) ? <Failed error={change.error} /> : null}
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={change.isPending} data-testid="password-save">
            {t`Change the password`}
          </Button>
        </div>
      </form>
    </Card>
  );
}
