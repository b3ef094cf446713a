//! The words that the reader knows, English and German, in plain form (small letters, apostrophes
//! closed up). Tables only.

/// A currency as people write it: the ISO codes that it may stand for. More than one where a sign
/// is shared; the shop's own currency is then the one meant.
pub(super) type CurrencySign = &'static [&'static str];

const DOLLARS: CurrencySign = &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN"];
const POUNDS: CurrencySign = &["GBP", "GIP", "FKP", "SHP", "EGP"];
const EUROS: CurrencySign = &["EUR"];
const CROWNS: CurrencySign = &["SEK", "NOK", "DKK", "ISK", "CZK"];
const FRANCS: CurrencySign = &["CHF"];

#[rustfmt::skip]
pub(super) const CURRENCIES: &[(&str, CurrencySign)] = &[
    ("£", POUNDS), ("pound", POUNDS), ("pounds", POUNDS), ("quid", POUNDS), ("sterling", POUNDS),
    ("pfund", POUNDS), ("gbp", &["GBP"]),
    ("€", EUROS), ("euro", EUROS), ("euros", EUROS), ("eur", EUROS),
    ("$", DOLLARS), ("dollar", DOLLARS), ("dollars", DOLLARS), ("bucks", DOLLARS),
    ("usd", &["USD"]), ("us$", &["USD"]), ("cad", &["CAD"]), ("aud", &["AUD"]), ("nzd", &["NZD"]),
    ("sgd", &["SGD"]), ("hkd", &["HKD"]), ("mxn", &["MXN"]),
    ("¥", &["JPY", "CNY"]), ("yen", &["JPY"]), ("yuan", &["CNY"]), ("jpy", &["JPY"]),
    ("cny", &["CNY"]), ("rmb", &["CNY"]),
    ("₹", &["INR"]), ("rupee", &["INR"]), ("rupees", &["INR"]), ("inr", &["INR"]),
    ("₽", &["RUB"]), ("rub", &["RUB"]), ("rubel", &["RUB"]), ("ruble", &["RUB"]),
    ("₩", &["KRW"]), ("krw", &["KRW"]), ("₺", &["TRY"]), ("₴", &["UAH"]), ("₪", &["ILS"]),
    ("zł", &["PLN"]), ("zloty", &["PLN"]), ("pln", &["PLN"]), ("chf", FRANCS),
    ("franken", FRANCS), ("francs", FRANCS), ("kr", CROWNS), ("kronen", CROWNS),
    ("sek", &["SEK"]), ("nok", &["NOK"]), ("dkk", &["DKK"]), ("czk", &["CZK"]), ("kč", &["CZK"]),
    ("huf", &["HUF"]), ("brl", &["BRL"]), ("zar", &["ZAR"]), ("thb", &["THB"]), ("kwd", &["KWD"]),
    ("bitcoin", &["BTC"]), ("btc", &["BTC"]), ("₿", &["BTC"]), ("eth", &["ETH"]),
];

/// Hundredths of a currency unit.
#[rustfmt::skip]
pub(super) const HUNDREDTHS: &[(&str, CurrencySign)] = &[
    ("p", POUNDS), ("pence", POUNDS), ("penny", POUNDS),
    ("cent", &["EUR", "USD", "CAD", "AUD", "NZD", "SGD", "HKD"]),
    ("cents", &["EUR", "USD", "CAD", "AUD", "NZD", "SGD", "HKD"]),
    ("ct", EUROS), ("¢", DOLLARS), ("rappen", FRANCS),
];

/// After a number: it counts pieces.
pub(super) const PIECES: &[&str] = &[
    "x",
    "pcs",
    "pc",
    "piece",
    "pieces",
    "unit",
    "units",
    "item",
    "items",
    "of",
    "stück",
    "stueck",
    "stk",
    "exemplare",
    "exemplar",
    "mal",
    "off",
    "copies",
    "sets",
    "boxes",
    "packs",
];
/// Before a number: it counts pieces.
pub(super) const TAKES: &[&str] = &[
    "take", "took", "taking", "buy", "buying", "order", "ordering", "nehme", "nehm", "kaufe",
    "kauf", "bestelle", "abnehme", "want", "need", "brauche", "x", "quantity", "qty", "menge",
    "anzahl",
];
/// After a number in German: "wenn ich 12 nehme".
pub(super) const TAKES_AFTER: &[&str] = &["nehme", "nehm", "kaufe", "bestelle", "abnehme"];
/// The price is for one.
pub(super) const EACH: &[&str] =
    &["each", "apiece", "per", "pro", "je", "jeweils", "stückpreis", "einzeln", "ea"];
