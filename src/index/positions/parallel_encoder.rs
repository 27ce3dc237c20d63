//! Encoding the terms of a field on several threads.

use super::gap_model::GapModel;
use super::position_list::PositionList;
use super::term_encoder::TermEncoder;

/// The fewest bytes that are worth a thread.
const LEAST: usize = 64 << 10;

/// Cuts lists into at most about `count` parts of equal size, in order.
pub(super) fn shares<'l, 't>(
    lists: &'l [&'t PositionList],
    count: usize,
) -> impl Iterator<Item = &'l [&'t PositionList]> {
    let size = |list: &PositionList| list.size() + 1;
    let share = lists.iter().map(|list| size(list)).sum::<usize>() / count.max(1) + 1;
    let share = share.max(LEAST);
    let mut bytes = 0;
    lists.chunk_by(move |list, _| {
        let before = bytes / share;
        bytes += size(list);
        bytes / share == before
    })
}

/// The codes of terms, one after the other, and the size of each.
pub(super) struct Encoded {
    bytes: Vec<u8>,
    lengths: Vec<usize>,
}

impl Encoded {
    pub fn new(lists: &[&PositionList], gaps: &GapModel) -> Self {
        let (mut encoder, mut positions, mut bytes) = (TermEncoder::default(), Vec::new(), Vec::new());
        let encoded = lists.iter().map(|list| {
            list.each(&mut positions, |doc, positions| {
                encoder.push(gaps.parameter(doc, positions.len() as u32), positions);
            });
            encoder.finish(&mut bytes)
        });
        let lengths = encoded.collect();
        Self { bytes, lengths }
    }

    /// The codes of each term that is in some document.
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
        let mut lists: Vec<PositionList> = (0..5000).map(|_| PositionList::default()).collect();
        for (at, list) in (0_u32..).zip(&mut lists) {
            (0..1 + at % 97).for_each(|doc| list.add(doc, 0..1));
        }
        let lists: Vec<&PositionList> = lists.iter().collect();
        let places = |lists: &[&PositionList]| lists.iter().map(|list| std::ptr::from_ref(*list)).collect::<Vec<_>>();
        for count in [0, 1, 2, 3, 1000] {
            let parts: Vec<&[&PositionList]> = shares(&lists, count).collect();
            assert_eq!(places(&parts.concat()), places(&lists));
            assert!((count.clamp(1, 3)..=count.max(1)).contains(&parts.len()));
        }
        assert_eq!(shares(&lists[..10], 8).count(), 1);
    }
}
