//! Where the words and articles are that a catalog lacks.
//!
//! A catalog is an index of names and columns only; a cluster of other machines
//! has the rest. It finds and counts; newsearch ranks, from what it finds.

use tantivy::schema::Field;

use crate::article::EntityKind;
use crate::index::{ArticleRecord, DuplicateClusters, Entities, IndexSchema};

use super::candidates::Demand;
use super::facets::{FacetRequest, Facets, Period};
use super::plan::Plan;
use super::score::Scoring;
use super::{SearchError, Sort};

/// A term whose articles are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Counted {
    pub field: Field,
    pub term: String,
    /// A stem, rather than a word as it is written.
    pub stem: bool,
}

/// What the archive holds in all.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Totals {
    pub articles: u64,
    /// Terms of all titles, and of all bodies.
    pub words: (u64, u64),
}

/// What articles must have.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    pub plan: &'a Plan,
    pub scoring: &'a Scoring,
    pub demand: &'a Demand,
    pub schema: &'a IndexSchema,
    /// The latest day of publication, where what is new is preferred.
    pub newest: Option<u64>,
    /// For `is:duplicate`.
    pub copies: &'a DuplicateClusters,
}

/// Where a page of articles ends: the sort values of its last.
pub(crate) type After = serde_json::Value;

/// Which of the wanted articles to bring.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    /// By the most they can score, or by date.
    pub sort: Sort,
    /// Those after this place.
    pub after: Option<After>,
    pub size: usize,
    /// Only articles of these ties.
    pub only: Option<Vec<u64>>,
    /// Only articles of other ties than these.
    pub without: Vec<u64>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// How many articles match.
    pub total: usize,
    /// The articles of the batch, with the commit each came with.
    pub articles: Vec<(ArticleRecord, u64)>,
    /// The most that those after them can score.
    pub most: f32,
    /// Where the next batch begins; none where this was the last.
    pub next: Option<After>,
}

/// Finds and counts articles on other machines.
pub(crate) trait Shards: Send + Sync {
    /// What there is.
    fn totals(&self) -> Result<Totals, SearchError>;

    /// In how many articles each term stands.
    fn frequencies(&self, schema: &IndexSchema, terms: &[Counted]) -> Result<Vec<u64>, SearchError>;

    /// A batch of the articles that match.
    fn find(&self, wanted: Wanted<'_>, batch: &Batch) -> Result<Found, SearchError>;

    /// The facets of all articles that match.
    fn facets(
        &self,
        wanted: Wanted<'_>,
        requests: &[FacetRequest],
        entities: &Entities,
        prefix: &str,
    ) -> Result<Facets, SearchError>;

    /// The articles that match by period; those without a date under 0.
    fn periods(&self, wanted: Wanted<'_>, period: Period) -> Result<Vec<(u64, u32)>, SearchError>;

    /// The article of an id.
    fn article(&self, id: &str) -> Result<Option<(ArticleRecord, u64)>, SearchError>;

    /// Hands every article that has one of these terms to `each`.
    fn each_with(
        &self,
        schema: &IndexSchema,
        terms: &[Counted],
        each: &mut dyn FnMut(ArticleRecord, u64),
    ) -> Result<(), SearchError>;

    /// The number of a name, by its kind and key; those that came after the
    /// catalog was made get numbers above all others.
    fn name(&self, kind: EntityKind, name: &str) -> u32;

    /// Bytes that the articles take in the cluster.
    fn bytes(&self) -> Result<u64, SearchError>;
}
