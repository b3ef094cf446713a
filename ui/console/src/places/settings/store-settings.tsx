import { useLingui } from "@lingui/react/macro";
import { Button, Card, Dialog, Facts, toast } from "@souk/kit";
import { useState } from "react";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";

/** Which store this is, what runs here, and the way out. */
export function StoreSettings() {
  const { t } = useLingui();
  const connection = useRead("connectionState").data;
  const about = useRead("about").data;
  const signOut = useWrite("signOut");
  const keep = useWrite("waitingEditsExport");
  const shop = useWrite("openShop");
  const [waiting, setWaiting] = useState<number | null>(null);
  if (!connection?.store) return null;
  const { store } = connection;
  const leave = (force: boolean) =>
    signOut.mutate([force], {
      onSuccess: (outcome) =>
        setWaiting(outcome.outcome === "edits_waiting" ? outcome.count : null),
    });
  return (
    <Card padded title={store.profile.name}>
      <div className="flex flex-col gap-5">
        <Facts
          rows={[
            [t`Where`, connection.kind === "local" ? t`On this computer` : t`Hosted`],
            [t`Address`, connection.address ?? "–"],
            [t`Short name`, store.slug],
            [
              t`Signed in`,
              connection.staff ? `${connection.staff.name} · ${connection.staff.email}` : "–",
            ],
            [t`Data`, store.attribution ?? t`your own`],
            [t`Version`, about ? `${about.name} ${about.version} · ${about.platform}` : "–"],
          ]}
        />
        {signOut.error ? <Failed error={signOut.error} /> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button
            busy={shop.isPending}
            onClick={() => shop.mutate([])}
            data-testid="settings-open-shop"
          >
            {t`Open the shop in a browser`}
          </Button>
          <Button
            look="bad-ghost"
            busy={signOut.isPending}
            onClick={() => leave(false)}
            data-testid="sign-out"
          >
            {t`Sign out`}
          </Button>
        </div>
      </div>
      <Dialog
        open={waiting !== null}
        onClose={() => setWaiting(null)}
        title={t`Edits wait to be sent: ${waiting ?? 0}`}
        about={t`They stay in this computer's copy and go out when the store is opened again. Export them to be sure.`}
        closeLabel={t`Close`}
        data-testid="sign-out-dialog"
        actions={
          <>
            <Button
              busy={keep.isPending}
              onClick={() =>
                keep.mutate([], {
                  onSuccess: (path) => path && toast.done(t`Edits exported`),
                  onError: (error) => toast.failed(error.message),
                })
              }
              data-testid="sign-out-export"
            >
              {t`Export the edits`}
            </Button>
            <Button
              look="bad"
              busy={signOut.isPending}
              onClick={() => leave(true)}
              data-testid="sign-out-force"
            >
              {t`Sign out all the same`}
            </Button>
          </>
        }
      />
    </Card>
  );
}
