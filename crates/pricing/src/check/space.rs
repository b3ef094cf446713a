//! Boxes in the space of all facts: for each dimension the values that are in. A rule's `when` is
//! such a box, so is what two rules share, and what is left of a box outside another is cut into
//! two boxes at a time. Nothing is ever sampled.

use super::calendar::{Calendar, Time};
use super::names::Names;
use super::segments::Segs;

/// Numbers from `lo` to `hi`, ends included, and the absent one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Span {
    pub(super) lo: i64,
    pub(super) hi: i64,
    pub(super) absent: bool,
}

impl Span {
    pub(super) fn meets(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }

    fn is_empty(self) -> bool {
        self.lo > self.hi && !self.absent
    }

    fn and(self, other: Self) -> Self {
        Self {
            lo: self.lo.max(other.lo),
            hi: self.hi.min(other.hi),
            absent: self.absent && other.absent,
        }
    }

    pub(super) fn within(self, other: Self) -> bool {
        (self.lo > self.hi || (other.lo <= self.lo && self.hi <= other.hi))
            && (other.absent || !self.absent)
    }

    fn split(self, other: Self) -> Option<(Self, Self)> {
        if self.within(other) {
            return None;
        }
        let (mut outside, mut inside) = (self, self);
        if self.absent && !other.absent {
            (outside.lo, outside.hi, inside.absent) = (1, 0, false);
        } else if other.lo > self.lo {
            // what is absent stays inside, to be cut no further
            (outside.hi, outside.absent, inside.lo) = (self.hi.min(other.lo - 1), false, other.lo);
        } else {
            (outside.lo, outside.absent, inside.hi) = (self.lo.max(other.hi + 1), false, other.hi);
        }
        Some((outside, inside))
    }
}

/// How many dimensions hold names: channel, country, and without a catalogue product and category.
pub(super) const NAMED: usize = 4;
pub(super) const CHANNEL: usize = 0;
pub(super) const COUNTRY: usize = 1;
pub(super) const PRODUCT: usize = 2;
pub(super) const CATEGORY: usize = 3;
/// How many hold numbers: quantity, stock, intent, and without a catalogue the list price.
pub(super) const NUMBERED: usize = 4;
pub(super) const QUANTITY: usize = 0;
pub(super) const STOCK: usize = 1;
pub(super) const INTENT: usize = 2;
pub(super) const LIST_PRICE: usize = 3;

/// Bit 0: new; bit 1: returning.
pub(super) const EVERY_CUSTOMER: u8 = 0b11;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Space {
    pub(super) named: [Names; NAMED],
    pub(super) numbered: [Span; NUMBERED],
    pub(super) customers: u8,
    pub(super) segments: Segs,
    pub(super) time: Time,
    /// A bit for each dimension in which values may be out, in the order of the fields: to pass over
    /// the others.
    pub(super) told: u16,
}

/// The bit of the customers among the dimensions of [`Space::told`].
pub(super) const CUSTOMERS_TOLD: usize = NAMED + NUMBERED;
pub(super) const SEGMENTS_TOLD: usize = CUSTOMERS_TOLD + 1;
pub(super) const TIME_TOLD: usize = SEGMENTS_TOLD + 1;

/// How a box stands to another, as far as is seen from one dimension at a time.
pub(super) enum Against {
    Apart,
    Within,
    /// It is within in all dimensions but this one.
    But(usize),
    Partly,
}

