import { useLingui } from "@lingui/react/macro";
import { Checkbox, Chip, type Column, IconButton } from "@souk/kit";
import { Copy, Download, Trash2 } from "lucide-react";
import type { RuleSetSummary } from "../../../api/bindings.ts";
import { useFormat } from "../../../shell/format.ts";
import { useSetStates } from "../life/set-states.ts";

export interface SetActions {
  chosen: ReadonlySet<string>;
  onChoose: (id: string) => void;
  onDuplicate: (set: RuleSetSummary) => void;
  onExport: (set: RuleSetSummary) => void;
  onDelete: (set: RuleSetSummary) => void;
}

const states = ["draft", "in_review", "shadow", "active", "retired"];

export function useSetColumns(actions: SetActions): ReadonlyArray<Column<RuleSetSummary>> {
  const { t } = useLingui();
  const format = useFormat();
  const words = useSetStates();
  return [
    {
      id: "compare",
      header: t`Compare`,
      quietHeader: true,
      width: "36px",
      cell: (set) => (
        <Checkbox
          label={<span className="sr-only">{t`Compare ${set.name}`}</span>}
          checked={actions.chosen.has(set.id)}
          onChange={() => actions.onChoose(set.id)}
          data-testid="set-compare"
        />
      ),
    },
    {
      id: "name",
      header: t`Name`,
      width: "minmax(160px, 3fr)",
      sort: (set) => set.name.toLowerCase(),
      cell: (set) => <span className="font-medium">{set.name}</span>,
    },
    {
      id: "state",
      header: t`Status`,
      width: "118px",
      sort: (set) => states.indexOf(set.state),
      cell: (set) => (
        <Chip tone={words[set.state].tone} data-testid="set-state" data-state={set.state}>
          {words[set.state].words}
        </Chip>
      ),
    },
    {
      id: "version",
      header: t`Version`,
      width: "84px",
      numeric: true,
      sort: (set) => set.version ?? 0,
      cell: (set) => set.version ?? "–",
    },
    {
      id: "rules",
      header: t`Rules`,
      width: "84px",
      numeric: true,
      sort: (set) => set.rules,
      cell: (set) => format.number(set.rules),
    },
    {
      id: "author",
      header: t`Author`,
      width: "minmax(90px, 1fr)",
      from: 640,
      sort: (set) => set.author,
      cell: (set) => set.author,
    },
    {
      id: "changed",
      header: t`Changed`,
      width: "112px",
      from: 540,
      sort: (set) => set.updated_at,
      cell: (set) => format.ago(set.activated_at ?? set.updated_at),
    },
    {
      id: "actions",
      header: t`Actions`,
      quietHeader: true,
      width: "112px",
      cell: (set) => <RowActions set={set} actions={actions} />,
    },
  ];
}

function RowActions({ set, actions }: { set: RuleSetSummary; actions: SetActions }) {
  const { t } = useLingui();
  return (
    <span className="flex justify-end">
      <IconButton
        label={t`Duplicate ${set.name}`}
        onClick={() => actions.onDuplicate(set)}
        data-testid="set-duplicate"
      >
        <Copy aria-hidden size={14} />
      </IconButton>
      <IconButton
        label={t`Export ${set.name}`}
        onClick={() => actions.onExport(set)}
        data-testid="set-export"
      >
        <Download aria-hidden size={14} />
      </IconButton>
      {set.state === "draft" ? (
        <IconButton
          label={t`Delete ${set.name}`}
          onClick={() => actions.onDelete(set)}
          data-testid="set-delete"
        >
          <Trash2 aria-hidden size={14} />
        </IconButton>
      ) : null}
    </span>
  );
}
