// What a rule set would have done to the store's past orders.
import { useLingui } from "@lingui/react/macro";
import { Button, EmptyState, Field, Progress, Select, toast } from "@souk/kit";
import { ChartNoAxesColumn, Download } from "lucide-react";
import { useEffect, useState } from "react";
import type { ReplayQuestion } from "../../../api/bindings.ts";
import { asIpcError, ipc } from "../../../api/ipc.ts";
import { useRead } from "../../../api/queries.ts";
import { Failed } from "../../../shell/failed.tsx";
import { useFormat } from "../../../shell/format.ts";
import { Typed } from "../editors/typed.tsx";
import type { TabProps } from "../rule-set.tsx";
import { ImpactCharts } from "./impact-charts.tsx";
import { ImpactHeadline } from "./impact-headline.tsx";
import { type Replayed, useReplay } from "./use-replay.ts";

export default function ImpactTab({ found, draft }: TabProps) {
  const { t } = useLingui();
  const id = found.summary.id;
  const [question, setQuestion] = useState<ReplayQuestion>({ baseline: null, elasticity: "0" });
  const replay = useReplay(id, draft.rev);
  const { ask } = replay;
  useEffect(() => ask(question), [ask, question]);
  const report = replay.report;
  return (
    <div className="h-full overflow-y-auto px-[22px] py-[18px]" data-testid="impact">
      <div className="mx-auto flex max-w-[1240px] flex-col gap-4">
        <Question id={id} question={question} replay={replay} onChange={setQuestion} />
        <Working replay={replay} />
        {replay.error ? <Failed error={replay.error} retry={() => ask(question)} /> : null}
        {report && report.overall.lines === 0 ? (
          <EmptyState
            title={t`No past orders yet`}
            picture={<ChartNoAxesColumn aria-hidden size={28} />}
          >
            {t`Once the store has sold something, or order lines were imported, this page shows what these rules would have made of them.`}
          </EmptyState>
        ) : null}
        {report && report.overall.lines > 0 ? (
          <>
            <ImpactHeadline report={report} />
            <ImpactCharts report={report} />
          </>
        ) : null}
      </div>
    </div>
  );
}

interface QuestionProps {
  id: string;
  question: ReplayQuestion;
  replay: Replayed;
  onChange: (question: ReplayQuestion) => void;
}

/** Against what, and whether customers would have bought more or less. */
function Question({ id, question, replay, onChange }: QuestionProps) {
  const { t } = useLingui();
  const sets = useRead("ruleSetsList").data ?? [];
  const others = sets.filter((one) => one.id !== id && one.state !== "active");
  const active = sets.find((one) => one.state === "active" && one.id !== id);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t`Compared with`} className="w-60">
        {(ids) => (
          <Select
            {...ids}
            value={question.baseline ?? "none"}
            onChange={(next) => onChange({ ...question, baseline: next === "none" ? null : next })}
            choices={[
              { value: "none", label: t`what was paid` },
              ...(active ? [{ value: "active", label: t`the active set, ${active.name}` }] : []),
              ...others.map((one) => ({
                value: one.id,
                label: one.version === null ? one.name : t`${one.name}, version ${one.version}`,
              })),
            ]}
            data-testid="impact-baseline"
          />
        )}
      </Field>
      <Typed
        className="w-40"
        label={t`Price elasticity`}
        shown={question.elasticity}
        read={(typed) => (/^-?\d+([.,]\d+)?$/.test(typed) ? typed.replace(",", ".") : null)}
        wrong={t`A number, such as −1.5.`}
        onChange={(next) => onChange({ ...question, elasticity: next ?? "0" })}
        data-testid="impact-elasticity"
      />
      <p className="min-w-[200px] flex-1 pb-1 text-s text-soft">
        {t`0: as many units at any price. −1.5: a price 10 % higher sells about 13 % less.`}
      </p>
      <Exports id={id} question={question} ready={replay.report !== null} />
    </div>
  );
}

function Exports({
  id,
  question,
  ready,
}: {
  id: string;
  question: ReplayQuestion;
  ready: boolean;
}) {
  const { t } = useLingui();
  async function save(format: "csv" | "xlsx") {
    try {
      if (await ipc.ruleSetReplayExport(id, question, format)) toast.done(t`The figures are saved`);
    } catch (cause) {
      toast.failed(asIpcError(cause).message);
    }
  }
  return (["csv", "xlsx"] as const).map((format) => (
    <Button
      key={format}
      disabled={!ready}
      icon={<Download aria-hidden size={14} />}
      onClick={() => void save(format)}
      data-testid={`impact-${format}`}
    >
      {format === "csv" ? t`CSV` : t`Excel`}
    </Button>
  ));
}

/** How far the replay is; what was found before stays in sight below. */
function Working({ replay }: { replay: Replayed }) {
  const { t } = useLingui();
  const { number } = useFormat();
  if (!replay.working || !replay.slow) return null;
  const { done = 0, total = 0 } = replay.progress ?? {};
  return (
    <Progress
      label={t`Going through past orders`}
      done={total > 0 ? done : null}
      of={total}
      words={total > 0 ? t`${number(done)} of ${number(total)} lines` : undefined}
      cancelLabel={t`Cancel`}
      onCancel={replay.cancel}
      data-testid="impact-progress"
    />
  );
}
