//! Status transitions as data: one table per lifecycle; what is not in the table is refused.
//! Never decides who may act, only whether the act exists from here.

use thiserror::Error;

/// One row of a lifecycle: doing `act` in state `from` leads to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition<State: 'static, Act: 'static> {
    pub from: State,
    pub act: Act,
    pub to: State,
}

/// An act that the table does not hold for the current state: a precondition, not a failure.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{act} is not allowed now: the state is {state}, which allows {}", list(.allowed))]
pub struct NotAllowedNow {
    /// The current state, in its wire spelling.
    pub state: &'static str,
    /// What was asked for, in its wire spelling.
    pub act: &'static str,
    /// What the current state allows.
    pub allowed: Vec<&'static str>,
}

fn list(acts: &[&'static str]) -> String {
    if acts.is_empty() { "nothing more".to_owned() } else { acts.join(", ") }
}

/// A word with one spelling on wires and in tables.
pub trait Word: Copy + PartialEq + 'static {
    /// The spelling, in snake case.
    fn word(self) -> &'static str;
}

/// The state that `act` leads to, or what would be allowed instead.
pub fn step<State: Word, Act: Word>(
    table: &[Transition<State, Act>],
    state: State,
    act: Act,
) -> Result<State, NotAllowedNow> {
    table.iter().find(|row| row.from == state && row.act == act).map(|row| row.to).ok_or_else(
        || NotAllowedNow {
            state: state.word(),
            act: act.word(),
            allowed: allowed(table, state).map(Word::word).collect(),
        },
    )
}

/// The acts that `state` allows, in table order: what a screen may offer.
pub fn allowed<State: Word, Act: Word>(
    table: &[Transition<State, Act>],
    state: State,
) -> impl Iterator<Item = Act> + '_ {
    table.iter().filter(move |row| row.from == state).map(|row| row.act)
}

/// Declares an enum whose variants have one spelling, with `ALL`, `as_str`, `FromStr`, serde.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident ($what:literal) { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The wire and table spelling, in snake case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl $crate::lifecycle::Word for $name {
            fn word(self) -> &'static str { self.as_str() }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::names::NameError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or_else(|| {
                    $crate::names::NameError {
                        what: $what,
                        value: text.chars().take(80).collect(),
                        expected: concat!("one of", $(" ", $word,)+),
                    }
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

/// Declares a lifecycle's table, a row an act (`Placed: Pay => Paid`), and what its states say of it.
macro_rules! transitions {
    ($(#[$doc:meta])* $table:ident ($state:ident, $act:ident) { $($from:ident: $does:ident => $to:ident,)+ }) => {
        $(#[$doc])*
        pub const $table: &[$crate::lifecycle::Transition<$state, $act>] = &[$(
            $crate::lifecycle::Transition { from: $state::$from, act: $act::$does, to: $state::$to },
        )+];

        impl $state {
            /// The state after `act`, or why not.
            pub fn after(self, act: $act) -> Result<Self, $crate::lifecycle::NotAllowedNow> {
                $crate::lifecycle::step($table, self, act)
            }

            /// What may happen now, in the order to show it.
            pub fn allowed(self) -> Vec<$act> {
                $crate::lifecycle::allowed($table, self).collect()
            }
        }
    };
}

pub(crate) use {transitions, words};
