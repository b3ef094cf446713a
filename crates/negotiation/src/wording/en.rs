//! English texts: warm, plain, brief. A text names what happened and what to do next; it presses
//! nobody and invents neither a deadline nor a demand.

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
            "Hello, good to see you! This one is {price}. What would you like to offer?",
            "Hello. The price is {price}. What would you like to offer?",
            "{price}. Your offer?",
        ],
        Template::CounterMoved => [
            "Thank you for {offer}. I can't quite get there, but I can come down to {price}. How does that sound?",
            "{offer} is too low for me. I can do {price}.",
            "My offer: {price}.",
        ],
        Template::CounterFirm => [
            "Thank you for {offer}. For now I'd like to stay at {price}. Can you come a little closer?",
            "{offer} is too low for me. I stay at {price} for now.",
            "I stay at {price}.",
        ],
        Template::CounterLast => [
            "Thank you for {offer}. The best I can do by myself is {price}. Shall we say that?",
            "I can't take {offer}. {price} is the best that I can do by myself.",
            "My last offer: {price}.",
        ],
        Template::Stands => [
            "I'd love to say yes to {offer}, but I have gone as far as I can. {price} is still yours if you like it.",
            "I can't take {offer}. My offer of {price} stands.",
            "{price} stands.",
        ],
        Template::Accepted => [
            "Wonderful, it's a deal: {price}. It is kept for you for {valid}; just go to the checkout.",
            "Agreed: {price}. The price is yours for {valid}; go to the checkout to use it.",
            "Deal: {price}, for {valid}.",
        ],
        Template::AcceptedMany => [
            "Wonderful, it's a deal: {quantity} at {price} each{total}. It is kept for you for {valid}; just go to the checkout.",
            "Agreed: {quantity} at {price} each{total}. The price is yours for {valid}; go to the checkout to use it.",
            "Deal: {quantity} × {price}{total}, for {valid}.",
        ],
        Template::Declined => [
            "Thank you, but {offer} is further than I can go. My price is {price}; I'd be glad about another offer.",
            "I can't go that low. My price is {price}. You can make another offer, or ask for a person.",
            "Too low. My price is {price}.",
        ],
        Template::Sweetener => [
            "I can't lower the price further, but I'd gladly add this: {label}. Together for {price}. How about it?",
            "The price stays at {price}, with this on top: {label}.",
            "{price} with {label}.",
        ],
        Template::Rejected => [
            "That's quite all right. The price stays at {price}; if you'd like to make another offer, I'm here.",
            "All right. My price stays at {price}. You can make another offer.",
            "All right. {price} stands.",
        ],
        Template::Escalated => [
            "Let me ask a colleague about that. You'll read the answer right here.",
            "I have passed this to a member of our team. The answer will appear here.",
            "Passed to our team.",
        ],
        Template::Waiting => [
            "A colleague has your request and will answer here. Thank you for your patience.",
            "Our team has your request and will answer here.",
            "With our team.",
        ],
        Template::NoOfferYet => [
            "Gladly, but first make me an offer! The price is {price}.",
            "There is no offer yet. The price is {price}; what would you like to offer?",
            "{price}. Your offer?",
        ],
        Template::TakeIt => [
            "Just to be sure: would you like to take {price}? Say \"deal\" and it's yours.",
            "Do you take {price}? Say \"deal\" to agree.",
            "{price}: deal?",
        ],
        Template::Question => [
            "That's one for my colleagues, I only know prices: at the moment {price}. Make me an offer, or ask for a person.",
            "I can only talk about the price, which is {price}. Make an offer, or ask for a person.",
            "Price: {price}. Your offer?",
        ],
        Template::Clarify(why) => clarify(why),
        Template::Suggest => same("Did you mean {suggest}? Say yes, or name your price."),
        Template::Refused(stop) => same(refused(stop)),
        Template::Stopped => same(
            "I have ended this conversation. You can buy at the price in the shop, or write to our team.",
        ),
        Template::Paused => {
            same("Offers are paused at the moment. You can buy at the price in the shop.")
        }
        Template::StaffApproved => [
            "Good news: our team says yes to {price}! It is kept for you for {valid}; just go to the checkout.",
            "Our team has agreed: {price}. The price is yours for {valid}; go to the checkout to use it.",
            "Approved: {price}, for {valid}.",
        ],
        Template::StaffApprovedMany => [
            "Good news: our team says yes to {quantity} at {price} each{total}! It is kept for you for {valid}; just go to the checkout.",
            "Our team has agreed: {quantity} at {price} each{total}. The price is yours for {valid}; go to the checkout to use it.",
            "Approved: {quantity} × {price}{total}, for {valid}.",
        ],
        Template::StaffDeclined => [
            "Our team looked at your offer and, I'm sorry, can't do it. You are welcome to buy at the price in the shop.",
            "Our team can't agree to this offer. You can buy at the price in the shop.",
            "Declined by our team.",
        ],
        Template::StaffCounter => [
            "Our team has looked at it and can offer you {price}. How does that sound?",
            "Our team can offer {price}.",
            "From our team: {price}.",
        ],
        Template::TakenOver => same("A member of our team is with you now."),
        Template::Released => [
            "I'm back with you. The price stands at {price}.",
            "You are talking to the shop's assistant again. The price stands at {price}.",
            "The price stands at {price}.",
        ],
        Template::Withdrawn => [
            "That's quite all right. Come back whenever you like.",
            "You have withdrawn. You can come back at any time.",
            "Withdrawn.",
        ],
        Template::Expired => same("This conversation has expired. You can start a new one."),
        Template::Lapsed => {
            same("The agreed price was not used in time and has lapsed. You can make a new offer.")
        }
        Template::AlreadyAgreed => same("We have a deal at {price}. Go to the checkout to use it."),
        Template::Closed => same("This negotiation is closed. You can start a new one."),
    }
}

