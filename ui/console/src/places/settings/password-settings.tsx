// One's own password. A store on this computer has none that a person knows.
import { zodResolver } from "@hookform/resolvers/zod";
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Field, Input, toast } from "@souk/kit";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";

export function PasswordSettings() {
  const hosted = useRead("connectionState").data?.kind === "hosted";
  return hosted ? <PasswordForm /> : null;
}

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
  const errors = form.formState.errors;
  const submit = form.handleSubmit((typed) =>
    change.mutate([typed], {
      onSuccess: () => {
        toast.done(t`Password changed`);
        form.reset();
      },
    }),
  );
  return (
    <Card padded title={t`Your password`}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-3">
        <Field label={t`Current password`} error={errors.current?.message}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register("current")}
              type="password"
              autoComplete="current-password"
              data-testid="password-current"
            />
          )}
        </Field>
        <Field
          label={t`New password`}
          help={t`At least 12 characters. Your other sessions end.`}
          error={errors.new?.message}
        >
          {(ids) => (
            <Input
              {...ids}
              {...form.register("new")}
              type="password"
              autoComplete="new-password"
              data-testid="password-new"
            />
          )}
        </Field>
        {change.error ? <Failed error={change.error} /> : null}
        <div className="flex justify-end">
          <Button type="submit" look="primary" busy={change.isPending} data-testid="password-save">
            {t`Change the password`}
          </Button>
        </div>
      </form>
    </Card>
  );
}
