//! How long to wait before the next try: doubling, capped, and jittered so that many consoles do
//! not come back in step.

use std::time::Duration;

use rand::RngExt as _;

const FIRST_MS: u64 = 500;
const WAIT_MS_MAX: u64 = 5 * 60 * 1_000;

/// After `attempts` tries that failed (1 or more).
pub(crate) fn wait(attempts: u32) -> Duration {
    let doubled = FIRST_MS.saturating_mul(1 << attempts.saturating_sub(1).min(20)).min(WAIT_MS_MAX);
    let jittered = rand::rng().random_range(doubled / 2..=doubled);
    Duration::from_millis(jittered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_within_bounds() {
        for attempts in 1..100 {
            let ms = u64::try_from(wait(attempts).as_millis()).unwrap();
            assert!((FIRST_MS / 2..=WAIT_MS_MAX).contains(&ms), "{attempts}: {ms}");
        }
        assert!(wait(30).as_millis() >= u128::from(WAIT_MS_MAX / 2));
    }
}
