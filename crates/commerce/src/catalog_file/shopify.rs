//! Shopify's product export: the first row of a handle holds the product and its first variant,
//! further rows a variant or an image each. Every variant becomes a product of its own.

use std::collections::HashMap;

use super::intake::Intake;
use super::sheet::{Sheet, clip};
use super::{FileError, Progress, cells, html};
use crate::csv_out;
use crate::names::{CategoryPath, Sku};
use crate::product::{ProductParts, ProductState, TITLE_CHARS_MAX};

/// Columns that Shopify writes and this reading has no use for; any other one earns a warning.
const KNOWN: &[&str] = &[
    "vendor",
    "published",
    "option1 linked to",
    "option2 linked to",
    "option3 linked to",
    "option1 name",
    "option2 name",
    "option3 name",
    "variant grams",
    "variant inventory tracker",
    "variant inventory policy",
    "variant fulfillment service",
    "variant compare at price",
    "variant requires shipping",
    "variant taxable",
    "variant barcode",
    "variant weight unit",
    "variant tax code",
    "image position",
    "image alt text",
    "gift card",
    "seo title",
    "seo description",
    "unit price total measure",
    "unit price total measure unit",
    "unit price base measure",
    "unit price base measure unit",
    "collection",
    "template suffix",
];

/// Where the columns that are read stand.
struct Columns {
    handle: Option<usize>,
    title: Option<usize>,
    body: Option<usize>,
    category: Option<usize>,
    kind: Option<usize>,
    tags: Option<usize>,
    options: [Option<usize>; 3],
    sku: Option<usize>,
    stock: Option<usize>,
    price: Option<usize>,
    cost: Option<usize>,
    image: Option<usize>,
    variant_image: Option<usize>,
    status: Option<usize>,
}

impl Columns {
    fn find(sheet: &Sheet) -> Self {
        let one = |name: &str| sheet.column(name);
        Self {
            handle: one("handle"),
            title: one("title"),
            body: one("body (html)"),
            category: one("product category"),
            kind: one("type"),
            tags: one("tags"),
            options: [one("option1 value"), one("option2 value"), one("option3 value")],
            sku: one("variant sku"),
            stock: one("variant inventory qty"),
            price: one("variant price"),
            cost: one("cost per item"),
            image: one("image src"),
            variant_image: one("variant image"),
            status: one("status"),
        }
    }

    fn all(&self) -> Vec<usize> {
        let singles = [
            self.handle,
            self.title,
            self.body,
            self.category,
            self.kind,
            self.tags,
            self.sku,
            self.stock,
            self.price,
            self.cost,
            self.image,
            self.variant_image,
            self.status,
        ];
        singles.into_iter().chain(self.options).flatten().collect()
    }
}

/// What the rows of one handle share.
struct Group {
    title: String,
    description: String,
    category: CategoryPath,
    tags: Vec<String>,
    state: ProductState,
    image: Option<String>,
    /// Its variants among the rows taken in.
    places: Vec<usize>,
}

pub(super) fn read(
    sheet: &mut Sheet,
    intake: &mut Intake,
    mut progress: Progress,
) -> Result<(), FileError> {
    sheet.need(&["Handle", "Title", "Variant Price"])?;
    let columns = Columns::find(sheet);
    warn_unknown(sheet, &columns, intake);
    // None: the product's own row was refused, and with it its variants.
    let mut groups: HashMap<String, Option<Group>> = HashMap::new();
    while sheet.next(intake, &mut progress)? {
        let before = intake.error_count();
        row(sheet, &columns, &mut groups, intake);
        if intake.error_count() > before {
            intake.refuse_row();
        }
    }
    Ok(())
}

fn warn_unknown(sheet: &Sheet, columns: &Columns, intake: &mut Intake) {
    let read = columns.all();
    for (at, name) in sheet.headers.iter().enumerate() {
        let lower = name.to_lowercase();
        let regional = [
            "google shopping /",
            "price /",
            "compare at price /",
            "included /",
            "compare-at price /",
        ];
        let known = read.contains(&at)
            || KNOWN.contains(&lower.as_str())
            || regional.iter().any(|start| lower.starts_with(start))
            || lower.contains("product.metafields");
        if !known {
            let message = "the column is not known and was left out";
            intake.warn(
                sheet.line,
                Some(clip(name)),
                name,
                message,
                "a column of Shopify's export",
            );
        }
    }
}

