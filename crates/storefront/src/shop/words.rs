//! The shop's own words, in English and German. A merchant's words (titles, descriptions, the name
//! of the store) come as they are.

use axum::http::{HeaderMap, header};
use commerce::grouped;
pub(crate) use negotiation::Language;

use crate::visitor::preferred_language;

/// The words in the language that the visitor's browser asks for, else the store's own, else
/// English: the same choice that the bot makes.
pub(crate) fn chosen(headers: &HeaderMap, store: &str) -> &'static Words {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let language = asked.and_then(preferred_language).or_else(|| Language::of_tag(store));
    in_language(language.unwrap_or_default())
}

pub(crate) fn in_language(language: Language) -> &'static Words {
    match language {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}

macro_rules! words {
    ($($name:ident: $english:expr, $german:expr;)+) => {
        /// Every fixed piece of text of the pages.
        pub(crate) struct Words { pub(crate) language: Language, $(pub(crate) $name: &'static str,)+ }
        const ENGLISH: Words = Words { language: Language::En, $($name: $english,)+ };
        const GERMAN: Words = Words { language: Language::De, $($name: $german,)+ };
    };
}

words! {
    skip: "Skip to content", "Zum Inhalt springen";
    home: "Shop", "Shop";
    categories: "Categories", "Kategorien";
    shops: "Shops", "Shops";
    search: "Search", "Suchen";
    basket: "Basket", "Warenkorb";
    breadcrumb: "You are here", "Sie sind hier";
    not_open: "This shop is not open yet. You can look around; buying and bargaining begin when it opens.",
        "Dieser Shop ist noch nicht eröffnet. Sehen Sie sich gern um; kaufen und verhandeln können Sie ab der Eröffnung.";
    picks_sold: "Customers' favourites", "Beliebt bei Kundinnen und Kunden";
    picks_new: "New here", "Neu im Sortiment";
    offer_tagline: "See something you like? Name your price.",
        "Etwas gefunden? Nennen Sie Ihren Preis.";
    offer_tagline_more: "On many of our things you can make an offer. An automated helper answers \
        at once, and a person is there if you want one.",
        "Bei vielen unserer Dinge können Sie einen Preis vorschlagen. Ein automatischer Helfer \
        antwortet sofort, und auf Wunsch ein Mensch.";
    nothing_here: "There is nothing here yet.", "Hier gibt es noch nichts.";
    nothing_found: "Nothing matches that. Try fewer or shorter words, or look through the categories.",
        "Dazu wurde nichts gefunden. Versuchen Sie weniger oder kürzere Wörter oder stöbern Sie in \
        den Kategorien.";
    search_ask: "What are you looking for?", "Wonach suchen Sie?";
    previous: "Previous", "Zurück";
    next: "Next", "Weiter";
    pages: "Pages", "Seiten";
    sold_out: "Sold out", "Ausverkauft";
    in_stock: "In stock", "Auf Lager";
    open_to_offers: "Open to offers", "Verhandelbar";
    quantity: "Quantity", "Menge";
    add_to_basket: "Add to basket", "In den Warenkorb";
    make_offer: "Make an offer", "Preis vorschlagen";
    offer_label: "Your offer or question", "Ihr Vorschlag oder Ihre Frage";
    offer_automated: "An automated helper answers. It may hand you to a person of our staff.",
        "Es antwortet ein automatischer Helfer. Er kann an einen Menschen aus unserem Team übergeben.";
    offer_note: "You can make an offer on this. An automated helper answers at once; a person steps in if needed.",
        "Hier können Sie einen Preis vorschlagen. Ein automatischer Helfer antwortet sofort; bei Bedarf ein Mensch.";
    send: "Send", "Senden";
    article_number: "Article number", "Artikelnummer";
    category: "Category", "Kategorie";
    share: "Share", "Teilen";
    share_mail: "By e-mail", "Per E-Mail";
    share_link: "Link to this page", "Link zu dieser Seite";
    contact: "Questions? Write to us", "Fragen? Schreiben Sie uns";
    contact_short: "Contact", "Kontakt";
    more_like_this: "From the same shelf", "Aus demselben Regal";

    cart_empty: "Your basket is empty.", "Ihr Warenkorb ist leer.";
    keep_looking: "Keep looking around", "Weiter stöbern";
    update: "Update", "Ändern";
    remove: "Remove", "Entfernen";
    each: "each", "je Stück";
    goods: "Goods", "Waren";
    delivery: "Delivery", "Lieferung";
    total: "Total", "Summe";
    to_checkout: "Go to checkout", "Zur Kasse";
    checkout: "Checkout", "Kasse";
    your_order: "Your order", "Ihre Bestellung";
    agreed_price: "Agreed price", "Vereinbarter Preis";
    address: "Where should it go?", "Wohin soll es gehen?";
    name: "Name", "Name";
    email: "E-mail", "E-Mail";
    address_line: "Street and number", "Straße und Hausnummer";
    city: "Town or city", "Ort";
    postcode: "Postcode", "Postleitzahl";
    country: "Country", "Land";
    delivery_how: "How fast?", "Wie schnell?";
    standard: "Standard, 3 to 5 days", "Standard, 3 bis 5 Tage";
    express: "Express, 1 to 2 days", "Express, 1 bis 2 Tage";
    payment: "Payment", "Zahlung";
    payment_test: "Test payment: no money moves. Choose what the provider should answer.",
        "Testzahlung: Es fließt kein Geld. Wählen Sie, was der Anbieter antworten soll.";
    pay_approve: "Test: approve", "Test: zustimmen";
    pay_decline: "Test: decline", "Test: ablehnen";
    pay_timeout: "Test: no answer", "Test: keine Antwort";
    place_order: "Place the order", "Zahlungspflichtig bestellen";
    thank_you: "Thank you. Your order is placed.", "Vielen Dank. Ihre Bestellung ist eingegangen.";
    order_number: "Order", "Bestellung";
    paid: "Paid with the test provider", "Bezahlt über den Testanbieter";
    you: "You", "Sie";
    helper: "Automated helper", "Automatischer Helfer";
    person: "Staff", "Team";
    notice: "Notice", "Hinweis";
    your_negotiation: "Your offer", "Ihr Vorschlag";
    list_price: "List price", "Listenpreis";
    our_offer: "Our price for you now", "Unser Preis für Sie jetzt";
    take_it: "Take it", "Annehmen";
    ask_person: "Ask for a person", "Einen Menschen fragen";
    end: "No thanks, end this", "Nein danke, beenden";
    waiting_person: "A person of our staff is looking at your offer. This page looks again every 10 seconds.",
        "Jemand aus unserem Team sieht sich Ihren Vorschlag an. Diese Seite sieht alle 10 Sekunden nach.";
    with_person: "A person of our staff is answering you.", "Ein Mensch aus unserem Team antwortet Ihnen.";
    deal_pay: "Buy at this price", "Zu diesem Preis kaufen";
    hand_over: "Your agreed price", "Ihr vereinbarter Preis";
    hand_over_hint: "You agreed on this price on another site. Here you can buy at it.",
        "Diesen Preis haben Sie auf einer anderen Seite vereinbart. Hier können Sie dazu kaufen.";
    held_until: "Held for you until", "Für Sie reserviert bis";
    state_declined: "This ended without a deal.", "Dies endete ohne Einigung.";
    state_expired: "This offer has expired.", "Dieses Angebot ist abgelaufen.";
    state_withdrawn: "You ended this.", "Sie haben dies beendet.";
    state_stopped: "This was stopped.", "Dies wurde abgebrochen.";
    state_lapsed: "The agreed price was not used in time.", "Der vereinbarte Preis wurde nicht rechtzeitig genutzt.";
    state_redeemed: "You bought at this price.", "Sie haben zu diesem Preis gekauft.";
    back_to_product: "Back to the product", "Zurück zum Artikel";
    lost_title: "We cannot find that", "Das finden wir nicht";
    lost: "The page you asked for is not here, or no longer. Search, or start from the front door.",
        "Diese Seite gibt es hier nicht oder nicht mehr. Suchen Sie, oder beginnen Sie am Eingang.";
    failed_title: "That did not work", "Das hat nicht geklappt";
    failed: "Something went wrong on our side. Nothing was changed. Please try again.",
        "Bei uns ist etwas schiefgegangen. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.";
    cross_site: "This form was sent from another site, so nothing was done. Please use the shop's own page.",
        "Dieses Formular kam von einer anderen Website, darum wurde nichts getan. Bitte nutzen Sie die Seite des Shops.";
    not_now: "That is not possible any more. Have a look at how things stand now.",
        "Das geht jetzt nicht mehr. Sehen Sie nach, wie es inzwischen steht.";
    out_of_stock: "There is not enough of it left.", "Davon ist nicht mehr genug da.";
    pay_declined: "The payment was declined. You have not been charged and your basket is kept. Try another way to pay.",
        "Die Zahlung wurde abgelehnt. Es wurde nichts abgebucht, Ihr Warenkorb ist noch da. Versuchen Sie eine andere Zahlung.";
    pay_timed_out: "The payment provider did not answer. You have not been charged and your basket is kept. Try again.",
        "Der Zahlungsanbieter hat nicht geantwortet. Es wurde nichts abgebucht, Ihr Warenkorb ist noch da. Bitte noch einmal versuchen.";
    too_fast: "That was a lot at once. Please wait a moment.", "Das war viel auf einmal. Bitte warten Sie einen Moment.";
    check_form: "Please check what is marked below.", "Bitte prüfen Sie die markierten Angaben.";
    field_name: "Write the name for the parcel, at most 120 characters.", "Schreiben Sie den Namen für das Paket, höchstens 120 Zeichen.";
    field_email: "Write an e-mail address such as maya@example.com.", "Schreiben Sie eine E-Mail-Adresse wie maya@example.com.";
    field_address_line: "Write street and number.", "Schreiben Sie Straße und Hausnummer.";
    field_city: "Write the town or city.", "Schreiben Sie den Ort.";
    field_postcode: "Write the postcode.", "Schreiben Sie die Postleitzahl.";
    field_country: "Choose the country.", "Wählen Sie das Land.";
    field_quantity: "A whole number from 1.", "Eine ganze Zahl ab 1.";
    field_text: "Write what you offer, in at most 2,000 characters.", "Schreiben Sie Ihren Vorschlag, höchstens 2.000 Zeichen.";
    saved: "Saved by bargaining", "Durch Verhandeln gespart";
}

impl Words {
    /// `3,227 things`
    pub(crate) fn things(&self, count: i64) -> String {
        match (self.language, count) {
            (Language::En, 1) => "1 thing".into(),
            (Language::En, _) => format!("{} things", grouped(count.unsigned_abs(), ',')),
            (Language::De, 1) => "1 Artikel".into(),
            (Language::De, _) => format!("{} Artikel", grouped(count.unsigned_abs(), '.')),
        }
    }

    pub(crate) fn search_things(&self, count: i64) -> String {
        match self.language {
            Language::En => format!("Search {}", self.things(count)),
            Language::De => format!("{} durchsuchen", self.things(count)),
        }
    }

    pub(crate) fn left(&self, count: i64) -> String {
        match self.language {
            Language::En => format!("{} in stock", grouped(count.unsigned_abs(), ',')),
            Language::De => format!("{} auf Lager", grouped(count.unsigned_abs(), '.')),
        }
    }

    /// What an offer may look like.
    pub(crate) fn offer_hint(&self, price: &str) -> String {
        match self.language {
            Language::En => format!("For example: would you take {price} each for six?"),
            Language::De => format!("Zum Beispiel: Würden Sie {price} je Stück für sechs nehmen?"),
        }
    }

    pub(crate) fn delivery_from(&self, price: &str) -> String {
        match self.language {
            Language::En => format!("delivery from {price}"),
            Language::De => format!("Lieferung ab {price}"),
        }
    }

    pub(crate) fn page_of(&self, page: i64, pages: i64) -> String {
        match self.language {
            Language::En => format!("Page {page} of {pages}"),
            Language::De => format!("Seite {page} von {pages}"),
        }
    }

    pub(crate) fn found_for(&self, count: i64, asked: &str) -> String {
        match self.language {
            Language::En => format!("{} for “{asked}”", self.things(count)),
            Language::De => format!("{} zu „{asked}“", self.things(count)),
        }
    }

    /// What to say of a field that cannot be taken.
    pub(crate) fn field(&self, field: &str) -> &'static str {
        match field {
            "name" => self.field_name,
            "email" => self.field_email,
            "address_line" => self.field_address_line,
            "city" => self.field_city,
            "postcode" => self.field_postcode,
            "country" => self.field_country,
            "quantity" => self.field_quantity,
            "text" => self.field_text,
            _ => self.check_form,
        }
    }
}

/// `home/t-light-holders` read aloud: `T light holders`.
pub(crate) fn category_name(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or(path);
    let spaced = last.replace(['-', '_'], " ");
    let mut chars = spaced.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_visitors_language_comes_before_the_stores() {
        for (asked, store, expected) in [
            (None, "de", Language::De),
            (None, "", Language::En),
            (Some("de-AT,de;q=0.9,en;q=0.5"), "en", Language::De),
            (Some("en-GB"), "de", Language::En),
            (Some("fr"), "de", Language::De),
            (Some(";;;,q=,,de;q=x"), "", Language::En),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(asked) = asked {
                headers.insert(header::ACCEPT_LANGUAGE, asked.parse().unwrap());
            }
            assert_eq!(chosen(&headers, store).language, expected, "{asked:?} {store}");
        }
    }

    #[test]
    fn counts_and_names_read_well() {
        assert_eq!(ENGLISH.things(3_227), "3,227 things");
        assert_eq!(GERMAN.things(1), "1 Artikel");
        assert_eq!(category_name("home/t-light-holders"), "T light holders");
        assert_eq!(category_name("küche"), "Küche");
    }
}
