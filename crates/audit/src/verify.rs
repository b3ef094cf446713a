//! Reads a chain from its beginning and names what was changed, lost, moved or cut off. A fold:
//! memory does not grow with the log. Never repairs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::entry::{Entry, EntryError, Hash, Head};

/// Faults kept in a report; more are only counted.
pub const FAULTS_MAX: usize = 100;

/// Late entries remembered while looking for a move.
const LATE_MAX: usize = 10_000;

/// Which check an entry failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The line is no entry, or not in its one spelling.
    Unreadable,
    /// The content does not give the entry's hash: it was changed in place.
    Content,
    /// The next entry was sealed onto another one: this was replaced and sealed anew.
    Replaced,
    /// Entries are not there.
    Missing,
    /// Entries stand in another place than they were written.
    Reordered,
    /// A number that was there already.
    Repeated,
    /// The log ends before a head that a witness saw.
    CutOff,
    /// The chain holds, but is not the one that a witness saw: rewritten at or before this number.
    Rewritten,
}

/// One thing wrong, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The first entry concerned, by number.
    pub seq: u64,
    /// The last one, the same for a single entry.
    pub until: u64,
    pub check: Check,
    /// In plain words.
    pub explain: String,
}

/// The outcome of reading a whole chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Entries (or lines) read.
    pub count: u64,
    /// Where the chain ends, by its greatest entry number in order.
    pub head: Head,
    /// How many witnessed heads were compared.
    pub witnesses: u64,
    /// What is wrong, by entry number, at most [`FAULTS_MAX`].
    pub faults: Vec<Fault>,
    /// How many faults there are in all.
    pub fault_count: u64,
}

impl Report {
    pub fn is_good(&self) -> bool {
        self.fault_count == 0
    }

    /// The fault with the smallest entry number.
    pub fn first(&self) -> Option<&Fault> {
        self.faults.first()
    }
}

/// Checks the chain named `chain` against itself and against `witnessed` heads.
pub fn verify<'a>(
    chain: &str,
    entries: impl IntoIterator<Item = &'a Entry>,
    witnessed: &[Head],
) -> Report {
    let mut verifier = Verifier::new(Head::genesis(chain), witnessed);
    for entry in entries {
        verifier.entry(entry);
    }
    verifier.finish()
}

/// As [`verify`], over lines of [`Entry::line`].
pub fn verify_lines<'a>(
    chain: &str,
    lines: impl IntoIterator<Item = &'a str>,
    witnessed: &[Head],
) -> Report {
    let mut verifier = Verifier::new(Head::genesis(chain), witnessed);
    for line in lines {
        verifier.line(line);
    }
    verifier.finish()
}

/// The fold itself, for callers that read rows one at a time.
#[derive(Debug)]
pub struct Verifier {
    genesis: Head,
    /// The last entry that stood in its place. None after an unreadable one: the link is unknown.
    last_hash: Option<Hash>,
    head: Head,
    count: u64,
    /// Witnessed hashes by entry number; two witnesses may disagree.
    witnessed: BTreeMap<u64, Vec<Hash>>,
    last_good_witness: u64,
    rewritten: bool,
    late: BTreeSet<u64>,
    faults: Vec<Fault>,
    fault_count: u64,
}

impl Verifier {
    /// Starts after `genesis`, or after any head known to be good.
    pub fn new(genesis: Head, witnessed: &[Head]) -> Self {
        let mut by_seq: BTreeMap<u64, Vec<Hash>> = BTreeMap::new();
        for head in witnessed {
            by_seq.entry(head.seq).or_default().push(head.hash);
        }
        let mut verifier = Self {
            genesis,
            last_hash: Some(genesis.hash),
            head: genesis,
            count: 0,
            witnessed: by_seq,
            last_good_witness: genesis.seq,
            rewritten: false,
            late: BTreeSet::new(),
            faults: Vec::new(),
            fault_count: 0,
        };
        verifier.compare_witness(genesis);
        verifier
    }

    /// Takes the next line of the log.
    pub fn line(&mut self, line: &str) {
        match Entry::from_line(line) {
            Ok(entry) => self.entry(&entry),
            Err(error) => self.unreadable(&error),
        }
    }

    /// Takes a row that could not be read as an entry, in the place of the next number.
    pub fn unreadable(&mut self, error: &EntryError) {
        self.count += 1;
        let seq = self.head.seq.saturating_add(1);
        self.fault(seq, seq, Check::Unreadable, format!("entry {seq} cannot be read: {error}"));
        self.head.seq = seq;
        self.last_hash = None;
    }

