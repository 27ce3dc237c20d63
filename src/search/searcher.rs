//! An open index that answers queries.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Index, ReloadPolicy, TERMINATED};

use crate::article::{EntityKind, iso_day};
use crate::index::{
    ArticleDecoder, CommitInfo, Entities, EntityId, IndexError, IndexSchema, Inflections, Manifest, MovedFiles, NameId,
    StoredArticle, StoredMention, check_if_small, commit_info, folder_bytes, open_tantivy,
};
use crate::segment::fold;

use super::SearchError;
use super::candidates::{self, Candidate, Counts, Matching, Question};
use super::closeness::{self, Ranked};
use super::columns::{Columns, Snapshot};
use super::copies::{self, Story};
use super::explain;
use super::facets::{self, Facets};
use super::highlight::Shown;
use super::hit::{Hit, HitEntity, Results};
use super::matches::{Matches, matches};
use super::page::{self, Recent};
use super::plan::{Plan, Planner, Role, Unit, Wanted};
use super::query::{Duplicates, Query, Sort};
use super::score::Scoring;
use super::shards::Shards;
use super::shelf::{Shelf, Shelved, shelf};
use super::sizes;
use super::snippet;
use super::stats::Stats;

/// The most names shown with a hit.
const HIT_ENTITIES: usize = 10;
/// Ranked articles looked at beyond the page, in place of copies on it.
const BEYOND: usize = 2;
/// Attempts to open a commit that a writer replaces meanwhile, and the pause
/// between them.
const ATTEMPTS: usize = 200;
const PAUSE: Duration = Duration::from_millis(5);

/// Answers queries from one commit of an index; later commits do not disturb it.
///
/// ```
/// use newsearch::pipeline::{Failure, Pipeline, Progress};
/// use newsearch::search::{Query, Searcher};
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
    folder: PathBuf,
    snapshot: Snapshot,
    schema: IndexSchema,
    entities: Entities,
    info: CommitInfo,
    moved: MovedFiles,
    decoder: ArticleDecoder,
    shelf: Shelf,
    /// Where words and articles are, if this is but the catalog of a cluster.
    shards: Option<Arc<dyn Shards>>,
    /// What came from there.
    recent: Recent,
}

impl Searcher {
    /// Opens the last commit of an index.
    ///
    /// # Errors
    /// [`IndexError`] where there is none, or it is damaged.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let mut failed = None;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let opened = open_tantivy(folder)?;
            let commit = (opened.1.epoch, opened.1.generation, opened.1.links);
            match Self::open_commit(folder, &opened.0, &opened.1) {
                // A commit, or another index, may have come between reading
                // its name and opening its files.
                Ok(searcher) if attempt == ATTEMPTS || searcher.is_current(&opened.0) => return Ok(searcher),
                Err(error) if attempt == ATTEMPTS || failed == Some(commit) => return Err(error),
                Err(_) => failed = Some(commit),
                Ok(_) => {}
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Whether the commit is still the last one.
    fn is_current(&self, index: &Index) -> bool {
        commit_info(&self.folder, index).is_ok_and(|info| info == self.info)
    }

    fn open_commit(folder: &Path, index: &Index, info: &CommitInfo) -> Result<Self, SearchError> {
        if info.generation == 0 {
            return Err(IndexError::Missing(folder.into()).into());
        }
        check_if_small(folder, index, info)?;
        let entities = Entities::open(folder, info)?;
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(0).try_into()?;
        let schema = IndexSchema::new();
        let forms = Inflections::open(folder, &info.inflections_path(folder))?;
        let copies = info.open_duplicates(folder)?.into();
        let snapshot = Snapshot::new(reader.searcher(), &schema, copies, forms.into())?;
        let moved = info.open_moved(folder)?;
        let decoder = info.open_decoder(folder)?;
        Ok(Self {
            folder: folder.into(),
            snapshot,
            schema,
            entities,
            info: info.clone(),
            moved,
            decoder,
            shelf: shelf(),
            shards: None,
            recent: page::recent(),
        })
    }

    /// Opens the catalog of a cluster.
    ///
    /// # Errors
    /// As for [`Searcher::open`], and what the cluster says.
    pub(crate) fn open_catalog(folder: &Path, shards: Arc<dyn Shards>) -> Result<Self, SearchError> {
        let searcher = Self::open(folder)?;
        let snapshot = searcher.snapshot.counted_by(shards.clone(), &searcher.schema)?;
        Ok(Self { snapshot, shards: Some(shards), ..searcher })
    }

    /// Answers a query.
    ///
    /// # Errors
    /// [`SearchError`]: a query that cannot be read, or a damaged index.
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let (plan, scoring) = self.prepare(query)?;
        let question = self.question(&plan, &scoring, query.fresh);
        if let Some(shards) = &self.shards {
            return self.search_shards(&**shards, query, question);
        }
        let Matching { articles: candidates, complete } = candidates::collect(question)?;
        let total = candidates.len();
        let prefix = fold(query.facet_prefix.trim());
        // One query alone uses several cores; of a batch each has its own.
        let (facets, hits) = rayon::join(
            || facets::count(&self.snapshot, &self.entities, &candidates, &query.facets, &prefix),
            || self.hits(query, question, &candidates),
        );
        self.results(query, question, Counts { total, complete }, (hits?, facets))
    }

