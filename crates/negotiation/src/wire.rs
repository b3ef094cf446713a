//! How money stands in this crate's JSON: `{"minor": 950, "currency": "GBP"}`, never a bare number.

/// For a `Money` field: `#[serde(with = "crate::wire::money")]`.
pub mod money {
    use std::str::FromStr;

    use commerce::money::{Currency, Money};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Wire<'a> {
        minor: i64,
        #[serde(borrow)]
        currency: std::borrow::Cow<'a, str>,
    }

    pub fn serialize<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
        Wire { minor: money.minor(), currency: money.currency().code().into() }
            .serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        let currency = Currency::from_str(&wire.currency).map_err(D::Error::custom)?;
        Money::from_minor(wire.minor, currency).map_err(D::Error::custom)
    }
}

/// For an `Option<Money>` field; add `#[serde(default)]` where it may be left out.
pub mod money_option {
    use commerce::money::Money;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Wire(#[serde(with = "super::money")] Money);

    pub fn serialize<S: Serializer>(money: &Option<Money>, s: S) -> Result<S::Ok, S::Error> {
        money.map(Wire).serialize(s)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Money>, D::Error> {
        Ok(Option::<Wire>::deserialize(d)?.map(|wire| wire.0))
    }
}

/// For a `Vec<Money>` field.
pub mod money_list {
    use commerce::money::Money;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Wire(#[serde(with = "super::money")] Money);

    pub fn serialize<S: Serializer>(list: &[Money], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(|money| Wire(*money)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Money>, D::Error> {
        Ok(Vec::<Wire>::deserialize(d)?.into_iter().map(|wire| wire.0).collect())
    }
}
