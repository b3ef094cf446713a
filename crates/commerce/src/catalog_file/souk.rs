//! Souk's own layout: a row a product.

use super::intake::Intake;
use super::sheet::Sheet;
use super::{FileError, Progress, cells};
use crate::product::ProductParts;

pub(super) const REQUIRED: [&str; 6] =
    ["sku", "title", "category", "list_price", "unit_cost", "stock"];
pub(super) const OPTIONAL: [&str; 4] = ["description", "tags", "image", "currency"];

pub(super) fn read(
    sheet: &mut Sheet,
    intake: &mut Intake,
    mut progress: Progress,
) -> Result<(), FileError> {
    let columns = sheet.need(&REQUIRED)?;
    for name in sheet.headers.clone() {
        let lower = name.to_lowercase();
        if !REQUIRED.contains(&lower.as_str()) && !OPTIONAL.contains(&lower.as_str()) {
            let expected = format!("{}, {}", REQUIRED.join(", "), OPTIONAL.join(", "));
            let message = "the column is not known and was left out";
            intake.warn(sheet.line, Some(name.clone()), &name, message, &expected);
        }
    }
    while sheet.next(intake, &mut progress)? {
        let before = intake.error_count();
        let place = row(sheet, &columns, intake).and_then(|parts| match intake.error_count() {
            after if after == before => intake.take(sheet.line, parts),
            _ => None,
        });
        if place.is_none() {
            intake.refuse_row();
        }
    }
    Ok(())
}

/// Reads every cell before giving up, so that all of a row's errors are told at once.
fn row(sheet: &Sheet, columns: &[usize], intake: &mut Intake) -> Option<ProductParts> {
    let at = |index: usize| columns.get(index).copied();
    let sku = cells::sku(sheet, at(0), intake);
    let title = cells::title(sheet, at(1), intake);
    let category = cells::category(sheet, at(2), intake);
    let list_price = cells::price(sheet, at(3), intake);
    if list_price == Some(None) {
        intake.error(sheet.line, sheet.name(at(3)), "", "the list price is missing", "a price");
    }
    let unit_cost = cells::price(sheet, at(4), intake);
    let stock = cells::stock(sheet, at(5), intake);
    currency(sheet, intake);
    Some(ProductParts {
        sku: sku?,
        title: title?,
        description: cells::text(sheet, sheet.column("description"), intake),
        category: category?,
        list_price: list_price??,
        unit_cost: unit_cost?,
        stock: stock?,
        state: intake.options.state,
        tags: cells::tags(sheet, sheet.column("tags"), intake),
        image: cells::image(sheet, sheet.column("image"), intake),
    })
}

fn currency(sheet: &Sheet, intake: &mut Intake) {
    let at = sheet.column("currency");
    let (given, store) = (sheet.cell(at), intake.options.currency);
    if !given.is_empty() && !given.eq_ignore_ascii_case(store.code()) {
        let message = "the price is in another currency than the store's";
        intake.error(sheet.line, sheet.name(at), given, message, store.code());
    }
}
