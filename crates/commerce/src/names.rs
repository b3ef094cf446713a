//! The names that merchants and customers write: SKU, category path, country, e-mail, store slug.
//! Each is checked once, when read; a value that exists is valid.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A name that breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{value:?} is not a {what}: expected {expected}")]
pub struct NameError {
    /// Which kind of name, such as `SKU`.
    pub what: &'static str,
    /// What was given, clipped to 80 characters.
    pub value: String,
    /// The rule, in words.
    pub expected: &'static str,
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $what:literal, $expected:literal, $read:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The rule that a value keeps, in words for an error message.
            pub const EXPECTED: &'static str = $expected;

            /// Reads the name, or says what was expected.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                $read(text).map(Self).ok_or_else(|| NameError {
                    what: $what,
                    value: text.chars().take(80).collect(),
                    expected: $expected,
                })
            }

            /// The text, in its one spelling.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NameError;
            fn from_str(text: &str) -> Result<Self, NameError> {
                Self::parse(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(de::Error::custom)
            }
        }
    )+};
}

names! {
    /// A stock-keeping unit, as the merchant writes it. Surrounding blanks are dropped; case counts.
    /// Not `.` or `..`: as the last part of an address they lead elsewhere, however they are written.
    Sku = "SKU", "1 to 64 printable characters, no control or invisible ones, not . or ..", read_sku;
    /// A category with its parents: `home/lights/candles`, at most 8 parts.
    CategoryPath = "category path",
        "lower-case words joined by '-', levels joined by '/', such as home/lights", read_category;
    /// An e-mail address, lightly checked (only a message that arrives proves one). The domain is
    /// kept in lower case.
    Email = "e-mail address", "one @ with a name before and a domain after", read_email;
    /// A store's name in addresses: `lantern-and-lark`.
    StoreSlug = "store slug",
        "2 to 40 of a-z, 0-9 and single '-' inside", read_slug;
}

/// Characters that cannot be seen, or that change the direction of what can.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Characters that have no place in a title or description. The joiners stay: Persian, Hindi and
/// family emoji need them.
pub(crate) fn is_stray(c: char) -> bool {
    is_invisible(c) && !matches!(c, '\u{200c}' | '\u{200d}')
}

fn read_sku(text: &str) -> Option<String> {
    let text = text.trim();
    let length = text.chars().count();
    let ok = (1..=64).contains(&length) && !text.chars().any(is_invisible);
    (ok && !matches!(text, "." | "..")).then(|| text.to_owned())
}

fn read_category(text: &str) -> Option<String> {
    let ok = text.len() <= 200 && text.split('/').count() <= 8 && text.split('/').all(is_part);
    ok.then(|| text.to_owned())
}

/// One level of a category path: letters and digits of any script (no capitals), `-` and `_` inside.
fn is_part(part: &str) -> bool {
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
    edge(part.chars().next())
        && edge(part.chars().next_back())
        && part.chars().all(|c| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_')
}

fn read_email(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, domain) = text.split_once('@')?;
    let domain = domain.to_lowercase();
    let plain = |s: &str| !s.chars().any(|c| c.is_whitespace() || is_invisible(c) || c == '@');
    let labels = domain.split('.').count() >= 2
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    let name_ok = (1..=64).contains(&name.len())
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && !name.contains(|c: char| "<>()[]\\,;:\"".contains(c));
    (name_ok && labels && domain.len() <= 253 && plain(name)).then(|| format!("{name}@{domain}"))
}

fn read_slug(text: &str) -> Option<String> {
    let ok = (2..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--");
    ok.then(|| text.to_owned())
}

impl CategoryPath {
    /// True for the category itself and everything under it: `home/lights/led` is under
    /// `home/lights`, `home/lightshades` is not.
    pub fn is_under(&self, above: &CategoryPath) -> bool {
        self.0
            .strip_prefix(above.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The levels, outermost first.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/')
    }

    /// The category above, or none at the top.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(above, _)| Self(above.to_owned()))
    }

    /// The outermost level: `home` of `home/lights`.
    pub fn top(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }

    /// Turns other systems' spellings (`Home & Garden > Lighting`, `Type: Mugs`) into a path: levels
    /// split at `>` or `/`, words joined by `-`. None when nothing readable is left.
    pub fn from_words(text: &str) -> Option<Self> {
        let parts: Vec<String> =
            text.split(['>', '/']).map(slug).filter(|part| !part.is_empty()).collect();
        Self::parse(&parts.join("/")).ok()
    }
}

fn slug(words: &str) -> String {
    let lower = words.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() || c.is_uppercase());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}

/// A country as ISO 3166-1 alpha-2, in capitals, or [`Country::UNKNOWN`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// The officially assigned codes of ISO 3166-1 (249), in order.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ \
BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE \
DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR \
GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP \
KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT \
MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

