import { Plural, useLingui } from "@lingui/react/macro";
import { Segmented } from "@souk/kit";
import type { NegotiationState } from "../../api/bindings.ts";
import { useRead } from "../../api/queries.ts";
import { paths } from "../../shell/paths.ts";
import { waitingQuery } from "../../shell/rail.tsx";
import { RowsFilter } from "../../shell/rows-filter.tsx";
import { isSought, type RowsSought } from "../../shell/rows-sought.ts";

const views = ["awaiting_staff", "bargaining", "agreed", "all"] as const;
export type View = (typeof views)[number];

export interface QueueHeadProps {
  view: View;
  onView: (view: View) => void;
  sought: RowsSought;
  /** How many rows there are in all, once it is known. */
  total: number | null;
}

/** Which negotiations are listed: those of a view, or those behind a figure. */
export function QueueHead({ view, onView, sought, total }: QueueHeadProps) {
  const { t } = useLingui();
  const waiting = useSize("awaiting_staff");
  const bargaining = useSize("bargaining");
  const agreed = useSize("agreed");
  return (
    <div className="overflow-x-auto border-b border-line px-2 py-[7px]">
      {isSought(sought) ? (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <RowsFilter at={paths.negotiations()} sought={sought} />
          {total === null ? null : (
            <span className="text-s text-soft tabular-nums" role="status" data-testid="queue-count">
              <Plural value={total} one="# negotiation" other="# negotiations" />
            </span>
          )}
        </div>
      ) : (
        <Segmented
          label={t`Which negotiations`}
          className="text-s [&>*]:!px-[6px] [&>*]:whitespace-nowrap"
          value={view}
          onChange={(next) => onView(views.find((one) => one === next) ?? "all")}
          data-testid="queue-view"
          choices={[
            { value: "awaiting_staff", label: t`Needs me ${waiting}` },
            { value: "bargaining", label: t`Bargaining ${bargaining}` },
            { value: "agreed", label: t`Agreed ${agreed}` },
            { value: "all", label: t`All` },
          ]}
        />
      )}
      <p className="sr-only" role="status">
        {t`Waiting for staff: ${waiting}`}
      </p>
    </div>
  );
}

/** How many negotiations are in a state. */
export function useSize(state: NegotiationState): number {
  const query = state === "awaiting_staff" ? waitingQuery : { states: [state], limit: 1 };
  const page = useRead("negotiationsList", query).data;
  return page?.total ?? page?.items.length ?? 0;
}
