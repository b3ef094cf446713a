import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button, Chip, Heading, MoneyText } from "@souk/kit";
import type { ImportProblem, ImportReport } from "../../api/bindings.ts";
import { useFormat } from "../../shell/format.ts";

export interface ImportPreviewProps {
  report: ImportReport;
  onImport: () => void;
  onCancel: () => void;
}

/** What an import would do: counts, what is wrong and where, and the first rows as they would stand. */
export function ImportPreview({ report, onImport, onCancel }: ImportPreviewProps) {
  const { t } = useLingui();
  const format = useFormat();
  const n = format.number;
  const good = report.created + report.updated;
  return (
    <div className="flex flex-col gap-4" data-testid="import-preview">
      <div className="flex flex-wrap gap-2">
        <Chip>{t`${plural(report.rows, { one: "# row", other: "# rows" })}`}</Chip>
        <Chip tone="accent">{t`${n(report.created)} new`}</Chip>
        <Chip tone="info">{t`${n(report.updated)} changed`}</Chip>
        <Chip>{t`${n(report.unchanged)} as they were`}</Chip>
        {report.skipped > 0 ? <Chip tone="warn">{t`${n(report.skipped)} left out`}</Chip> : null}
        {report.errors_total > 0 ? (
          <Chip tone="bad">{t`${plural(report.errors_total, { one: "# error", other: "# errors" })}`}</Chip>
        ) : null}
        {report.warnings_total > 0 ? (
          <Chip tone="warn">{t`${plural(report.warnings_total, { one: "# warning", other: "# warnings" })}`}</Chip>
        ) : null}
        <Chip>{t`${plural(report.categories.length, { one: "# category", other: "# categories" })}`}</Chip>
        <Chip>{report.encoding}</Chip>
      </div>
      <Problems
        title={t`Errors: these rows would be left out`}
        problems={report.errors}
        testId="import-errors"
      />
      <Problems title={t`Warnings`} problems={report.warnings} testId="import-warnings" />
      {report.preview.length > 0 ? (
        <section>
          <Heading>{t`The first rows, as they would be stored`}</Heading>
          <section
            className="overflow-x-auto rounded-md border border-line"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
            tabIndex={0}
            aria-label={t`Preview`}
          >
            <table className="w-full border-collapse">
              <thead>
                <tr className="border-b border-line text-s text-faint">
                  <th
                    scope="col"
                    className="px-[10px] py-[6px] text-start font-medium"
                  >{t`SKU`}</th>
                  <th
                    scope="col"
                    className="px-[10px] py-[6px] text-start font-medium"
                  >{t`Title`}</th>
                  <th
                    scope="col"
                    className="px-[10px] py-[6px] text-start font-medium"
                  >{t`Category`}</th>
                  <th
                    scope="col"
                    className="num px-[10px] py-[6px] font-medium"
                  >{t`List price`}</th>
                  <th scope="col" className="num px-[10px] py-[6px] font-medium">{t`Unit cost`}</th>
                  <th scope="col" className="num px-[10px] py-[6px] font-medium">{t`Stock`}</th>
                </tr>
              </thead>
              <tbody>
                {report.preview.slice(0, 8).map((row) => (
                  <tr key={row.sku} className="border-b border-line last:border-0">
                    <td className="px-[10px] py-[6px] text-soft">{row.sku}</td>
                    <td className="px-[10px] py-[6px]">{row.title}</td>
                    <td className="px-[10px] py-[6px]">{row.category}</td>
                    <td className="num px-[10px] py-[6px]">
                      <MoneyText value={row.list_price} />
                    </td>
                    <td className="num px-[10px] py-[6px]">
                      <MoneyText value={row.unit_cost} />
                    </td>
                    <td className="num px-[10px] py-[6px]">
                      {row.stock === null ? "–" : n(row.stock)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </section>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel} data-testid="import-forget">
          {t`Forget it`}
        </Button>
        <Button look="primary" disabled={good === 0} onClick={onImport} data-testid="import-run">
          {t`${plural(good, { one: "Import # product", other: "Import # products" })}`}
        </Button>
      </div>
    </div>
  );
}

interface ProblemsProps {
  title: string;
  problems: readonly ImportProblem[];
  testId: string;
}

function Problems({ title, problems, testId }: ProblemsProps) {
  const { t } = useLingui();
  if (problems.length === 0) return null;
  return (
    <section data-testid={testId}>
      <Heading>{title}</Heading>
      <section
        className="max-h-48 overflow-y-auto rounded-md border border-line"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keys
        tabIndex={0}
        aria-label={title}
      >
        <ul>
          {problems.map((problem) => (
            <li
              key={`${problem.line} ${problem.column} ${problem.message}`}
              className="grid grid-cols-[88px_minmax(0,1fr)] gap-x-3 border-b border-line px-3 py-[6px] last:border-0"
            >
              <span className="text-soft tabular-nums">{t`line ${problem.line}`}</span>
              <span className="min-w-0 break-words">
                <b className="font-medium">{problem.column}</b> {problem.message}
                {problem.value ? (
                  <>
                    {" "}
                    <code className="rounded-[4px] bg-sunken px-1 font-mono text-s">
                      {problem.value}
                    </code>
                  </>
                ) : null}{" "}
                <span className="text-soft">{problem.expected}</span>
              </span>
            </li>
          ))}
        </ul>
      </section>
    </section>
  );
}
