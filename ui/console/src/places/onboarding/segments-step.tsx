import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, Chip, EmptyState, Field, Input, MoneyInput, NamesField } from "@souk/kit";
import { useQueryClient } from "@tanstack/react-query";
import type { Segment, Segments } from "../../api/bindings.ts";
import { ipc } from "../../api/ipc.ts";
import { reading, useRead } from "../../api/queries.ts";
import { SavedNote, SaveFailure } from "../../shell/saved-note.tsx";
import { useSelfSaving } from "../../shell/self-saving.ts";
import { freshId } from "../pricing/document.ts";
import { usePlacesOfTheWorld } from "./world.ts";

export function SegmentsStep({ onNext }: { onNext: () => void }) {
  const found = useRead("segmentsGet").data;
  return found ? <SegmentsForm found={found} onNext={onNext} /> : null;
}

function SegmentsForm({ found, onNext }: { found: Segments; onNext: () => void }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const currency = useRead("storeGet").data?.profile.currency || "GBP";
  const saving = useSelfSaving<Segment[]>(
    { value: found.segments, rev: found.rev },
    async (segments, rev) => {
      const saved = await ipc.segmentsSave({ segments, rev });
      client.setQueryData(reading("segmentsGet").queryKey, saved);
      return { value: saved.segments, rev: saved.rev };
    },
    (segments) => segments.every((one) => one.name !== "" && one.label.trim() !== ""),
  );
  const counts = new Map(found.segments.map((one) => [one.name, one.customers ?? 0]));
  const add = () =>
    saving.edit((all) => {
      const label = t`Trade`;
      const name = freshId(
        label,
        all.map((one) => one.name),
      );
      return [
        ...all,
        { name, label, countries: [], spend_min: null, orders_min: null, tags: [], customers: 0 },
      ];
    });
  const change = (name: string, to: Partial<Segment>) =>
    saving.edit((all) => all.map((one) => (one.name === name ? { ...one, ...to } : one)));
  return (
    <Card
      padded
      title={t`Customer segments`}
      aside={<SavedNote saving={saving} testId="onboarding-segments-saved" />}
    >
      <p className="mb-4 text-soft">
        <Trans>
          Groups that your rules can speak of. A customer is in one when all its conditions hold.
        </Trans>
      </p>
      {saving.value.length === 0 ? (
        <EmptyState
          title={t`No segments yet`}
          action={
            <Button onClick={add} data-testid="segment-add">
              {t`Add a segment`}
            </Button>
          }
        >
          <Trans>
            Begin with the customers whom you would give a better price: trade, regulars, VIPs.
          </Trans>
        </EmptyState>
      ) : (
        <ul className="flex flex-col gap-3">
          {saving.value.map((segment) => (
            <SegmentFields
              key={segment.name}
              segment={segment}
              currency={currency}
              customers={counts.get(segment.name)}
              onChange={(to) => change(segment.name, to)}
              onRemove={() => saving.edit((all) => all.filter((one) => one.name !== segment.name))}
            />
          ))}
        </ul>
      )}
      <div className="mt-4 flex flex-col gap-3">
        <SaveFailure saving={saving} />
        <div className="flex justify-between gap-2">
          {saving.value.length > 0 ? (
            <Button onClick={add} data-testid="segment-add">
              {t`Add a segment`}
            </Button>
          ) : (
            <span />
          )}
          <Button look="primary" onClick={onNext} data-testid="onboarding-next">
            {t`Next: launch constraints`}
          </Button>
        </div>
      </div>
    </Card>
  );
}

interface SegmentFieldsProps {
  segment: Segment;
  currency: string;
  customers: number | undefined;
  onChange: (to: Partial<Segment>) => void;
  onRemove: () => void;
}

function SegmentFields({ segment, currency, customers, onChange, onRemove }: SegmentFieldsProps) {
  const { t } = useLingui();
  const world = usePlacesOfTheWorld();
  return (
    <li
      className="grid gap-3 rounded-md border border-line p-4 sm:grid-cols-4"
      data-testid="segment"
      data-segment={segment.name}
    >
      <Field label={t`Name`} className="sm:col-span-2">
        {(ids) => (
          <Input
            {...ids}
            value={segment.label}
            onChange={(event) => onChange({ label: event.target.value })}
            data-testid="segment-label"
          />
        )}
      </Field>
      <div className="flex items-center justify-end gap-2 sm:col-span-2">
        <Chip title={t`What rules call it`}>{segment.name}</Chip>
        {customers === undefined ? null : (
          <Chip
            tone="info"
            data-testid="segment-customers"
          >{t`${plural(customers, { one: "# customer now", other: "# customers now" })}`}</Chip>
        )}
        <Button look="bad-ghost" onClick={onRemove} data-testid="segment-remove">
          {t`Remove`}
        </Button>
      </div>
      <Field label={t`From countries`} optional={t`empty: any`} className="sm:col-span-2">
        {(ids) => (
          <NamesField
            {...ids}
            value={segment.countries ?? []}
            onChange={(countries) => onChange({ countries })}
            choices={world.countries}
            nothing={t`No such country`}
            removeLabel={(label) => t`Take away ${label}`}
            data-testid="segment-countries"
          />
        )}
      </Field>
      <Field label={t`Spent at least`}>
        {(ids) => (
          <MoneyInput
            {...ids}
            currency={currency}
            value={segment.spend_min?.minor ?? null}
            onChange={(minor) =>
              onChange({ spend_min: minor === null ? null : { minor, currency } })
            }
            data-testid="segment-spend"
          />
        )}
      </Field>
      <Field label={t`Orders at least`}>
        {(ids) => (
          <Input
            {...ids}
            className="num"
            inputMode="numeric"
            value={segment.orders_min ?? ""}
            onChange={(event) =>
              onChange({
                orders_min: /^\d+$/.test(event.target.value) ? Number(event.target.value) : null,
              })
            }
            data-testid="segment-orders"
          />
        )}
      </Field>
      <Field label={t`Any of these tags`} optional={t`with commas`} className="sm:col-span-4">
        {(ids) => (
          <Input
            {...ids}
            defaultValue={(segment.tags ?? []).join(", ")}
            onChange={(event) =>
              onChange({
                tags: event.target.value
                  .split(",")
                  .map((tag) => tag.trim())
                  .filter(Boolean),
              })
            }
            data-testid="segment-tags"
          />
        )}
      </Field>
    </li>
  );
}
