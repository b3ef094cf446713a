//! What the customer reads, made from a [`Message`] alone by templates: a number that no act and no
//! shop page holds cannot get in. It knows neither limits nor sessions, so it cannot leak them.

mod de;
mod en;
mod money;

use serde::{Deserialize, Serialize};

use crate::answer::Message;
use crate::hard_stops::StopKind;
use crate::language::Why;

pub use money::format_money;

/// A language that the bot speaks. Another one is a file beside `en` and a line in [`template`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    En,
    De,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::En, Self::De];

    /// The language of a BCP 47 tag (`de-AT`), if the bot speaks it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "de" => Some(Self::De),
            _ => None,
        }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }
}

/// How the bot speaks; the merchant's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Warm,
    #[default]
    Plain,
    Brief,
}

impl Tone {
    pub const ALL: [Self; 3] = [Self::Warm, Self::Plain, Self::Brief];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    pub tone: Tone,
    pub language: Language,
}

/// Which template a message takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Template {
    Greeting,
    CounterMoved,
    CounterFirm,
    CounterLast,
    Stands,
    Accepted,
    AcceptedMany,
    Declined,
    Sweetener,
    Rejected,
    Escalated,
    Waiting,
    NoOfferYet,
    TakeIt,
    Question,
    Clarify(Why),
    /// Added to a clarification that suggests a price.
    Suggest,
    Refused(StopKind),
    Stopped,
    Paused,
    StaffApproved,
    StaffApprovedMany,
    StaffDeclined,
    StaffCounter,
    TakenOver,
    Released,
    Withdrawn,
    Expired,
    Lapsed,
    AlreadyAgreed,
    Closed,
}

fn template(template: Template, style: Style) -> &'static str {
    let [warm, plain, brief] = match style.language {
        Language::En => en::texts(template),
        Language::De => de::texts(template),
    };
    match style.tone {
        Tone::Warm => warm,
        Tone::Plain => plain,
        Tone::Brief => brief,
    }
}

fn template_of(message: &Message) -> Template {
    match message {
        Message::Greeting { .. } => Template::Greeting,
        Message::Counter { last: true, .. } => Template::CounterLast,
        Message::Counter { moved: true, .. } => Template::CounterMoved,
        Message::Counter { .. } => Template::CounterFirm,
        Message::Stands { .. } => Template::Stands,
        Message::Accepted { quantity: 1, .. } => Template::Accepted,
        Message::Accepted { .. } => Template::AcceptedMany,
        Message::Declined { .. } => Template::Declined,
        Message::Sweetener { .. } => Template::Sweetener,
        Message::Rejected { .. } => Template::Rejected,
        Message::Escalated => Template::Escalated,
        Message::Waiting => Template::Waiting,
        Message::NoOfferYet { .. } => Template::NoOfferYet,
        Message::TakeIt { .. } => Template::TakeIt,
        Message::Question { .. } => Template::Question,
        Message::Clarify { why, .. } => Template::Clarify(*why),
        Message::Refused { stop } => Template::Refused(*stop),
        Message::Stopped { stop: StopKind::RuleSetPaused } => Template::Paused,
        Message::Stopped { .. } => Template::Stopped,
        Message::StaffApproved { quantity: 1, .. } => Template::StaffApproved,
        Message::StaffApproved { .. } => Template::StaffApprovedMany,
        Message::StaffDeclined => Template::StaffDeclined,
        Message::StaffCounter { .. } => Template::StaffCounter,
        Message::TakenOver => Template::TakenOver,
        Message::Released { .. } => Template::Released,
        Message::Withdrawn => Template::Withdrawn,
        Message::Expired => Template::Expired,
        Message::Lapsed => Template::Lapsed,
        Message::AlreadyAgreed { .. } => Template::AlreadyAgreed,
        Message::Closed => Template::Closed,
    }
}