impl Country {
    pub const GB: Self = Self(*b"GB");
    pub const IE: Self = Self(*b"IE");
    /// `ZZ`: nobody said. A user-assigned code of ISO 3166-1, used so by Unicode CLDR; it stands for
    /// no territory and no rule should name it as one.
    pub const UNKNOWN: Self = Self(*b"ZZ");

    /// The two capitals.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }

    /// Every assigned code, in order, without [`Country::UNKNOWN`].
    pub fn all() -> impl Iterator<Item = Self> {
        COUNTRIES.split(' ').filter_map(|code| code.parse().ok())
    }
}

impl FromStr for Country {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let known = text == "ZZ" || COUNTRIES.split(' ').any(|code| code == text);
        match (known, text.as_bytes()) {
            (true, &[first, second]) => Ok(Self([first, second])),
            _ => Err(NameError {
                what: "country",
                value: text.chars().take(80).collect(),
                expected: "an ISO 3166-1 alpha-2 code in capitals, such as GB",
            }),
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: FromStr<Err = NameError> + fmt::Display>(good: &[(&str, &str)], bad: &[&str]) {
        for (given, kept) in good {
            let value = given.parse::<T>().unwrap_or_else(|error| panic!("{given:?}: {error}"));
            assert_eq!(value.to_string(), *kept, "{given:?}");
            assert!(kept.parse::<T>().is_ok(), "{kept:?} must read again");
        }
        for given in bad {
            let error = given.parse::<T>().err();
            assert!(error.is_some_and(|e| !e.expected.is_empty()), "{given:?} must be refused");
        }
    }

    #[test]
    fn skus() {
        let long = "x".repeat(65);
        check::<Sku>(
            &[
                ("85123A", "85123A"),
                ("  22726 ", "22726"),
                ("POST", "POST"),
                ("Ünï 7/8", "Ünï 7/8"),
            ],
            &["", "  ", ".", " .. ", "a\tb", "a\0", "a\u{202e}b", "a\u{200b}", &long],
        );
        assert!(Sku::parse(&"é".repeat(64)).is_ok());
    }

    #[test]
    fn categories() {
        check::<CategoryPath>(
            &[("home", "home"), ("home/lights/led-2", "home/lights/led-2"), ("küche", "küche")],
            &[
                "",
                "/",
                "home/",
                "/home",
                "Home",
                "home//lights",
                "a b",
                "-a",
                "a/b-",
                "1/2/3/4/5/6/7/8/9",
            ],
        );
    }

    #[test]
    fn a_category_is_under_itself_and_its_parents_only() {
        let path = |text: &str| CategoryPath::parse(text).unwrap();
        for (inner, outer, under) in [
            ("home/lights", "home/lights", true),
            ("home/lights/led", "home/lights", true),
            ("home/lights", "home", true),
            ("home/lightshades", "home/lights", false),
            ("home", "home/lights", false),
        ] {
            assert_eq!(path(inner).is_under(&path(outer)), under, "{inner} under {outer}");
        }
        assert_eq!(path("a/b/c").parent(), Some(path("a/b")));
        assert_eq!(path("a").parent(), None);
        assert_eq!(path("a/b").top(), "a");
    }

    #[test]
    fn foreign_category_words_become_paths() {
        for (words, path) in [
            ("Home & Garden > Lighting", Some("home-garden/lighting")),
            ("Mugs", Some("mugs")),
            ("Küche / Töpfe", Some("küche/töpfe")),
            (" > ", None),
            ("", None),
        ] {
            let got = CategoryPath::from_words(words);
            assert_eq!(got.as_ref().map(CategoryPath::as_str), path, "{words}");
        }
    }

    #[test]
    fn countries() {
        check::<Country>(&[("GB", "GB"), ("ZZ", "ZZ")], &["", "gb", "UK", "GBR", "XX", "G"]);
        assert_eq!(Country::all().count(), 249);
    }

    #[test]
    fn e_mail_addresses() {
        check::<Email>(
            &[
                ("Maya@Example.COM", "Maya@example.com"),
                ("o'neil+shop@a-b.co.uk", "o'neil+shop@a-b.co.uk"),
            ],
            &[
                "",
                "maya",
                "@example.com",
                "maya@",
                "a@b",
                "a b@c.de",
                "a@b@c.de",
                "a@-b.de",
                ".a@b.de",
                "a@b..de",
                "a\n@b.de",
                "<a@b.de>",
            ],
        );
    }

    #[test]
    fn store_slugs() {
        check::<StoreSlug>(
            &[("lantern-and-lark", "lantern-and-lark"), ("a1", "a1")],
            &["", "a", "Lantern", "a--b", "-ab", "ab-", "a_b", "ä-b"],
        );
    }
}
