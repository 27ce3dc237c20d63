//! Parallel work whose results come in the order of its input, in bounded
//! memory.

use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

/// Chunks that are worked on at once: cores that are done with one go on with
/// the next.
const LANES: usize = 2;
/// How many chunks of each lane wait between two stages.
const WAITING: usize = 1;
/// A chunk is handed on at this weight (bytes of text) or count.
const CHUNK_WEIGHT: usize = 2 << 20;
const CHUNK_ITEMS: usize = 256;
/// Groups of a chunk that a thread works on.
const GROUPS_PER_THREAD: usize = 4;

/// Hands a weight in bytes and an item to the workers.
pub type Push<'a, T> = &'a mut dyn FnMut(usize, T);

/// Runs `produce` on a thread of its own, `work` on all cores, and `consume`
/// here: results come in the order they were produced, whatever the number of
/// threads, and at most a few chunks exist at once.
pub fn run<T, R>(produce: impl FnOnce(Push<'_, T>) + Send, work: impl Fn(T) -> R + Sync + Send, consume: impl FnMut(R))
where
    T: Send,
    R: Send,
{
    run_chunks(produce, |chunk| chunk.into_par_iter().map(&work).collect(), consume);
}

/// The same for work that is done to many items, one step after the other: what
/// a step looks things up in stays in the processor's cache meanwhile. `work`
/// gets some items at a time, and returns as many results in the same order.
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

/// Cuts a chunk into groups of equal length, some for each thread.
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
    std::thread::scope(|scope| {
        let lanes = std::iter::repeat_with(|| {
            let (to_work, chunks) = sync_channel::<Vec<T>>(WAITING);
            let (to_consume, results) = sync_channel::<Vec<R>>(WAITING);
            scope.spawn(move || {
                for chunk in chunks {
                    if to_consume.send(work(chunk)).is_err() {
                        return;
                    }
                }
            });
            (to_work, results)
        });
        let (to_work, results): (Vec<_>, Vec<_>) = lanes.take(LANES).unzip();
        scope.spawn(move || {
            let mut lanes = to_work.iter().cycle();
            let mut send = |chunk| {
                // The receivers live as long as this scope; if one panicked, so do we.
                let _ = lanes.next().map(|lane| lane.send(chunk));
            };
            let mut chunk = Vec::new();
            let mut weight = 0;
            produce(&mut |bytes, item| {
                chunk.push(item);
                weight += bytes;
                if weight >= CHUNK_WEIGHT || chunk.len() >= CHUNK_ITEMS {
                    send(std::mem::take(&mut chunk));
                    weight = 0;
                }
            });
            send(chunk);
        });
        results.iter().cycle().map_while(|lane| lane.recv().ok()).flatten().for_each(&mut consume);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept() {
        let expected: Vec<u32> = (0..5000).map(|n| n * 2).collect();
        let mut seen = Vec::new();
        run(|push| (0..5000_u32).for_each(|n| push(1, n)), |n| n * 2, |n| seen.push(n));
        assert_eq!(seen, expected);
        seen.clear();
        let double = |group: Vec<u32>| group.into_iter().map(|n| n * 2).collect();
        run_groups(|push| (0..5000_u32).for_each(|n| push(5000, n)), double, |n| seen.push(n));
        assert_eq!(seen, expected);
    }
}
