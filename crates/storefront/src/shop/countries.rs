//! Names of countries for the address form. The table is of Unicode CLDR's names for the codes of
//! ISO 3166-1 (Unicode Licence v3).

use std::sync::LazyLock;

use super::words::Language;

/// `code,english,german` under a header; no name holds a comma.
const TABLE: &str = include_str!("countries.csv");

/// A country as a choice: its code and its name.
pub(crate) type Country = (&'static str, &'static str);

static ENGLISH: LazyLock<Vec<Country>> = LazyLock::new(|| by_name(1));
static GERMAN: LazyLock<Vec<Country>> = LazyLock::new(|| by_name(2));

/// All countries, by name in the language.
pub(crate) fn all(language: Language) -> &'static [Country] {
    match language {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}

fn by_name(column: usize) -> Vec<Country> {
    let read = |line: &'static str| Some((line.split(',').next()?, line.split(',').nth(column)?));
    let mut named: Vec<Country> = TABLE.lines().skip(1).filter_map(read).collect();
    named.sort_by_key(|(_, name)| name.replace(['Ä', 'Å'], "A").replace('Ö', "O"));
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_its_name_in_each_language() {
        let mut codes: Vec<String> =
            commerce::Country::all().map(|country| country.code().to_owned()).collect();
        codes.sort();
        for language in [Language::En, Language::De] {
            let mut listed: Vec<&str> = all(language).iter().map(|(code, _)| *code).collect();
            assert!(all(language).iter().all(|(_, name)| !name.is_empty()));
            listed.sort_unstable();
            assert_eq!(listed, codes);
        }
        assert_eq!(all(Language::De)[1].1, "Ägypten");
    }
}
