import { useLingui } from "@lingui/react/macro";
import { cx, Dot, Hint, keysText } from "@souk/kit";
import { Link } from "@tanstack/react-router";
import {
  ArrowRight,
  ChartNoAxesColumn,
  Handshake,
  House,
  type LucideIcon,
  Package,
  Scale,
  Settings,
  Shield,
  Tag,
  Users,
} from "lucide-react";
import type { NegotiationQuery } from "../api/bindings.ts";
import { useRead } from "../api/queries.ts";
import { Logo } from "./logo.tsx";
import { type PlaceId, paths } from "./paths.ts";

export interface PlaceLink {
  id: PlaceId;
  label: string;
  to: string;
  keys: string;
  icon: LucideIcon;
}

/** The places that work, in the order of the map. */
export function usePlaces(): PlaceLink[] {
  const { t } = useLingui();
  return [
    { id: "home", label: t`Home`, to: paths.home(), keys: "g h", icon: House },
    {
      id: "onboarding",
      label: t`Onboarding`,
      to: paths.onboarding(),
      keys: "g b",
      icon: ArrowRight,
    },
    { id: "catalogue", label: t`Catalogue`, to: paths.catalogue(), keys: "g c", icon: Tag },
    { id: "pricing", label: t`Pricing`, to: paths.pricing(), keys: "g p", icon: Scale },
    {
      id: "negotiations",
      label: t`Negotiations`,
      to: paths.negotiations(),
      keys: "g n",
      icon: Handshake,
    },
    { id: "orders", label: t`Orders`, to: paths.orders(), keys: "g o", icon: Package },
    { id: "customers", label: t`Customers`, to: paths.customers(), keys: "g u", icon: Users },
    {
      id: "analytics",
      label: t`Analytics`,
      to: paths.analytics(),
      keys: "g a",
      icon: ChartNoAxesColumn,
    },
    { id: "audit", label: t`Audit`, to: paths.audit(), keys: "g l", icon: Shield },
    { id: "settings", label: t`Settings`, to: paths.settings(), keys: "g s", icon: Settings },
  ];
}

/** Where one can go, which store this is, and how much waits. Narrow windows get the icons alone. */
export function Rail() {
  const { t } = useLingui();
  const places = usePlaces();
  const connection = useRead("connectionState").data;
  const waiting = useRead("negotiationsList", waitingQuery).data;
  const checklist = useRead("checklistGet").data;
  const store = connection?.store;
  const count = waiting?.total ?? waiting?.items.length ?? 0;
  const done = checklist?.items.filter((item) => item.done).length ?? 0;
  const all = checklist?.items.length ?? 0;
  const badges: Partial<Record<PlaceId, { text: string; spoken: string; hot: boolean }>> = {};
  if (count > 0) {
    badges.negotiations = {
      text: String(count),
      spoken: t`waiting for staff: ${count}`,
      hot: true,
    };
  }
  if (checklist && !checklist.live) {
    badges.onboarding = { text: `${done}/${all}`, spoken: t`${done} of ${all} done`, hot: false };
  }
  return (
    <nav
      aria-label={t`Places`}
      className="flex flex-col gap-[2px] overflow-y-auto border-e border-line bg-sunken px-[10px] py-3 max-[1099px]:px-[7px]"
    >
      <div className="flex items-center gap-[9px] px-2 pt-1 pb-3 text-m font-bold tracking-[-0.01em]">
        <Logo />
        <span className="max-[1099px]:hidden">Souk</span>
      </div>
      {store ? (
        <div
          className="mb-2 flex items-center gap-2 rounded-md border border-line bg-surface px-2 py-[7px] max-[1099px]:justify-center"
          title={store.profile.name}
          data-testid="rail-store"
        >
          <Dot tone={store.paused ? "warn" : store.live ? "accent" : "plain"} />
          <b className="min-w-0 flex-1 truncate font-medium max-[1099px]:hidden">
            {store.profile.name || t`New store`}
          </b>
          <span className="text-xs text-faint max-[1099px]:hidden">{store.profile.currency}</span>
        </div>
      ) : null}
      {places.map((place) => (
        <RailLink key={place.id} place={place} badge={badges[place.id]} />
      ))}
    </nav>
  );
}

/** The head of the queue: enough to count it and to say who came. */
export const waitingQuery: NegotiationQuery = { states: ["awaiting_staff"], limit: 50 };

interface RailLinkProps {
  place: PlaceLink;
  badge: { text: string; spoken: string; hot: boolean } | undefined;
}

function RailLink({ place, badge }: RailLinkProps) {
  const Icon = place.icon;
  return (
    <>
      {place.id === "settings" ? <div className="m-2 h-px bg-line" /> : null}
      <Hint text={place.label} shortcut={keysText(place.keys)}>
        <Link
          to={place.to}
          activeOptions={{ exact: place.id === "home" }}
          data-testid={`nav-${place.id}`}
          className="relative flex items-center gap-[9px] rounded-sm px-2 py-[5.5px] text-soft hover:text-text max-[1099px]:justify-center max-[1099px]:py-2"
          activeProps={{
            className: "bg-surface !text-text font-medium shadow-[0_0_0_1px_var(--line)]",
            "aria-current": "page",
          }}
        >
          <Icon aria-hidden size={15} className="shrink-0 opacity-85" />
          <span className="max-[1099px]:sr-only">{place.label}</span>
          {badge ? (
            <span
              className={cx(
                "ms-auto text-xs max-[1099px]:absolute max-[1099px]:end-0 max-[1099px]:top-0",
                badge.hot
                  ? "rounded-full bg-accent px-[6px] font-semibold text-accent-ink"
                  : "text-soft max-[1099px]:hidden",
              )}
            >
              <span aria-hidden>{badge.text}</span>
              <span className="sr-only">, {badge.spoken}</span>
            </span>
          ) : null}
        </Link>
      </Hint>
    </>
  );
}
