import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, toast } from "@souk/kit";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";

/** Where people are signed in; any of it can be ended from here. */
export function SessionSettings() {
  const { t } = useLingui();
  const format = useFormat();
  const sessions = useRead("sessionsList");
  const revoke = useWrite("sessionRevoke");
  return (
    <Card title={t`Signed in`}>
      {sessions.error ? (
        <div className="p-4">
          <Failed error={sessions.error} retry={() => void sessions.refetch()} />
        </div>
      ) : null}
      <ul>
        {sessions.data?.map((session) => {
          const seen = format.ago(session.last_seen_at);
          const until = format.date(session.expires_at);
          return (
            <li
              key={session.id}
              className="flex flex-wrap items-center gap-3 border-t border-line px-(--pad) py-3"
              data-testid="session-row"
            >
              <span className="min-w-0 flex-1">
                <b className="font-medium">{session.staff_name}</b>{" "}
                {session.current ? <Chip tone="accent">{t`this one`}</Chip> : null}
                <span className="block text-s text-soft">
                  {[session.device, t`seen ${seen}`, t`ends ${until}`].filter(Boolean).join(" · ")}
                </span>
              </span>
              {session.current ? null : (
                <Button
                  look="bad-ghost"
                  busy={revoke.isPending}
                  onClick={() =>
                    revoke.mutate([session.id], {
                      onSuccess: () => toast.done(t`Signed out there`),
                      onError: (error) => toast.failed(error.message),
                    })
                  }
                  data-testid="session-revoke"
                >
                  {t`Sign out`}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
