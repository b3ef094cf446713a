// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand as they come into sight, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: one row at a time holds the focus
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useImperativeHandle,
  useRef,
} from "react";
import { cx } from "../cx.ts";

export interface RowsHandle {
  /** Brings a row into sight, and the focus onto it. */
  show: (index: number, focus?: boolean) => void;
}

export interface RowsProps {
  label: string;
  ids: readonly string[];
  /** The row that the Tab key reaches. */
  current: number;
  isChosen: (index: number) => boolean;
  /** The cells of a row, each with the role `gridcell`. */
  row: (index: number) => ReactNode;
  rowClass: (index: number) => string;
  rowTestId?: string;
  /** How high a row is before it has been measured. */
  rowHeight: number;
  onReach: (index: number) => void;
  onClick?: (event: MouseEvent, index: number) => void;
  onKeyDown: (event: KeyboardEvent, index: number) => void;
  empty: ReactNode;
  handle?: Ref<RowsHandle>;
  className?: string;
}

/** Cards of any height in a list of any length, of which several can be chosen. Only those in sight are drawn. */
export function Rows(props: RowsProps) {
  const { label, ids, current, rowHeight, empty, handle, className } = props;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => box.current,
    estimateSize: useCallback(() => rowHeight, [rowHeight]),
    getItemKey: useCallback((index: number) => ids[index] ?? index, [ids]),
    overscan: 6,
    gap: 10,
    paddingStart: 4,
    paddingEnd: 14,
  });
  useImperativeHandle(handle, () => ({
    show(index, focus = true) {
      if (index < 0 || index >= ids.length) return;
      virtual.scrollToIndex(index, { align: "auto" });
      if (!focus) return;
      // a row far away is drawn only once it is in sight
      let tries = 0;
      const seek = () => {
        const row = box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`);
        if (row) row.focus({ preventScroll: true });
        else if (tries++ < 10) requestAnimationFrame(seek);
      };
      requestAnimationFrame(seek);
    },
  }));
  return (
    <div
      ref={box}
      role="grid"
      aria-label={label}
      aria-rowcount={ids.length}
      aria-multiselectable
      className={cx("min-h-0 overflow-y-auto", className)}
      data-list
    >
      {ids.length === 0 ? (
        <div role="row">
          <div role="gridcell">{empty}</div>
        </div>
      ) : (
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <div
              key={item.key}
              ref={virtual.measureElement}
              role="row"
              aria-rowindex={item.index + 1}
              aria-selected={props.isChosen(item.index)}
              data-index={item.index}
              data-id={ids[item.index]}
              data-testid={props.rowTestId}
              tabIndex={item.index === Math.max(current, 0) ? 0 : -1}
              onFocus={() => item.index !== current && props.onReach(item.index)}
              onClick={(event) => props.onClick?.(event, item.index)}
              onKeyDown={(event) => props.onKeyDown(event, item.index)}
              className={cx("absolute inset-x-0 top-0", props.rowClass(item.index))}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {props.row(item.index)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
