//! A replay as a file: one table as CSV, a sheet a group as XLSX. A name that a spreadsheet would
//! take for a formula is made text.

use api::rules::{Impact, ImpactOf, ReplayReport};
use commerce::csv_out;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::{Answer, failure};

const FIGURES: [&str; 14] = [
    "lines",
    "raised",
    "lowered",
    "unchanged",
    "no_floor",
    "missing_cost",
    "contradiction",
    "revenue_before",
    "revenue_after",
    "margin_before",
    "margin_after",
    "accept",
    "counter",
    "decline",
];

/// One table: `group, name, rules` and the figures; `rules` is `new` or `baseline`. Money in the
/// report's currency, as decimals.
pub(super) fn csv(report: &ReplayReport) -> String {
    let mut out = String::new();
    let head = ["group", "name", "currency", "rules"];
    csv_out::write_row(&mut out, head.into_iter().chain(FIGURES));
    for (group, rows) in groups(report) {
        for row in rows {
            let sides = [("new", Some(&row.impact)), ("baseline", row.baseline.as_ref())];
            for (side, impact) in sides {
                let Some(impact) = impact else { continue };
                let (name, figures) = (csv_out::neutralise(&row.name), cells(impact));
                let first = [group, &name, &report.currency, side];
                let figures = figures.iter().map(String::as_str);
                csv_out::write_row(&mut out, first.into_iter().chain(figures));
            }
        }
    }
    out
}

/// A workbook with a sheet for each group.
pub(super) fn xlsx(report: &ReplayReport) -> Answer<Vec<u8>> {
    written(report).map_err(|e| failure::internal("The workbook could not be made", &e))
}

fn written(report: &ReplayReport) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    for (group, rows) in groups(report) {
        sheet(book.add_worksheet(), group, &rows)?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, group: &str, rows: &[ImpactOf]) -> Result<(), XlsxError> {
    sheet.set_name(group)?;
    let bold = Format::new().set_bold();
    // with the digits that the currency has
    let money = |cell: &str| {
        let digits = cell.split_once('.').map_or(0, |(_, digits)| digits.len());
        Format::new().set_num_format(format!("#,##0.{}", "0".repeat(digits)))
    };
    for (column, title) in (0..).zip(["name", "rules"].into_iter().chain(FIGURES)) {
        sheet.write_string_with_format(0, column, title, &bold)?;
    }
    let mut line = 0;
    for row in rows {
        let sides = [("new", Some(&row.impact)), ("baseline", row.baseline.as_ref())];
        for (side, impact) in sides {
            let Some(impact) = impact else { continue };
            line += 1;
            sheet.write_string(line, 0, &row.name)?;
            sheet.write_string(line, 1, side)?;
            for (column, cell) in (2..).zip(cells(impact)) {
                let figure = cell.parse().unwrap_or(f64::NAN);
                if cell.contains('.') {
                    sheet.write_number_with_format(line, column, figure, &money(&cell))?;
                } else {
                    sheet.write_number(line, column, figure)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofit();
    Ok(())
}

fn groups(report: &ReplayReport) -> [(&'static str, Vec<ImpactOf>); 6] {
    let overall = ImpactOf {
        name: "all".to_owned(),
        impact: report.overall.clone(),
        baseline: report.baseline.clone(),
    };
    [
        ("overall", vec![overall]),
        ("month", report.by_month.clone()),
        ("category", report.by_category.clone()),
        ("country", report.by_country.clone()),
        ("segment", report.by_segment.clone()),
        ("band", report.by_band.clone()),
    ]
}

/// The figures of one impact, in the order of the heads.
fn cells(impact: &Impact) -> Vec<String> {
    let blocked = |reason: &str| {
        let lines = impact.blocked.iter().filter(|of| of.reason == reason).map(|of| of.lines);
        lines.sum::<i64>().to_string()
    };
    vec![
        impact.lines.to_string(),
        impact.raised.to_string(),
        impact.lowered.to_string(),
        impact.unchanged.to_string(),
        blocked("no_floor"),
        blocked("missing_cost"),
        blocked("contradiction"),
        impact.revenue_before.clone(),
        impact.revenue_after.clone(),
        impact.margin_before.clone(),
        impact.margin_after.clone(),
        impact.bands.accept.to_string(),
        impact.bands.counter.to_string(),
        impact.bands.decline.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use api::rules::{BandCounts, LeftOut};

    use super::*;

    fn impact(revenue: &str) -> Impact {
        Impact {
            lines: 3,
            raised: 1,
            lowered: 0,
            unchanged: 2,
            blocked: vec![],
            revenue_before: "30.00".into(),
            revenue_after: revenue.into(),
            margin_before: "-1.50".into(),
            margin_after: "0.00".into(),
            bands: BandCounts { accept: 2, counter: 1, decline: 0 },
        }
    }

    fn report(name: &str) -> ReplayReport {
        let of = ImpactOf { name: name.into(), impact: impact("31.25"), baseline: None };
        ReplayReport {
            currency: "GBP".into(),
            overall: impact("31.25"),
            baseline: Some(impact("30.00")),
            by_month: vec![],
            by_category: vec![],
            by_country: vec![],
            by_segment: vec![of],
            by_band: vec![],
            left_out: LeftOut { quantity: 0, price: 0, unknown_sku: 0 },
            elapsed_ms: 1,
        }
    }

    #[test]
    fn each_group_has_a_row_a_side_and_no_name_is_run() {
        let text = csv(&report("=HYPERLINK(\"x\")"));
        let rows: Vec<&str> = text.lines().collect();
        let figures = "3,1,0,2,0,0,0,30.00,31.25,-1.50,0.00,2,1,0";
        assert_eq!(rows[1], format!("overall,all,GBP,new,{figures}"));
        assert_eq!(
            rows[2],
            format!("overall,all,GBP,baseline,{}", figures.replace("31.25", "30.00"))
        );
        assert_eq!(rows[3], format!("segment,\"'=HYPERLINK(\"\"x\"\")\",GBP,new,{figures}"));
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn a_workbook_read_back_has_the_same_figures() {
        use calamine::{Data, Reader as _};
        let book = std::io::Cursor::new(xlsx(&report("=1+1")).unwrap());
        let mut book = calamine::Xlsx::new(book).unwrap();
        let mut rows = |sheet: &str| -> Vec<Vec<Data>> {
            book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
        };
        let text = |text: &str| Data::String(text.to_owned());
        let figures = |after: f64| {
            [3.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 30.0, after, -1.5, 0.0, 2.0, 1.0, 0.0]
                .map(Data::Float)
        };
        let row = |name: &str, side: &str, after: f64| {
            [text(name), text(side)].into_iter().chain(figures(after)).collect::<Vec<_>>()
        };
        let overall = rows("overall");
        let head: Vec<Data> = ["name", "rules"].into_iter().chain(FIGURES).map(text).collect();
        assert_eq!(overall, [head.clone(), row("all", "new", 31.25), row("all", "baseline", 30.0)]);
        // a name is text, whatever it looks like
        assert_eq!(rows("segment"), [head, row("=1+1", "new", 31.25)]);
    }
}
