//! Entities numbered for counting, with their numbers in each document.

use std::cmp::Reverse;
use std::ops::Range;

use tantivy::DocId;

use crate::article::EntityKind;
use crate::index::{Entities, EntityId};
use crate::search::exec::candidate::Candidate;
use crate::search::facets::name_order::archived;

const KINDS: usize = EntityKind::ALL.len();

/// Entities numbered by kind, within a kind the most prominent first.
#[derive(Default)]
pub(super) struct EntityClass {
    pub ids: Vec<EntityId>,
    /// How many articles of the archive have each; see [`archived`].
    pub archived: Vec<u32>,
    /// The numbers of each kind.
    pub kinds: [Range<u32>; KINDS],
    /// For each segment the sorted numbers of each document.
    pub segments: Vec<DocumentLists>,
}

/// A list of numbers for each document of a segment.
#[derive(Default)]
pub(super) struct DocumentLists {
    /// Where each list ends in `numbers`.
    pub ends: Vec<u32>,
    pub numbers: Vec<u32>,
}

impl DocumentLists {
    fn of(&self, doc: DocId) -> &[u32] {
        let doc = doc as usize;
        let start = doc.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[doc] as usize]
    }
}

impl EntityClass {
    /// Numbers entities, each with its kind.
    pub fn new(mut ids: Vec<(usize, EntityId)>, entities: &Entities) -> Self {
        ids.sort_by_key(|(kind, id)| (*kind, Reverse(entities.prominence(*id)), *id));
        let place = |kind: usize| ids.partition_point(|(known, _)| *known < kind) as u32;
        let kinds = std::array::from_fn(|kind| place(kind)..place(kind + 1));
        let ids: Vec<EntityId> = ids.into_iter().map(|(_, id)| id).collect();
        let archived = ids.iter().map(|id| archived(entities, *id)).collect();
        Self { ids, archived, kinds, segments: Vec::new() }
    }

    /// An entity by its number, with its articles in the archive.
    pub fn entity(&self, number: u32) -> (EntityId, u32) {
        (self.ids[number as usize], self.archived[number as usize])
    }

    /// The numbers of an article.
    pub fn of(&self, article: &Candidate) -> &[u32] {
        self.segments[article.segment as usize].of(article.doc)
    }
}
