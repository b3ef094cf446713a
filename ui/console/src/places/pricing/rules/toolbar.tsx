import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, Combobox, Input, Select } from "@souk/kit";
import { Redo2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useReadWhen } from "../../../api/queries.ts";
import { useFormat } from "../../../shell/format.ts";
import type { RuleKind, RuleOrder, Sifting } from "../model/sift.ts";
import type { Checked } from "../use-findings.ts";

export interface ToolbarProps {
  editable: boolean;
  sifting: Sifting;
  sku: string;
  shown: number;
  all: number;
  checked: Checked;
  canUndo: boolean;
  canRedo: boolean;
  onSift: (change: Partial<Sifting>) => void;
  onProduct: (sku: string) => void;
  onNew: () => void;
  onUndo: () => void;
  onRedo: () => void;
}

export function Toolbar(props: ToolbarProps) {
  const { t } = useLingui();
  const { sifting, onSift, editable } = props;
  return (
    <div className="flex flex-col gap-2 px-[18px] pt-[14px] pb-[8px]">
      <div className="flex min-h-(--control) flex-wrap items-center gap-2">
        {editable ? (
          <>
            <Button shortcut="N" onClick={props.onNew} data-testid="rule-new">
              {t`New rule`}
            </Button>
            <UndoButtons {...props} />
          </>
        ) : null}
        <span className="flex-1" />
        <CheckNote checked={props.checked} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          className="!w-32"
          aria-label={t`Search in the rules`}
          placeholder={t`Search`}
          value={sifting.typed}
          onChange={(event) => onSift({ typed: event.target.value })}
          data-testid="rules-search"
        />
        <Touching sku={props.sku} onProduct={props.onProduct} />
        <SiftSelects sifting={sifting} onSift={onSift} />
        <span className="flex-1" />
        {props.shown < props.all ? (
          <Chip data-testid="rules-shown">{t`${props.shown} of ${props.all}`}</Chip>
        ) : null}
      </div>
    </div>
  );
}

function UndoButtons({ canUndo, canRedo, onUndo, onRedo }: ToolbarProps) {
  const { t } = useLingui();
  return (
    <span className="flex">
      <Button
        look="ghost"
        className="!px-[7px]"
        disabled={!canUndo}
        onClick={onUndo}
        title={t`Undo`}
        data-testid="rules-undo"
      >
        <Undo2 aria-hidden size={15} />
        <span className="sr-only">{t`Undo`}</span>
      </Button>
      <Button
        look="ghost"
        className="!px-[7px]"
        disabled={!canRedo}
        onClick={onRedo}
        title={t`Redo`}
        data-testid="rules-redo"
      >
        <Redo2 aria-hidden size={15} />
        <span className="sr-only">{t`Redo`}</span>
      </Button>
    </span>
  );
}

/** Only the rules that can match one product. */
function Touching({ sku, onProduct }: { sku: string; onProduct: (sku: string) => void }) {
  const { t } = useLingui();
  return (
    <ProductChoice
      className="!w-40"
      label={t`Only rules that touch this product`}
      placeholder={t`touches: any product`}
      sku={sku}
      onChoose={onProduct}
      testId="rules-touching"
    />
  );
}

export interface ProductChoiceProps {
  label: string;
  placeholder: string;
  sku: string;
  onChoose: (sku: string) => void;
  testId: string;
  className?: string;
}

/** A product of the catalogue, found by its title or SKU. */
export function ProductChoice(props: ProductChoiceProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState("");
  const query = { category: null, state: null, after: null, limit: 20 };
  const found = useReadWhen(true, "productsList", { ...query, q: typed || null }).data?.items ?? [];
  const chosen = useReadWhen(props.sku !== "", "productGet", props.sku).data;
  const choice = (one: { sku: string; title: string }) => ({
    value: one.sku,
    label: one.title,
    hint: one.sku,
  });
  return (
    <Combobox
      className={props.className ?? ""}
      aria-label={props.label}
      value={props.sku}
      onChange={props.onChoose}
      onSearch={setTyped}
      choices={found.map(choice)}
      chosen={chosen && choice(chosen)}
      nothing={t`No such product`}
      placeholder={props.placeholder}
      data-testid={props.testId}
    />
  );
}

function SiftSelects({ sifting, onSift }: Pick<ToolbarProps, "sifting" | "onSift">) {
  const { t } = useLingui();
  return (
    <>
      <Select
        className="!w-32"
        aria-label={t`Status`}
        value={sifting.kind}
        onChange={(kind) => onSift({ kind: kind as RuleKind })}
        choices={[
          { value: "all", label: t`status: all` },
          { value: "findings", label: t`with findings` },
          { value: "errors", label: t`with errors` },
          { value: "guardrails", label: t`guardrails` },
          { value: "policy", label: t`policy` },
        ]}
        data-testid="rules-kind"
      />
      <Select
        className="!w-28"
        aria-label={t`Order`}
        value={sifting.order}
        onChange={(order) => onSift({ order: order as RuleOrder })}
        choices={[
          { value: "rank", label: t`by rank` },
          { value: "name", label: t`by name` },
          { value: "reach", label: t`by reach` },
          { value: "findings", label: t`by findings` },
        ]}
        data-testid="rules-order"
      />
    </>
  );
}

/** What the check found, and how far it is while it runs. */
function CheckNote({ checked }: { checked: Checked }) {
  const { t } = useLingui();
  const { number, took } = useFormat();
  const { findings, checking, progress, stopped, error } = checked;
  if (checking && progress && progress.total > 0) {
    const percent = Math.round((progress.done / progress.total) * 100);
    return (
      <span
        className="flex items-center gap-2 text-soft"
        data-testid="check-note"
        data-state="checking"
      >
        {t`Checking… ${percent} %`}
        <Button
          look="ghost"
          onClick={checked.cancel}
          data-testid="check-cancel"
        >{t`Cancel`}</Button>
      </span>
    );
  }
  if (stopped || error) {
    // the faults are told beside the rules
    const faulty = error?.context.state === "faults";
    return (
      <span
        className="flex items-center gap-2 text-soft"
        data-testid="check-note"
        data-state="stopped"
      >
        {error && !faulty ? error.message : t`Not checked`}
        {faulty ? null : (
          <Button onClick={checked.again} data-testid="check-again">{t`Check now`}</Button>
        )}
      </span>
    );
  }
  const words = findings
    ? [
        t`${number(findings.products)} products`,
        t`${plural(findings.errors, { one: "# error", other: "# errors" })}`,
        t`${plural(findings.warnings, { one: "# warning", other: "# warnings" })}`,
        checking ? t`checking…` : t`checked in ${took(findings.elapsed_ms)}`,
      ]
    : [t`Checking…`];
  return (
    <span
      role="status"
      className="text-soft tabular-nums"
      data-testid="check-note"
      data-state={checking ? "checking" : "done"}
      data-errors={findings?.errors}
      data-warnings={findings?.warnings}
    >
      {words.join(" · ")}
    </span>
  );
}
