//! A product and its life: draft → live ⇄ unpublished → archived. Never makes a price.

use thiserror::Error;

use crate::lifecycle::{NotAllowedNow, transitions, words};
use crate::money::Money;
use crate::names::{CategoryPath, Sku, is_stray};

words! {
    /// Where a product stands. A draft is invisible in every shop page, search and API.
    ProductState ("product state") {
        Draft = "draft",
        Live = "live",
        Unpublished = "unpublished",
        Archived = "archived",
    }
}

words! {
    /// What staff can do to a product's state.
    ProductAct ("product act") {
        Publish = "publish",
        Unpublish = "unpublish",
        Archive = "archive",
    }
}

transitions! {
    /// Every transition there is.
    PRODUCT_TRANSITIONS (ProductState, ProductAct) {
        Draft: Publish => Live,
        Live: Unpublish => Unpublished,
        Unpublished: Publish => Live,
        Unpublished: Archive => Archived,
    }
}

impl ProductState {
    /// Whether a customer may see it.
    pub fn is_visible(self) -> bool {
        self == Self::Live
    }
}

pub const TITLE_CHARS_MAX: usize = 255;
pub const DESCRIPTION_CHARS_MAX: usize = 16_000;
pub const TAGS_MAX: usize = 100;
pub const TAG_CHARS_MAX: usize = 100;
pub const IMAGE_CHARS_MAX: usize = 2_048;

/// What a product says of itself, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductParts {
    pub sku: Sku,
    /// One line, 1 to 255 characters.
    pub title: String,
    /// Plain text of any number of lines, at most 16,000 characters.
    pub description: String,
    pub category: CategoryPath,
    /// Not negative.
    pub list_price: Money,
    /// Not negative, in the list price's currency. None: not known, so no margin can be given.
    pub unit_cost: Option<Money>,
    /// Units on hand. None: not counted. Negative: oversold elsewhere.
    pub stock: Option<i64>,
    pub state: ProductState,
    /// At most 100 different ones, each 1 to 100 characters without `,`.
    pub tags: Vec<String>,
    /// Address or blob key of the first image.
    pub image: Option<String>,
}

/// A product that kept every rule when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product(ProductParts);

/// Which part of a product breaks which rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{part} of {sku}: expected {expected}")]
pub struct ProductError {
    pub sku: Sku,
    pub part: &'static str,
    pub expected: &'static str,
}

impl Product {
    /// Checks the parts; nothing is changed.
    pub fn new(parts: ProductParts) -> Result<Self, ProductError> {
        match fault(&parts) {
            None => Ok(Self(parts)),
            Some((part, expected)) => Err(ProductError { sku: parts.sku, part, expected }),
        }
    }

    /// Gives the parts back, to change and check again.
    pub fn into_parts(self) -> ProductParts {
        self.0
    }

    /// The same product after `act`.
    pub fn after(mut self, act: ProductAct) -> Result<Self, NotAllowedNow> {
        self.0.state = self.0.state.after(act)?;
        Ok(self)
    }

    /// Only what was never sold may be deleted; the rest is archived, so that orders keep their word.
    pub fn may_delete(&self, ever_sold: bool) -> bool {
        !ever_sold
    }

    /// Whether the stock is counted and at or under `threshold` units (merchants start with 5).
    pub fn is_low(&self, threshold: i64) -> bool {
        self.0.stock.is_some_and(|units| units <= threshold)
    }
}

impl std::ops::Deref for Product {
    type Target = ProductParts;
    fn deref(&self) -> &ProductParts {
        &self.0
    }
}

