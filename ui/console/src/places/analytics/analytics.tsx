// The dashboard: five figures over time, each of which leads to the rows behind it.
import { useLingui } from "@lingui/react/macro";
import { Segmented } from "@souk/kit";
import { useMemo, useState } from "react";
import { useRead } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { Place } from "../../shell/place.tsx";
import { lastDays } from "../../shell/stretch.ts";
import { useRows } from "../../shell/use-rows.ts";
import { Charts } from "./charts.tsx";
import { Funnel } from "./funnel.tsx";
import { Headline } from "./headline.tsx";

export default function Analytics() {
  const { t } = useLingui();
  const [days, setDays] = useState(30);
  const span = useMemo(() => lastDays(days), [days]);
  const found = useRead("dashboardGet", span.from, span.until);
  const rows = useRows();
  return (
    <Place
      title={t`Analytics`}
      actions={
        <Segmented
          label={t`Stretch of time`}
          value={String(days)}
          onChange={(next) => setDays(Number(next))}
          choices={[
            { value: "7", label: t`7 days` },
            { value: "30", label: t`30 days` },
            { value: "90", label: t`90 days` },
          ]}
          data-testid="analytics-days"
        />
      }
    >
      {found.error ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.data ? (
        <div className="mx-auto flex max-w-[1400px] flex-col gap-4">
          <Headline data={found.data} rows={rows} />
          <div className="grid grid-cols-2 gap-4 max-[1099px]:grid-cols-1">
            <Charts data={found.data} rows={rows} />
            <Funnel steps={found.data.funnel} stretch={found.data} />
          </div>
        </div>
      ) : null}
    </Place>
  );
}
