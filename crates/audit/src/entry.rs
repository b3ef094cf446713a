//! One line of the log: who did what, before and after, sealed to the line before it. Makes entries;
//! never stores, reads a clock or checks a chain.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::canonical::{CanonicalError, canonical};

/// Each of `who role what subject`, at most.
pub const NAME_CHARS_MAX: usize = 256;
/// `why`, at most.
pub const WHY_CHARS_MAX: usize = 4_000;
/// A whole entry in its canonical form, at most.
pub const ENTRY_BYTES_MAX: usize = 64 * 1024;

/// SHA-256, written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = EntryError;
    fn from_str(text: &str) -> Result<Self, EntryError> {
        let lower = text.len() == 64 && !text.bytes().any(|b| b.is_ascii_uppercase());
        let mut bytes = [0; 32];
        if !lower || hex::decode_to_slice(text, &mut bytes).is_err() {
            return Err(EntryError::Hash(text.chars().take(80).collect()));
        }
        Ok(Self(bytes))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Where a chain stands: its last entry's number and hash. A console keeps the heads that it has
/// seen, outside the database, and so witnesses the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// 0 before the first entry.
    pub seq: u64,
    pub hash: Hash,
}

impl Head {
    /// The head of an empty chain. `chain` names it (the store id), so that one store's log cannot
    /// stand in for another's.
    pub fn genesis(chain: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"souk.audit/1\n");
        hasher.update(chain.as_bytes());
        Self { seq: 0, hash: Hash(hasher.finalize().into()) }
    }
}

/// What happened, before it is sealed into a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub at: Timestamp,
    /// Who acted: `staff:<id>`, `customer:<id>`, `bot`, `system`.
    pub who: String,
    /// In which role: `owner`, `manager`, `agent`, `analyst`, `auditor`, `customer`, `bot`.
    pub role: String,
    /// The act: `negotiation.counter`, `product.publish`.
    pub what: String,
    /// The thing acted on: `negotiation:<id>`, `product:<sku>`.
    pub subject: String,
    /// State before, null when it is new. Whole numbers and strings only, no fractions.
    pub before: Value,
    /// State after, null when it is gone.
    pub after: Value,
    /// The reason given, where one was.
    pub why: Option<String>,
    /// The pricing rule set version in force, where one bore on it.
    pub rule_set_version: Option<u64>,
    /// The negotiation's or conversation's epoch, where there is one.
    pub epoch: Option<u64>,
}

/// A sealed entry. Wire form: [`Entry::line`], the canonical JSON of these fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 1 for the first of a chain, then one more each.
    pub seq: u64,
    pub at: Timestamp,
    pub who: String,
    pub role: String,
    pub what: String,
    pub subject: String,
    pub before: Value,
    pub after: Value,
    pub why: Option<String>,
    pub rule_set_version: Option<u64>,
    pub epoch: Option<u64>,
    /// The hash of the entry before, or of the genesis.
    pub prev_hash: Hash,
    /// SHA-256 over the 32 bytes of `prev_hash`, then the canonical JSON of everything but `hash`.
    pub hash: Hash,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EntryError {
    #[error("{part} is not fit for the log: expected {expected}")]
    Part { part: &'static str, expected: &'static str },
    #[error("{part}: {cause}")]
    Value { part: &'static str, cause: CanonicalError },
    #[error("the entry is {0} bytes, the limit is {ENTRY_BYTES_MAX}: log a reference instead")]
    TooLarge(usize),
    #[error("{0:?} is not a hash: expected 64 lower-case hex digits")]
    Hash(String),
    #[error("not an audit entry: {0}")]
    Unreadable(String),
    #[error("not in the canonical spelling")]
    NotCanonical,
}

/// Seals `draft` onto the chain that ends at `prev`. Nothing is sealed in part.
pub fn append(prev: &Head, draft: Draft) -> Result<Entry, EntryError> {
    check(&draft)?;
    let Draft { at, who, role, what, subject, before, after, why, rule_set_version, epoch } = draft;
    let seq = prev.seq.saturating_add(1);
    let mut entry = Entry {
        seq,
        at,
        who,
        role,
        what,
        subject,
        before,
        after,
        why,
        rule_set_version,
        epoch,
        prev_hash: prev.hash,
        hash: prev.hash,
    };
    entry.hash = entry.computed_hash()?;
    let bytes = entry.line()?.len();
    if bytes > ENTRY_BYTES_MAX {
        return Err(EntryError::TooLarge(bytes));
    }
    Ok(entry)
}

impl Entry {
    /// The head that the chain has after this entry.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }

    /// The hash that this content should carry.
    pub fn computed_hash(&self) -> Result<Hash, EntryError> {
        let mut hasher = Sha256::new();
        hasher.update(self.prev_hash.0);
        hasher.update(self.canonical(false)?.as_bytes());
        Ok(Hash(hasher.finalize().into()))
    }

    /// The entry on one line of canonical JSON, without the line end.
    pub fn line(&self) -> Result<String, EntryError> {
        self.canonical(true)
    }

    /// Reads one line; a spelling other than [`Entry::line`] gives is refused, so that every changed
    /// byte shows.
    pub fn from_line(line: &str) -> Result<Self, EntryError> {
        if line.len() > ENTRY_BYTES_MAX {
            return Err(EntryError::TooLarge(line.len()));
        }
        let entry: Self = serde_json::from_str(line)
            .map_err(|error| EntryError::Unreadable(error.to_string()))?;
        if entry.line()? != line {
            return Err(EntryError::NotCanonical);
        }
        Ok(entry)
    }

    fn canonical(&self, with_hash: bool) -> Result<String, EntryError> {
        let mut value = serde_json::to_value(self)
            .map_err(|error| EntryError::Unreadable(error.to_string()))?;
        if let Some(map) = value.as_object_mut()
            && !with_hash
        {
            map.remove("hash");
        }
        canonical(&value).map_err(|cause| EntryError::Value { part: "the entry", cause })
    }
}

fn check(draft: &Draft) -> Result<(), EntryError> {
    let names = [
        ("who", &draft.who),
        ("role", &draft.role),
        ("what", &draft.what),
        ("subject", &draft.subject),
    ];
    for (part, text) in names {
        let length = text.chars().count();
        if length == 0 || length > NAME_CHARS_MAX || text.contains(char::is_control) {
            let expected = "1 to 256 characters, no control characters";
            return Err(EntryError::Part { part, expected });
        }
    }
    if draft.why.as_ref().is_some_and(|why| why.chars().count() > WHY_CHARS_MAX) {
        return Err(EntryError::Part { part: "why", expected: "at most 4,000 characters" });
    }
    for (part, value) in [("before", &draft.before), ("after", &draft.after)] {
        canonical(value).map_err(|cause| EntryError::Value { part, cause })?;
    }
    Ok(())
}