/// The price is for all together.
pub(super) const TOGETHER: &[&str] = &[
    "total",
    "altogether",
    "together",
    "insgesamt",
    "zusammen",
    "gesamt",
    "lot",
    "both",
    "beide",
    "overall",
];
/// Two are meant, even where one was spoken of.
pub(super) const BOTH: &[&str] = &["both", "beide", "beiden"];
/// After a number: it measures something that is no price.
pub(super) const OTHER_UNITS: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute",
    "minutes", "min", "tag", "tage", "tagen", "woche", "wochen", "monat", "monate", "monaten",
    "jahr", "jahre", "jahren", "stunde", "stunden", "minuten", "times", "cm", "mm", "kg", "g", "m",
    "km", "st", "nd", "rd", "th", "am", "pm", "uhr", "star", "stars", "sterne", "people", "kids",
    "leute", "kinder",
];
/// Makes a number without a currency an offer, however long the text.
pub(super) const OFFERS: &[&str] = &[
    "take",
    "accept",
    "offer",
    "do",
    "pay",
    "give",
    "for",
    "about",
    "biete",
    "zahle",
    "zahlen",
    "nehmen",
    "für",
    "fuer",
    "gebe",
    "geben",
    "akzeptieren",
    "machen",
    "angebot",
    "vorschlag",
    "sell",
    "verkaufen",
    "to",
    "auf",
    "at",
];

/// Any of these and the words of [`ACCEPT_MORE`] alone, without a question mark: agreement.
pub(super) const ACCEPT: &[&str] = &[
    "deal",
    "ok",
    "okay",
    "okey",
    "k",
    "yes",
    "yep",
    "yeah",
    "yup",
    "sure",
    "agreed",
    "agree",
    "accept",
    "accepted",
    "done",
    "sold",
    "ja",
    "jo",
    "jawohl",
    "einverstanden",
    "abgemacht",
    "passt",
    "gekauft",
    "akzeptiert",
    "akzeptiere",
    "gerne",
    "klar",
    "topp",
    "perfect",
    "perfekt",
];
/// Two-word agreement, also with the words of [`ACCEPT_MORE`] alone.
pub(super) const ACCEPT_PHRASES: &[&str] = &[
    "ill take it",
    "i will take it",
    "take it",
    "ill have it",
    "sounds good",
    "go ahead",
    "works for me",
    "im in",
    "lets do it",
    "i take it",
    "ich nehme es",
    "nehme ich",
    "nehm ich",
    "ich nehms",
    "in ordnung",
    "alles klar",
    "machen wir",
    "so machen wir es",
    "geht klar",
    "hört sich gut an",
    "klingt gut",
    "du hast einen deal",
    "haben wir einen deal",
];
pub(super) const ACCEPT_MORE: &[&str] = &[
    "i", "ill", "im", "will", "take", "it", "that", "thats", "have", "sounds", "good", "go",
    "ahead", "works", "for", "me", "in", "lets", "do", "then", "thanks", "thank", "you", "please",
    "great", "fine", "cool", "well", "the", "a", "at", "with", "this", "we", "got", "its", "price",
    "and", "ich", "nehme", "nehm", "nehms", "es", "ordnung", "alles", "klar", "machen", "wir",
    "so", "geht", "hört", "sich", "gut", "an", "klingt", "danke", "bitte", "dann", "das", "den",
    "dem", "der", "preis", "du", "hast", "haben", "einen", "super", "prima", "toll", "mit", "für",
    "dich", "vielen", "dank", "alright", "right", "all",
];

/// Any of these and the words of [`REJECT_MORE`] alone: the ask is turned down.
pub(super) const REJECT: &[&str] = &[
    "no",
    "nope",
    "nah",
    "nein",
    "nee",
    "nö",
    "never",
    "expensive",
    "teuer",
    "reject",
    "refuse",
    "pass",
    "kein",
    "keine",
];
pub(super) const REJECT_PHRASES: &[&str] = &[
    "forget it",
    "not interested",
    "kein interesse",
    "nicht einverstanden",
    "too much",
    "zu viel",
    "lieber nicht",
    "not ok",
    "not okay",
    "no deal",
    "vergiss es",
];
pub(super) const REJECT_MORE: &[&str] = &[
    "thanks",
    "interested",
    "interesse",
    "kein",
    "thank",
    "you",
    "too",
    "much",
    "way",
    "thats",
    "that",
    "is",
    "its",
    "it",
    "forget",
    "deal",
    "not",
    "im",
    "i",
    "am",
    "interest",
    "sorry",
    "danke",
    "zu",
    "viel",
    "das",
    "ist",
    "mir",
    "mich",
    "es",
    "vergiss",
    "lieber",
    "nicht",
    "bitte",
    "ok",
    "okay",
    "für",
    "for",
    "me",
    "still",
    "very",
    "sehr",
    "leider",
    "ich",
    "habe",
    "way",
    "a",
    "bit",
    "etwas",
    "way",
    "einverstanden",
    "vielen",
    "dank",
    "ill",
    "this",
];

