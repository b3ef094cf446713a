import { useLingui } from "@lingui/react/macro";
import { Field, Input, NamesField, Select } from "@souk/kit";
import type { SaleFacts } from "../../../api/bindings.ts";
import { useRead } from "../../../api/queries.ts";
import { Typed, wholeIn } from "../editors/typed.tsx";
import { instantOf, localOf } from "../model/zone.ts";

export interface FactsFormProps {
  facts: SaleFacts;
  onChange: (facts: SaleFacts) => void;
  /** Of the rules: their local times are compared in it. */
  timezone: string;
}

/** Who buys, how much, where and when: the answer follows as it is typed. */
export function FactsForm({ facts, onChange, timezone }: FactsFormProps) {
  const { t } = useLingui();
  const known = useRead("segmentsGet").data?.segments ?? [];
  const set = (change: Partial<SaleFacts>) => onChange({ ...facts, ...change });
  return (
    <div className="grid grid-cols-12 gap-2">
      <Field label={t`Segments`} className="col-span-12">
        {(ids) => (
          <NamesField
            {...ids}
            value={facts.segments}
            onChange={(segments) => set({ segments })}
            choices={known.map((one) => ({ value: one.name, label: one.label || one.name }))}
            asTyped={(text) => t`Use “${text}”`}
            nothing={t`No such segment`}
            placeholder={t`none`}
            removeLabel={(label) => t`Take away ${label}`}
            data-testid="floor-segments"
          />
        )}
      </Field>
      <Field label={t`Customer`} className="col-span-5">
        {(ids) => (
          <Select
            {...ids}
            value={facts.customer}
            onChange={(customer) => set({ customer })}
            choices={[
              { value: "new", label: t`new` },
              { value: "returning", label: t`returning` },
            ]}
            data-testid="floor-customer"
          />
        )}
      </Field>
      <Field label={t`Country`} className="col-span-3">
        {(ids) => (
          <Input
            {...ids}
            maxLength={2}
            value={facts.country}
            onChange={(event) => set({ country: event.target.value.toUpperCase() })}
            data-testid="floor-country"
          />
        )}
      </Field>
      <Typed
        className="col-span-4"
        label={t`Units`}
        shown={String(facts.quantity)}
        read={wholeIn(1, 1_000_000)}
        wrong={t`A whole number.`}
        onChange={(quantity) => quantity !== undefined && set({ quantity })}
        data-testid="floor-quantity"
      />
      <Circumstances facts={facts} onChange={onChange} timezone={timezone} />
    </div>
  );
}

/** Interest, stock and the moment: seldom asked, but a rule may ask for them. */
function Circumstances({ facts, onChange, timezone }: FactsFormProps) {
  const { t } = useLingui();
  const set = (change: Partial<SaleFacts>) => onChange({ ...facts, ...change });
  return (
    <>
      <Typed
        className="col-span-6"
        label={t`Interest`}
        shown={facts.intent === null ? "" : String(facts.intent)}
        read={wholeIn(0, 100)}
        wrong={t`A whole number from ${0} to ${100}.`}
        placeholder={t`unknown`}
        onChange={(intent) => set({ intent: intent ?? null })}
        data-testid="floor-intent"
      />
      <Typed
        className="col-span-6"
        label={t`Stock`}
        shown={facts.stock === null ? "" : String(facts.stock)}
        read={wholeIn(0, 1_000_000_000)}
        wrong={t`A whole number.`}
        placeholder={t`unknown`}
        onChange={(stock) => set({ stock: stock ?? null })}
        data-testid="floor-stock"
      />
      <Typed
        className="col-span-12"
        label={t`Moment (${timezone})`}
        shown={localOf(facts.at, timezone).replace("T", " ")}
        read={(typed) => readMoment(typed, timezone)}
        wrong={t`A moment, such as 2026-12-24 17:30.`}
        onChange={(at) => at !== undefined && set({ at })}
        data-testid="floor-at"
      />
    </>
  );
}

/** `2026-12-24` or `2026-12-24 17:30` on the zone's clocks, as an instant. */
function readMoment(typed: string, zone: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?$/.exec(typed);
  return match ? instantOf(`${match[1]}T${match[2] ?? "00:00"}`, zone) : null;
}
