//! Names by article in plain memory, numbered for counting: what costs a
//! batch of queries least, though one query alone would pay more for it than
//! it gains.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::ops::Range;

use tantivy::DocId;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};

use crate::search::exec::candidate::Candidate;
use crate::search::facets::facet::Counted;

const KINDS: usize = EntityKind::ALL.len();
/// So many times more numbers than names to count are not looked through:
/// the names are sorted instead.
const SPARSE: usize = 8;
/// Counts looked at together.
const LANE: usize = 16;

thread_local! {
    /// Counts by number, of few articles and of many.
    static COUNTS: RefCell<(Vec<i16>, Vec<i32>)> = RefCell::default();
}

/// A number of articles: in two bytes where it fits, so that more of them are in
/// the processor's cache.
trait Count: Copy + Default + PartialOrd + Into<i32> {
    fn increase(&mut self);
    /// The same number, or the largest there is.
    fn of(count: i32) -> Self;
}

impl Count for i16 {
    fn increase(&mut self) {
        *self += 1;
    }

    fn of(count: i32) -> Self {
        Self::try_from(count).unwrap_or(Self::MAX)
    }
}

impl Count for i32 {
    fn increase(&mut self) {
        *self += 1;
    }

    fn of(count: i32) -> Self {
        count
    }
}

/// The names of all articles.
pub(crate) struct ForwardIndex {
    /// Entities that several articles have.
    shared: Class,
    /// Entities that only one article has.
    single: Class,
}

/// Some entities, numbered by kind, and within one the most prominent first.
#[derive(Default)]
struct Class {
    ids: Vec<EntityId>,
    kinds: [Range<u32>; KINDS],
    /// For each segment the numbers of each document, in order.
    segments: Vec<Lists>,
}

/// A list of numbers for each document of a segment.
#[derive(Default)]
struct Lists {
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

impl Lists {
    fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        let start = doc.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[doc] as usize]
    }
}

impl Class {
    fn new(mut ids: Vec<(usize, EntityId)>, entities: &Entities) -> Self {
        ids.sort_by_key(|(kind, id)| (*kind, Reverse(entities.prominence(*id)), *id));
        let place = |kind: usize| ids.partition_point(|(known, _)| *known < kind) as u32;
        let kinds = std::array::from_fn(|kind| place(kind)..place(kind + 1));
        Self { ids: ids.into_iter().map(|(_, id)| id).collect(), kinds, segments: Vec::new() }
    }

    fn of(&self, article: &Candidate) -> &[u32] {
        self.segments[article.segment as usize].of(article.doc)
    }

    /// Adds the entities of articles that have few, those of each range to its best.
    fn best_of_few<'b>(
        &self,
        articles: &[Candidate],
        asked: impl Iterator<Item = (Range<u32>, &'b mut Best)>,
        is_asked: &dyn Fn(EntityId) -> bool,
    ) {
        let sorted = sorted_counts(self, articles);
        for (range, best) in asked {
            let from = sorted.partition_point(|(number, _)| *number < range.start);
            let own = sorted[from..].iter().take_while(|(number, _)| *number < range.end);
            own.for_each(|(number, count)| best.add(*count, || self.ids[*number as usize], is_asked));
        }
    }

    /// The same for articles that have many: all entities are counted.
    fn best_of_many<'b, C: Count>(
        &self,
        articles: &[Candidate],
        counts: &mut Vec<C>,
        asked: impl Iterator<Item = (Range<u32>, &'b mut Best)>,
        is_asked: &dyn Fn(EntityId) -> bool,
    ) {
        counts.clear();
        counts.resize(self.ids.len(), C::default());
        for number in articles.iter().flat_map(|article| self.of(article)) {
            counts[*number as usize].increase();
        }
        for (range, best) in asked {
            each_over(counts, range, best, |best, number, count| {
                best.add(count, || self.ids[number as usize], is_asked);
            });
        }
    }
}