/// The customer wants a person.
pub(super) const PERSON: &[&str] = &[
    "a person",
    "real person",
    "a human",
    "real human",
    "human please",
    "human being",
    "talk to someone",
    "speak to someone",
    "talk to somebody",
    "speak to somebody",
    "speak with someone",
    "talk with someone",
    "your manager",
    "the manager",
    "a manager",
    "member of staff",
    "your staff",
    "the owner",
    "your boss",
    "customer service",
    "talk to staff",
    "speak to staff",
    "live agent",
    "an agent",
    "support agent",
    "human agent",
    "a colleague",
    "not a bot",
    "ein mensch",
    "einem menschen",
    "einen menschen",
    "echten menschen",
    "echter mensch",
    "mit jemandem",
    "mit jemand",
    "mitarbeiter",
    "mitarbeiterin",
    "mitarbeitern",
    "einem berater",
    "eine person",
    "einer person",
    "echte person",
    "echten person",
    "ihr chef",
    "den chef",
    "dem chef",
    "ihren chef",
    "kundenservice",
    "kundendienst",
    "dein chef",
    "deinem chef",
    "ihrem chef",
    "kollegen sprechen",
    "vorgesetzten",
];

/// "Half" and its like: a share, not a price.
pub(super) const HALVES: &[&str] =
    &["half", "halves", "halb", "halbe", "halber", "halben", "hälfte", "haelfte", "halbpreis"];
pub(super) const OTHER_SHARES: &[&str] =
    &["third", "quarter", "drittel", "viertel", "percent", "prozent"];
/// Nothing at all.
pub(super) const NOTHING: &[&str] = &["free", "gratis", "kostenlos", "umsonst", "geschenkt"];

/// A question that a price in it does not make an offer.
pub(super) const WHY: &[&str] =
    &["why", "warum", "wieso", "weshalb", "when", "wann", "where", "wo", "who", "wer"];
/// Words that begin a question, for texts without a question mark.
pub(super) const ASKS: &[&str] = &[
    "what", "which", "how", "is", "are", "does", "do", "can", "could", "would", "will", "was",
    "welche", "welcher", "welches", "wie", "ist", "sind", "kann", "können", "könnten", "gibt",
    "haben", "hat", "habt", "geht",
];

/// Words that tell the language of a text.
pub(super) const GERMAN: &[&str] = &[
    "ich",
    "sie",
    "du",
    "und",
    "der",
    "die",
    "das",
    "nicht",
    "für",
    "fuer",
    "ist",
    "würden",
    "würdest",
    "wäre",
    "nehmen",
    "nehme",
    "zahle",
    "biete",
    "euro",
    "einverstanden",
    "danke",
    "bitte",
    "nein",
    "ja",
    "zu",
    "teuer",
    "stück",
    "wie",
    "mit",
    "kann",
    "könnten",
    "preis",
    "mal",
    "wenn",
    "auch",
    "noch",
    "hallo",
    "guten",
    "abgemacht",
    "passt",
    "geht",
    "mir",
    "zehn",
    "hälfte",
    "gibt",
    "es",
    "ein",
    "eine",
    "einen",
    "mehr",
    "rabatt",
    "mensch",
    "mitarbeiter",
];
pub(super) const ENGLISH: &[&str] = &[
    "i", "you", "the", "and", "is", "would", "could", "take", "for", "to", "my", "me", "it", "do",
    "each", "if", "how", "about", "what", "thanks", "please", "yes", "no", "pounds", "dollars",
    "price", "can", "your", "best", "of", "with", "not", "too", "much", "will", "ill", "give",
    "offer", "hello", "hi", "person", "talk", "half", "off", "discount", "ten", "deal",
];

#[rustfmt::skip]
pub(super) const SMALL_NUMBERS: &[(&str, u64)] = &[
    ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8),
    ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14),
    ("fifteen", 15), ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19),
    ("zwei", 2), ("zwo", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("fuenf", 5), ("sechs", 6),
    ("sieben", 7), ("acht", 8), ("neun", 9), ("zehn", 10), ("elf", 11), ("zwölf", 12),
    ("zwoelf", 12), ("dreizehn", 13), ("vierzehn", 14), ("fünfzehn", 15), ("fuenfzehn", 15),
    ("sechzehn", 16), ("siebzehn", 17), ("achtzehn", 18), ("neunzehn", 19), ("dozen", 12),
    ("dutzend", 12),
];
/// Numbers only before a unit: "one pound", not "this one".
pub(super) const ONES: &[&str] = &["one", "ein", "eine", "einen", "einem", "eins", "a"];
#[rustfmt::skip]
pub(super) const TENS: &[(&str, u64)] = &[
    ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70),
    ("eighty", 80), ("ninety", 90), ("zwanzig", 20), ("dreißig", 30), ("dreissig", 30),
    ("vierzig", 40), ("fünfzig", 50), ("fuenfzig", 50), ("sechzig", 60), ("siebzig", 70),
    ("achtzig", 80), ("neunzig", 90),
];

