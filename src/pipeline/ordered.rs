//! Parallel work with results in input order and bounded memory.

use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

/// Chunks in progress at once, so that cores that finish one chunk start on the
/// next.
const LANES: usize = 2;
/// Chunks of a lane that may queue between two stages.
const QUEUED: usize = 1;
/// A chunk is full at this weight (bytes of text) or count.
const CHUNK_WEIGHT: usize = 2 << 20;
const CHUNK_ITEMS: usize = 256;
/// The weight of all items in progress, from their production until their results
/// are consumed. A single item may be heavier. Chunks of the usual weight stay
/// below it.
const MAX_IN_PROGRESS: usize = 24 << 20;
/// An item heavier than a chunk counts this many times: the work on it takes some
/// forty times its size, while that on a group of small ones is done one by one.
const HEAVY: usize = 4;
/// Groups of a chunk for each thread.
const GROUPS_PER_THREAD: usize = 4;

/// Passes an item and its weight in bytes to the workers.
pub type Push<'a, T> = &'a mut dyn FnMut(usize, T);

/// Runs `produce` on its own thread, `work` on all cores, and `consume` on the
/// calling thread. Results arrive in the order of production, whatever the
/// number of threads; at most a few chunks exist at once, of
/// 24 MiB in all.
pub fn run<T, R>(produce: impl FnOnce(Push<'_, T>) + Send, work: impl Fn(T) -> R + Sync + Send, consume: impl FnMut(R))
where
    T: Send,
    R: Send,
{
    run_chunks(produce, |chunk| chunk.into_par_iter().map(&work).collect(), consume);
}

/// Like [`run`], for work that takes a group of items at a time, so that the
/// tables of each step stay in the processor's cache. `work` returns one result
/// for each item, in the same order.
pub fn run_groups<T, R>(
    produce: impl FnOnce(Push<'_, T>) + Send,
    work: impl Fn(Vec<T>) -> Vec<R> + Sync + Send,
    consume: impl FnMut(R),
) where
    T: Send,
    R: Send,
{
    run_chunks(produce, |chunk| groups(chunk).into_par_iter().flat_map_iter(&work).collect(), consume);
}

/// Splits a chunk into groups of equal length, [`GROUPS_PER_THREAD`] for each
/// thread.
fn groups<T>(chunk: Vec<T>) -> Vec<Vec<T>> {
    let length = chunk.len().div_ceil(GROUPS_PER_THREAD * rayon::current_num_threads()).max(1);
    let count = chunk.len().div_ceil(length);
    let mut items = chunk.into_iter();
    (0..count).map(|_| items.by_ref().take(length).collect()).collect()
}

fn run_chunks<T, R>(
    produce: impl FnOnce(Push<'_, T>) + Send,
    work: impl Fn(Vec<T>) -> Vec<R> + Sync + Send,
    mut consume: impl FnMut(R),
) where
    T: Send,
    R: Send,
{
    let work = &work;
    let gate = &WeightGate::default();
    std::thread::scope(|scope| {
        // The producer must not wait for a consumer that has panicked.
        let _opened = OpenOnDrop(gate);
        let lanes = std::iter::repeat_with(|| {
            let (to_work, chunks) = sync_channel::<(usize, Vec<T>)>(QUEUED);
            let (to_consume, results) = sync_channel::<(usize, Vec<R>)>(QUEUED);
            scope.spawn(move || {
                for (weight, chunk) in chunks {
                    if to_consume.send((weight, work(chunk))).is_err() {
                        return;
                    }
                }
            });
            (to_work, results)
        });
        let (to_work, results): (Vec<_>, Vec<_>) = lanes.take(LANES).unzip();
        scope.spawn(move || {
            let mut lanes = to_work.iter().cycle();
            let mut send = |weight, chunk| {
                // The receivers outlive the scope unless one panicked; the scope then
                // panics too.
                let _ = lanes.next().map(|lane| lane.send((weight, chunk)));
            };
            let mut chunk = Vec::new();
            let mut weight = 0;
            produce(&mut |bytes, item| {
                let bytes = if bytes > CHUNK_WEIGHT { HEAVY * bytes } else { bytes };
                if !gate.admits(bytes) {
                    send(std::mem::take(&mut weight), std::mem::take(&mut chunk));
                }
                gate.enter(bytes);
                chunk.push(item);
                weight += bytes;
                if weight >= CHUNK_WEIGHT || chunk.len() >= CHUNK_ITEMS {
                    send(std::mem::take(&mut weight), std::mem::take(&mut chunk));
                }
                if bytes > MAX_IN_PROGRESS {
                    // The next one may be as large: it is not read meanwhile.
                    gate.wait_until_empty();
                }
            });
            send(weight, chunk);
        });
        for (weight, chunk) in results.iter().cycle().map_while(|lane| lane.recv().ok()) {
            chunk.into_iter().for_each(&mut consume);
            gate.leave(weight);
        }
    });
}

/// Keeps the weight of what is in progress below [`MAX_IN_PROGRESS`].
#[derive(Default)]
struct WeightGate {
    state: Mutex<GateState>,
    changed: Condvar,
}

#[derive(Default)]
struct GateState {
    weight: usize,
    open: bool,
}

impl GateState {
    /// An item is admitted if there is room for it, or nothing else in progress.
    fn admits(&self, weight: usize) -> bool {
        self.open || self.weight == 0 || self.weight + weight <= MAX_IN_PROGRESS
    }
}

impl WeightGate {
    fn admits(&self, weight: usize) -> bool {
        self.lock().admits(weight)
    }

    /// Waits until an item is admitted. All before it must be on their way, since
    /// only they make room.
    fn enter(&self, weight: usize) {
        let waited = self.changed.wait_while(self.lock(), |state| !state.admits(weight));
        waited.unwrap_or_else(PoisonError::into_inner).weight += weight;
    }

    /// Waits until nothing is in progress.
    fn wait_until_empty(&self) {
        drop(self.changed.wait_while(self.lock(), |state| !state.open && state.weight > 0));
    }

    fn leave(&self, weight: usize) {
        self.lock().weight -= weight;
        self.changed.notify_all();
    }

    /// Admits whatever comes.
    fn open(&self) {
        self.lock().open = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, GateState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct OpenOnDrop<'g>(&'g WeightGate);

impl Drop for OpenOnDrop<'_> {
    fn drop(&mut self) {
        self.0.open();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering::SeqCst;

    use super::*;

    #[test]
    fn results_come_in_input_order() {
        let check = |count: u32, weight: usize| {
            let expected: Vec<u32> = (0..count).map(|n| n * 2).collect();
            let mut seen = Vec::new();
            run(|push| (0..count).for_each(|n| push(weight, n)), |n| n * 2, |n| seen.push(n));
            assert_eq!(seen, expected, "{count} items of {weight}");
            seen.clear();
            let double = |group: Vec<u32>| group.into_iter().map(|n| n * 2).collect();
            run_groups(|push| (0..count).for_each(|n| push(weight, n)), double, |n| seen.push(n));
            assert_eq!(seen, expected, "{count} grouped items of {weight}");
        };
        check(0, 1);
        check(1, CHUNK_WEIGHT);
        check(5000, 1);
        check(5000, 5000);
        check(20, CHUNK_WEIGHT + 1);
        check(20, MAX_IN_PROGRESS / 2);
        check(20, MAX_IN_PROGRESS + 1);
    }

    #[test]
    fn the_weight_in_progress_is_bounded() {
        let check = |weights: &[usize], most: usize| {
            let (now, peak) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let produce = |push: Push<'_, usize>| {
                for weight in weights {
                    push(*weight, *weight);
                }
            };
            let work = |weight| {
                peak.fetch_max(now.fetch_add(weight, SeqCst) + weight, SeqCst);
                weight
            };
            run(produce, work, |weight| {
                now.fetch_sub(weight, SeqCst);
            });
            assert!(peak.load(SeqCst) <= most, "{} of {most}", peak.load(SeqCst));
        };
        check(&[MAX_IN_PROGRESS * 2; 9], MAX_IN_PROGRESS * 2);
        // Heavier than a chunk: one at a time, or two.
        check(&[MAX_IN_PROGRESS / 3; 30], MAX_IN_PROGRESS / 3);
        check(&[MAX_IN_PROGRESS / 9; 30], MAX_IN_PROGRESS / 9 * 2);
        check(&[0, 1, MAX_IN_PROGRESS, 1, 0, MAX_IN_PROGRESS], MAX_IN_PROGRESS);
        check(&[CHUNK_WEIGHT / 100; 3000], MAX_IN_PROGRESS);
    }

    #[test]
    fn a_panic_of_the_consumer_ends_the_run() {
        let heavy = |push: Push<'_, u32>| (0..50).for_each(|n| push(MAX_IN_PROGRESS, n));
        let ended = std::panic::catch_unwind(|| run(heavy, |n| n, |n| assert!(n < 3, "injected")));
        assert!(ended.is_err());
        let ended = std::panic::catch_unwind(|| run(heavy, |n: u32| assert!(n < 3, "injected"), |()| {}));
        assert!(ended.is_err());
    }

    #[test]
    fn groups_cover_a_chunk_in_order() {
        for count in [0, 1, 2, 255, 256, 1000] {
            let groups = groups((0..count).collect::<Vec<u32>>());
            assert!(groups.iter().all(|group| !group.is_empty()));
            assert!(groups.windows(2).all(|pair| pair[0].len() >= pair[1].len()));
            assert_eq!(groups.concat(), (0..count).collect::<Vec<u32>>());
        }
    }
}