impl ForwardIndex {
    /// Numbers the entities of all documents; `each_document` hands those of
    /// every document of every segment, in order, to what it is given.
    pub fn new(entities: &Entities, each_document: impl Fn(&mut dyn FnMut(usize, &[EntityId]))) -> Self {
        let mut articles: Vec<u32> = vec![0; entities.len()];
        each_document(&mut |_, ids| ids.iter().for_each(|id| articles[*id as usize] += 1));
        let shown = |id: EntityId| entities.kind(id).filter(|_| entities.is_shown(id)).map(|kind| (kind.ordinal(), id));
        let of = |fits: fn(u32) -> bool| {
            let ids = (0..).zip(&articles).filter(|(_, count)| fits(**count)).filter_map(|(id, _)| shown(id));
            Class::new(ids.collect(), entities)
        };
        let (mut shared, mut single) = (of(|count| count > 1), of(|count| count == 1));
        let mut numbers: Vec<u32> = vec![u32::MAX; entities.len()];
        for class in [&shared, &single] {
            class.ids.iter().zip(0..).for_each(|(id, number)| numbers[*id as usize] = number);
        }
        each_document(&mut |segment, ids| {
            for (class, is_in) in [(&mut shared, true), (&mut single, false)] {
                class.segments.resize_with(segment + 1, Lists::default);
                let list = &mut class.segments[segment];
                let from = list.numbers.len();
                let own = ids.iter().filter(|id| (articles[**id as usize] > 1) == is_in);
                list.numbers.extend(own.map(|id| numbers[*id as usize]).filter(|number| *number != u32::MAX));
                list.numbers[from..].sort_unstable();
                list.ends.push(list.numbers.len() as u32);
            }
        });
        Self { shared, single }
    }

    /// The most frequent names of some articles, for each request of a kind;
    /// of equals those that the whole archive names most.
    pub(crate) fn count(
        &self,
        entities: &Entities,
        articles: &[Candidate],
        requests: &[(EntityKind, usize)],
        fits: Option<&dyn Fn(&str) -> bool>,
    ) -> Vec<Vec<Counted>> {
        let is_asked = |id: EntityId| fits.is_none_or(|fits| entities.name(id).is_some_and(fits));
        let mut best: Vec<Best> = requests.iter().map(|(_, limit)| Best::new(*limit)).collect();
        let asked = requests.iter().map(|(kind, _)| self.shared.kinds[kind.ordinal()].clone()).zip(&mut best);
        let names: usize = articles.iter().map(|article| self.shared.of(article).len()).sum();
        if names < self.shared.ids.len() / SPARSE {
            self.shared.best_of_few(articles, asked, &is_asked);
        } else {
            COUNTS.with_borrow_mut(|(small, large)| match i16::try_from(articles.len()) {
                Ok(_) => self.shared.best_of_many(articles, small, asked, &is_asked),
                Err(_) => self.shared.best_of_many(articles, large, asked, &is_asked),
            });
        }
        let whole = |(request, best): (&(EntityKind, usize), Best)| {
            self.with_single(entities, articles, *request, best.found, (&is_asked, fits.is_some()))
        };
        requests.iter().zip(best).map(whole).collect()
    }

    /// Adds names of a single article where there are not enough of two or more.
    fn with_single(
        &self,
        entities: &Entities,
        articles: &[Candidate],
        (kind, limit): (EntityKind, usize),
        mut found: Vec<Counted>,
        (is_asked, filtered): (&dyn Fn(EntityId) -> bool, bool),
    ) -> Vec<Counted> {
        if found.len() >= limit && found.last().is_none_or(|(count, _)| *count > 1) {
            return found;
        }
        let range = &self.single.kinds[kind.ordinal()];
        let mut numbers: Vec<u32> = Vec::new();
        for article in articles {
            let list = self.single.of(article);
            let from = list.partition_point(|number| *number < range.start);
            numbers.extend(list[from..].iter().take_while(|number| **number < range.end));
        }
        if !filtered && limit < numbers.len() {
            numbers.select_nth_unstable(limit);
            numbers.truncate(limit);
        }
        numbers.sort_unstable();
        let ids = numbers.into_iter().map(|number| self.single.ids[number as usize]);
        found.extend(ids.filter(|id| is_asked(*id)).take(limit).map(|id| (1, id)));
        found.sort_by_key(|(count, id)| (Reverse(*count), Reverse(entities.prominence(*id)), *id));
        found.truncate(limit);
        found
    }
}

