//! German texts: warm, plain, brief ("herzlich, sachlich, knapp"). Customers are addressed as "Sie".

use super::Template;
use crate::hard_stops::StopKind;
use crate::language::Why;

const fn same(text: &'static str) -> [&'static str; 3] {
    [text, text, text]
}

#[allow(clippy::too_many_lines, reason = "one table of texts, not a function of logic")]
pub(super) fn texts(template: Template) -> [&'static str; 3] {
    match template {
        Template::Greeting => [
            "Guten Tag, schön, dass Sie da sind! Der Preis ist {price}. Was möchten Sie bieten?",
            "Guten Tag. Der Preis ist {price}. Was bieten Sie?",
            "{price}. Ihr Angebot?",
        ],
        Template::CounterMoved => [
            "Vielen Dank für {offer}. Ganz so weit kann ich nicht gehen, aber {price} wären möglich. Was meinen Sie?",
            "{offer} ist mir zu wenig. Ich biete {price}.",
            "Mein Angebot: {price}.",
        ],
        Template::CounterFirm => [
            "Vielen Dank für {offer}. Vorerst bleibe ich gern bei {price}. Kommen Sie mir etwas entgegen?",
            "{offer} ist mir zu wenig. Ich bleibe vorerst bei {price}.",
            "Ich bleibe bei {price}.",
        ],
        Template::CounterLast => [
            "Vielen Dank für {offer}. Mein bestes Angebot ist {price}. Einverstanden?",
            "{offer} kann ich nicht annehmen. {price} ist das Beste, was ich selbst anbieten kann.",
            "Mein letztes Angebot: {price}.",
        ],
        Template::Stands => [
            "Ich würde {offer} gern annehmen, aber weiter kann ich nicht gehen. Für {price} gehört es Ihnen.",
            "{offer} kann ich nicht annehmen. Mein Angebot von {price} gilt weiter.",
            "{price} gilt weiter.",
        ],
        Template::Accepted => [
            "Wunderbar, abgemacht: {price}. Der Preis ist {valid} für Sie reserviert; weiter geht es an der Kasse.",
            "Einverstanden: {price}. Der Preis gilt {valid}; lösen Sie ihn an der Kasse ein.",
            "Abgemacht: {price}, gültig {valid}.",
        ],
        Template::AcceptedMany => [
            "Wunderbar, abgemacht: {quantity} Stück zu je {price}{total}. Der Preis ist {valid} für Sie reserviert; weiter geht es an der Kasse.",
            "Einverstanden: {quantity} Stück zu je {price}{total}. Der Preis gilt {valid}; lösen Sie ihn an der Kasse ein.",
            "Abgemacht: {quantity} × {price}{total}, gültig {valid}.",
        ],
        Template::Declined => [
            "Vielen Dank, aber {offer} ist weiter, als ich gehen kann. Mein Preis ist {price}; über ein neues Angebot freue ich mich.",
            "So weit kann ich nicht heruntergehen. Mein Preis ist {price}. Sie können neu bieten oder nach einem Menschen fragen.",
            "Zu wenig. Mein Preis ist {price}.",
        ],
        Template::Sweetener => [
            "Am Preis kann ich nichts mehr ändern, aber das lege ich gern dazu: {label}. Zusammen für {price}. Wie wäre das?",
            "Der Preis bleibt bei {price}, dazu kommt: {label}.",
            "{price} mit {label}.",
        ],
        Template::Rejected => [
            "Das ist völlig in Ordnung. Es bleibt bei {price}; über ein neues Angebot freue ich mich.",
            "In Ordnung. Mein Preis bleibt {price}. Sie können neu bieten.",
            "In Ordnung. {price} gilt weiter.",
        ],
        Template::Escalated => [
            "Da frage ich gern einen Kollegen. Die Antwort lesen Sie gleich hier.",
            "Ich habe das an unser Team weitergegeben. Die Antwort erscheint hier.",
            "An unser Team weitergegeben.",
        ],
        Template::Waiting => [
            "Ein Kollege hat Ihre Anfrage und antwortet hier. Danke für Ihre Geduld.",
            "Unser Team hat Ihre Anfrage und antwortet hier.",
            "Liegt bei unserem Team.",
        ],
        Template::NoOfferYet => [
            "Sehr gern, aber machen Sie mir zuerst ein Angebot! Der Preis ist {price}.",
            "Es gibt noch kein Angebot. Der Preis ist {price}; was bieten Sie?",
            "{price}. Ihr Angebot?",
        ],
        Template::TakeIt => [
            "Nur um sicherzugehen: Möchten Sie für {price} kaufen? Sagen Sie \"abgemacht\", dann gilt es.",
            "Nehmen Sie {price} an? Sagen Sie \"abgemacht\".",
            "{price}: abgemacht?",
        ],
        Template::Question => [
            "Das wissen meine Kollegen besser, ich kenne nur die Preise: derzeit {price}. Bieten Sie mir etwas, oder fragen Sie nach einem Menschen.",
            "Ich kann nur über den Preis sprechen, derzeit {price}. Machen Sie ein Angebot, oder fragen Sie nach einem Menschen.",
            "Preis: {price}. Ihr Angebot?",
        ],
        Template::Clarify(why) => clarify(why),
        Template::Suggest => {
            same("Meinten Sie {suggest}? Sagen Sie ja, oder nennen Sie Ihren Preis.")
        }
        Template::Refused(stop) => same(refused(stop)),
        Template::Stopped => same(
            "Ich habe dieses Gespräch beendet. Sie können zum Preis im Shop kaufen oder unserem Team schreiben.",
        ),
        Template::Paused => {
            same("Angebote sind gerade nicht möglich. Sie können zum Preis im Shop kaufen.")
        }
        Template::StaffApproved => [
            "Gute Nachricht: Unser Team sagt ja zu {price}! Der Preis ist {valid} für Sie reserviert; weiter geht es an der Kasse.",
            "Unser Team ist einverstanden: {price}. Der Preis gilt {valid}; lösen Sie ihn an der Kasse ein.",
            "Zugesagt: {price}, gültig {valid}.",
        ],
        Template::StaffApprovedMany => [
            "Gute Nachricht: Unser Team sagt ja zu {quantity} Stück zu je {price}{total}! Der Preis ist {valid} für Sie reserviert; weiter geht es an der Kasse.",
            "Unser Team ist einverstanden: {quantity} Stück zu je {price}{total}. Der Preis gilt {valid}; lösen Sie ihn an der Kasse ein.",
            "Zugesagt: {quantity} × {price}{total}, gültig {valid}.",
        ],
        Template::StaffDeclined => [
            "Unser Team hat Ihr Angebot geprüft und kann es leider nicht annehmen. Zum Preis im Shop sind Sie herzlich willkommen.",
            "Unser Team kann dieses Angebot nicht annehmen. Sie können zum Preis im Shop kaufen.",
            "Von unserem Team abgelehnt.",
        ],
        Template::StaffCounter => [
            "Unser Team hat es sich angesehen und kann Ihnen {price} anbieten. Was meinen Sie?",
            "Unser Team bietet {price}.",
            "Von unserem Team: {price}.",
        ],
        Template::TakenOver => same("Ein Mensch aus unserem Team ist jetzt für Sie da."),
        Template::Released => [
            "Ich bin wieder für Sie da. Es gilt weiter {price}.",
            "Sie sprechen wieder mit dem Assistenten des Shops. Es gilt weiter {price}.",
            "Es gilt weiter {price}.",
        ],
        Template::Withdrawn => [
            "Das ist völlig in Ordnung. Kommen Sie gern wieder.",
            "Sie haben sich zurückgezogen. Sie können jederzeit wiederkommen.",
            "Zurückgezogen.",
        ],
        Template::Expired => same("Dieses Gespräch ist abgelaufen. Sie können ein neues beginnen."),
        Template::Lapsed => same(
            "Der vereinbarte Preis wurde nicht rechtzeitig eingelöst und ist verfallen. Sie können neu bieten.",
        ),
        Template::AlreadyAgreed => {
            same("Wir haben uns auf {price} geeinigt. Lösen Sie den Preis an der Kasse ein.")
        }
        Template::Closed => same("Diese Verhandlung ist beendet. Sie können eine neue beginnen."),
    }
}

