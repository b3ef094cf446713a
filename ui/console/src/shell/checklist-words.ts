import { useLingui } from "@lingui/react/macro";
import type { ChecklistItem } from "../api/bindings.ts";

/** What a step still lacks, part by part, in the reader's language. */
export function useMissing(): (item: ChecklistItem) => string {
  const { t } = useLingui();
  const parts: Record<string, string> = {
    "a name": t`a name`,
    "a currency": t`a currency`,
    "a time zone": t`a time zone`,
    "a country": t`a country`,
    "a contact address": t`a contact address`,
    "at least one published product": t`at least one published product`,
    "saving the segments, even with none": t`saving the segments, even with none`,
    "at least one category that may be bargained on": t`at least one category that may be bargained on`,
    "who approves what the bot may not decide": t`who approves what the bot may not decide`,
    "an active rule set": t`an active rule set`,
  };
  return (item) =>
    item.missing
      .split(", ")
      .map((part) => parts[part] ?? part)
      .join(", ");
}