/// The text of a message in the merchant's tone and the customer's language.
pub fn word(message: &Message, style: Style) -> String {
    let language = style.language;
    let mut text = template(template_of(message), style).to_owned();
    if let Message::Clarify { suggest: Some(_), .. } = message {
        text.push(' ');
        text.push_str(template(Template::Suggest, style));
    }
    let mut fill = |name: &str, value: &str| {
        if text.contains(name) {
            text = text.replace(name, value);
        }
    };
    let money = |amount| format_money(amount, language);
    match message {
        Message::Greeting { price }
        | Message::Rejected { price }
        | Message::NoOfferYet { price }
        | Message::TakeIt { price }
        | Message::Question { price }
        | Message::StaffCounter { price }
        | Message::Released { price }
        | Message::AlreadyAgreed { price } => fill("{price}", &money(*price)),
        Message::Counter { offer, price, quantity, .. } => {
            let each = match (language, *quantity) {
                (_, 1) => "",
                (Language::En, _) => " each",
                (Language::De, _) => " je Stück",
            };
            fill("{price}", &format!("{}{each}", money(*price)));
            fill("{offer}", &money(*offer));
        }
        Message::Stands { offer, price } | Message::Declined { offer, price } => {
            fill("{price}", &money(*price));
            fill("{offer}", &money(*offer));
        }
        Message::Accepted { price, quantity, total, valid_minutes }
        | Message::StaffApproved { price, quantity, total, valid_minutes } => {
            fill("{price}", &money(*price));
            fill("{quantity}", &quantity.to_string());
            let total = total.map(|t| format!(" ({})", money(t))).unwrap_or_default();
            fill("{total}", &total);
            fill("{valid}", &period(*valid_minutes, language));
        }
        Message::Clarify { suggest, price, .. } => {
            fill("{price}", &money(*price));
            fill("{suggest}", &suggest.map(money).unwrap_or_default());
        }
        Message::Sweetener { label, price } => {
            fill("{price}", &money(*price));
            // last: what a merchant wrote is not filled in again
            fill("{label}", label);
        }
        Message::Escalated
        | Message::Waiting
        | Message::Refused { .. }
        | Message::Stopped { .. }
        | Message::StaffDeclined
        | Message::TakenOver
        | Message::Withdrawn
        | Message::Expired
        | Message::Lapsed
        | Message::Closed => {}
    }
    text
}

/// "30 minutes", "2 hours", "3 days": the largest unit that says it exactly.
fn period(minutes: i64, language: Language) -> String {
    let (count, unit) = match minutes {
        m if m > 0 && m % 1440 == 0 => (m / 1440, 2),
        m if m > 0 && m % 60 == 0 => (m / 60, 1),
        m => (m.max(1), 0),
    };
    let names = match language {
        Language::En => [("minute", "minutes"), ("hour", "hours"), ("day", "days")],
        Language::De => [("Minute", "Minuten"), ("Stunde", "Stunden"), ("Tag", "Tage")],
    };
    let (one, many) = names[unit];
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use commerce::money::{Currency, Money};

    fn gbp(minor: i64) -> Money {
        Money::from_minor(minor, Currency::GBP).unwrap()
    }

    fn style(tone: Tone, language: Language) -> Style {
        Style { tone, language }
    }

    #[test]
    fn a_counter_reads_as_a_person_would_say_it() {
        let counter = Message::Counter {
            offer: gbp(800),
            price: gbp(950),
            quantity: 1,
            moved: true,
            last: false,
        };
        let en = word(&counter, style(Tone::Plain, Language::En));
        assert_eq!(en, "£8.00 is too low for me. I can do £9.50.");
        let de = word(&counter, style(Tone::Brief, Language::De));
        assert_eq!(de, "Mein Angebot: 9,50\u{a0}£.");
    }

    #[test]
    fn no_text_keeps_a_placeholder() {
        let price = gbp(950);
        let mut messages = vec![
            Message::Greeting { price },
            Message::Stands { offer: price, price },
            Message::Declined { offer: price, price },
            Message::Sweetener { label: "free delivery".into(), price },
            Message::Rejected { price },
            Message::Escalated,
            Message::Waiting,
            Message::NoOfferYet { price },
            Message::TakeIt { price },
            Message::Question { price },
            Message::StaffDeclined,
            Message::StaffCounter { price },
            Message::TakenOver,
            Message::Released { price },
            Message::Withdrawn,
            Message::Expired,
            Message::Lapsed,
            Message::AlreadyAgreed { price },
            Message::Closed,
        ];
        for (moved, last) in [(true, true), (true, false), (false, false)] {
            messages.push(Message::Counter { offer: price, price, quantity: 3, moved, last });
        }
        for quantity in [1, 12] {
            let (total, valid_minutes) = (Some(gbp(11400)), 30);
            messages.push(Message::Accepted { price, quantity, total, valid_minutes });
            messages.push(Message::StaffApproved { price, quantity, total, valid_minutes });
        }
        for stop in StopKind::ALL {
            messages.extend([Message::Refused { stop }, Message::Stopped { stop }]);
        }
        for why in Why::ALL {
            messages.push(Message::Clarify { why, suggest: None, price });
            messages.push(Message::Clarify { why, suggest: Some(gbp(500)), price });
        }
        for message in &messages {
            for tone in Tone::ALL {
                for language in Language::ALL {
                    let text = word(message, style(tone, language));
                    assert!(!text.contains(['{', '}']), "{message:?}: {text}");
                    assert!(!text.trim().is_empty(), "{message:?}");
                }
            }
        }
    }

    #[test]
    fn periods() {
        let cases = [(30, "30 minutes"), (60, "1 hour"), (90, "90 minutes"), (4320, "3 days")];
        for (minutes, expected) in cases {
            assert_eq!(period(minutes, Language::En), expected);
        }
        assert_eq!(period(1, Language::De), "1 Minute");
    }
}
