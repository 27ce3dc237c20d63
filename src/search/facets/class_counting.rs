//! Counts the entities of articles: by sorting where there are few, in an array
//! where there are many.

use std::ops::Range;

use crate::index::EntityId;
use crate::search::exec::candidate::Candidate;
use crate::search::facets::entity_class::EntityClass;
use crate::search::facets::top_counts::TopCounts;

/// Counts that are compared at once.
const LANE: usize = 16;

/// A number of articles. Two bytes where possible, so that more of them fit in the
/// processor's cache.
pub(super) trait Count: Copy + Default + PartialOrd + Into<i32> {
    /// Adds one.
    fn increase(&mut self);
    /// The number, or the largest representable one.
    fn saturating(count: i32) -> Self;
}

impl Count for i16 {
    fn increase(&mut self) {
        *self += 1;
    }

    fn saturating(count: i32) -> Self {
        Self::try_from(count).unwrap_or(Self::MAX)
    }
}

impl Count for i32 {
    fn increase(&mut self) {
        *self += 1;
    }

    fn saturating(count: i32) -> Self {
        count
    }
}

impl EntityClass {
    /// Counts by sorting, for articles with few entities; adds the entities of each
    /// range to its top counts.
    pub fn best_of_few<'b, 'e: 'b>(
        &self,
        articles: &[Candidate],
        requests: impl Iterator<Item = (Range<u32>, &'b mut TopCounts<'e>)>,
        is_match: &dyn Fn(EntityId) -> bool,
    ) {
        let sorted = sorted_counts(self, articles);
        for (range, best) in requests {
            let from = sorted.partition_point(|(number, _)| *number < range.start);
            let own = sorted[from..].iter().take_while(|(number, _)| *number < range.end);
            own.for_each(|(number, count)| best.add(*count, self.entity(*number), is_match));
        }
    }

    /// Counts in an array of all entities, for articles with many.
    pub fn best_of_many<'b, 'e: 'b, C: Count>(
        &self,
        articles: &[Candidate],
        counts: &mut Vec<C>,
        requests: impl Iterator<Item = (Range<u32>, &'b mut TopCounts<'e>)>,
        is_match: &dyn Fn(EntityId) -> bool,
    ) {
        counts.clear();
        counts.resize(self.ids.len(), C::default());
        for number in articles.iter().flat_map(|article| self.of(article)) {
            counts[*number as usize].increase();
        }
        for (range, best) in requests {
            each_over(counts, range, best, |best, number, count| {
                best.add(count, self.entity(number), is_match);
            });
        }
    }
}

/// Passes the counts of a range that may be among the best to `each`.
fn each_over<C: Count>(counts: &[C], range: Range<u32>, best: &mut TopCounts, each: impl Fn(&mut TopCounts, u32, i32)) {
    let own = &counts[range.start as usize..range.end as usize];
    for (lane, chunk) in own.chunks(LANE).enumerate() {
        // Most are not, which is tested for a whole lane at once.
        let least = C::saturating(best.least);
        if chunk.iter().fold(false, |any, count| any | (*count > least)) {
            let first = range.start + (lane * LANE) as u32;
            (first..).zip(chunk).for_each(|(number, count)| each(best, number, (*count).into()));
        }
    }
}

/// The numbers of some articles with their counts, in order.
fn sorted_counts(class: &EntityClass, articles: &[Candidate]) -> Vec<(u32, i32)> {
    let mut numbers: Vec<u32> = articles.iter().flat_map(|article| class.of(article)).copied().collect();
    numbers.sort_unstable();
    numbers.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as i32)).collect()
}

#[cfg(test)]
mod tests {
    use crate::index::Entities;
    use crate::search::facets::entity_class::DocumentLists;
    use crate::search::facets::facet::Counted;
    use crate::search::facets::name_order::NameOrder;
    use crate::search::query::facet_request::FacetOrder;
    use crate::test_index::TestIndex;

    use super::*;

    /// The top counts of two ranges by each way of counting.
    fn best_of(
        (class, entities): (&EntityClass, &Entities),
        articles: &[Candidate],
        limit: usize,
    ) -> [Vec<Vec<Counted>>; 3] {
        let middle = class.ids.len() as u32 / 3;
        let ranges = [0..middle, middle..class.ids.len() as u32];
        let is_match = |id: EntityId| !id.is_multiple_of(7);
        let top = || TopCounts::new(limit, (entities, NameOrder::new(FacetOrder::Count, 1, 1, 1)));
        let mut best = [(); 3].map(|()| [top(), top()]);
        let [few, small, large] = best.each_mut().map(|best| ranges.iter().cloned().zip(best));
        class.best_of_few(articles, few, &is_match);
        class.best_of_many::<i16>(articles, &mut Vec::new(), small, &is_match);
        class.best_of_many::<i32>(articles, &mut vec![9; 5], large, &is_match);
        best.map(|best| best.into_iter().map(TopCounts::counts).collect())
    }

    #[test]
    fn all_ways_of_counting_agree() {
        let index = TestIndex::new("class-counting");
        let known = &index.searcher.archive().entities;
        let (entities, documents) = (300, 80);
        let numbers_of = |doc: u32| (0..entities).filter(move |id| (id * id + doc * 31) % (id + 3) < 2);
        let mut lists = DocumentLists::default();
        for doc in 0..documents {
            lists.numbers.extend(numbers_of(doc));
            lists.ends.push(lists.numbers.len() as u32);
        }
        let class = EntityClass {
            ids: (0..entities).collect(),
            archived: vec![9; entities as usize],
            segments: vec![lists],
            ..EntityClass::default()
        };
        for step in [1, 3, 50] {
            let article =
                |doc| Candidate { segment: 0, doc, score: 1.0, max_score: 1.0, matched: 1.0, is_complete: true };
            let articles: Vec<Candidate> = (0..documents).step_by(step).map(article).collect();
            for limit in [0, 1, 10, 1000] {
                let [few, small, large] = best_of((&class, known), &articles, limit);
                assert!(few.iter().all(|found| found.len() <= limit));
                assert_eq!(few.iter().any(|found| !found.is_empty()), limit > 0);
                assert_eq!(few, small);
                assert_eq!(few, large);
            }
        }
    }
}
