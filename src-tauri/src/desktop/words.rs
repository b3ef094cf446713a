//! The host's own words in the person's language, from the same catalogues as the pages' (`ui/console/src/locales`). They
//! are named for the catalogues in `ui/console/src/shell/host-words.ts`. A word that is not there is said in English.

use std::io::Cursor;
use std::sync::{PoisonError, RwLock};

use negotiation::wording::{Language, format_money};
use polib::catalog::Catalog;
use polib::po_file::{self, POParseOptions};

macro_rules! words {
    ($($name:ident = $english:literal;)+) => {
        $(pub(crate) const $name: &str = $english;)+
        #[cfg(test)]
        const ALL: &[&str] = &[$($english),+];
    };
}

words! {
    SHOW = "Show Souk";
    HIDE = "Hide the window";
    QUIT = "Quit";
    SAVE = "Save";
    IMPORT_CATALOGUE = "Import a catalogue";
    EXPORT_CATALOGUE = "Export the catalogue";
    EXPORT_AUDIT = "Export the audit log";
    IMPORT_RULES = "Import rules";
    EXPORT_RULES = "Export the rules";
    EXPORT_REPLAY = "Export the replay";
    EXPORT_EDITS = "Export waiting edits";
    IMPORT_EDITS = "Import waiting edits";
    EDITS_FILE = "Souk's waiting edits";
    CUSTOMER_WAITS = "{customer} is waiting for you";
    CUSTOMER_OFFERS = "{quantity} × {title}, offers {price}";
    CUSTOMER_WANTS = "{quantity} × {title}";
    COPY_DAMAGED = "This computer's copy was damaged";
    COPY_SET_ASIDE = "It was set aside; waiting edits that were saved: {count}. The rest is fetched anew.";
}

const GERMAN: &str = include_str!("../../../ui/console/src/locales/de.po");

/// What is spoken now. English needs no catalogue: its words are the names.
#[derive(Default)]
pub(crate) struct Words(RwLock<Spoken>);

#[derive(Default)]
struct Spoken {
    language: Language,
    catalogue: Option<Catalog>,
}

impl Words {
    /// Speaks the chosen language (`en`, `de`) or, where that is empty or unknown, the system's.
    pub(crate) fn choose(&self, chosen: &str) {
        let language = Language::of_tag(chosen)
            .or_else(|| sys_locale::get_locales().find_map(|tag| Language::of_tag(&tag)))
            .unwrap_or_default();
        let mut spoken = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if spoken.language != language {
            *spoken = Spoken { language, catalogue: catalogue(language) };
        }
    }

    /// Says `english` in the chosen language, with its `{names}` filled in.
    pub(crate) fn say(&self, english: &str, values: &[(&str, &str)]) -> String {
        let spoken = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let words = spoken.catalogue.as_ref().and_then(|c| found(c, english));
        filled(words.unwrap_or(english), values)
    }

    /// An amount as a reader of the chosen language writes it.
    pub(crate) fn money(&self, money: commerce::Money) -> String {
        format_money(money, self.0.read().unwrap_or_else(PoisonError::into_inner).language)
    }
}

fn found<'a>(catalogue: &'a Catalog, english: &str) -> Option<&'a str> {
    let message = catalogue.find_message(None, english, None)?;
    message.msgstr().ok().filter(|words| !words.is_empty())
}

/// In one pass, so that what stands in a value is never taken for a name.
fn filled(words: &str, values: &[(&str, &str)]) -> String {
    let mut said = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, beyond)) = after.split_once('}') else { break };
        said.push_str(before);
        said.push_str(values.iter().find(|(n, _)| *n == name).map_or("", |(_, value)| value));
        rest = beyond;
    }
    said + rest
}

fn catalogue(language: Language) -> Option<Catalog> {
    let text = match language {
        Language::En => return None,
        Language::De => GERMAN,
    };
    let options = POParseOptions { message_body_only: true, ..POParseOptions::default() };
    po_file::parse_from_reader_with_option(Cursor::new(text), &options)
        .inspect_err(|error| tracing::error!(?error, "a catalogue could not be read"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMED: &str = include_str!("../../../ui/console/src/shell/host-words.ts");

    /// A word that the catalogues do not have would be said in English to everybody.
    #[test]
    fn every_word_is_in_the_catalogues_and_in_german() {
        let german = catalogue(Language::De).unwrap();
        for english in ALL {
            assert!(NAMED.contains(english), "host-words.ts does not name {english:?}");
            assert!(found(&german, english).is_some(), "{english:?} has no German");
        }
    }

    #[test]
    fn a_call_to_staff_is_worded_in_the_chosen_language() {
        let words = Words::default();
        let price = commerce::Money::from_minor(980, "GBP".parse().unwrap()).unwrap();
        for (language, title, body) in [
            ("en", "Ada {Byron} is waiting for you", "2 × Cakestand, offers £9.80"),
            ("de-AT", "Ada {Byron} wartet auf Sie", "2 × Cakestand, bietet 9,80\u{a0}£"),
            ("en-GB", "Ada {Byron} is waiting for you", "2 × Cakestand, offers £9.80"),
        ] {
            words.choose(language);
            assert_eq!(words.say(CUSTOMER_WAITS, &[("customer", "Ada {Byron}")]), title);
            let price = words.money(price);
            let values = [("quantity", "2"), ("title", "Cakestand"), ("price", &price)];
            assert_eq!(words.say(CUSTOMER_OFFERS, &values), body);
        }
    }
}
