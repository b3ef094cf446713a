//! The concession curve, in integers: share conceded after round k of n is (k/n)^(1/e).
//!
//! Faratin, Sierra, Jennings, "Negotiation decision functions for autonomous agents" (1998),
//! section 4.1, polynomial time-dependent tactic with κ = 0. The amount conceded is rounded down,
//! so an ask is never below the exact curve and reaches its end exactly at k = n.

use crate::limits::{Concession, PriceEnding, ROUNDS_MAX};

/// Fixed point for the cube root: eleven digits, so that ROUNDS_MAX · SCALE³ fits 128 bits.
const SCALE: u128 = 100_000_000_000;

/// The ask after round `round` of `rounds`, in minor units, between `start` and `end`.
pub(crate) fn ask_minor(
    start: i64,
    end: i64,
    round: u32,
    rounds: u32,
    concession: Concession,
) -> i64 {
    let n = u128::from(rounds.clamp(1, ROUNDS_MAX));
    let k = u128::from(round).min(n);
    let span = u128::from(start.saturating_sub(end).max(0).unsigned_abs());
    let conceded = match concession {
        Concession::Boulware => span * k.pow(5) / n.pow(5),
        Concession::Linear => span * k / n,
        Concession::Conceder => span * cube_root(k * SCALE.pow(3) / n) / SCALE,
    };
    start.saturating_sub(i64::try_from(conceded).unwrap_or(i64::MAX)).max(end.min(start))
}

/// The greatest r with r³ ≤ x, for x ≤ ROUNDS_MAX · SCALE³.
fn cube_root(x: u128) -> u128 {
    let (mut low, mut high) = (0_u128, 10 * SCALE);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if middle.pow(3) <= x { low = middle } else { high = middle - 1 }
    }
    low
}

/// The price nearest to `wanted` with the merchant's ending that lies in `[low, high]`, the lower
/// of two equally near; `wanted` itself where no such price lies there.
pub(crate) fn with_ending(
    wanted: i64,
    low: i64,
    high: i64,
    ending: PriceEnding,
    digits: u32,
) -> i64 {
    let unit = 10_i64.pow(digits.min(6));
    if unit < 100 {
        return wanted;
    }
    let tail = match ending {
        PriceEnding::Any => return wanted,
        PriceEnding::Whole => 0,
        PriceEnding::NinetyFive => unit / 100 * 95,
        PriceEnding::NinetyNine => unit / 100 * 99,
    };
    let below = (wanted - tail).div_euclid(unit) * unit + tail;
    [below, below + unit]
        .into_iter()
        .filter(|price| (low..=high).contains(price) && *price > 0)
        .min_by_key(|price| (price - wanted).abs())
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Concession::{Boulware, Conceder, Linear};

    #[test]
    fn the_curve_follows_the_paper() {
        // 1000 · (k/6)^(1/e), conceded rounded down; the cube roots from a table
        let cases: [(Concession, [i64; 7]); 3] = [
            (Boulware, [2000, 2000, 1996, 1969, 1869, 1599, 1000]),
            (Linear, [2000, 1834, 1667, 1500, 1334, 1167, 1000]),
            (Conceder, [2000, 1450, 1307, 1207, 1127, 1059, 1000]),
        ];
        for (concession, expected) in cases {
            let got: Vec<i64> = (0..=6).map(|k| ask_minor(2000, 1000, k, 6, concession)).collect();
            assert_eq!(got, expected, "{concession:?}");
        }
    }

    #[test]
    fn the_cube_root_is_exact_at_its_ends() {
        assert_eq!(cube_root(SCALE.pow(3)), SCALE);
        assert_eq!(cube_root(SCALE.pow(3) - 1), SCALE - 1);
        assert_eq!(cube_root(0), 0);
        assert_eq!(cube_root(1000 * SCALE.pow(3)), 10 * SCALE);
    }

    #[test]
    fn largest_amounts_do_not_overflow() {
        let top = commerce::money::MINOR_MAX;
        for concession in [Boulware, Linear, Conceder] {
            assert_eq!(ask_minor(top, 0, ROUNDS_MAX, ROUNDS_MAX, concession), 0);
            assert_eq!(ask_minor(top, 0, u32::MAX, ROUNDS_MAX, concession), 0);
            assert_eq!(ask_minor(top, 0, 0, 0, concession), top);
        }
    }

    #[test]
    fn endings() {
        let cases = [
            (940, 920, 1000, PriceEnding::NinetyFive, 2, 995),
            (996, 920, 1000, PriceEnding::NinetyFive, 2, 995),
            (940, 800, 1000, PriceEnding::NinetyFive, 2, 895),
            (930, 920, 960, PriceEnding::NinetyFive, 2, 930),
            (930, 500, 960, PriceEnding::Whole, 2, 900),
            (950, 500, 1000, PriceEnding::Whole, 2, 900),
            (930, 500, 1000, PriceEnding::NinetyNine, 2, 899),
            (930, 500, 1000, PriceEnding::Any, 2, 930),
            (930, 500, 1000, PriceEnding::NinetyNine, 0, 930),
            (9300, 5000, 10000, PriceEnding::NinetyNine, 3, 8990),
            (40, 0, 90, PriceEnding::Whole, 2, 40),
        ];
        for (wanted, low, high, ending, digits, expected) in cases {
            let got = with_ending(wanted, low, high, ending, digits);
            assert_eq!(got, expected, "{wanted} {ending:?}");
        }
    }
}