fn clarify(why: Why) -> [&'static str; 3] {
    match why {
        Why::Empty => {
            same("I received no words. What would you like to offer? The price is {price}.")
        }
        Why::TooLong => {
            same("That is more than I can read. Please tell me your price in a sentence.")
        }
        Why::NotPlainText => {
            same("There were signs in that which I cannot read. Please write your price again.")
        }
        Why::NoPrice => [
            "I'm sorry, I didn't find a price in that. What would you like to offer? Mine is {price}.",
            "I did not find a price in that. My price is {price}; what would you like to offer?",
            "{price}. Your offer?",
        ],
        Why::NotPositive => {
            same("An offer has to be more than nothing. What would you like to offer?")
        }
        Why::NotAPlainNumber => same("Please write your price as a plain number."),
        Why::TooManyDecimals => same(
            "That has more digits after the point than our currency. Please write the price again.",
        ),
        Why::TooLarge => same("That number is too large for a price. Please write it again."),
        Why::Share => same("I need a price rather than a share."),
        Why::AmbiguousNumber => {
            same("I'm not sure how to read that number. Please write the price with two decimals.")
        }
        Why::SeveralPrices => {
            same("I found more than one number in that. Which price per piece do you offer?")
        }
        Why::UnitOrTotal => same("Is that for each, or for all together?"),
        Why::BadQuantity => {
            same("I could not read how many you would like. Please write a whole number.")
        }
    }
}

fn refused(stop: StopKind) -> &'static str {
    match stop {
        StopKind::CurrencySwitched => {
            "This shop sells in its own currency only. Please name your price in that."
        }
        StopKind::QuantityAboveStock => {
            "We don't have that many at the moment. Please ask for fewer."
        }
        StopKind::PaymentData => {
            "Please don't send card or account numbers here; payment is made at the checkout. Name your price instead."
        }
        StopKind::TooManyAttempts => {
            "Let's leave it here for now; my price stands. Please come back later."
        }
        StopKind::Abuse | StopKind::Threat => "Let's stay friendly. What would you like to offer?",
        StopKind::Injection
        | StopKind::LegalText
        | StopKind::MerchantWords
        | StopKind::DealElsewhere
        | StopKind::CustomerBlocked
        | StopKind::RuleSetPaused => {
            "I can only talk about the price. What would you like to offer?"
        }
    }
}