fn row(
    sheet: &Sheet,
    columns: &Columns,
    groups: &mut HashMap<String, Option<Group>>,
    intake: &mut Intake,
) {
    let handle = sheet.cell(columns.handle).to_owned();
    if handle.is_empty() {
        let expected = "the product's handle on each of its rows";
        intake.error(sheet.line, sheet.name(columns.handle), "", "the handle is missing", expected);
        return;
    }
    let before = intake.error_count();
    if !groups.contains_key(&handle) {
        let group = open(sheet, columns, intake);
        groups.insert(handle.clone(), group);
    }
    let Some(Some(group)) = groups.get_mut(&handle) else {
        if intake.error_count() == before {
            let message = "the product's first row was refused, so this one is too";
            intake.error(
                sheet.line,
                sheet.name(columns.handle),
                &handle,
                message,
                "a whole product",
            );
        }
        return;
    };
    let image = cells::image(sheet, columns.image, intake);
    let bare = [columns.price, columns.sku, columns.options[0]];
    if bare.iter().all(|&at| sheet.cell(at).is_empty()) {
        if let (None, Some(image)) = (&group.image, &image) {
            group.image = Some(image.clone());
            intake.set_image(&group.places, image);
        }
        if image.is_none() {
            let message = "the row holds neither a variant nor an image";
            let expected = "a Variant Price or an Image Src";
            intake.error(sheet.line, sheet.name(columns.price), "", message, expected);
        }
        return;
    }
    let Some(parts) = variant(sheet, columns, &handle, group, intake) else { return };
    if intake.error_count() == before
        && let Some(place) = intake.take(sheet.line, parts)
    {
        group.places.push(place);
    }
}

/// The product's first row: what all of its variants share.
fn open(sheet: &Sheet, columns: &Columns, intake: &mut Intake) -> Option<Group> {
    let title = cells::title(sheet, columns.title, intake);
    let body = cells::text(sheet, columns.body, intake);
    let state = state(sheet, columns, intake);
    Some(Group {
        title: title?,
        description: html::to_text(&body),
        category: category(sheet, columns, intake)?,
        tags: cells::tags(sheet, columns.tags, intake),
        state: state?,
        image: cells::image(sheet, columns.image, intake),
        places: Vec::new(),
    })
}

fn category(sheet: &Sheet, columns: &Columns, intake: &mut Intake) -> Option<CategoryPath> {
    for at in [columns.category, columns.kind] {
        if let Some(path) = CategoryPath::from_words(sheet.cell(at)) {
            return Some(path);
        }
    }
    let message = "the product has no category and was put under uncategorised";
    intake.warn(sheet.line, sheet.name(columns.category), "", message, "a category or type");
    CategoryPath::parse("uncategorised").ok()
}

fn state(sheet: &Sheet, columns: &Columns, intake: &mut Intake) -> Option<ProductState> {
    let cell = sheet.cell(columns.status);
    match cell.to_lowercase().as_str() {
        "" | "active" => Some(intake.options.state),
        "draft" | "unlisted" => Some(ProductState::Draft),
        "archived" => Some(ProductState::Archived),
        _ => {
            let expected = "active, draft, unlisted or archived";
            intake.error(sheet.line, sheet.name(columns.status), cell, "not a status", expected);
            None
        }
    }
}

fn variant(
    sheet: &Sheet,
    columns: &Columns,
    handle: &str,
    group: &Group,
    intake: &mut Intake,
) -> Option<ProductParts> {
    let options: Vec<&str> = columns
        .options
        .iter()
        .map(|&at| sheet.cell(at))
        .filter(|value| !value.is_empty() && *value != "Default Title")
        .collect();
    let sku = sku(sheet, columns, handle, &options, intake);
    let list_price = cells::price(sheet, columns.price, intake);
    if list_price == Some(None) {
        let expected = "the variant's price";
        intake.error(sheet.line, sheet.name(columns.price), "", "the price is missing", expected);
    }
    let unit_cost = cells::price(sheet, columns.cost, intake);
    let stock = cells::stock(sheet, columns.stock, intake);
    let own_image = cells::image(sheet, columns.variant_image, intake);
    Some(ProductParts {
        sku: sku?,
        title: variant_title(&group.title, &options),
        description: group.description.clone(),
        category: group.category.clone(),
        list_price: list_price??,
        unit_cost: unit_cost?,
        stock: stock?,
        state: group.state,
        tags: group.tags.clone(),
        image: own_image.or_else(|| group.image.clone()),
    })
}

fn variant_title(title: &str, options: &[&str]) -> String {
    if options.is_empty() {
        return title.to_owned();
    }
    let stray = |c: char| crate::names::is_stray(c);
    let whole = format!("{title}, {}", options.join(" / ")).replace(stray, " ");
    whole.chars().take(TITLE_CHARS_MAX).collect::<String>().trim().to_owned()
}

/// The variant's SKU; without one, made of the handle and the options.
fn sku(
    sheet: &Sheet,
    columns: &Columns,
    handle: &str,
    options: &[&str],
    intake: &mut Intake,
) -> Option<Sku> {
    let at = columns.sku;
    let cell = sheet.cell(at);
    // Shopify itself writes an apostrophe before a SKU of digits, so that spreadsheets keep zeros.
    let given = csv_out::restore(cell);
    let given = given.strip_prefix('\'').unwrap_or(given);
    let sku = if given.is_empty() {
        let words = std::iter::once(handle).chain(options.iter().copied());
        let made = words.collect::<Vec<_>>().join("-").to_lowercase().replace(' ', "-");
        let made: String = made.chars().take(64).collect();
        let message = format!("the variant has no SKU and was given {made}");
        intake.warn(sheet.line, sheet.name(at), "", &message, "a SKU of its own");
        cells::read_sku(sheet, at, &made, intake)?
    } else {
        cells::read_sku(sheet, at, given, intake)?
    };
    intake.claim(sheet.line, sheet.name(at), &sku).then_some(sku)
}
