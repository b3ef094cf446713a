import { useLingui } from "@lingui/react/macro";
import { FilterChip } from "@souk/kit";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useFormat } from "./format.ts";
import { type Condition, isSought, type RowsSought, readSought } from "./rows-sought.ts";
import { useZone } from "./use-rows.ts";

/** What the address asks this list for. */
export function useSought(): RowsSought {
  const search = useSearch({ strict: false });
  return readSought(search as Record<string, unknown>);
}

/** Why the list is shorter than it could be; each reason can be taken away. Nothing where there is none. */
export function RowsFilter({ at, sought }: { at: string; sought: RowsSought }) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const zone = useZone();
  const words: Record<Condition, string> = {
    offered: t`With an offer`,
    agreed: t`Agreed`,
    ended: t`Ended`,
    redeemed: t`Paid`,
    sold: t`Sold`,
    booked: t`Sold and returned`,
  };
  if (!isSought(sought)) return null;
  const { from, until, of } = sought;
  const keep = (search: RowsSought) => void navigate({ to: at, search: { ...search } });
  const stretch = from && until ? format.stretch(from, until, zone) : null;
  return (
    <div className="flex flex-wrap items-center gap-[6px]" data-testid="rows-filter">
      {stretch ? (
        <FilterChip
          takeAway={t`Show every date`}
          onTakeAway={() => keep(of ? { of } : {})}
          data-testid="rows-filter-stretch"
        >
          {stretch}
        </FilterChip>
      ) : null}
      {of ? (
        <FilterChip
          takeAway={t`Show every state`}
          onTakeAway={() => keep(from && until ? { from, until } : {})}
          data-testid="rows-filter-of"
        >
          {words[of]}
        </FilterChip>
      ) : null}
    </div>
  );
}
