//! Parallel work whose results come in the order of its input, in bounded
//! memory.

use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

/// How many chunks wait between two stages.
const WAITING: usize = 2;
/// A chunk is handed on at this weight (bytes of text) or count.
const CHUNK_WEIGHT: usize = 2 << 20;
const CHUNK_ITEMS: usize = 256;

/// Hands a weight in bytes and an item to the workers.
pub type Push<'a, T> = &'a mut dyn FnMut(usize, T);

/// Runs `produce` on a thread of its own, `work` on all cores, and `consume`
/// here: results come in the order they were produced, whatever the number of
/// threads, and at most a few chunks exist at once.
pub fn run<T, R>(
    produce: impl FnOnce(Push<'_, T>) + Send,
    work: impl Fn(T) -> R + Sync + Send,
    mut consume: impl FnMut(R),
) where
    T: Send,
    R: Send,
{
    let (to_work, chunks) = sync_channel::<Vec<T>>(WAITING);
    let (to_consume, results) = sync_channel::<Vec<R>>(WAITING);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut chunk = Vec::new();
            let mut weight = 0;
            produce(&mut |bytes, item| {
                chunk.push(item);
                weight += bytes;
                if weight >= CHUNK_WEIGHT || chunk.len() >= CHUNK_ITEMS {
                    // The receiver lives as long as this scope; if it panicked, so do we.
                    let _ = to_work.send(std::mem::take(&mut chunk));
                    weight = 0;
                }
            });
            let _ = to_work.send(chunk);
        });
        scope.spawn(move || {
            for chunk in chunks {
                let done: Vec<R> = chunk.into_par_iter().map(&work).collect();
                if to_consume.send(done).is_err() {
                    return;
                }
            }
        });
        results.into_iter().flatten().for_each(&mut consume);
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn order_is_kept() {
        let mut seen = Vec::new();
        super::run(|push| (0..5000_u32).for_each(|n| push(1, n)), |n| n * 2, |n| seen.push(n));
        assert_eq!(seen, (0..5000).map(|n| n * 2).collect::<Vec<_>>());
    }
}
