import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, Progress } from "@souk/kit";
import { useState } from "react";
import type { Progress as Step } from "../../api/bindings.ts";
import { progressChannel } from "../../api/ipc.ts";
import { useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";

/** One press, and a whole store with a past stands ready. */
export function SampleStart() {
  const { t } = useLingui();
  const format = useFormat();
  const [step, setStep] = useState<Step | null>(null);
  const start = useWrite("startSampleStore");
  return (
    <Card padded title={t`The sample store`}>
      <div className="flex flex-col gap-4">
        <p>
          <Trans>
            A giftware shop with 3,168 products, its customers, and the 40,000 order lines of a
            year. The data is “Online Retail” by Daqing Chen (UCI Machine Learning Repository),
            licensed CC BY 4.0.
          </Trans>
        </p>
        {start.isPending ? (
          <Progress
            label={t`Filling the store`}
            done={step && step.total > 0 ? step.done : null}
            of={step?.total ?? 1}
            words={
              step && step.total > 0
                ? `${format.number(step.done)} / ${format.number(step.total)}`
                : (step?.phase ?? "")
            }
            data-testid="first-run-progress"
          />
        ) : null}
        {start.error ? (
          <Failed error={start.error} kept={t`No half-made store was left behind.`} />
        ) : null}
        <Button
          look="primary"
          className="self-end"
          busy={start.isPending}
          onClick={() => start.mutate([progressChannel(setStep)])}
          data-testid="first-run-start"
        >
          {t`Make the sample store`}
        </Button>
      </div>
    </Card>
  );
}