fn fault(parts: &ProductParts) -> Option<(&'static str, &'static str)> {
    let title = parts.title.chars().count();
    let one_line = !parts.title.chars().any(is_stray);
    if title == 0 || title > TITLE_CHARS_MAX || parts.title.trim() != parts.title || !one_line {
        return Some(("title", "1 to 255 characters on one line, without blanks around"));
    }
    let stray = |c: char| is_stray(c) && c != '\n' && c != '\t';
    if parts.description.chars().count() > DESCRIPTION_CHARS_MAX
        || parts.description.trim() != parts.description
        || parts.description.contains(stray)
    {
        return Some((
            "description",
            "at most 16,000 characters of plain text, without blanks around",
        ));
    }
    if parts.list_price.is_negative() {
        return Some(("list price", "0 or more"));
    }
    if let Some(cost) = parts.unit_cost {
        if cost.is_negative() {
            return Some(("unit cost", "0 or more"));
        }
        if cost.currency() != parts.list_price.currency() {
            return Some(("unit cost", "the currency of the list price"));
        }
    }
    let again = |(at, tag): (usize, &String)| parts.tags[..at].contains(tag);
    if parts.tags.len() > TAGS_MAX
        || !parts.tags.iter().all(|tag| is_tag(tag))
        || parts.tags.iter().enumerate().any(again)
    {
        return Some(("tags", "at most 100 different, each 1 to 100 characters without a comma"));
    }
    if let Some(image) = &parts.image
        && (image.is_empty()
            || image.chars().count() > IMAGE_CHARS_MAX
            || image.trim() != image
            || image.trim() != image
            || image.contains(is_stray))
    {
        return Some(("image", "an address of 1 to 2,048 characters, without blanks around"));
    }
    None
}

fn is_tag(tag: &str) -> bool {
    (1..=TAG_CHARS_MAX).contains(&tag.chars().count())
        && tag.trim() == tag
        && !tag.contains(|c: char| c == ',' || is_stray(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn lantern() -> ProductParts {
        ProductParts {
            sku: Sku::parse("71053").unwrap(),
            title: "White metal lantern".to_owned(),
            description: "Hand finished.\nTakes a pillar candle.".to_owned(),
            category: CategoryPath::parse("home/lights").unwrap(),
            list_price: Money::from_minor(339, Currency::GBP).unwrap(),
            unit_cost: Some(Money::from_minor(203, Currency::GBP).unwrap()),
            stock: Some(24),
            state: ProductState::Draft,
            tags: vec!["metal".to_owned()],
            image: None,
        }
    }

    #[test]
    fn a_product_that_breaks_a_rule_is_not_made() {
        type Change = fn(&mut ProductParts);
        let cases: &[(&str, Change)] = &[
            ("", |_| {}),
            ("", |p| p.unit_cost = None),
            ("", |p| p.stock = Some(-3)),
            ("title", |p| p.title.clear()),
            ("title", |p| p.title = " x".to_owned()),
            ("title", |p| p.title = "a\nb".to_owned()),
            ("title", |p| p.title = "x".repeat(256)),
            ("description", |p| p.description = "a\0b".to_owned()),
            ("list price", |p| p.list_price = Money::from_minor(-1, Currency::GBP).unwrap()),
            ("unit cost", |p| p.unit_cost = Some(Money::zero(Currency::EUR))),
            ("unit cost", |p| p.unit_cost = Some(Money::from_minor(-1, Currency::GBP).unwrap())),
            ("tags", |p| p.tags = vec!["a,b".to_owned()]),
            ("tags", |p| p.tags = vec!["a".to_owned(), "a".to_owned()]),
            ("image", |p| p.image = Some(String::new())),
        ];
        for (at, (part, change)) in cases.iter().enumerate() {
            let mut parts = lantern();
            change(&mut parts);
            let got = Product::new(parts).err().map_or("", |error| error.part);
            assert_eq!(got, *part, "case {at}");
        }
    }

    #[test]
    fn only_the_listed_transitions_happen() {
        use ProductAct::{Archive, Publish, Unpublish};
        use ProductState::{Archived, Draft, Live, Unpublished};
        for &state in ProductState::ALL {
            for &act in ProductAct::ALL {
                let expected = match (state, act) {
                    (Draft | Unpublished, Publish) => Some(Live),
                    (Live, Unpublish) => Some(Unpublished),
                    (Unpublished, Archive) => Some(Archived),
                    _ => None,
                };
                assert_eq!(state.after(act).ok(), expected, "{state} {act}");
            }
        }
        let refused = Archived.after(Publish).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "publish is not allowed now: the state is archived, which allows nothing more"
        );
        assert!(Live.is_visible() && !Draft.is_visible());
    }
}
