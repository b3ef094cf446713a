//! One cell to one value. None means: an error was written down.

use super::intake::Intake;
use super::sheet::Sheet;
use crate::csv_out;
use crate::money::{Currency, Money, MoneyError};
use crate::names::{CategoryPath, Sku, is_stray};
use crate::product::TAGS_MAX;

/// Units on hand beyond this, either sign, are a slip of the keyboard.
const STOCK_MAX: i64 = 1_000_000_000;

pub(super) fn sku(sheet: &Sheet, at: Option<usize>, intake: &mut Intake) -> Option<Sku> {
    let cell = sheet.cell(at);
    if csv_out::is_formula(cell) && csv_out::restore(cell) == cell {
        warn_formula(sheet, at, cell, intake);
    }
    let sku = read_sku(sheet, at, csv_out::restore(cell), intake)?;
    intake.claim(sheet.line, sheet.name(at), &sku).then_some(sku)
}

pub(super) fn read_sku(
    sheet: &Sheet,
    at: Option<usize>,
    text: &str,
    intake: &mut Intake,
) -> Option<Sku> {
    match Sku::parse(text) {
        Ok(sku) => Some(sku),
        Err(error) => {
            let message = if text.is_empty() { "the SKU is missing" } else { "not a SKU" };
            intake.error(sheet.line, sheet.name(at), text, message, error.expected);
            None
        }
    }
}

fn warn_formula(sheet: &Sheet, at: Option<usize>, cell: &str, intake: &mut Intake) {
    let message = "the cell begins like a formula and was taken as text";
    intake.warn(sheet.line, sheet.name(at), cell, message, "text, or ' before it");
}

/// Text of several lines, without what cannot be seen.
pub(super) fn text(sheet: &Sheet, at: Option<usize>, intake: &mut Intake) -> String {
    let cell = sheet.cell(at);
    let kept = csv_out::restore(cell);
    if kept == cell && csv_out::is_formula(cell) {
        warn_formula(sheet, at, cell, intake);
    }
    let lines = kept.replace("\r\n", "\n").replace('\r', "\n");
    let stray = |c: char| is_stray(c) && c != '\n' && c != '\t';
    if lines.contains(stray) {
        let message = "control or invisible characters were left out";
        intake.warn(sheet.line, sheet.name(at), cell, message, "plain text");
        return lines.replace(stray, "").trim().to_owned();
    }
    lines.trim().to_owned()
}

/// Text of one line: line ends become blanks. None, with an error, when nothing is left.
pub(super) fn title(sheet: &Sheet, at: Option<usize>, intake: &mut Intake) -> Option<String> {
    let text = text(sheet, at, intake).replace(['\n', '\t'], " ");
    if text.is_empty() {
        intake.error(sheet.line, sheet.name(at), "", "the title is missing", "a title");
        return None;
    }
    if looks_like_html(&text) {
        let message = "the title holds HTML; it is kept as text and shown as written";
        intake.warn(sheet.line, sheet.name(at), &text, message, "plain text");
    }
    Some(text)
}

fn looks_like_html(text: &str) -> bool {
    text.split('<').skip(1).any(|after| {
        let opens = after.strip_prefix('/').unwrap_or(after);
        opens.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') && after.contains('>')
    })
}

pub(super) fn category(
    sheet: &Sheet,
    at: Option<usize>,
    intake: &mut Intake,
) -> Option<CategoryPath> {
    let cell = sheet.cell(at);
    if let Ok(path) = CategoryPath::parse(cell) {
        return Some(path);
    }
    let line = sheet.line;
    if let Some(path) = CategoryPath::from_words(cell) {
        let message = format!("the category was read as {path}");
        intake.warn(line, sheet.name(at), cell, &message, CategoryPath::EXPECTED);
        return Some(path);
    }
    let message = if cell.is_empty() { "the category is missing" } else { "not a category" };
    intake.error(line, sheet.name(at), cell, message, CategoryPath::EXPECTED);
    None
}

/// A price of 0 or more. `Some(None)`: the cell is empty.
pub(super) fn price(
    sheet: &Sheet,
    at: Option<usize>,
    intake: &mut Intake,
) -> Option<Option<Money>> {
    let cell = sheet.cell(at);
    if cell.is_empty() {
        return Some(None);
    }
    let currency = intake.options.currency;
    let (message, expected) = match Money::parse(cell, currency) {
        Ok(money) if !money.is_negative() => return Some(Some(money)),
        Ok(_) => ("the price is negative".to_owned(), "0 or more".to_owned()),
        Err(error) => price_fault(&error, currency),
    };
    intake.error(sheet.line, sheet.name(at), cell, &message, &expected);
    None
}

fn price_fault(error: &MoneyError, currency: Currency) -> (String, String) {
    let digits = currency.digits();
    let example = Money::from_minor(1_250, currency).map(|m| m.to_string()).unwrap_or_default();
    let plain = format!("digits with a point at most, such as {example}");
    match error {
        MoneyError::TooManyDigits { .. } => (
            "the price has too many digits".to_owned(),
            format!("{digits} after the point ({currency})"),
        ),
        MoneyError::OutOfRange => ("the price is too great".to_owned(), plain),
        _ => ("not a price".to_owned(), plain),
    }
}

/// Whole units. `Some(None)`: not counted.
pub(super) fn stock(sheet: &Sheet, at: Option<usize>, intake: &mut Intake) -> Option<Option<i64>> {
    let cell = sheet.cell(at);
    if cell.is_empty() {
        return Some(None);
    }
    let plain = cell.strip_prefix('-').unwrap_or(cell).bytes().all(|b| b.is_ascii_digit());
    let units = cell.parse().ok().filter(|units| plain && (-STOCK_MAX..=STOCK_MAX).contains(units));
    if units.is_none() {
        let expected = "a whole number within ±1,000,000,000, or nothing";
        intake.error(sheet.line, sheet.name(at), cell, "not a stock figure", expected);
        return None;
    }
    Some(units)
}

/// Names between commas, blanks and repeats left out; one more than a product may have at most, so
/// that the product is refused and no time is lost.
pub(super) fn tags(sheet: &Sheet, at: Option<usize>, intake: &mut Intake) -> Vec<String> {
    let text = text(sheet, at, intake).replace(['\n', '\t'], " ");
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if tags.len() > TAGS_MAX {
            break;
        }
        if !tags.iter().any(|kept| kept == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// An address on one line.
pub(super) fn image(sheet: &Sheet, at: Option<usize>, intake: &mut Intake) -> Option<String> {
    let text = text(sheet, at, intake).replace(['\n', '\t'], " ");
    (!text.is_empty()).then_some(text)
}
