//! An open archive that answers queries.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::schema::Term;

use crate::article::{EntityKind, FieldName};
use crate::index::{Entities, EntityId, NameId, StoredArticle};
use crate::search::answers::{self, ask::Ask};
use crate::search::backend::api::{Answer, Backend};
use crate::search::backend::archive::Archive;
use crate::search::backend::local::LocalIndex;
use crate::search::error::SearchError;
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::context::SearchContext;
use crate::search::facets::facet::Facets;
use crate::search::hits::explanation;
use crate::search::hits::hit::{Corrected, Hit, HitEntity, Results};
use crate::search::hits::hit_builder::hit_entities;
use crate::search::language::notes::{NoteKind, QueryNote};
use crate::search::plan::similar::plan_like;
use crate::search::plan::tree::{Node, Plan, Role, Unit, UnitKind};
use crate::search::query::facet_request::{FacetKind, unknown as unknown_facet};
use crate::search::query::search_query::Query;
#[cfg(feature = "cluster")]
use crate::search::snapshot::statistics::TermStatistics;
use crate::search::suggest::completion::{Completion, complete};
use crate::search::suggest::did_you_mean::{Better, DidYouMean};
use crate::search::suggest::near::NearMisses;

/// Answers queries from one commit of an index; later commits do not affect it.
///
/// ```
/// use newsearch::{Failure, Pipeline, Progress};
/// use newsearch::{Query, Searcher};
/// struct Quiet;
/// impl Progress for Quiet {
///     fn failure(&mut self, _: &Failure) {}
/// }
/// let folder = std::env::temp_dir().join(format!("newsearch-doc-{}", std::process::id()));
/// Pipeline::new().index(&["corpus/film".into()], &folder, &mut Quiet)?;
/// let results = Searcher::open(&folder)?.search(&Query::new("Hayley Atwell"))?;
/// assert!(results.hits[0].snippets[0].text.contains("Atwell"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Searcher {
    archive: Archive,
    backend: Box<dyn Backend>,
}

/// A commit of an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// When the index was made, in nanoseconds since 1970.
    pub index: u64,
    /// Counts its commits.
    pub number: u64,
}