/// The most frequent so far, in order; of equals the one that came first.
struct Best {
    limit: usize,
    found: Vec<Counted>,
    /// What a count must be over to come in.
    least: i32,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self { limit, found: Vec::new(), least: if limit == 0 { i32::MAX } else { 0 } }
    }

    fn add(&mut self, count: i32, id: impl Fn() -> EntityId, is_asked: &dyn Fn(EntityId) -> bool) {
        if count <= self.least || !is_asked(id()) {
            return;
        }
        let at = self.found.partition_point(|(known, _)| *known >= count as u32);
        self.found.insert(at, (count as u32, id()));
        self.found.truncate(self.limit);
        if self.found.len() == self.limit {
            self.least = self.found.last().map_or(0, |(count, _)| *count as i32);
        }
    }
}

/// Hands the counts of a range that may come among the best to `each`.
fn each_over<C: Count>(counts: &[C], range: Range<u32>, best: &mut Best, each: impl Fn(&mut Best, u32, i32)) {
    let own = &counts[range.start as usize..range.end as usize];
    for (lane, chunk) in own.chunks(LANE).enumerate() {
        // Most are not, which is seen at once of many.
        let least = C::of(best.least);
        if chunk.iter().fold(false, |any, count| any | (*count > least)) {
            let first = range.start + (lane * LANE) as u32;
            (first..).zip(chunk).for_each(|(number, count)| each(best, number, (*count).into()));
        }
    }
}

/// The numbers of some articles with their counts, in order.
fn sorted_counts(class: &Class, articles: &[Candidate]) -> Vec<(u32, i32)> {
    let mut numbers: Vec<u32> = articles.iter().flat_map(|article| class.of(article)).copied().collect();
    numbers.sort_unstable();
    numbers.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as i32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best of two ranges by each way of counting.
    fn best_of(class: &Class, articles: &[Candidate], limit: usize) -> [Vec<Vec<Counted>>; 3] {
        let middle = class.ids.len() as u32 / 3;
        let ranges = [0..middle, middle..class.ids.len() as u32];
        let is_asked = |id: EntityId| !id.is_multiple_of(7);
        let mut best = [(); 3].map(|()| [Best::new(limit), Best::new(limit)]);
        let [few, small, large] = best.each_mut().map(|best| ranges.iter().cloned().zip(best));
        class.best_of_few(articles, few, &is_asked);
        class.best_of_many::<i16>(articles, &mut Vec::new(), small, &is_asked);
        class.best_of_many::<i32>(articles, &mut vec![9; 5], large, &is_asked);
        best.map(|best| best.into_iter().map(|best| best.found).collect())
    }

    #[test]
    fn all_ways_of_counting_agree() {
        let (entities, documents) = (300, 80);
        let numbers_of = |doc: u32| (0..entities).filter(move |id| (id * id + doc * 31) % (id + 3) < 2);
        let mut lists = Lists::default();
        for doc in 0..documents {
            lists.numbers.extend(numbers_of(doc));
            lists.ends.push(lists.numbers.len() as u32);
        }
        let class = Class { ids: (0..entities).collect(), segments: vec![lists], ..Class::default() };
        for step in [1, 3, 50] {
            let article = |doc| Candidate { segment: 0, doc, score: 1.0, max_score: 1.0 };
            let articles: Vec<Candidate> = (0..documents).step_by(step).map(article).collect();
            for limit in [0, 1, 10, 1000] {
                let [few, small, large] = best_of(&class, &articles, limit);
                assert!(few.iter().all(|found| found.len() <= limit));
                assert_eq!(few.iter().any(|found| !found.is_empty()), limit > 0);
                assert_eq!(few, small);
                assert_eq!(few, large);
            }
        }
    }
}
