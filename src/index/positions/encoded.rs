//! The codes of many terms, made beside those of others.

use super::file::TermCodes;
use super::lengths::Lengths;
use super::list::List;

/// The fewest bytes that are worth a thread.
const LEAST: usize = 64 << 10;

/// Cuts lists into so many parts of about as many bytes each at most, in order.
pub(super) fn shares<'l, 't>(lists: &'l [&'t List], count: usize) -> impl Iterator<Item = &'l [&'t List]> {
    let size = |list: &List| list.size() + 1;
    let share = lists.iter().map(|list| size(list)).sum::<usize>() / count.max(1) + 1;
    let share = share.max(LEAST);
    let mut bytes = 0;
    lists.chunk_by(move |list, _| {
        let before = bytes / share;
        bytes += size(list);
        bytes / share == before
    })
}

/// The codes of terms, one after the other, and how many bytes each has.
pub(super) struct Encoded {
    bytes: Vec<u8>,
    lengths: Vec<usize>,
}

impl Encoded {
    pub fn new(lists: &[&List], lengths: &Lengths) -> Self {
        let (mut codes, mut positions, mut bytes) = (TermCodes::default(), Vec::new(), Vec::new());
        let encoded = lists.iter().map(|list| {
            list.each(&mut positions, |doc, positions| {
                codes.push(lengths.parameter(doc, positions.len() as u32), positions);
            });
            codes.finish(&mut bytes)
        });
        let lengths = encoded.collect();
        Self { bytes, lengths }
    }

    pub fn terms(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = &self.bytes[..];
        self.lengths.iter().filter_map(move |length| {
            let (term, behind) = rest.split_at_checked(*length)?;
            rest = behind;
            Some(term).filter(|term| !term.is_empty())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_the_whole_in_order() {
        let mut lists: Vec<List> = (0..5000).map(|_| List::default()).collect();
        for (at, list) in (0_u32..).zip(&mut lists) {
            (0..1 + at % 97).for_each(|doc| list.add(doc, 0..1));
        }
        let lists: Vec<&List> = lists.iter().collect();
        let places = |lists: &[&List]| lists.iter().map(|list| std::ptr::from_ref(*list)).collect::<Vec<_>>();
        for count in [0, 1, 2, 3, 1000] {
            let parts: Vec<&[&List]> = shares(&lists, count).collect();
            assert_eq!(places(&parts.concat()), places(&lists));
            assert!((count.clamp(1, 3)..=count.max(1)).contains(&parts.len()));
        }
        assert_eq!(shares(&lists[..10], 8).count(), 1);
    }
}