/// A price beside one of these is taken off another, not offered.
pub(super) const OFF: &[&str] =
    &["off", "discount", "reduction", "rebate", "rabatt", "nachlass", "abzug", "ermäßigung"];
/// The price is not what the customer would pay.
pub(super) const DENIALS: &[&str] = &[
    "not",
    "wont",
    "dont",
    "cant",
    "cannot",
    "never",
    "isnt",
    "arent",
    "wouldnt",
    "couldnt",
    "shouldnt",
    "nicht",
    "nie",
    "niemals",
    "kein",
    "keine",
    "keinen",
    "keinesfalls",
];
/// With a denial: "not more than".
pub(super) const MORE: &[&str] = &["more", "above", "over", "mehr", "über", "höher"];
pub(super) const EXCESSES: &[&str] = &[
    "too much",
    "too expensive",
    "too high",
    "too dear",
    "zu viel",
    "zuviel",
    "zu teuer",
    "zu hoch",
];
/// The price is someone else's, or what it says somewhere.
pub(super) const ELSEWHERE: &[&str] = &[
    "elsewhere",
    "amazon",
    "ebay",
    "competitor",
    "competitors",
    "cost",
    "costs",
    "paid",
    "rrp",
    "woanders",
    "anderswo",
    "konkurrenz",
    "kostet",
    "kosten",
    "kostete",
    "bezahlt",
    "uvp",
];
/// Begins a question about a price, unless it asks whether the price is possible.
pub(super) const IS: &[&str] =
    &["is", "are", "was", "were", "does", "did", "ist", "sind", "war", "waren", "kostet"];
pub(super) const POSSIBLE: &[&str] = &[
    "ok",
    "okay",
    "possible",
    "fine",
    "acceptable",
    "doable",
    "alright",
    "fair",
    "enough",
    "möglich",
    "machbar",
    "drin",
    "denkbar",
    "recht",
    "genug",
];
/// What people say around a number that they offer, beside the words of the other tables.
#[rustfmt::skip]
pub(super) const HAGGLING: &[&str] = &[
    "i", "id", "ill", "im", "ive", "me", "my", "we", "us", "our", "you", "u", "your", "youd",
    "would", "could", "can", "may", "might", "will", "shall", "should", "do", "does", "be", "is",
    "are", "am", "was", "if", "how", "what", "whats", "hows", "which", "when", "then", "there",
    "here", "hi", "hello", "hey", "dear", "please", "pls", "plz", "thanks", "thx", "max",
    "maximum", "most", "best", "limit", "final", "last", "top", "highest", "bid", "offering",
    "price", "cash", "budget", "only", "just", "maybe", "perhaps", "about", "around", "say",
    "says", "said", "saying", "no", "yes", "but", "or", "so", "hmm", "hm", "um", "now", "today",
    "this", "that", "these", "those", "them", "one", "ones", "down", "up", "go", "going", "let",
    "lets", "get", "buy", "paying", "want", "like", "love", "really", "happy", "willing", "think",
    "afford", "have", "right", "good", "meet", "settle", "shake", "on", "by", "as", "low", "make",
    "made", "still", "again", "try", "another", "new", "next", "counter", "counteroffer", "between",
    "us", "money", "bucks", "even", "straight", "flat", "round", "could", "ask", "asking",
    "würden", "würde", "wuerden", "wuerde", "sie", "du", "ihr", "uns", "mir", "ihnen", "nimm",
    "nehmt", "ginge", "gehen", "gings", "wäre", "waere", "wär", "wärs", "wie", "was", "kann",
    "können", "koennen", "könnte", "könnten", "möchte", "moechte", "wollen", "hätte", "gern",
    "höchstens", "maximal", "nur", "noch", "vielleicht", "hallo", "guten", "also", "und", "oder",
    "aber", "wenn", "mein", "meine", "meinen", "letztes", "letzte", "letzter", "bis", "runter",
    "bei", "von", "die", "ein", "eine", "einen", "ist", "sind", "sein", "sagen", "mal", "doch",
    "gib", "bezahle", "bezahlen", "dafür", "dafuer", "kommen", "entgegen", "bieten", "gebot",
    "gegenangebot", "heute", "jetzt", "nochmal", "wieder", "stück", "einig", "treffen",
];
