import { useLingui } from "@lingui/react/macro";
import { Button, Card, cx, toast } from "@souk/kit";
import { Check, Circle } from "lucide-react";
import type { Checklist } from "../../api/bindings.ts";
import { useWrite } from "../../api/queries.ts";
import { useMissing } from "../../shell/checklist-words.ts";
import { Failed } from "../../shell/failed.tsx";

export interface GoLiveStepProps {
  checklist: Checklist;
  labels: Record<string, string>;
  onGo: (step: string) => void;
}

/** What stands between the store and its first deal, and the button that opens it. */
export function GoLiveStep({ checklist, labels, onGo }: GoLiveStepProps) {
  const { t } = useLingui();
  const missing = useMissing();
  const live = useWrite("goLive");
  const shop = useWrite("openShop");
  const step = (key: string) => (key === "catalog" ? "catalogue" : key);
  return (
    <Card padded title={checklist.live ? t`Your store is live` : t`Before you go live`}>
      <ul className="flex flex-col gap-1">
        {checklist.items.map((item) => (
          <li
            key={item.key}
            className="flex items-center gap-3 border-b border-line py-2 last:border-0"
            data-testid={`checklist-${item.key}`}
            data-done={item.done}
          >
            {item.done ? (
              <Check aria-label={t`done`} size={16} strokeWidth={3} className="text-accent" />
            ) : (
              <Circle aria-label={t`open`} size={16} className="text-faint" />
            )}
            <span className="min-w-0 flex-1">
              <b className={cx("font-medium", item.done && "text-soft")}>
                {labels[step(item.key)] ?? item.key}
              </b>
              {item.done ? null : <span className="block text-s text-soft">{missing(item)}</span>}
            </span>
            {item.done ? null : (
              <Button onClick={() => onGo(step(item.key))} data-testid={`checklist-go-${item.key}`}>
                {t`Go there`}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {live.error ? (
        <div className="mt-3">
          <Failed error={live.error} kept={t`The shop stays closed; nothing was changed.`} />
        </div>
      ) : null}
      <div className="mt-4 flex justify-end gap-2">
        <Button busy={shop.isPending} onClick={() => shop.mutate([])} data-testid="open-shop">
          {t`Look at the shop`}
        </Button>
        {checklist.live ? null : (
          <Button
            look="primary"
            disabled={!checklist.ready}
            busy={live.isPending}
            onClick={() => live.mutate([], { onSuccess: () => toast.done(t`Your store is live`) })}
            data-testid="go-live"
          >
            {t`Go live`}
          </Button>
        )}
      </div>
    </Card>
  );
}
