import { useNavigate } from "@tanstack/react-router";
import { useRead } from "../api/queries.ts";
import { paths } from "./paths.ts";
import { type RowsSought, rowsOf } from "./rows-sought.ts";
import { dayStretch, type Stretch } from "./stretch.ts";

/** Ways from a figure to the rows that it counts. */
export function useRows() {
  const navigate = useNavigate();
  const zone = useZone();
  return {
    negotiations: (sought: RowsSought) =>
      void navigate({ to: paths.negotiations(), search: { ...sought } }),
    orders: (sought: RowsSought) => void navigate({ to: paths.orders(), search: { ...sought } }),
    /** One of a dashboard's days, as far as it lies in the dashboard's stretch. */
    day: (name: string, within: Stretch) => rowsOf(dayStretch(name, zone, within)),
  };
}

/** The store's time zone: that in which its days begin and end. */
export function useZone(): string {
  const zone = useRead("connectionState").data?.store?.profile.timezone;
  return zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
}