    /// Adds to hits and facets what is said of the query itself.
    pub(super) fn results(
        &self,
        query: &Query,
        question: Question<'_>,
        Counts { total, complete }: Counts,
        (hits, facets): (Vec<Hit>, Facets),
    ) -> Result<Results, SearchError> {
        let missing = missing(question.plan, question.scoring);
        let suggestion = self.suggestion(query, complete, &missing)?;
        let explanation = query.explain.then(|| explain::explain(question));
        let copies_counted = !question.plan.leaves_out_copies();
        Ok(Results { total, hits, facets, missing, suggestion, copies_counted, explanation })
    }

    /// Names what is answered from: the commit with its links, and the
    /// decisions on names. Two searchers of one version answer alike.
    pub fn version(&self) -> String {
        let CommitInfo { epoch, generation, links, .. } = self.info;
        let decisions: Vec<String> = self.entities.ledger().decisions.iter().map(ToString::to_string).collect();
        format!("{epoch:x}-{generation}-{links}-{:08x}", crc32fast::hash(decisions.join("\n").as_bytes()))
    }

    /// Plans a query, and gathers the statistics for its scores.
    pub(super) fn prepare(&self, query: &Query) -> Result<(Plan, Scoring), SearchError> {
        self.snapshot.settle(|| {
            let plan = self.planner().plan(query)?;
            let scoring = Scoring::new(&self.snapshot, &self.schema, &plan)?;
            Ok((plan, scoring))
        })
    }

