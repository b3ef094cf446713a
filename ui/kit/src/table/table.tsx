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
  const { rows, rowId, onOpen, rowTestId } = props;
  const box = useRef<HTMLDivElement>(null);
  const columns = useFitting(props.columns, box);
  const [at, setAt] = useState(-1);
  const table = useOrdered(columns, rows);
  const ordered = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => box.current,
    estimateSize: () => props.rowHeight ?? 38,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  useEnd(shown.at(-1)?.index ?? -1, ordered.length, props.onEnd);

  const keys = useWalking(box, at, setAt, ordered.length, virtual.scrollToIndex, (index) => {
    const row = ordered[index];
    if (row) onOpen?.(row.original as Row);
  });
  const tracks = columns.map((column) => column.width ?? "minmax(80px, 1fr)").join(" ");
  return (
    <div
      ref={box}
      role="table"
      aria-label={props.label}
      aria-rowcount={ordered.length + 1}
      className={cx("min-h-0 overflow-auto", props.className)}
      data-list
    >
      <div role="rowgroup" className="sticky top-0 z-10 min-w-fit bg-surface">
        <div
          role="row"
          className="grid border-b border-line"
          style={{ gridTemplateColumns: tracks }}
        >
          {table.getHeaderGroups()[0]?.headers.map((header, index) => (
            <Heading
              key={header.id}
              column={columns[index]}
              order={header.column.getIsSorted()}
              onOrder={header.column.getToggleSortingHandler()}
            />
          ))}
        </div>
      </div>
      {ordered.length === 0 ? (
        props.empty
      ) : (
        <div
          role="rowgroup"
          className="relative min-w-fit"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={keys}
        >
          {shown.map((item) => {
            const original = ordered[item.index]?.original as Row | undefined;
            if (original === undefined) return null;
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
                onClick={(event) => isOfRow(event.target) && onOpen?.(original)}
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
                <Cells columns={columns} row={original} />
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

/** What stands in a cell and answers to a click keeps it. */
const isOfRow = (target: EventTarget) =>
  !(target instanceof Element && target.closest("button, input, label, a"));

/** The rows in the order that the headings ask for. */
function useOrdered<Row>(columns: ReadonlyArray<Column<Row>>, rows: readonly Row[]) {
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
  return useTable({ features, columns: defs, data: rows as (Row & object)[] });
}

/** Asks for more when the last of the rows come into sight. */
function useEnd(last: number, count: number, onEnd: (() => void) | undefined) {
  useEffect(() => {
    if (onEnd && count > 0 && last >= count - 8) onEnd();
  }, [last, count, onEnd]);
}

/** Which row the keys lead to from the one at `at`, and Enter on it. */
function useWalking(
  box: RefObject<HTMLElement | null>,
  at: number,
  setAt: (at: number) => void,
  count: number,
  scrollTo: (index: number) => void,
  open: (index: number) => void,
) {
  function move(to: number) {
    const next = Math.max(0, Math.min(count - 1, to));
    setAt(next);
    scrollTo(next);
    requestAnimationFrame(() => {
      box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
    });
  }
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) move(at + step);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(count - 1);
    else if (event.key === "Enter" && at >= 0) open(at);
    else return;
    event.preventDefault();
  };
}

interface HeadingProps<Row> {
  column: Column<Row> | undefined;
  order: false | "asc" | "desc";
  onOrder: ((event: unknown) => void) | undefined;
}

function Heading<Row>({ column, order, onOrder }: HeadingProps<Row>) {
  return (
    <div
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
          onClick={onOrder}
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
}

function Cells<Row>({ columns, row }: { columns: ReadonlyArray<Column<Row>>; row: Row }) {
  return columns.map((column) => (
    <div
      key={column.id}
      role="cell"
      className={cx("min-w-0 truncate px-[10px]", column.numeric && "num")}
    >
      {column.cell(row)}
    </div>
  ));
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
