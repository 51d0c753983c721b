//! Work on many threads whose results come in one order.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use rayon::ThreadPool;

/// Results that may wait for an earlier one, for each thread: enough that one large file holds up no other for
/// long, few enough that their rows are nothing beside what reading them takes.
const AHEAD: usize = 32;

/// Works on every item on the threads of a pool, and takes each result here, in the order of the items.
///
/// However long the first item takes, only so many others are worked on before it is taken.
pub fn in_order<T: Send, R: Send>(
    pool: &ThreadPool,
    items: impl ExactSizeIterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R),
) {
    let ahead = AHEAD * pool.current_num_threads();
    let (count, mut items) = (items.len(), items.enumerate());
    let work = &work;
    pool.in_place_scope(|threads| {
        let (sender, results) = mpsc::channel();
        let mut waiting = BTreeMap::new();
        let (mut given, mut taken) = (0, 0);
        while taken < count {
            for (at, item) in items.by_ref().take(taken + ahead - given) {
                let sender = sender.clone();
                threads.spawn(move |_| {
                    // A panic is taken in its turn like any other result; nobody listens once one was.
                    let _ = sender.send((at, catch_unwind(AssertUnwindSafe(|| work(item)))));
                });
                given += 1;
            }
            // Never empty: a sender is held here, and every item that was given sends once.
            waiting.extend(results.recv());
            while let Some(result) = waiting.remove(&taken) {
                take(result.unwrap_or_else(|panic| resume_unwind(panic)));
                taken += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for threads in [1, 2, 8] {
            let mut taken = Vec::new();
            let slow_first = |at: u32| {
                std::thread::sleep(Duration::from_millis(if at.is_multiple_of(7) { 3 } else { 0 }));
                at
            };
            in_order(&pool(threads), 0..300, slow_first, |at| taken.push(at));
            assert!(taken.into_iter().eq(0..300));
        }
    }

    #[test]
    fn only_so_much_is_done_ahead() {
        let (pool, begun) = (pool(2), AtomicUsize::new(0));
        let most = AtomicUsize::new(0);
        let work = |at: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if at == 0 {
                std::thread::sleep(Duration::from_millis(200));
                most.store(begun.load(Ordering::SeqCst), Ordering::SeqCst);
            }
        };
        in_order(&pool, 0..1000, work, |()| {});
        assert_eq!(begun.into_inner(), 1000);
        assert!(most.into_inner() <= AHEAD * 2);
    }

    #[test]
    fn a_panic_is_passed_on() {
        let work = |at: usize| assert_ne!(at, 5);
        let ended = catch_unwind(AssertUnwindSafe(|| in_order(&pool(2), 0..100, work, |()| {})));
        assert!(ended.is_err());
    }
}
