//! What an intersection leaves: words of 64 rules, and from them the rules one by one. Both are
//! written down without asking where the rules lie: a processor cannot guess that, and an answer
//! that it guessed wrong costs more than the few places that are written in vain.

use super::bitmaps::{LEAF_WORDS, Leaf, index};

/// How many rules of a word are written before the next word has its turn; few words of an
/// intersection hold more.
const AT_ONCE: usize = 5;

/// Rules by place in their index; kept from decision to decision for its room.
#[derive(Debug, Default, Clone)]
pub(super) struct Matches {
    /// Room for words by their place in a row; `held` of them are said.
    words: Vec<(u32, u64)>,
    held: usize,
    /// Room for the rules of all words.
    rules: Vec<u32>,
}

impl Matches {
    pub(super) fn clear(&mut self) {
        self.held = 0;
    }

    /// Puts the rules of one leaf, by its place in a row.
    #[inline]
    pub(super) fn put(&mut self, leaf: usize, bits: &Leaf) {
        let room = room(&mut self.words, self.held, LEAF_WORDS);
        let mut held = 0;
        for (&bits, word) in bits.0.iter().zip(index(leaf * LEAF_WORDS)..) {
            // one of the eight in any case: the remainder spares the check that it is
            room[held % LEAF_WORDS] = (word, bits);
            held += usize::from(bits != 0);
        }
        self.held += held;
    }

    /// Puts the rules of one word, by its place in a row.
    #[inline]
    pub(super) fn put_word(&mut self, word: u32, bits: u64) {
        room(&mut self.words, self.held, 1)[0] = (word, bits);
        self.held += usize::from(bits != 0);
    }

    /// The words that hold any, each with its place in a row.
    pub(super) fn words(&self) -> &[(u32, u64)] {
        &self.words[..self.held]
    }

    /// The rules one by one, in no order of meaning; the words are taken apart for it.
    #[inline]
    pub(super) fn rules(&mut self) -> &[u32] {
        let mut listed = 0;
        while self.held > 0 {
            let words = &mut self.words[..self.held];
            let rules = room(&mut self.rules, listed, words.len() * AT_ONCE);
            let (mut put, mut kept) = (0, 0);
            for at in 0..words.len() {
                let (word, mut bits) = words[at];
                let mut held = 0;
                for rule in &mut rules[put..put + AT_ONCE] {
                    *rule = word * u64::BITS + bits.trailing_zeros();
                    held += usize::from(bits != 0);
                    bits &= bits.wrapping_sub(1);
                }
                put += held;
                words[kept] = (word, bits);
                kept += usize::from(bits != 0);
            }
            listed += put;
            self.held = kept;
        }
        &self.rules[..listed]
    }
}

/// So many places from here on, made where there are none yet.
#[inline]
fn room<T: Copy + Default>(all: &mut Vec<T>, from: usize, count: usize) -> &mut [T] {
    if all.len() < from + count {
        all.resize(from + count, T::default());
    }
    &mut all[from..from + count]
}