    /// Takes the next entry of the log.
    pub fn entry(&mut self, entry: &Entry) {
        self.count += 1;
        let seq = entry.seq;
        let next = self.head.seq.saturating_add(1);
        if entry.computed_hash() != Ok(entry.hash) {
            let text = format!("entry {next} was changed: its content does not give its hash");
            if seq != next {
                // Its number is not to be trusted either: it is named by its place.
                self.fault(next, next, Check::Content, format!("{text} (it says entry {seq})"));
                self.head = Head { seq: next, hash: entry.hash };
                self.last_hash = Some(entry.hash);
                return;
            }
            self.fault(seq, seq, Check::Content, text);
        }
        if seq < next {
            self.out_of_place(seq);
            return;
        }
        if seq > next {
            let until = seq - 1;
            let text = match until == next {
                true => format!("entry {next} is missing"),
                false => format!("entries {next} to {until} are missing"),
            };
            self.fault(next, until, Check::Missing, text);
        } else if self.last_hash.is_some_and(|last| last != entry.prev_hash) {
            let (seq, text) = match self.head.seq == self.genesis.seq {
                true => (seq, format!("entry {seq} does not begin this store's log")),
                false => {
                    let before = self.head.seq;
                    (before, format!("entry {before} was replaced: entry {seq} follows another"))
                }
            };
            self.fault(seq, seq, Check::Replaced, text);
        }
        self.head = entry.head();
        self.last_hash = Some(entry.hash);
        self.compare_witness(self.head);
    }

    /// Ends the reading: what witnesses saw beyond the end was cut off.
    pub fn finish(mut self) -> Report {
        let end = self.head.seq;
        if let Some((&seen, _)) = self.witnessed.range(end.saturating_add(1)..).next_back() {
            let text = format!(
                "the log ends at entry {end}, a witness saw entry {seen}: {} cut off",
                match seen - end {
                    1 => "one entry was".to_owned(),
                    more => format!("{more} entries were"),
                }
            );
            self.fault(end + 1, seen, Check::CutOff, text);
        }
        self.settle_moves();
        self.faults.sort_by_key(|fault| fault.seq);
        Report {
            count: self.count,
            head: self.head,
            witnesses: self.witnessed.values().map(|hashes| hashes.len() as u64).sum(),
            faults: self.faults,
            fault_count: self.fault_count,
        }
    }

    /// An entry whose number has gone by: it fills a gap (moved), or repeats.
    fn out_of_place(&mut self, seq: u64) {
        let fills = self
            .faults
            .iter()
            .any(|fault| fault.check == Check::Missing && (fault.seq..=fault.until).contains(&seq));
        if fills && self.late.len() < LATE_MAX && self.late.insert(seq) {
            return;
        }
        self.fault(seq, seq, Check::Repeated, format!("entry {seq} stands in the log again"));
    }

    /// A gap whose entries all came later was a move; one filled in part is both.
    fn settle_moves(&mut self) {
        let mut moved = Vec::new();
        for fault in self.faults.iter_mut().filter(|fault| fault.check == Check::Missing) {
            let (first, last) = (fault.seq, fault.until);
            let found = self.late.range(first..=last).count() as u64;
            if found == last - first + 1 {
                fault.check = Check::Reordered;
                fault.explain = match first == last {
                    true => format!("entry {first} stands after a later one"),
                    false => format!("entries {first} to {last} stand after a later one"),
                };
            } else {
                moved.extend(self.late.range(first..=last).copied());
            }
        }
        for seq in moved {
            let text = format!("entry {seq} stands after a later one");
            self.fault(seq, seq, Check::Reordered, text);
        }
    }

    fn compare_witness(&mut self, head: Head) {
        let Some(hashes) = self.witnessed.get(&head.seq) else { return };
        if hashes.iter().all(|hash| *hash == head.hash) {
            self.last_good_witness = head.seq;
            return;
        }
        if self.rewritten {
            return;
        }
        self.rewritten = true;
        let (first, seq) = (self.last_good_witness + 1, head.seq);
        let text = format!(
            "entry {seq} is not the one that a witness saw: rewritten between {first} and {seq}"
        );
        self.fault(first.min(seq), seq, Check::Rewritten, text);
    }

    fn fault(&mut self, seq: u64, until: u64, check: Check, explain: String) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault { seq, until, check, explain });
        }
    }
}