impl Searcher {
    /// Opens the last commit of an index on disk.
    ///
    /// # Errors
    /// [`SearchError::Index`] where there is none, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        Ok(Self { archive: Archive::open(folder)?, backend: Box::new(LocalIndex::new()) })
    }

    /// Opens an archive whose names and columns are in a folder, and whose
    /// articles and statistics are elsewhere.
    #[cfg(feature = "cluster")]
    pub(crate) fn with_backend(
        folder: &Path,
        backend: Box<dyn Backend>,
        statistics: Arc<dyn TermStatistics>,
    ) -> Result<Self, SearchError> {
        Ok(Self { archive: Archive::open(folder)?.with_statistics(statistics), backend })
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`SearchError`]: a query that cannot be read, or a damaged index.
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        self.check_facets(query)?;
        let results = self.best_results(query)?;
        let ask = Ask { archive: &self.archive, backend: &*self.backend };
        let answer = match &results.corrected {
            Some(corrected) => answers::answer(ask, &Query { text: corrected.to.clone(), ..query.clone() })?,
            None => answers::answer(ask, query)?,
        };
        Ok(Results { answer, ..results })
    }

    /// The results of a query, or of its correction where no article has all of it.
    fn best_results(&self, query: &Query) -> Result<Results, SearchError> {
        let (results, complete) = self.answer(query)?;
        let suggest = DidYouMean { archive: &self.archive, backend: &*self.backend };
        let better = suggest.better(query, complete, &results.missing)?;
        match better {
            Some(Better { text, replaces: true }) if query.correct => {
                let (results, _) = self.answer(&Query { text: text.clone(), ..query.clone() })?;
                let corrected = Some(Corrected { from: query.text.clone(), to: text.clone() });
                Ok(Results { corrected, suggestion: Some(text), ..results })
            }
            Some(Better { text, .. }) => Ok(Results { suggestion: Some(text), ..results }),
            None if complete == 0 || !results.missing.is_empty() => self.without_near_misses(query, results),
            None => Ok(results),
        }
    }

    /// The results of a query as it stands, and the number of articles that have
    /// all of it.
    fn answer(&self, query: &Query) -> Result<(Results, usize), SearchError> {
        let (plan, scoring) = self.archive.prepare(query)?;
        let context = self.archive.context(&plan, &scoring, query.fresh);
        let Answer { counts, hits, facets, answering } = self.backend.answer(&self.archive, query, context)?;
        let missing = missing(&plan, &scoring);
        let results = Results {
            total: counts.total,
            complete: if missing.is_empty() { counts.complete } else { 0 },
            answering,
            facet_order: query.facet_order,
            hits,
            facets,
            missing,
            notes: self.notes(query, &plan)?,
            copies_counted: !plan.leaves_out_copies(),
            explanation: query.explain.then(|| explanation::explain(context)),
            ..Results::default()
        };
        Ok((results, counts.complete))
    }

    /// The results of a query that no article matches in full: where it asks for a
    /// person, articles that name others of the same given name or surname are no
    /// hits.
    fn without_near_misses(&self, query: &Query, results: Results) -> Result<Results, SearchError> {
        let near = NearMisses { archive: &self.archive, backend: &*self.backend }.of(query)?;
        let Some(near) = near else { return Ok(results) };
        if !query.correct {
            return Ok(Results { near, ..results });
        }
        let kinds = results.facets.kinds.into_iter().map(|(kind, _)| (kind, Vec::new())).collect();
        Ok(Results { total: 0, hits: Vec::new(), facets: Facets { kinds }, answering: 0, near, ..results })
    }

    /// What of a query is read otherwise than typed, as [`Results::notes`].
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn notes_on(&self, query: &Query) -> Result<Vec<QueryNote>, SearchError> {
        self.prepared(query, false, |context| self.notes(query, context.plan))
    }

    /// The notes of a query, with offers of what finds something only. Where no article is
    /// of the days in words, there may be some that speak of them.
    fn notes(&self, query: &Query, plan: &Plan) -> Result<Vec<QueryNote>, SearchError> {
        let mut notes = Vec::with_capacity(plan.notes.len());
        for note in plan.notes.iter().cloned() {
            let Some(offered) = note.query.clone().filter(|_| note.kind == NoteKind::Date) else {
                notes.push(note);
                continue;
            };
            let mentioned = offered.replace(" published:", " mentions:");
            for text in [offered, mentioned] {
                if self.finds(&Query { text: text.clone(), ..query.clone() })? {
                    notes.push(note.with_query(text));
                    break;
                }
            }
        }
        Ok(notes)
    }

    fn finds(&self, query: &Query) -> Result<bool, SearchError> {
        let (plan, scoring) = self.archive.prepare(query)?;
        let context = self.archive.context(&plan, &scoring, false);
        Ok(self.backend.count(&self.archive, context)?.complete > 0)
    }

    /// Refuses facets of fields that the archive does not have.
    fn check_facets(&self, query: &Query) -> Result<(), SearchError> {
        let fields = &self.archive.fields;
        let unknown = query.facets.iter().find(|request| match &request.kind {
            FacetKind::Field(name) => *name != FieldName::TAG && !fields.contains(name),
            _ => false,
        });
        unknown.map_or(Ok(()), |request| Err(SearchError::Filter(unknown_facet(request.kind.as_str(), fields))))
    }

    /// Plans a query, gathers its statistics, and runs a search with both.
    pub(crate) fn prepared<T>(
        &self,
        query: &Query,
        fresh: bool,
        search: impl FnOnce(SearchContext<'_>) -> Result<T, SearchError>,
    ) -> Result<T, SearchError> {
        let (plan, scoring) = self.archive.prepare(query)?;
        search(self.archive.context(&plan, &scoring, fresh))
    }

    /// The articles most similar to the one of an id, best first: those that share
    /// its names and its rare words, each weighted by its frequency in the article
    /// and its rarity in the archive. The article's duplicates are left out.
    /// `None` where there is no such article.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn similar(&self, id: &str, limit: usize) -> Result<Option<Vec<Hit>>, SearchError> {
        let Some(article) = self.article(id)? else { return Ok(None) };
        let planner = self.archive.planner();
        let (plan, scoring) = self.archive.prepare_plan(|| plan_like(&planner, &article))?;
        let context = self.archive.context(&plan, &scoring, false);
        self.backend.similar(&self.archive, context, article.key, limit).map(Some)
    }

    /// The article of an id.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>, SearchError> {
        self.backend.article(&self.archive, id)
    }

    /// The other articles of an article's duplicate cluster, in no order.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn copies_of(&self, article: &StoredArticle) -> Result<Vec<Arc<StoredArticle>>, SearchError> {
        let key = article.key;
        match self.archive.snapshot.copies.cluster_of(key) {
            Some(cluster) => self.backend.duplicates_of(&self.archive, cluster, key),
            None => Ok(Vec::new()),
        }
    }

    /// The names of an article with their counts, most mentioned first; of
    /// equals the one mentioned first. At most `limit`.
    pub fn entities_of(&self, article: &StoredArticle, limit: usize) -> Vec<HitEntity> {
        hit_entities(&self.archive.entities, article, limit)
    }

    /// As [`Completer::complete`](crate::Completer::complete), of the names of this
    /// commit.
    pub fn complete(&self, prefix: &str, kind: Option<EntityKind>, limit: usize) -> Vec<Completion> {
        complete(&self.archive.entities, prefix, kind, limit)
    }

    /// The number of the open commit, and of the index: another one in its place counts
    /// its commits anew.
    pub fn commit(&self) -> Commit {
        Commit { index: self.archive.info.epoch, number: self.archive.info.generation }
    }

    /// The version of the answers: the commit with its links, and the decisions of
    /// the alias ledger. Two searchers of one version give the same answers.
    pub fn version(&self) -> String {
        self.archive.version()
    }

    /// The entities of the index, with the alias ledger as of the opening.
    pub fn entity_table(&self) -> &Entities {
        &self.archive.entities
    }

    pub(crate) fn archive(&self) -> &Archive {
        &self.archive
    }

    pub(crate) fn backend(&self) -> &dyn Backend {
        &*self.backend
    }

    /// The visible entities that articles have, with the number of these articles.
    pub(crate) fn living_entities(&self) -> impl Iterator<Item = (EntityId, u32)> + '_ {
        self.archive.snapshot.living_entities(&self.archive.entities)
    }

    /// Passes every article that mentions one of these names to `each`.
    pub(crate) fn each_article_naming(
        &self,
        names: &[NameId],
        each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let schema = &self.archive.schema;
        let terms: Vec<Term> = names
            .iter()
            .flat_map(|id| [schema.title_names, schema.body_names].map(|field| (field, id.to_string())))
            .map(|(field, id)| Term::from_field_text(field, &id))
            .collect();
        self.each_article_with(&terms, each)
    }

    /// Passes every article with a credit of one of these names to `each`.
    pub(crate) fn each_article_crediting(
        &self,
        names: &[NameId],
        each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let term = |id: &NameId| Term::from_field_u64(self.archive.schema.credits, u64::from(*id));
        let terms: Vec<Term> = names.iter().map(term).collect();
        self.each_article_with(&terms, each)
    }

    /// Passes every article with one of these report terms to `each`; see
    /// [`crate::index::about_term`].
    pub(crate) fn each_article_reporting(
        &self,
        terms: &[String],
        each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let term = |term: &String| Term::from_field_text(self.archive.schema.reports, term);
        let terms: Vec<Term> = terms.iter().map(term).collect();
        self.each_article_with(&terms, each)
    }

    /// Passes every article that fully matches a query to `each`, in no order.
    pub(crate) fn each_matching_article(
        &self,
        query: &Query,
        mut each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        self.prepared(query, false, |context| self.backend.each_match(&self.archive, context, &mut each))
    }

    fn each_article_with(&self, terms: &[Term], mut each: impl FnMut(&StoredArticle)) -> Result<(), SearchError> {
        self.backend.each_with_terms(&self.archive, terms, &mut each)
    }
}

/// The units of a query that no article has.
fn missing(plan: &Plan, scoring: &Scoring) -> Vec<String> {
    let units = plan.units.iter().zip(&scoring.occurs);
    let is_searched = |unit: &Unit| {
        !matches!(unit.role, Role::Excluded | Role::NamePhrase) && !matches!(unit.kind, UnitKind::Mark(_))
    };
    // A word that stands in a known name is not missed.
    let is_named = |at: usize| {
        let covering = plan.clauses.iter().filter(|clause| clause.node == Node::Unit(at)).filter_map(|c| c.covered_by);
        covering.into_iter().any(|name| scoring.occurs[name])
    };
    let is_function = |at: usize| plan.clauses.iter().any(|c| c.score_only && c.node == Node::Unit(at));
    let missing = units
        .enumerate()
        .filter(|(at, (unit, occurs))| is_searched(unit) && !**occurs && !is_named(*at) && !is_function(*at));
    missing.map(|(_, (unit, _))| unit.text.clone()).collect()
}
