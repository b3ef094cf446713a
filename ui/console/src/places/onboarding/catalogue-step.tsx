// A catalogue from a file: look first, then import, and take it back if it was the wrong one.
import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Card, FileDrop, Heading, Progress, Segmented, toast } from "@souk/kit";
import { useEffect, useRef, useState } from "react";
import type {
  ImportFormat,
  ImportReport,
  ImportSource,
  Progress as Step,
} from "../../api/bindings.ts";
import { onFileDrag, progressChannel } from "../../api/ipc.ts";
import { useRead, useWrite } from "../../api/queries.ts";
import { Failed } from "../../shell/failed.tsx";
import { useFormat } from "../../shell/format.ts";
import { ImportPreview } from "./import-preview.tsx";

interface Chosen {
  source: ImportSource;
  name: string;
}

export function CatalogueStep({ onNext }: { onNext: () => void }) {
  const { t } = useLingui();
  const file = useCatalogueFile();
  const { format, chosen, over, step, begun, preview, run, failure } = file;
  return (
    <div className="flex flex-col gap-4">
      <Card padded title={t`Import a catalogue`}>
        <div className="flex flex-col gap-4">
          <Segmented
            label={t`Format of the file`}
            value={format}
            onChange={(next) => file.read(next === "shopify" ? "shopify" : "souk")}
            choices={[
              { value: "souk", label: t`Souk's own CSV` },
              { value: "shopify", label: t`Shopify's product CSV` },
            ]}
            data-testid="import-format"
          />
          {run.isPending ? (
            <Running step={step} begun={begun} name={chosen?.name ?? ""} />
          ) : (
            <FileDrop
              title={chosen ? chosen.name : t`Drop a CSV file here`}
              help={t`Nothing is changed before you have seen what would happen. Up to 50 MB.`}
              chooseLabel={chosen ? t`Choose another file` : t`Choose a file`}
              onChoose={file.choose}
              onDrop={(files) => void file.dropped(files)}
              over={over}
              data-testid="import-choose"
            />
          )}
          {preview.isPending ? (
            <p role="status" className="text-soft">
              {t`Reading ${chosen?.name ?? ""}…`}
            </p>
          ) : null}
          {failure ? <Failed error={failure} kept={t`The catalogue is as it was.`} /> : null}
          {run.data ? <Done report={run.data} onNext={onNext} /> : null}
          {preview.data && !run.isPending ? (
            <ImportPreview report={preview.data} onImport={file.start} onCancel={file.putAway} />
          ) : null}
        </div>
      </Card>
      <PastImports />
      <Button look="primary" className="self-end" onClick={onNext} data-testid="onboarding-next">
        {t`Next: segments`}
      </Button>
    </div>
  );
}

/** The file being looked at, from choosing or dropping it to its import. */
function useCatalogueFile() {
  const [format, setFormat] = useState<ImportFormat>("souk");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [over, setOver] = useState(false);
  const [step, setStep] = useState<Step | null>(null);
  const begun = useRef(0);
  const preview = useWrite("importPreview");
  const run = useWrite("importRun");
  const pick = useWrite("importPick");

  function look(file: Chosen, as: ImportFormat) {
    setChosen(file);
    run.reset();
    preview.mutate([file.source, as]);
  }
  const latest = useRef(look);
  latest.current = look;
  const formatNow = useRef(format);
  formatNow.current = format;
  useEffect(
    () =>
      onFileDrag((drag) => {
        setOver(drag.kind === "over");
        if (drag.kind !== "drop" || drag.path === "") return;
        const name = drag.path.split(/[/\\]/).at(-1) ?? drag.path;
        latest.current({ source: { from: "path", path: drag.path }, name }, formatNow.current);
      }),
    [],
  );
  function choose() {
    pick.mutate([], {
      onSuccess: (file) =>
        file && look({ source: { from: "path", path: file.path }, name: file.name }, format),
    });
  }
  async function dropped(files: FileList) {
    const file = files[0];
    if (!file) return;
    look({ source: { from: "bytes", base64: await base64(file) }, name: file.name }, format);
  }
  function start() {
    if (!chosen) return;
    setStep(null);
    begun.current = Date.now();
    run.mutate([chosen.source, format, progressChannel(setStep)], {
      onSuccess: () => {
        preview.reset();
        setChosen(null);
      },
    });
  }
  return {
    format,
    chosen,
    over,
    step,
    begun: begun.current,
    preview,
    run,
    failure: pick.error ?? preview.error ?? run.error,
    choose,
    dropped,
    start,
    /** Reads the same file as another format. */
    read(as: ImportFormat) {
      setFormat(as);
      if (chosen) look(chosen, as);
    },
    putAway() {
      preview.reset();
      setChosen(null);
    },
  };
}

