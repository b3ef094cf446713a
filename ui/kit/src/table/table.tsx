// biome-ignore-all lint/a11y/useFocusableInteractive: headings hold buttons, and one row at a time holds the focus
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand as they come into sight, which table elements do not allow
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { cx } from "../cx.ts";

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What to order by; a column without it cannot be ordered. */
  sort?: (row: Row) => string | number;
  numeric?: boolean;
  /** The heading is told to readers only, as over pictures. */
  quietHeader?: boolean;
  /** A CSS grid track: `minmax(160px, 2fr)`, `96px`. */
  width?: string;
  /** Left out where the table is narrower than this, in CSS pixels: the row's details still tell it. */
  from?: number;
}

export interface TableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: ReadonlyArray<Column<Row>>;
  rowId: (row: Row) => string;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** Called when the last rows come into sight, to fetch more. */
  onEnd?: () => void;
  empty?: ReactNode;
  rowTestId?: string;
  className?: string;
  /** Rows before this are drawn at once; more are drawn as they come into sight. */
  rowHeight?: number;
}

/** A list of any length: ordered by its headings, walked with j and k, opened with Enter. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, rows, rowId, onOpen, onEnd, empty, rowTestId, className, rowHeight = 38 } = props;
  const box = useRef<HTMLDivElement>(null);
  const columns = useFitting(props.columns, box);
  const [at, setAt] = useState(-1);
  const data = rows as Row[];
  const defs = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: column.sort ?? (() => ""),
        enableSorting: column.sort !== undefined,
      })) as unknown as ColumnDef<typeof features, Row & object>[],
    [columns],
  );
  const table = useTable({ features, columns: defs, data: data as (Row & object)[] });
  const ordered = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && ordered.length > 0 && last >= ordered.length - 8) onEnd();
  }, [last, ordered.length, onEnd]);

  function move(to: number) {
    const next = Math.max(0, Math.min(ordered.length - 1, to));
    setAt(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
    });
  }
  function keys(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) move(at + step);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(ordered.length - 1);
    else if (event.key === "Enter" && ordered[at]) onOpen?.(ordered[at].original as Row);
    else return;
    event.preventDefault();
  }

  const tracks = columns.map((column) => column.width ?? "minmax(80px, 1fr)").join(" ");
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <div
      ref={box}
      role="table"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      className={cx("min-h-0 overflow-auto", className)}
      data-list
    >
      <div role="rowgroup" className="sticky top-0 z-10 min-w-fit bg-surface">
        <div
          role="row"
          className="grid border-b border-line"
          style={{ gridTemplateColumns: tracks }}
        >
          {headers.map((header, index) => {
            const order = header.column.getIsSorted();
            const column = columns[index];
            return (
              <div
                key={header.id}
                role="columnheader"
                aria-sort={order ? (order === "asc" ? "ascending" : "descending") : undefined}
                className={cx(
                  "truncate px-[10px] py-[7px] text-s font-medium text-faint",
                  column?.numeric && "text-end",
                )}
              >
                {column?.sort ? (
                  <button
                    type="button"
                    onClick={header.column.getToggleSortingHandler()}
                    className="inline-flex items-center gap-1 hover:text-text"
                  >
                    {column.header}
                    {order === "asc" ? <ArrowUp aria-hidden size={12} /> : null}
                    {order === "desc" ? <ArrowDown aria-hidden size={12} /> : null}
                  </button>
                ) : (
                  <span className={column?.quietHeader ? "sr-only" : ""}>{column?.header}</span>
                )}
              </div>
            );
          })}
        </div>
      </div>
      {ordered.length === 0 ? (
        empty
      ) : (
        <div
          role="rowgroup"
          className="relative min-w-fit"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={keys}
        >
          {shown.map((item) => {
            const row = ordered[item.index];
            if (!row) return null;
            const original = row.original as Row;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the group
              <div
                key={rowId(original)}
                role="row"
                aria-rowindex={item.index + 2}
                data-index={item.index}
                data-row
                data-testid={rowTestId}
                tabIndex={item.index === Math.max(at, 0) ? 0 : -1}
                onFocus={() => setAt(item.index)}
                onClick={() => onOpen?.(original)}
                className={cx(
                  "absolute inset-x-0 grid items-center border-b border-line hover:bg-sunken focus:bg-accent-wash focus:outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-accent",
                  onOpen && "cursor-pointer",
                )}
                style={{
                  gridTemplateColumns: tracks,
                  height: item.size,
                  transform: `translateY(${item.start}px)`,
                }}
              >
                {columns.map((column) => (
                  <div
                    key={column.id}
                    role="cell"
                    className={cx("min-w-0 truncate px-[10px]", column.numeric && "num")}
                  >
                    {column.cell(original)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

/** The columns that have their place in the box's width. */
function useFitting<Row>(columns: ReadonlyArray<Column<Row>>, box: RefObject<HTMLElement | null>) {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  return useMemo(() => columns.filter((column) => (column.from ?? 0) <= width), [columns, width]);
}