fn clarify(why: Why) -> [&'static str; 3] {
    match why {
        Why::Empty => same("Es kam kein Text an. Was bieten Sie? Der Preis ist {price}."),
        Why::TooLong => {
            same("Das ist mehr, als ich lesen kann. Bitte nennen Sie Ihren Preis in einem Satz.")
        }
        Why::NotPlainText => same(
            "Darin waren Zeichen, die ich nicht lesen kann. Bitte schreiben Sie Ihren Preis noch einmal.",
        ),
        Why::NoPrice => [
            "Leider habe ich darin keinen Preis gefunden. Was möchten Sie bieten? Meiner ist {price}.",
            "Darin habe ich keinen Preis gefunden. Mein Preis ist {price}; was bieten Sie?",
            "{price}. Ihr Angebot?",
        ],
        Why::NotPositive => same("Ein Angebot muss über null liegen. Was bieten Sie?"),
        Why::NotAPlainNumber => same("Bitte schreiben Sie Ihren Preis als einfache Zahl."),
        Why::TooManyDecimals => same(
            "Das hat mehr Nachkommastellen als unsere Währung. Bitte schreiben Sie den Preis noch einmal.",
        ),
        Why::TooLarge => {
            same("Diese Zahl ist zu groß für einen Preis. Bitte schreiben Sie sie noch einmal.")
        }
        Why::Share => same("Ich brauche einen Preis, keinen Anteil."),
        Why::AmbiguousNumber => same(
            "Diese Zahl kann ich nicht sicher lesen. Bitte schreiben Sie den Preis mit zwei Nachkommastellen.",
        ),
        Why::SeveralPrices => {
            same("Darin habe ich mehrere Zahlen gefunden. Welchen Preis je Stück bieten Sie?")
        }
        Why::UnitOrTotal => same("Gilt das je Stück oder für alles zusammen?"),
        Why::BadQuantity => {
            same("Die Menge konnte ich nicht lesen. Bitte schreiben Sie eine ganze Zahl.")
        }
    }
}

fn refused(stop: StopKind) -> &'static str {
    match stop {
        StopKind::CurrencySwitched => {
            "Dieser Shop verkauft nur in seiner eigenen Währung. Bitte nennen Sie Ihren Preis darin."
        }
        StopKind::QuantityAboveStock => {
            "So viele haben wir zurzeit nicht. Bitte fragen Sie nach weniger."
        }
        StopKind::PaymentData => {
            "Bitte senden Sie hier keine Karten- oder Kontonummern; bezahlt wird an der Kasse. Nennen Sie stattdessen Ihren Preis."
        }
        StopKind::TooManyAttempts => {
            "Lassen wir es vorerst dabei; mein Preis bleibt stehen. Bitte kommen Sie später wieder."
        }
        StopKind::Abuse | StopKind::Threat => "Bleiben wir freundlich. Was bieten Sie?",
        StopKind::Injection
        | StopKind::LegalText
        | StopKind::MerchantWords
        | StopKind::DealElsewhere
        | StopKind::CustomerBlocked
        | StopKind::RuleSetPaused => "Ich kann nur über den Preis sprechen. Was bieten Sie?",
    }
}
