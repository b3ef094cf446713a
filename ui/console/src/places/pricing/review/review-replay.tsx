import { useLingui } from "@lingui/react/macro";
import { Card, Facts } from "@souk/kit";
import type { ReplayReport } from "../../../api/bindings.ts";
import { useFormat } from "../../../shell/format.ts";
import { blockedLines, difference } from "../model/figures.ts";
import { useSigned } from "../signed.ts";

/** The replay that is attached to the version, in a few figures. */
export function ReviewReplay({ report }: { report: ReplayReport }) {
  const { t } = useLingui();
  const { number } = useFormat();
  const signed = useSigned(report.currency);
  const { overall, baseline } = report;
  const revenue = baseline?.revenue_after ?? overall.revenue_before;
  const margin = baseline?.margin_after ?? overall.margin_before;
  return (
    <Card title={t`What it would have done`} padded data-testid="review-replay">
      <Facts
        rows={[
          [t`Order lines`, number(overall.lines)],
          [t`Prices raised`, number(overall.raised)],
          [t`Prices lowered`, number(overall.lowered)],
          [t`Not bargained at all`, number(blockedLines(overall))],
          [t`Revenue`, signed(difference(revenue, overall.revenue_after))],
          [t`Margin`, signed(difference(margin, overall.margin_after))],
        ]}
      />
    </Card>
  );
}
