//! Parallel work with results in input order and bounded memory.

use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

/// Chunks in progress at once, so that cores that finish one chunk start on the
/// next.
const LANES: usize = 2;
/// Chunks of a lane that may queue between two stages.
const QUEUED: usize = 1;
/// A chunk is full at this weight (bytes of text) or count.
const CHUNK_WEIGHT: usize = 2 << 20;
const CHUNK_ITEMS: usize = 256;
/// Groups of a chunk for each thread.
const GROUPS_PER_THREAD: usize = 4;

/// Passes an item and its weight in bytes to the workers.
pub type Push<'a, T> = &'a mut dyn FnMut(usize, T);

/// Runs `produce` on its own thread, `work` on all cores, and `consume` on the
/// calling thread. Results arrive in the order of production, whatever the
/// number of threads; at most a few chunks exist at once.
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
    std::thread::scope(|scope| {
        let lanes = std::iter::repeat_with(|| {
            let (to_work, chunks) = sync_channel::<Vec<T>>(QUEUED);
            let (to_consume, results) = sync_channel::<Vec<R>>(QUEUED);
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
                // The receivers outlive the scope unless one panicked; the scope then
                // panics too.
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