function Running({ step, begun, name }: { step: Step | null; begun: number; name: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const cancel = useWrite("importCancel");
  const phases: Record<string, string> = {
    reading: t`Reading the file`,
    sending: t`Sending to the store`,
    working: t`Writing products`,
    undoing: t`Taking it back`,
    done: t`Done`,
  };
  const known = step !== null && step.total > 0;
  const passed = (Date.now() - begun) / 1000;
  const left =
    known && step.done > 0 ? Math.ceil((passed / step.done) * (step.total - step.done)) : null;
  const counts = known ? `${format.size(step.done)} / ${format.size(step.total)}` : "";
  return (
    <Progress
      label={`${name}: ${phases[step?.phase ?? "reading"] ?? step?.phase ?? ""}`}
      done={known ? step.done : null}
      of={step?.total ?? 1}
      words={left === null ? counts : t`${counts} · about ${left} s left`}
      cancelLabel={t`Cancel`}
      onCancel={() => cancel.mutate([])}
      data-testid="import-progress"
    />
  );
}

function Done({ report, onNext }: { report: ImportReport; onNext: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const undo = useWrite("importUndo");
  const { import_id: id } = report;
  if (undo.isSuccess) return <p role="status">{t`The import was taken back.`}</p>;
  const created = format.number(report.created);
  const updated = format.number(report.updated);
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-3 rounded-md bg-accent-wash px-4 py-3"
      data-testid="import-done"
    >
      <b className="font-semibold text-accent">{t`Imported: ${created} new, ${updated} changed.`}</b>
      <span className="flex-1" />
      {id ? (
        <Button busy={undo.isPending} onClick={() => undo.mutate([id])} data-testid="import-undo">
          {t`Undo`}
        </Button>
      ) : null}
      {report.created > 0 ? <OnSale /> : null}
      <Button look="primary" onClick={onNext}>
        {t`Go on`}
      </Button>
      {undo.error ? <Failed error={undo.error} /> : null}
    </div>
  );
}

/** Before the store is live an import goes on sale at once; afterwards what is new is a draft. */
function OnSale() {
  const { t } = useLingui();
  const format = useFormat();
  const live = useRead("connectionState").data?.store?.live ?? false;
  const publish = useWrite("catalogPublish");
  if (!live) return null;
  return (
    <Button
      busy={publish.isPending}
      disabled={publish.isSuccess}
      onClick={() =>
        publish.mutate([[]], {
          onSuccess: ({ published }) => toast.done(t`On sale now: ${format.number(published)}`),
          onError: (error) => toast.failed(error.message),
        })
      }
      data-testid="import-publish"
    >
      {t`Put all drafts on sale`}
    </Button>
  );
}

function PastImports() {
  const { t } = useLingui();
  const format = useFormat();
  const runs = useRead("importsList").data ?? [];
  const undo = useWrite("importUndo");
  if (runs.length === 0) return null;
  return (
    <section>
      <Heading level={2}>
        <Trans>Imports so far</Trans>
      </Heading>
      <Card>
        {runs.map((run) => (
          <div
            key={run.id}
            className="flex items-center gap-3 border-b border-line px-4 py-[9px] last:border-0"
            data-testid="past-import"
          >
            <span className="min-w-0 flex-1">
              {t`${format.number(run.created)} new, ${format.number(run.updated)} changed`}
              <span className="text-s text-soft">
                {" "}
                · {format.dateTime(run.at)} · {run.by}
              </span>
            </span>
            {run.undone_at ? (
              <span className="text-soft">{t`taken back`}</span>
            ) : (
              <Button
                disabled={!run.can_undo}
                busy={undo.isPending}
                title={run.can_undo ? undefined : t`A product of it was sold or changed since.`}
                onClick={() =>
                  undo.mutate([run.id], { onError: (error) => toast.failed(error.message) })
                }
                data-testid="past-import-undo"
              >
                {t`Undo`}
              </Button>
            )}
          </div>
        ))}
      </Card>
    </section>
  );
}

/** A file's bytes in Base64, read by the platform without decoding a character. */
function base64(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
