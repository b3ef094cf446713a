// Products by category against buyers: which have a floor, where none does, and what such a gap looks like.
import { useLingui } from "@lingui/react/macro";
import { Button, cx } from "@souk/kit";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight, Table2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { Coverage, CoverageCell, CoverageColumn, CoverageRow } from "../../../api/bindings.ts";
import { type IpcError, ipc } from "../../../api/ipc.ts";
import { Failed } from "../../../shell/failed.tsx";

export interface GapAt {
  category: string;
  column: CoverageColumn;
  /** A product without a floor there. */
  sku: string | null;
}

export interface CoverageProps {
  ruleSet: string;
  rev: number;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** A cell was pressed: show a sale of it. */
  onCell: (gap: GapAt) => void;
  onAddFloor?: ((gap: GapAt) => void) | undefined;
}

export function CoveragePanel({ ruleSet, rev, open, onOpen, onCell, onAddFloor }: CoverageProps) {
  const { t } = useLingui();
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState<GapAt | null>(null);
  const coverage = useQuery<Coverage, IpcError>({
    queryKey: ["coverage of a rule set", ruleSet, rev],
    queryFn: () => ipc.ruleSetCoverage(ruleSet),
    enabled: open,
    placeholderData: (before) => before,
    gcTime: 30_000,
  });
  return (
    <section
      aria-label={t`Coverage`}
      className="mx-[18px] mb-[14px] flex max-h-[42%] shrink-0 flex-col rounded-md border border-line bg-surface"
      data-testid="coverage"
    >
      <header className="flex flex-wrap items-center gap-2 px-[14px] py-[7px]">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => onOpen(!open)}
          className="flex items-center gap-1 text-xs font-semibold text-faint"
          data-testid="coverage-open"
        >
          {open ? <ChevronDown aria-hidden size={13} /> : <ChevronRight aria-hidden size={13} />}
          {t`Coverage: products by category and buyer, which have a floor`}
        </button>
        <span className="flex-1" />
        {open && at?.sku && onAddFloor ? (
          <Button onClick={() => onAddFloor(at)} data-testid="coverage-add-floor">
            {t`Add a floor for ${at.category.replaceAll("/", " › ")}`}
          </Button>
        ) : null}
        {open ? (
          <Button
            look="ghost"
            aria-pressed={asTable}
            icon={<Table2 aria-hidden size={14} />}
            onClick={() => setAsTable(!asTable)}
            data-testid="coverage-as-table"
          >
            {asTable ? t`Map` : t`Table`}
          </Button>
        ) : null}
      </header>
      {open && coverage.error ? <Failed error={coverage.error} /> : null}
      {open && coverage.data ? (
        <CoverageMap
          coverage={coverage.data}
          words={asTable}
          at={at}
          onCell={(gap) => {
            setAt(gap);
            onCell(gap);
          }}
        />
      ) : null}
    </section>
  );
}

interface CoverageMapProps {
  coverage: Coverage;
  words: boolean;
  at: GapAt | null;
  onCell: (gap: GapAt) => void;
}

function CoverageMap({ coverage, words, at, onCell }: CoverageMapProps) {
  const { t } = useLingui();
  const name = useColumnNames();
  return (
    <div className="min-h-0 overflow-auto px-[14px] pb-3">
      <table className="w-full table-fixed border-separate border-spacing-[2px] text-xs">
        <thead className="sticky top-0 z-10 bg-surface text-faint">
          <tr>
            <th scope="col" className="w-[132px] text-start font-medium">
              <span className="sr-only">{t`Category`}</span>
            </th>
            {coverage.columns.map((column) => (
              <th
                key={`${column.dimension} ${column.value}`}
                scope="col"
                className="truncate px-1 font-medium"
                title={name(column)}
              >
                {name(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={(event) => arrows(event)}>
          {coverage.rows.map((row) => (
            <CoverageLine
              key={row.category}
              row={row}
              columns={coverage.columns}
              words={words}
              at={at}
              onCell={onCell}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LineProps extends Omit<CoverageMapProps, "coverage"> {
  row: CoverageRow;
  columns: readonly CoverageColumn[];
}

function CoverageLine({ row, columns, words, at, onCell }: LineProps) {
  const { t } = useLingui();
  const name = useColumnNames();
  const category = row.category.replaceAll("/", " › ");
  return (
    <tr>
      <th scope="row" className="truncate pe-2 text-start font-normal text-soft" title={category}>
        {category}
      </th>
      {columns.map((column, index) => {
        const cell = row.cells[index];
        if (!cell) return null;
        const said = t`${cell.with_floor} of ${row.products}`;
        const on = at?.category === row.category && isColumn(at.column, column);
        return (
          <td key={`${column.dimension} ${column.value}`} className="p-0">
            <button
              type="button"
              title={t`${category}, ${name(column)}: ${said} have a floor, ${cell.rules} rules`}
              aria-label={t`${category}, ${name(column)}: ${said} have a floor, ${cell.rules} rules`}
              aria-pressed={on}
              onClick={() => onCell({ category: row.category, column, sku: cell.gap })}
              data-testid={cell.gap ? "coverage-gap" : "coverage-cell"}
              className={cx(
                "block h-[24px] w-full rounded-[3px] tabular-nums -outline-offset-1",
                words ? "border border-line" : look(cell, row),
                on && "shadow-[0_0_0_2px_var(--accent)]",
              )}
            >
              {words ? said : null}
            </button>
          </td>
        );
      })}
    </tr>
  );
}

const isColumn = (a: CoverageColumn, b: CoverageColumn) =>
  a.dimension === b.dimension && a.value === b.value;

/** The more rules bear on it, the darker; hatched where a product has no floor. */
function look(cell: CoverageCell, row: CoverageRow): string {
  if (row.products === 0) return "bg-sunken";
  if (cell.gap)
    return "border border-bad/40 bg-[repeating-linear-gradient(45deg,var(--bad-wash),var(--bad-wash)_3px,transparent_3px,transparent_6px)]";
  if (cell.rules >= 6) return "bg-accent/75";
  if (cell.rules >= 3) return "bg-accent/40";
  return "bg-accent-wash";
}

function useColumnNames(): (column: CoverageColumn) => string {
  const { t } = useLingui();
  return ({ dimension, value }) => {
    if (value === "") return t`other`;
    if (dimension !== "customer") return value;
    return value === "new" ? t`new` : t`returning`;
  };
}

/** The arrow keys go over the map. */
function arrows(event: KeyboardEvent) {
  const cell = (event.target as HTMLElement).closest("td");
  const row = cell?.parentElement;
  if (!cell || !row) return;
  const cells = [...row.children];
  const at = cells.indexOf(cell);
  const next = {
    ArrowRight: cells[at + 1],
    ArrowLeft: cells[at - 1],
    ArrowDown: row.nextElementSibling?.children[at],
    ArrowUp: row.previousElementSibling?.children[at],
  }[event.key];
  const button = next?.querySelector("button");
  if (!button) return;
  event.preventDefault();
  button.focus();
}
