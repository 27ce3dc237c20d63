//! In-memory forward index of entities; pays off only over many queries.

use std::cell::RefCell;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use crate::search::exec::candidate::Candidate;
use crate::search::facets::entity_class::{DocumentLists, EntityClass};
use crate::search::facets::facet::Counted;
use crate::search::facets::name_order::NameOrder;
use crate::search::facets::names;
use crate::search::facets::top_counts::TopCounts;
use crate::search::query::facet_request::FacetOrder;

/// Entities are counted by sorting where there are so many times more numbers than
/// entities to count.
const SPARSE: usize = 8;

thread_local! {
    /// Counts by number, of few articles and of many.
    static COUNTS: RefCell<(Vec<i16>, Vec<i32>)> = RefCell::default();
}

/// The entities of all articles.
pub(crate) struct ForwardIndex {
    /// Entities that several articles have.
    shared: EntityClass,
    /// Entities that only one article has.
    single: EntityClass,
}

impl ForwardIndex {
    /// Numbers the entities of all documents; `each_document` passes those of every
    /// document of every segment, in order, to its argument.
    pub fn new(entities: &Entities, each_document: impl Fn(&mut dyn FnMut(usize, &[EntityId]))) -> Self {
        let mut articles: Vec<u32> = vec![0; entities.len()];
        each_document(&mut |_, ids| ids.iter().for_each(|id| articles[*id as usize] += 1));
        let with_kind =
            |id: EntityId| entities.kind(id).filter(|_| entities.is_shown(id)).map(|kind| (kind.ordinal(), id));
        let of = |fits: fn(u32) -> bool| {
            let ids = (0..).zip(&articles).filter(|(_, count)| fits(**count)).filter_map(|(id, _)| with_kind(id));
            EntityClass::new(ids.collect(), entities)
        };
        let (mut shared, mut single) = (of(|count| count > 1), of(|count| count == 1));
        let mut numbers: Vec<u32> = vec![u32::MAX; entities.len()];
        for class in [&shared, &single] {
            class.ids.iter().zip(0..).for_each(|(id, number)| numbers[*id as usize] = number);
        }
        each_document(&mut |segment, ids| {
            for (class, is_in) in [(&mut shared, true), (&mut single, false)] {
                class.segments.resize_with(segment + 1, DocumentLists::default);
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

    /// The first names of some articles for each request.
    pub(crate) fn count(
        &self,
        (entities, order): (&Entities, NameOrder),
        articles: &[Candidate],
        requests: &[(EntityKind, usize)],
        fits: Option<&dyn Fn(&str) -> bool>,
    ) -> Vec<Vec<Counted>> {
        let is_match = |id: EntityId| fits.is_none_or(|fits| entities.name(id).is_some_and(fits));
        let mut best: Vec<TopCounts> =
            requests.iter().map(|(_, limit)| TopCounts::new(*limit, (entities, order))).collect();
        let ranges = requests.iter().map(|(kind, _)| self.shared.kinds[kind.ordinal()].clone()).zip(&mut best);
        let names: usize = articles.iter().map(|article| self.shared.of(article).len()).sum();
        if names < self.shared.ids.len() / SPARSE {
            self.shared.best_of_few(articles, ranges, &is_match);
        } else {
            COUNTS.with_borrow_mut(|(small, large)| match i16::try_from(articles.len()) {
                Ok(_) => self.shared.best_of_many(articles, small, ranges, &is_match),
                Err(_) => self.shared.best_of_many(articles, large, ranges, &is_match),
            });
        }
        let complete = |(request, best): (&(EntityKind, usize), TopCounts)| {
            self.with_single((entities, order), articles, *request, best.counts(), (&is_match, fits.is_some()))
        };
        requests.iter().zip(best).map(complete).collect()
    }

    /// Adds names of a single article where too few have two or more.
    fn with_single(
        &self,
        (entities, order): (&Entities, NameOrder),
        articles: &[Candidate],
        (kind, limit): (EntityKind, usize),
        mut counts: Vec<Counted>,
        (is_match, filtered): (&dyn Fn(EntityId) -> bool, bool),
    ) -> Vec<Counted> {
        let by_count = order.order == FacetOrder::Count;
        let is_full = counts.len() >= limit && counts.last().is_none_or(|(count, _)| *count > 1);
        if order.least > 1 || by_count && is_full {
            return counts;
        }
        let range = &self.single.kinds[kind.ordinal()];
        let mut numbers: Vec<u32> = Vec::new();
        for article in articles {
            let list = self.single.of(article);
            let from = list.partition_point(|number| *number < range.start);
            numbers.extend(list[from..].iter().take_while(|number| **number < range.end));
        }
        if by_count && !filtered && limit < numbers.len() {
            numbers.select_nth_unstable(limit);
            numbers.truncate(limit);
        }
        numbers.sort_unstable();
        let ids = numbers.into_iter().map(|number| self.single.ids[number as usize]);
        counts.extend(ids.filter(|id| is_match(*id)).map(|id| (1, id)));
        names::first((entities, order), &counts, limit)
    }
}
