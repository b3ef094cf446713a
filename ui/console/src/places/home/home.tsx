// What needs a person now, today beside the same weekday of last week, and saved work to go on with.
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Spark } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useRead } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { lastDays } from "../../shell/stretch.ts";
import { Funnel } from "../analytics/funnel.tsx";
import { Needs } from "./needs.tsx";
import { Today } from "./today.tsx";

export default function Home() {
  const { t } = useLingui();
  const format = useFormat();
  const home = useRead("homeGet");
  const connection = useRead("connectionState").data;
  const name = connection?.staff?.name.split(" ")[0] ?? "";
  const zone = connection?.store?.profile.timezone?.split("/").at(-1)?.replaceAll("_", " ") ?? "";
  const today = format.date(new Date().toISOString());
  // until the store is open its figures are those that this computer saw last
  const asOf =
    connection?.opening && home.data
      ? t`as of ${format.dateTime(new Date(home.dataUpdatedAt).toISOString())}`
      : "";
  const attribution = connection?.store?.attribution;
  return (
    <Place
      title={useGreeting(name)}
      note={<span className="text-soft">{[today, zone, asOf].filter(Boolean).join(" · ")}</span>}
    >
      {home.error ? <Failed error={home.error} retry={() => void home.refetch()} /> : null}
      {home.data ? (
        <div
          data-testid="home"
          className="mx-auto grid max-w-[1400px] grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)] items-start gap-4 max-[999px]:grid-cols-1"
        >
          <Today data={home.data} />
          <div className="flex flex-col gap-4">
            <Needs needs={home.data.needs} />
            <Way />
          </div>
          <div className="flex flex-col gap-4">
            <Recents />
            <Weeks />
          </div>
          {attribution ? <p className="col-span-full text-s text-soft">{attribution}</p> : null}
        </div>
      ) : null}
    </Place>
  );
}

function useGreeting(name: string): string {
  const { t } = useLingui();
  const hour = new Date().getHours();
  if (hour < 5 || hour >= 18) return name ? t`Good evening, ${name}` : t`Good evening`;
  if (hour < 12) return name ? t`Good morning, ${name}` : t`Good morning`;
  return name ? t`Good afternoon, ${name}` : t`Good afternoon`;
}

function Recents() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const recents = useRead("recentsList").data ?? [];
  return (
    <Card title={t`Pick up where you left`}>
      {recents.length === 0 ? (
        <p className="px-(--pad) pb-4 text-soft">{t`Rule sets, negotiations and views that you open are kept here.`}</p>
      ) : (
        <ul>
          {recents.slice(0, 6).map((recent) => (
            <li key={recent.link} className="border-t border-line">
              <button
                type="button"
                onClick={() => void navigate({ to: recent.link })}
                className="flex w-full items-baseline gap-3 px-(--pad) py-[9px] text-start -outline-offset-2 hover:bg-sunken"
                data-testid="recent-open"
              >
                <span className="min-w-0 flex-1 truncate font-medium">{recent.title}</span>
                <span className="num text-s text-faint">{format.ago(recent.at)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** From the first word to the paid order, over the same two weeks. */
function Way() {
  const [span] = useState(() => lastDays(14));
  const data = useRead("dashboardGet", span.from, span.until).data;
  return data && (data.funnel[0]?.count ?? 0) > 0 ? (
    <Funnel steps={data.funnel} stretch={data} />
  ) : null;
}

/** The last two weeks in a line, leading to the whole dashboard. */
function Weeks() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const [span] = useState(() => lastDays(14));
  const data = useRead("dashboardGet", span.from, span.until).data;
  if (!data) return null;
  const total = format.number(data.now.agreed);
  return (
    <Card
      title={t`Deals, last 14 days`}
      aside={
        <Button look="ghost" onClick={() => void navigate({ to: paths.analytics() })}>
          {t`All figures`}
        </Button>
      }
    >
      <div className="flex items-center gap-4 px-(--pad) pb-4">
        <span className="text-xl font-semibold tabular-nums">{total}</span>
        <Spark
          values={data.days.map((day) => day.figures.agreed)}
          title={t`Deals per day, the last 14 days`}
        />
        <span className="text-soft">{t`${format.percent(data.now.acceptance_pct)} accepted`}</span>
      </div>
    </Card>
  );
}
