//! Identities: which store, customer, order, deal. Values are made by the caller (UUID version 7)
//! and only carried here. An id is never a position in a feed and never a secret.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;
use uuid::Uuid;

/// An id that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{value:?} is not a {what}: expected a UUID such as 0190b0c6-5f7a-7c3e-9d5b-2f0c5a1e7d44")]
pub struct IdError {
    /// Which kind of id, such as `store id`.
    pub what: &'static str,
    /// What was given, clipped to 48 characters.
    pub value: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $what:literal;)+) => {$(
        $(#[$doc])*
        ///
        /// Text form: the hyphenated UUID in lower case, 36 characters.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that the caller made (version 7, so that ids sort by time).
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                read(text).map(Self).ok_or_else(|| IdError {
                    what: $what,
                    value: text.chars().take(48).collect(),
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.hyphenated())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.hyphenated())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    )+};
}

ids! {
    /// The organisation that owns stores.
    MerchantId = "merchant id";
    /// One shop; every table's key begins with it.
    StoreId = "store id";
    /// A person who works for the merchant.
    StaffId = "staff id";
    /// A buyer known by account or order.
    CustomerId = "customer id";
    /// One visit of one browser to one store.
    VisitorSessionId = "visitor session id";
    /// A product, whatever its SKU becomes later.
    ProductId = "product id";
    /// A basket.
    CartId = "cart id";
    /// One line of a basket or order.
    LineId = "line id";
    /// An order.
    OrderId = "order id";
    /// One payment attempt chain of an order.
    PaymentId = "payment id";
    /// A request to send goods back.
    ReturnId = "return id";
    /// Stock set aside for a deal or a checkout.
    HoldId = "hold id";
    /// One bargain over one product.
    NegotiationId = "negotiation id";
    /// One price named inside a negotiation.
    OfferId = "offer id";
    /// An agreed, signed, expiring price.
    DealId = "deal id";
    /// A negotiation handed to staff.
    EscalationId = "escalation id";
    /// A request that someone else must grant.
    ApprovalId = "approval id";
    /// A numbered set of pricing rules, over all its versions.
    RuleSetId = "rule set id";
    /// A chat between a customer and the shop.
    ConversationId = "conversation id";
    /// One message of a conversation.
    MessageId = "message id";
    /// A tracked behaviour of a visitor.
    SignalId = "signal id";
    /// A client-made id of one change, applied once however often it arrives.
    MutationId = "mutation id";
    /// A console installation.
    DeviceId = "device id";
    /// Saved work on one store.
    WorkspaceId = "workspace id";
}

/// One spelling only: the 36-character form, in either case. Nil stands for nothing, so it is not an id.
fn read(text: &str) -> Option<Uuid> {
    if text.len() != 36 {
        return None;
    }
    Uuid::try_parse(text).ok().filter(|uuid| !uuid.is_nil())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &str = "0190b0c6-5f7a-7c3e-9d5b-2f0c5a1e7d44";

    #[test]
    fn an_id_reads_what_it_writes_and_nothing_else() {
        let id: StoreId = SOME.parse().unwrap();
        assert_eq!(id.to_string(), SOME);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{SOME}\""));
        assert_eq!(serde_json::from_str::<StoreId>(&format!("\"{SOME}\"")).unwrap(), id);
        assert_eq!(SOME.to_uppercase().parse::<StoreId>().unwrap(), id);
        for bad in [
            "",
            "shop",
            "0190b0c65f7a7c3e9d5b2f0c5a1e7d44",
            "{0190b0c6-5f7a-7c3e-9d5b-2f0c5a1e7d44}",
            "00000000-0000-0000-0000-000000000000",
            "0190b0c6-5f7a-7c3e-9d5b-2f0c5a1e7d4g",
        ] {
            let error = bad.parse::<DealId>().unwrap_err();
            assert_eq!(error.what, "deal id", "{bad}");
        }
    }

    #[test]
    fn ids_sort_as_their_text_does() {
        let earlier: OrderId = SOME.parse().unwrap();
        let later: OrderId = "0190b0c6-5f7b-7000-8000-000000000000".parse().unwrap();
        assert!(earlier < later && earlier.to_string() < later.to_string());
    }
}
