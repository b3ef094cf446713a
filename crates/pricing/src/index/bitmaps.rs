//! Sets of rules as bitmaps in two levels: a row is a few nodes, a node is thirty-two leaves of 512
//! rules with a summary of its words that hold any. Equal leaves and nodes are kept once, so a row
//! that differs from another in one rule costs one leaf and one node, and an intersection looks
//! at no word that is empty in any of its rows.

use rustc_hash::FxHashMap;

use super::matches::Matches;

pub(super) const LEAF_WORDS: usize = 8;
const NODE_LEAVES: usize = 32;
/// Nodes whose leaves a word has a bit for each of.
const BLOCK_NODES: usize = 64 / NODE_LEAVES;
/// Words of 64 rules below one node.
const NODE_WORDS: usize = LEAF_WORDS * NODE_LEAVES;

/// The rules of eight words; one cache line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(align(64))]
pub(super) struct Leaf(pub(super) [u64; LEAF_WORDS]);

impl Leaf {
    pub(super) const NONE: Self = Self([0; LEAF_WORDS]);

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |any, word| any | word) == 0
    }

    #[inline]
    pub(super) fn and(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= other;
        }
    }

    /// The rules that are in all of them.
    #[inline]
    fn all<const N: usize>(leaves: [&Self; N]) -> Self {
        let mut all = *leaves[0];
        for leaf in &leaves[1..] {
            all.and(leaf);
        }
        all
    }

    #[inline]
    pub(super) fn or(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word |= other;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Node {
    /// For each word below, whether it holds any rule.
    live: [u64; NODE_WORDS / 64],
    leaves: [u32; NODE_LEAVES],
}

/// One set of rules, by the place of its first node's id in its [`Bitmaps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row(u32);

#[derive(Debug)]
pub(super) struct Bitmaps {
    leaves: Vec<Leaf>,
    nodes: Vec<Node>,
    rows: Vec<u32>,
    nodes_per_row: usize,
}

impl Bitmaps {
    /// The node of a row at this place.
    #[inline]
    fn node(&self, row: Row, at: usize) -> &Node {
        &self.nodes[self.rows[row.0 as usize + at] as usize]
    }

    /// The 64 rules of one word of a row.
    pub(super) fn word(&self, row: Row, word: usize) -> u64 {
        self.leaf(row, word / LEAF_WORDS).0[word % LEAF_WORDS]
    }

    /// One leaf of a row, by its place in the row.
    #[inline]
    pub(super) fn leaf(&self, row: Row, leaf: usize) -> &Leaf {
        let node = self.node(row, leaf / NODE_LEAVES);
        &self.leaves[node.leaves[leaf % NODE_LEAVES] as usize]
    }

    /// Finds the rules that are in every row. `narrow` sees each leaf that may hold some, with its
    /// place in a row, and may take rules out.
    #[inline]
    pub(super) fn intersect<const N: usize>(
        &self,
        rows: &[Row; N],
        mut narrow: impl FnMut(usize, &mut Leaf),
        found: &mut Matches,
    ) {
        found.clear();
        let ids = rows.map(|row| &self.rows[row.0 as usize..][..self.nodes_per_row]);
        for block in (0..self.nodes_per_row).step_by(BLOCK_NODES) {
            let mut nodes = [[&self.nodes[0]; N]; BLOCK_NODES];
            let mut live = 0;
            for (at, nodes) in nodes.iter_mut().take(self.nodes_per_row - block).enumerate() {
                *nodes = ids.map(|ids| &self.nodes[ids[block + at] as usize]);
                live |= live_leaves(nodes) << (at * NODE_LEAVES);
            }
            while live != 0 {
                let leaf = live.trailing_zeros() as usize;
                live &= live - 1;
                let nodes = &nodes[leaf / NODE_LEAVES];
                let leaves =
                    nodes.map(|node| &self.leaves[node.leaves[leaf % NODE_LEAVES] as usize]);
                let mut bits = Leaf::all(leaves);
                let leaf = block * NODE_LEAVES + leaf;
                narrow(leaf, &mut bits);
                found.put(leaf, &bits);
            }
        }
    }

    /// Bytes that it holds on the heap.
    pub(super) fn bytes(&self) -> usize {
        self.leaves.capacity() * size_of::<Leaf>()
            + self.nodes.capacity() * size_of::<Node>()
            + self.rows.capacity() * size_of::<u32>()
    }
}

/// Which of the leaves below these nodes may hold rules of all of them: a bit for each.
#[inline]
fn live_leaves<const N: usize>(nodes: &[&Node; N]) -> u64 {
    let mut live = [!0_u64; NODE_WORDS / 64];
    for node in nodes {
        for (live, more) in live.iter_mut().zip(node.live) {
            *live &= more;
        }
    }
    live.iter().rev().fold(0, |leaves, &words| leaves << 8 | bytes_held(words))
}

/// Which of a word's eight bytes hold any bit, as the lowest eight bits.
fn bytes_held(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let highest_of_each = (((word & LOW) + LOW) | word) & !LOW;
    (highest_of_each >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Builds the rows; each from a working copy in words of 64 rules.
#[derive(Debug)]
pub(super) struct Builder {
    maps: Bitmaps,
    leaf_ids: FxHashMap<Leaf, u32>,
    node_ids: FxHashMap<Node, u32>,
    words: usize,
}

impl Builder {
    pub(super) fn new(rules: usize) -> Self {
        let words = rules.div_ceil(64).max(1);
        Self {
            maps: Bitmaps {
                leaves: Vec::new(),
                nodes: Vec::new(),
                rows: Vec::new(),
                nodes_per_row: words.div_ceil(NODE_WORDS),
            },
            leaf_ids: FxHashMap::default(),
            node_ids: FxHashMap::default(),
            words,
        }
    }

    /// No rule, as a working copy.
    pub(super) fn none(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// A row of exactly these rules.
    pub(super) fn row(&mut self, words: &[u64]) -> Row {
        let blank = Node { live: [0; NODE_WORDS / 64], leaves: [0; NODE_LEAVES] };
        let count = self.maps.nodes_per_row;
        let ids: Vec<u32> = (0..count)
            .map(|at| {
                let mut node = blank;
                for leaf in 0..NODE_LEAVES {
                    self.put_leaf(&mut node, words, at * NODE_LEAVES + leaf);
                }
                self.node(node)
            })
            .collect();
        self.push(&ids)
    }

    /// A row that differs from `base` in the words `touched` alone; `words` is the whole of it.
    pub(super) fn varied(&mut self, base: Row, words: &[u64], touched: &mut Vec<usize>) -> Row {
        for word in touched.iter_mut() {
            *word /= LEAF_WORDS;
        }
        touched.sort_unstable();
        touched.dedup();
        let from = base.0 as usize;
        let mut ids = self.maps.rows[from..from + self.maps.nodes_per_row].to_vec();
        for leaves in touched.chunk_by(|a, b| a / NODE_LEAVES == b / NODE_LEAVES) {
            let Some(first) = leaves.first() else { continue };
            let at = first / NODE_LEAVES;
            let mut node = self.maps.nodes[ids[at] as usize];
            for &leaf in leaves {
                self.put_leaf(&mut node, words, leaf);
            }
            ids[at] = self.node(node);
        }
        touched.clear();
        self.push(&ids)
    }

    pub(super) fn finish(mut self) -> Bitmaps {
        self.maps.leaves.shrink_to_fit();
        self.maps.nodes.shrink_to_fit();
        self.maps.rows.shrink_to_fit();
        self.maps
    }

    fn push(&mut self, ids: &[u32]) -> Row {
        let row = Row(index(self.maps.rows.len()));
        self.maps.rows.extend_from_slice(ids);
        row
    }

    /// Puts the leaf at place `leaf` of the whole row into its node.
    fn put_leaf(&mut self, node: &mut Node, words: &[u64], leaf: usize) {
        let from = (leaf * LEAF_WORDS).min(words.len());
        let until = (from + LEAF_WORDS).min(words.len());
        let mut bits = Leaf::NONE;
        bits.0[..until - from].copy_from_slice(&words[from..until]);
        let place = leaf % NODE_LEAVES;
        let (half, shift) = (place * LEAF_WORDS / 64, place * LEAF_WORDS % 64);
        node.live[half] &= !(0xff << shift);
        for (word, &bits) in bits.0.iter().enumerate() {
            node.live[half] |= u64::from(bits != 0) << (shift + word);
        }
        let leaves = &mut self.maps.leaves;
        node.leaves[place] = *self.leaf_ids.entry(bits).or_insert_with(|| {
            leaves.push(bits);
            index(leaves.len() - 1)
        });
    }

    fn node(&mut self, node: Node) -> u32 {
        let nodes = &mut self.maps.nodes;
        *self.node_ids.entry(node).or_insert_with(|| {
            nodes.push(node);
            index(nodes.len() - 1)
        })
    }
}

/// Places fit 32 bits: each stands for at least a few bytes of a document of bounded size.
pub(super) fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

pub(super) fn put(words: &mut [u64], rule: usize, held: bool) {
    let bit = 1 << (rule % 64);
    if held {
        words[rule / 64] |= bit;
    } else {
        words[rule / 64] &= !bit;
    }
}