impl Space {
    pub(super) fn is_empty(&self, calendar: &Calendar) -> bool {
        self.customers == 0
            || self.numbered.iter().any(|span| span.is_empty())
            || self.named.iter().any(Names::is_empty)
            || self.segments.is_empty()
            || calendar.first(&self.time).is_none()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            named: std::array::from_fn(|at| self.named[at].and(&other.named[at])),
            numbered: std::array::from_fn(|at| self.numbered[at].and(other.numbered[at])),
            customers: self.customers & other.customers,
            segments: self.segments.and(&other.segments),
            time: self.time.and(&other.time),
            told: self.told | other.told,
        }
    }

    /// Notes in which dimensions it differs from all there is.
    pub(super) fn tell(&mut self, everything: &Self) {
        let named = (0..NAMED).filter(|&at| self.named[at] != everything.named[at]);
        let numbered = (0..NUMBERED).filter(|&at| self.numbered[at] != everything.numbered[at]);
        let others = [
            (CUSTOMERS_TOLD, self.customers != everything.customers),
            (SEGMENTS_TOLD, self.segments != everything.segments),
            (TIME_TOLD, self.time != everything.time),
        ];
        let others = others.into_iter().filter(|(_, differs)| *differs).map(|(bit, _)| bit);
        let bits = named.chain(numbered.map(|at| NAMED + at)).chain(others);
        self.told = bits.fold(0, |told, bit| told | 1 << bit);
    }

    pub(super) fn tells(&self, dimension: usize) -> bool {
        self.told >> dimension & 1 == 1
    }

    /// Whether two boxes, neither empty, share a point.
    pub(super) fn meets(&self, other: &Self, calendar: &Calendar) -> bool {
        self.customers & other.customers != 0
            && self.numbered.iter().zip(&other.numbered).all(|(a, b)| a.meets(*b))
            && self.named.iter().zip(&other.named).all(|(a, b)| a.meets(b))
            && self.segments.meets(&other.segments)
            && calendar.meet(&self.time, &other.time)
    }

    /// Whether the point, a box of one value in each dimension, is in.
    pub(super) fn has(&self, point: &Self) -> bool {
        let mut told = self.told;
        while told != 0 {
            let dimension = told.trailing_zeros() as usize;
            told &= told - 1;
            let within = match dimension {
                at if at < NAMED => point.named[at].within(&self.named[at]),
                at if at < CUSTOMERS_TOLD => {
                    point.numbered[at - NAMED].within(self.numbered[at - NAMED])
                }
                CUSTOMERS_TOLD => point.customers & !self.customers == 0,
                SEGMENTS_TOLD => self.segments.has_customer(&point.segments.there),
                _ => point.time.within(&self.time),
            };
            if !within {
                return false;
            }
        }
        true
    }

    pub(super) fn against(&self, other: &Self) -> Against {
        let mut standing = Against::Within;
        let mut told = other.told;
        while told != 0 {
            let dimension = told.trailing_zeros() as usize;
            told &= told - 1;
            let Some(meets) = self.partly(other, dimension) else { continue };
            standing = match standing {
                _ if !meets => return Against::Apart,
                Against::Within => Against::But(dimension),
                _ => Against::Partly,
            };
        }
        standing
    }

    /// Whether it may have anything of `other` in a dimension, unless it is within it there.
    fn partly(&self, other: &Self, dimension: usize) -> Option<bool> {
        let (within, meets) = match dimension {
            at if at < NAMED => {
                let (mine, theirs) = (&self.named[at], &other.named[at]);
                (mine.within(theirs), mine.meets(theirs))
            }
            at if at < CUSTOMERS_TOLD => {
                let (mine, theirs) = (self.numbered[at - NAMED], other.numbered[at - NAMED]);
                (mine.within(theirs), mine.meets(theirs))
            }
            CUSTOMERS_TOLD => {
                let (mine, theirs) = (self.customers, other.customers);
                (mine & !theirs == 0, mine & theirs != 0)
            }
            SEGMENTS_TOLD => {
                let (mine, theirs) = (&self.segments, &other.segments);
                (mine.within(theirs), mine.meets(theirs))
            }
            _ => (self.time.within(&other.time), self.time.may_meet(&other.time)),
        };
        (!within).then_some(meets)
    }

    /// Takes off what `other` has in a dimension, where it does not have all and one box is left;
    /// whether that was so.
    pub(super) fn cut(&mut self, dimension: usize, other: &Self) -> bool {
        match dimension {
            at if at < NAMED => self.named[at] = self.named[at].minus(&other.named[at]),
            at if at < CUSTOMERS_TOLD => {
                let (mine, theirs) = (self.numbered[at - NAMED], other.numbered[at - NAMED]);
                let ends = (theirs.lo <= mine.lo, mine.hi <= theirs.hi);
                let mine = &mut self.numbered[at - NAMED];
                match ends {
                    _ if mine.absent => return false,
                    (true, false) => mine.lo = theirs.hi + 1,
                    (false, true) => mine.hi = theirs.lo - 1,
                    _ => return false,
                }
            }
            CUSTOMERS_TOLD => self.customers &= !other.customers,
            SEGMENTS_TOLD => match self.segments.outside(&other.segments) {
                Some(outside) => self.segments = outside,
                None => return false,
            },
            _ => return self.time.cut(&other.time),
        }
        true
    }

    /// Whether all of it is in `other`, dimension by dimension; where this is not seen, cutting
    /// finds out.
    pub(super) fn within(&self, other: &Self) -> bool {
        self.customers & !other.customers == 0
            && self.numbered.iter().zip(&other.numbered).all(|(a, b)| a.within(*b))
            && self.named.iter().zip(&other.named).all(|(a, b)| a.within(b))
            && self.time.within(&other.time)
            && self.segments.within(&other.segments)
    }

    /// Cuts the box in two at the first dimension that is not within `other`: the part that is
    /// outside of `other`, and the rest. Either may be empty. `None` when all of it is within.
    pub(super) fn split(&self, other: &Self) -> Option<(Self, Self)> {
        let parts = |set: &dyn Fn(&mut Self, bool)| {
            let (mut outside, mut inside) = (self.clone(), self.clone());
            set(&mut outside, false);
            set(&mut inside, true);
            Some((outside, inside))
        };
        for at in 0..NAMED {
            let (mine, theirs) = (&self.named[at], &other.named[at]);
            if !mine.within(theirs) {
                return parts(&|part, inside| {
                    part.named[at] = if inside { mine.and(theirs) } else { mine.minus(theirs) };
                });
            }
        }
        for at in 0..NUMBERED {
            if let Some((outside, inside)) = self.numbered[at].split(other.numbered[at]) {
                return parts(&|part, within| {
                    part.numbered[at] = if within { inside } else { outside };
                });
            }
        }
        if self.customers & !other.customers != 0 {
            return parts(&|part, inside| {
                part.customers &= if inside { other.customers } else { !other.customers };
            });
        }
        if let Some((outside, inside)) = self.segments.split(&other.segments) {
            return parts(&|part, within| {
                part.segments = if within { inside.clone() } else { outside.clone() };
            });
        }
        let (outside, inside) = self.time.split(&other.time)?;
        parts(&|part, within| part.time = if within { inside.clone() } else { outside.clone() })
    }
}