    pub(super) fn planner(&self) -> Planner<'_> {
        Planner { snapshot: &self.snapshot, schema: &self.schema, entities: &self.entities }
    }

    pub(super) fn question<'a>(&'a self, plan: &'a Plan, scoring: &'a Scoring, fresh: bool) -> Question<'a> {
        Question { snapshot: &self.snapshot, schema: &self.schema, plan, scoring, fresh, page: None }
    }

    /// All articles that match a query.
    pub(super) fn matching(&self, query: &Query) -> Result<Matching, SearchError> {
        let (plan, scoring) = self.prepare(query)?;
        candidates::collect(self.question(&plan, &scoring, false))
    }

    /// How many articles match a query.
    pub(super) fn count(&self, query: &Query) -> Result<Counts, SearchError> {
        if let Some(shards) = &self.shards {
            return self.count_in(&**shards, query);
        }
        let Matching { articles, complete } = self.matching(query)?;
        Ok(Counts { total: articles.len(), complete })
    }

    fn hits(&self, query: &Query, question: Question<'_>, candidates: &[Candidate]) -> Result<Vec<Hit>, SearchError> {
        let stories = self.page(query, question, candidates)?;
        self.stories_to_hits(query, question, stories, query.offset + 1)
    }

    /// Shows stories, the first of which has rank `first`.
    pub(super) fn stories_to_hits(
        &self,
        query: &Query,
        question: Question<'_>,
        stories: Vec<Story>,
        first: usize,
    ) -> Result<Vec<Hit>, SearchError> {
        let shown: Vec<Candidate> = stories.iter().map(|story| story.shown.candidate).collect();
        let stories = stories.into_par_iter().zip(matches(question, &shown)?).enumerate();
        stories.map(|(at, (story, matches))| self.hit(query, question, first + at, (&story, &matches))).collect()
    }

    /// The stories of the page that is asked for.
    fn page(&self, query: &Query, question: Question<'_>, candidates: &[Candidate]) -> Result<Vec<Story>, SearchError> {
        if query.limit == 0 {
            return Ok(Vec::new());
        }
        let end = query.offset.saturating_add(query.limit);
        let all = candidates.len();
        let mut reach = end.saturating_add(BEYOND);
        loop {
            let ranked = self.rank(query.sort, question, candidates, reach)?;
            let stories = self.stories(query, question, ranked, candidates)?;
            if stories.len() >= end || reach >= all {
                return Ok(stories.into_iter().skip(query.offset).take(query.limit).collect());
            }
            reach = reach.saturating_mul(2);
        }
    }

    /// The stories of the best of some candidates.
    pub(super) fn stories(
        &self,
        query: &Query,
        question: Question<'_>,
        ranked: Vec<Ranked>,
        candidates: &[Candidate],
    ) -> Result<Vec<Story>, SearchError> {
        let lacks_copies = query.duplicates == Duplicates::Collapse && ranked.len() < candidates.len();
        let ranked = if lacks_copies { self.with_copies(question, ranked, candidates)? } else { ranked };
        Ok(copies::stories(&self.snapshot.copies, query.duplicates, ranked))
    }

    /// Adds the copies of ranked articles that match too, wherever they rank.
    fn with_copies(
        &self,
        question: Question<'_>,
        mut ranked: Vec<Ranked>,
        candidates: &[Candidate],
    ) -> Result<Vec<Ranked>, SearchError> {
        let copies = &self.snapshot.copies;
        let stories: FxHashSet<u64> = ranked.iter().filter_map(|article| copies.cluster_of(article.tie)).collect();
        if stories.is_empty() {
            return Ok(ranked);
        }
        let known: FxHashSet<u64> = ranked.iter().map(|article| article.tie).collect();
        let is_copy = |candidate: &&Candidate| {
            let tie = question.snapshot.tie(candidate.segment, candidate.doc);
            !known.contains(&tie) && copies.cluster_of(tie).is_some_and(|story| stories.contains(&story))
        };
        let missing: Vec<Candidate> = candidates.iter().filter(is_copy).copied().collect();
        let mut found = closeness::look(question, missing)?;
        found.sort_by(Ranked::order);
        ranked.append(&mut found);
        Ok(ranked)
    }

    pub(super) fn rank(
        &self,
        sort: Sort,
        question: Question<'_>,
        candidates: &[Candidate],
        count: usize,
    ) -> Result<Vec<Ranked>, SearchError> {
        if sort == Sort::Relevance {
            return closeness::best(question, candidates, count);
        }
        let mut dated = with_dates(question.snapshot, candidates);
        dated.sort_by(|(a_day, a, a_tie), (b_day, b, b_tie)| {
            sort.by_date((*a_day, a.score, *a_tie), (*b_day, b.score, *b_tie))
        });
        dated.truncate(count);
        let chosen: Vec<Candidate> = dated.into_iter().map(|(_, candidate, _)| candidate).collect();
        let mut ranked = closeness::look(question, chosen)?;
        ranked.sort_by(|a, b| sort.order(a, b));
        Ok(ranked)
    }

    fn hit(
        &self,
        query: &Query,
        question: Question<'_>,
        rank: usize,
        (story, matches): (&Story, &Matches),
    ) -> Result<Hit, SearchError> {
        query.deadline.check()?;
        let shelved = self.stored(question, &story.shown)?;
        let article = &*shelved.article;
        let shown = Shown { plan: question.plan, article, matches };
        let snippets = snippet::snippets(shown, &question.scoring.idf, query.snippets);
        let title = article.title_span;
        let title_highlights = shown.in_title().iter().map(|s| (s.start - title.start, s.end - title.start)).collect();
        let mut duplicates = Vec::with_capacity(story.copies.len());
        for copy in &story.copies {
            duplicates.push(self.stored(question, copy)?.article.id.clone());
        }
        let explanation = if query.explain { Some(explain::score_parts(question, &story.shown)?) } else { None };
        Ok(Hit {
            rank,
            score: f64::from(story.shown.score),
            entities: shelved.entities(|article| self.entities_of(article, HIT_ENTITIES)).to_vec(),
            snippets,
            title_highlights,
            duplicates,
            explanation,
            id: article.id.clone(),
            path: article.path.clone(),
            title: article.title.clone(),
            published: article.published.clone(),
            source: article.source.clone(),
            url: article.url.clone(),
        })
    }

    /// The names of an article with their counts, most mentioned first; of
    /// equals the one that stands first. At most `limit`.
    pub fn entities_of(&self, article: &StoredArticle, limit: usize) -> Vec<HitEntity> {
        let mut ranked = self.mentioned(article);
        ranked.sort_unstable_by_key(|(_, (mentions, first))| (Reverse(*mentions), *first));
        ranked
            .into_iter()
            .take(limit)
            .filter_map(|(id, (mentions, _))| {
                Some(HitEntity { kind: self.entities.kind(id)?, name: self.entities.name(id)?.to_owned(), mentions })
            })
            .collect()
    }

    /// The entities of an article that are shown, each with its mentions and the
    /// place of the first of them, in no order.
    pub(super) fn mentioned(&self, article: &StoredArticle) -> Vec<(EntityId, (usize, usize))> {
        let of = |(at, mention): (usize, &StoredMention)| (self.entities.of(mention.name), at);
        let mut mentions: Vec<(EntityId, usize)> = article.mentions.iter().enumerate().map(of).collect();
        mentions.sort_unstable();
        let same = mentions.chunk_by(|a, b| a.0 == b.0);
        let counted = same.map(|same| (same[0].0, (same.len(), same[0].1)));
        counted.filter(|(id, _)| self.entities.is_shown(*id)).collect()
    }

    /// The entities of the index, under the ledger as it was when it was opened.
    pub fn entity_table(&self) -> &Entities {
        &self.entities
    }

    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    pub(super) fn schema(&self) -> &IndexSchema {
        &self.schema
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn recent(&self) -> &Recent {
        &self.recent
    }

    pub(super) fn shards(&self) -> Option<&dyn Shards> {
        self.shards.as_deref()
    }

    /// The entities that are shown and that articles have, with the number of
    /// these articles.
    pub(super) fn living_entities(&self) -> impl Iterator<Item = (EntityId, u32)> + '_ {
        self.snapshot.living_entities(&self.entities)
    }

    /// Hands every article that names one of these to `each`.
    pub(super) fn each_article_naming(
        &self,
        names: &[NameId],
        each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let terms: Vec<Term> = names
            .iter()
            .flat_map(|id| [self.schema.title_names, self.schema.body_names].map(|field| (field, id.to_string())))
            .map(|(field, id)| Term::from_field_text(field, &id))
            .collect();
        self.each_article_with(&terms, each)
    }

    /// Hands every article with a credit of one of these to `each`.
    pub(super) fn each_article_crediting(
        &self,
        names: &[NameId],
        each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let terms: Vec<Term> =
            names.iter().map(|id| Term::from_field_u64(self.schema.credits, u64::from(*id))).collect();
        self.each_article_with(&terms, each)
    }

    /// Hands every article that reports such a thing to `each`; see
    /// [`crate::index::about_term`] and its like.
    pub(super) fn each_article_reporting(
        &self,
        terms: &[String],
        each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        let term = |term: &String| Term::from_field_text(self.schema.reports, term);
        let terms: Vec<Term> = terms.iter().map(term).collect();
        self.each_article_with(&terms, each)
    }

    /// Hands every article that fully matches a query to `each`, in no order.
    pub(super) fn each_matching_article(
        &self,
        query: &Query,
        mut each: impl FnMut(&StoredArticle),
    ) -> Result<(), SearchError> {
        if let Some(shards) = &self.shards {
            return self.each_matching_in(&**shards, query, each);
        }
        for article in self.matching(query)?.articles {
            each(&self.read(DocAddress::new(article.segment, article.doc))?);
        }
        Ok(())
    }

    fn each_article_with(&self, terms: &[Term], mut each: impl FnMut(&StoredArticle)) -> Result<(), SearchError> {
        if let Some(shards) = &self.shards {
            return self.each_with_in(&**shards, terms, each);
        }
        for (number, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let mut found = BTreeSet::new();
            for term in terms {
                let index = segment.inverted_index(term.field())?;
                let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { continue };
                while postings.doc() != TERMINATED {
                    found.insert(postings.doc());
                    postings.advance();
                }
            }
            for doc in found.into_iter().filter(|doc| !segment.is_deleted(*doc)) {
                each(&self.read(DocAddress::new(number as u32, doc))?);
            }
        }
        Ok(())
    }

    fn stored(&self, question: Question<'_>, ranked: &Ranked) -> Result<Arc<Shelved>, SearchError> {
        if let Some(page) = question.page {
            let lost = || IndexError::Engine("an article of a page is lost; please report this".into());
            return page.get(ranked.candidate.doc as usize).cloned().ok_or_else(|| lost().into());
        }
        self.shelved(DocAddress::new(ranked.candidate.segment, ranked.candidate.doc))
    }

    /// The article at an address, kept for a while.
    pub(super) fn at(&self, address: DocAddress) -> Result<Arc<StoredArticle>, SearchError> {
        Ok(self.shelved(address)?.article.clone())
    }

    fn shelved(&self, address: DocAddress) -> Result<Arc<Shelved>, SearchError> {
        self.shelf.get_or_insert_with(&address, || self.read(address).map(Shelved::new).map(Arc::new))
    }

    fn read(&self, address: DocAddress) -> Result<StoredArticle, SearchError> {
        let article = self.snapshot.document(address)?;
        let damaged = |what: String| IndexError::Damaged { path: self.folder.clone(), what };
        let stored = self.decoder.decode(&article).map_err(|error| damaged(format!("a stored article: {error}")))?;
        let mut article =
            StoredArticle::from_parts(stored).map_err(|what| damaged(format!("a stored article: {what}")))?;
        if !self.moved.is_empty() {
            article.path = self.moved.current(&article.path).into_owned();
        }
        Ok(article)
    }

    /// The article of an id.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>, SearchError> {
        if let Some(shards) = &self.shards {
            return Ok(shards.article(id)?.map(|found| page::shown(&**shards, &self.schema, found)));
        }
        match self.find(self.schema.id, id)? {
            Some(address) => self.read(address).map(Some),
            None => Ok(None),
        }
    }

    fn find(&self, field: Field, value: &str) -> Result<Option<DocAddress>, SearchError> {
        let term = Term::from_field_text(field, value);
        for (number, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let index = segment.inverted_index(field)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(Some(DocAddress::new(number as u32, postings.doc())));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Counts and sizes of the index.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn stats(&self) -> Result<Stats, SearchError> {
        let manifest = Manifest::read(&self.info.manifest_path(&self.folder))?;
        let (mut first, mut last, mut undated) = (u64::MAX, 0, 0);
        for (number, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let published = &self.snapshot.columns(number as u32).published;
            for doc in segment.doc_ids_alive() {
                match published.first(doc).unwrap_or(0) {
                    0 => undated += 1,
                    day => (first, last) = (first.min(day), last.max(day)),
                }
            }
        }
        let mut names = [0; EntityKind::ALL.len()];
        for (id, _) in self.snapshot.living_entities(&self.entities) {
            if let Some(kind) = self.entities.kind(id) {
                names[kind.ordinal()] += 1;
            }
        }
        Ok(Stats {
            articles: self.snapshot.searcher.num_docs(),
            files: manifest.files.len(),
            names: EntityKind::ALL.into_iter().zip(names).collect(),
            published: (last > 0).then(|| (iso_day(first), iso_day(last))),
            undated,
            text_bytes: self.info.text_bytes,
            index_bytes: match &self.shards {
                Some(shards) => shards.bytes()?,
                None => folder_bytes(&self.folder),
            },
            sizes: sizes::sizes_of(&self.snapshot.searcher)?,
            segments: self.snapshot.searcher.segment_readers().len(),
            commits: self.info.generation,
            format: self.info.format,
        })
    }
}

/// Candidates with their days and ties.
fn with_dates(snapshot: &Snapshot, candidates: &[Candidate]) -> Vec<(u64, Candidate, u64)> {
    let mut dated = Vec::with_capacity(candidates.len());
    for group in candidates.chunk_by(|a, b| a.segment == b.segment) {
        let Columns { published, tie, .. } = snapshot.columns(group[0].segment);
        dated.extend(group.iter().map(|c| (published.first(c.doc).unwrap_or(0), *c, tie.first(c.doc).unwrap_or(0))));
    }
    dated
}

/// What is asked for and stands in no article.
fn missing(plan: &Plan, scoring: &Scoring) -> Vec<String> {
    let units = plan.units.iter().zip(&scoring.occurs);
    let asked =
        |unit: &Unit| !matches!(unit.role, Role::Excluded | Role::Together) && !matches!(unit.wanted, Wanted::Mark(_));
    let missing = units.filter(|(unit, occurs)| asked(unit) && !**occurs);
    missing.map(|(unit, _)| unit.text.clone()).collect()
}
