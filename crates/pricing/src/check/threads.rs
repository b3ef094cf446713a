//! Work shared out over threads. What comes out does not depend on how many there are.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::ScopedJoinHandle;

/// How many pieces a thread takes at a time.
const STRIDE: usize = 8;

/// `work` of each number below `count`, in order.
pub(super) fn each<T: Send>(
    threads: usize,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let go_on = &mut |_| ControlFlow::Continue(());
    each_until(threads, count, work, go_on).unwrap_or_default()
}

/// Two pieces of work, side by side where there are threads for it.
pub(super) fn both<A, B: Send>(
    threads: usize,
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if threads < 2 {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), joined(other))
    })
}

/// What a thread comes back with; its panic goes on here.
fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// As [`each`], telling how many are done from time to time; `None` when told to break off.
pub(super) fn each_until<T: Send>(
    threads: usize,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
    told: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Option<Vec<T>> {
    let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let take = || {
        let from = next.fetch_add(STRIDE, Ordering::Relaxed);
        (from < count && !stop.load(Ordering::Relaxed)).then(|| from..count.min(from + STRIDE))
    };
    let mut done: Vec<(usize, T)> = Vec::with_capacity(count);
    std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads.min(count.div_ceil(STRIDE)))
            .map(|_| {
                scope.spawn(|| {
                    let mut out = Vec::new();
                    while let Some(numbers) = take() {
                        out.extend(numbers.map(|number| (number, work(number))));
                    }
                    out
                })
            })
            .collect();
        while let Some(numbers) = take() {
            let from = numbers.start;
            done.extend(numbers.map(|number| (number, work(number))));
            if told(from).is_break() {
                stop.store(true, Ordering::Relaxed);
            }
        }
        for helper in helpers {
            done.extend(joined(helper));
        }
    });
    if stop.into_inner() {
        return None;
    }
    done.sort_unstable_by_key(|(number, _)| *number);
    Some(done.into_iter().map(|(_, out)| out).collect())
}
