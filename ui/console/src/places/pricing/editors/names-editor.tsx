import { useLingui } from "@lingui/react/macro";
import { Checkbox, type Choice, Field, NamesField, Segmented, useLocale } from "@souk/kit";
import { useState } from "react";
import { useRead, useReadWhen } from "../../../api/queries.ts";
import { type NameMatch, withKey } from "../document.ts";
import type { Side } from "../model/edit.ts";
import { useWeekdays } from "../words.ts";
import type { EditorProps } from "./chip-editor.tsx";

/** A match of names: any of these, for segments all of these too, and none of these. */
export function NamesEditor({ what, value, side, onChange }: EditorProps) {
  const { t } = useLingui();
  const match = (value ?? {}) as NameMatch;
  const [typed, setTyped] = useState("");
  const choices = useChoices(what.key, typed);
  const free = ["country", "channel", "product"].includes(what.key);
  const sides: Array<{ side: Side; label: string }> = [
    { side: "any_of", label: t`Any of` },
    ...(what.key === "segment" ? [{ side: "all_of" as const, label: t`All of` }] : []),
    { side: "none_of", label: t`None of` },
  ];
  return (
    <div className="flex flex-col gap-3">
      {sides.map((one) => (
        <Field key={one.side} label={one.label}>
          {(ids) => (
            <NamesField
              {...ids}
              {...(one.side === (side ?? "any_of") ? { "data-first": true } : {})}
              value={match[one.side] ?? []}
              onChange={(names) =>
                onChange(withKey(match, one.side, names.length > 0 ? names : undefined))
              }
              choices={choices}
              {...(what.key === "product" ? { onSearch: setTyped } : {})}
              {...(free ? { asTyped: (text: string) => t`Use “${text}”` } : {})}
              nothing={t`Nothing of that name`}
              placeholder={t`Type to search`}
              removeLabel={(label) => t`Take away ${label}`}
              data-testid={`edit-${what.key}-${one.side}`}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

const countries = [
  "GB",
  "IE",
  "DE",
  "FR",
  "NL",
  "BE",
  "ES",
  "PT",
  "IT",
  "CH",
  "AT",
  "SE",
  "NO",
  "DK",
  "FI",
  "US",
  "AU",
  "JP",
];

/** Names that the store knows, for one dimension. */
function useChoices(key: string, typed: string): Choice[] {
  const { t } = useLingui();
  const names = new Intl.DisplayNames(useLocale(), { type: "region" });
  const categories = useReadWhen(key === "category", "categoriesList").data ?? [];
  const segments = useReadWhen(key === "segment", "segmentsGet").data?.segments ?? [];
  const store = useRead("storeGet").data?.profile.country;
  const products = useReadWhen(key === "product", "productsList", {
    q: typed || null,
    category: null,
    state: null,
    after: null,
    limit: 20,
  }).data;
  switch (key) {
    case "category":
      return categories.map((one) => ({
        value: one.path,
        label: `${"\u2003".repeat(one.path.split("/").length - 1)}${one.path.replaceAll("/", " › ")}`,
        hint: t`${one.products} products`,
      }));
    case "segment":
      return segments.map((one) => ({
        value: one.name,
        label: one.label || one.name,
        hint: one.name,
      }));
    case "product":
      return (products?.items ?? []).map((one) => ({
        value: one.sku,
        label: one.title,
        hint: one.sku,
      }));
    case "channel":
      return ["web", "app", "phone", "shop"].map((name) => ({ value: name, label: name }));
    default:
      return [...new Set([store || "GB", ...countries])].map((code) => ({
        value: code,
        label: names.of(code) ?? code,
        hint: code,
      }));
  }
}

/** New or returning. */
export function CustomerEditor({ value, onChange }: EditorProps) {
  const { t } = useLingui();
  const match = (value ?? {}) as NameMatch;
  return (
    <Segmented
      label={t`Customer`}
      value={match.any_of?.length === 1 ? (match.any_of[0] ?? "") : ""}
      onChange={(name) => onChange({ any_of: [name] })}
      choices={[
        { value: "new", label: t`new` },
        { value: "returning", label: t`returning` },
      ]}
      data-testid="edit-customer"
    />
  );
}

/** Days of the week; none of them is no condition. */
export function WeekdayEditor({ value, onChange }: EditorProps) {
  const days = useWeekdays();
  const match = (value ?? {}) as NameMatch;
  const chosen =
    match.any_of ?? days.map((day) => day.value).filter((day) => !match.none_of?.includes(day));
  return (
    <div className="grid grid-cols-4 gap-2">
      {days.map((day, at) => (
        <Checkbox
          key={day.value}
          checked={chosen.includes(day.value) && value !== undefined}
          onChange={(on) => {
            const next = days
              .map((one) => one.value)
              .filter((one) =>
                one === day.value ? on : value !== undefined && chosen.includes(one),
              );
            onChange(next.length > 0 ? { any_of: next } : undefined);
          }}
          label={day.label}
          {...(at === 0 ? { "data-first": true } : {})}
          data-testid={`edit-weekday-${day.value}`}
        />
      ))}
    </div>
  );
}
