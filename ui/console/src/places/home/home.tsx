// What needs a person now, today beside the same weekday of last week, and saved work to go on with.
import { useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, Dot, EmptyState, Spark, type Tone } from "@souk/kit";
import { useNavigate } from "@tanstack/react-router";
import { Coffee } from "lucide-react";
import { useState } from "react";
import type { Figures, Home as HomeData, Need } from "../../api/bindings.ts";
import { useRead } from "../../api/queries.ts";
import { useCommands } from "../../shell/commands.tsx";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { paths } from "../../shell/paths.ts";
import { Place } from "../../shell/place.tsx";
import { lastDays } from "../../shell/stretch.ts";
import { Funnel } from "../analytics/funnel.tsx";

export default function Home() {
  const format = useFormat();
  const home = useRead("homeGet");
  const connection = useRead("connectionState").data;
  const name = connection?.staff?.name.split(" ")[0] ?? "";
  const zone = connection?.store?.profile.timezone?.split("/").at(-1)?.replaceAll("_", " ") ?? "";
  const today = format.date(new Date().toISOString());
  const attribution = connection?.store?.attribution;
  return (
    <Place
      title={useGreeting(name)}
      note={<span className="text-soft">{[today, zone].filter(Boolean).join(" · ")}</span>}
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

function Today({ data }: { data: HomeData }) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const { today, same_weekday: before } = data;
  const weekday = new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "long",
  }).format(new Date());
  const points = (now: string | null, then: string | null) => {
    if (now === null || then === null) return null;
    const tenths = Math.round((Number(now) - Number(then)) * 10);
    return { words: t`${format.signed(tenths / 10)} pt`, sign: Math.sign(tenths) };
  };
  const change = (now: number, then: number) =>
    then === 0
      ? null
      : {
          words: `${now >= then ? "+" : "−"}${format.number(Math.abs(now - then))}`,
          sign: Math.sign(now - then),
        };
  const money = (of: keyof Pick<Figures, "margin" | "revenue">) => ({
    words: `${today[of].minor >= before[of].minor ? "+" : "−"}${format.money({
      ...today[of],
      minor: Math.abs(today[of].minor - before[of].minor),
    })}`,
    sign: Math.sign(today[of].minor - before[of].minor),
  });
  const figures = [
    {
      id: "negotiations",
      label: t`Negotiations today`,
      value: format.number(today.negotiations),
      change: change(today.negotiations, before.negotiations),
      to: paths.negotiations(),
      good: 1,
    },
    {
      id: "accepted",
      label: t`Accepted`,
      value: format.percent(today.acceptance_pct),
      change: points(today.acceptance_pct, before.acceptance_pct),
      to: paths.analytics(),
      good: 1,
    },
    {
      id: "discount",
      label: t`Discount depth`,
      value: format.percent(today.discount_depth_pct),
      change: points(today.discount_depth_pct, before.discount_depth_pct),
      to: paths.analytics(),
      good: -1,
    },
    {
      id: "margin",
      label: t`Margin kept`,
      value: format.money(today.margin),
      change: money("margin"),
      to: paths.analytics(),
      good: 1,
    },
    {
      id: "orders",
      label: t`Orders`,
      value: format.number(today.orders),
      change: change(today.orders, before.orders),
      to: paths.orders(),
      good: 1,
    },
  ];
  return (
    <Card className="col-span-full grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] overflow-hidden">
      {figures.map((figure) => (
        <button
          key={figure.id}
          type="button"
          onClick={() => void navigate({ to: figure.to })}
          data-testid={`home-figure-${figure.id}`}
          className="-me-px border-e border-line flex flex-col items-start px-4 py-[13px] text-start -outline-offset-2 hover:bg-sunken"
        >
          <span className="mb-2 block text-xs font-semibold text-faint">{figure.label}</span>
          <span className="block text-xl font-semibold tracking-[-0.02em] tabular-nums">
            {figure.value}
          </span>
          <span className="block text-soft">
            {figure.change ? (
              <>
                <span
                  className={
                    figure.change.sign * figure.good > 0
                      ? "text-accent"
                      : figure.change.sign === 0
                        ? ""
                        : "text-bad"
                  }
                >
                  {figure.change.words}
                </span>{" "}
                {t`on last ${weekday}`}
              </>
            ) : (
              t`nothing last ${weekday}`
            )}
          </span>
        </button>
      ))}
    </Card>
  );
}

const tones: Record<string, Tone> = { bad: "bad", warn: "warn", info: "info" };

function Needs({ needs }: { needs: readonly Need[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const open = (need: Need) => void navigate({ to: need.link });
  useCommands(
    needs.slice(0, 9).map((need, index) => ({
      id: `need-${index + 1}`,
      label: need.title,
      keys: String(index + 1),
      group: t`Needs you`,
      run: () => open(need),
    })),
  );
  const verbs: Record<string, string> = {
    escalation: t`Open`,
    low_stock: t`See product`,
    checklist: t`Go on`,
    draft: t`Go on`,
  };
  return (
    <Card
      title={t`Needs you`}
      aside={needs.length > 0 ? <Chip tone="accent">{needs.length}</Chip> : null}
    >
      {needs.length === 0 ? (
        <EmptyState title={t`Nothing needs you`} picture={<Coffee aria-hidden size={26} />}>
          {t`Escalations, low stock and open steps show up here, the most pressing first.`}
        </EmptyState>
      ) : (
        <ul data-list>
          {needs.map((need, index) => (
            <li
              key={`${need.kind} ${need.link}`}
              className="grid grid-cols-[9px_minmax(0,1fr)_auto] items-center gap-[11px] border-t border-line px-(--pad) py-[11px]"
            >
              <Dot tone={tones[need.level] ?? "info"} />
              <span className="min-w-0">
                <b className="block font-medium">{need.title}</b>
                <span className="block text-s text-soft">{need.detail}</span>
              </span>
              <Button
                look={index === 0 ? "primary" : "plain"}
                {...(index < 9 ? { shortcut: String(index + 1) } : {})}
                onClick={() => open(need)}
                data-testid="need-open"
              >
                {verbs[need.kind] ?? t`Open`}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
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
  return data && (data.funnel[0]?.count ?? 0) > 0 ? <Funnel steps={data.funnel} /> : null;
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
