// From an empty store to a live one, in steps that can be taken in any order and left at any time.
import { useLingui } from "@lingui/react/macro";
import { Stepper } from "@souk/kit";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/queries.ts";
import { useMissing } from "../../shell/checklist-words.ts";
import { Failed } from "../../shell/failed.tsx";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { CatalogueStep } from "./catalogue-step.tsx";
import { GoLiveStep } from "./go-live-step.tsx";
import { LaunchStep } from "./launch-step.tsx";
import { SegmentsStep } from "./segments-step.tsx";
import { StoreStep } from "./store-step.tsx";

const stepIds = ["store", "catalogue", "segments", "launch", "rules", "go-live"] as const;
/** Steps as the service's checklist names them. */
const keys: Record<string, string> = { catalogue: "catalog" };

export default function Onboarding() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const checklist = useRead("checklistGet");
  const asked = useParams({ strict: false, select: (params: { step?: string }) => params.step });
  const missing = useMissing();
  const item = (id: string) => checklist.data?.items.find((one) => one.key === (keys[id] ?? id));
  const first = stepIds.find((id) => id !== "go-live" && !item(id)?.done) ?? "go-live";
  const current = stepIds.find((id) => id === asked) ?? first;
  const labels: Record<string, string> = {
    store: t`Store`,
    catalogue: t`Catalogue`,
    segments: t`Segments`,
    launch: t`Launch constraints`,
    rules: t`Rules`,
    "go-live": t`Go live`,
  };
  const go = (id: string) =>
    void navigate({ to: id === "rules" ? paths.pricing() : paths.onboarding(id) });
  const next = () => go(stepIds[stepIds.indexOf(current) + 1] ?? "go-live");
  return (
    <Place title={t`Onboarding`}>
      <div className="mx-auto grid max-w-[1120px] grid-cols-[260px_minmax(0,1fr)] items-start gap-6 max-[899px]:grid-cols-1">
        <Stepper
          label={t`Steps`}
          doneLabel={t`done`}
          current={current}
          onGo={go}
          data-testid="onboarding-step"
          steps={stepIds.map((id) => {
            const one = item(id);
            return {
              id,
              label: labels[id] ?? id,
              about: one && !one.done ? missing(one) : undefined,
              done: id === "go-live" ? (checklist.data?.live ?? false) : (one?.done ?? false),
            };
          })}
        />
        <div className="min-w-0">
          {checklist.error ? (
            <Failed error={checklist.error} retry={() => void checklist.refetch()} />
          ) : null}
          {current === "store" ? <StoreStep onNext={next} /> : null}
          {current === "catalogue" ? <CatalogueStep onNext={next} /> : null}
          {current === "segments" ? <SegmentsStep onNext={next} /> : null}
          {current === "launch" ? <LaunchStep onNext={next} /> : null}
          {current === "go-live" && checklist.data ? (
            <GoLiveStep checklist={checklist.data} labels={labels} onGo={go} />
          ) : null}
        </div>
      </div>
    </Place>
  );
}
