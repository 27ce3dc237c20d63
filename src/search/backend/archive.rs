//! The opened files of one commit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tantivy::{DocAddress, Index, ReloadPolicy};

use crate::article::FieldName;
use crate::index::{
    ArticleDecoder, CommitInfo, Entities, IndexError, IndexSchema, Inflections, StoredArticle, check_if_small,
    commit_info, open_tantivy,
};
use crate::read::{shown_name, working_folder};
use crate::search::backend::article_ids::{addresses_of, suffixed_id};
use crate::search::error::SearchError;
use crate::search::exec::bm25f::Scoring;
use crate::search::exec::context::SearchContext;
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::Plan;
use crate::search::query::search_query::Query;
use crate::search::snapshot::reader::Snapshot;
#[cfg(feature = "cluster")]
use crate::search::snapshot::statistics::TermStatistics;

/// Attempts to open a commit while a writer replaces it, and the pause between
/// them.
const ATTEMPTS: usize = 200;
const PAUSE: Duration = Duration::from_millis(5);

/// One commit: its postings and columns, entities with the alias ledger, and the
/// decoder of stored articles.
pub(crate) struct Archive {
    pub folder: PathBuf,
    pub snapshot: Snapshot,
    pub schema: IndexSchema,
    pub entities: Entities,
    pub info: CommitInfo,
    /// The fields of the user: those of the commit, and those of articles.
    pub fields: Vec<FieldName>,
    /// Paths under it are shown relative to it.
    working_folder: String,
    decoder: ArticleDecoder,
}

impl Archive {
    /// Opens the last commit of an index.
    pub fn open(folder: &Path) -> Result<Self, SearchError> {
        let mut failed = None;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let opened = open_tantivy(folder)?;
            let commit = (opened.1.epoch, opened.1.generation, opened.1.links);
            match Self::open_commit(folder, &opened.0, &opened.1) {
                // Another commit, or another index, may have replaced it between
                // reading its name and opening its files.
                Ok(archive) if attempt == ATTEMPTS || archive.is_current(&opened.0) => return Ok(archive),
                Err(error) if attempt == ATTEMPTS || failed == Some(commit) => return Err(error),
                Err(_) => failed = Some(commit),
                Ok(_) => {}
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// The same archive with statistics from another source.
    #[cfg(feature = "cluster")]
    pub fn with_statistics(self, statistics: std::sync::Arc<dyn TermStatistics>) -> Self {
        Self { snapshot: self.snapshot.with_statistics(statistics), ..self }
    }

    /// Whether the commit is still the last one.
    fn is_current(&self, index: &Index) -> bool {
        commit_info(&self.folder, index).is_ok_and(|info| info == self.info)
    }

    /// Opens the files of a commit.
    fn open_commit(folder: &Path, index: &Index, info: &CommitInfo) -> Result<Self, SearchError> {
        if info.generation == 0 {
            return Err(IndexError::Missing(folder.into()).into());
        }
        check_if_small(folder, index, info)?;
        let entities = Entities::open(folder, info)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(0)
            .try_into()
            .map_err(SearchError::read)?;
        let schema = IndexSchema::new();
        let forms = Inflections::open(folder, &info.inflections_path(folder))?;
        let copies = info.open_duplicates(folder)?.into();
        let snapshot = Snapshot::new(reader.searcher(), &schema, copies, forms.into())?;
        let working_folder = working_folder();
        let decoder = info.open_decoder(folder)?;
        let mut fields: BTreeSet<FieldName> = info.fields.iter().map(|field| field.name).collect();
        snapshot.add_fields(&mut fields).map_err(SearchError::read)?;
        let fields = fields.into_iter().filter(|field| *field != FieldName::TAG).collect();
        let (folder, info) = (folder.into(), info.clone());
        Ok(Self { folder, snapshot, schema, entities, info, fields, working_folder, decoder })
    }

    /// The version of the answers: the commit with its links, and the decisions of
    /// the alias ledger. Two archives of one version give the same answers.
    pub fn version(&self) -> String {
        let CommitInfo { epoch, generation, links, .. } = self.info;
        let decisions: Vec<String> = self.entities.ledger().decisions.iter().map(ToString::to_string).collect();
        format!("{epoch:x}-{generation}-{links}-{:08x}", crc32fast::hash(decisions.join("\n").as_bytes()))
    }

    /// Plans a query, and gathers the statistics for its scores.
    pub fn prepare(&self, query: &Query) -> Result<(Plan, Scoring), SearchError> {
        self.prepare_plan(|| self.planner().plan(query))
    }

    /// Gathers the statistics for the scores of a plan.
    pub fn prepare_plan(&self, plan: impl Fn() -> Result<Plan, SearchError>) -> Result<(Plan, Scoring), SearchError> {
        self.snapshot.settle(|| {
            let plan = plan()?;
            let scoring = Scoring::new(&self.snapshot, &self.schema, &plan)?;
            Ok((plan, scoring))
        })
    }

    /// A planner over this archive.
    pub fn planner(&self) -> Planner<'_> {
        Planner { snapshot: &self.snapshot, schema: &self.schema, entities: &self.entities, fields: &self.fields }
    }

    /// The context of a search.
    pub fn context<'a>(&'a self, plan: &'a Plan, scoring: &'a Scoring, fresh: bool) -> SearchContext<'a> {
        SearchContext { snapshot: &self.snapshot, schema: &self.schema, plan, scoring, recency: fresh }
    }

    /// Reads the stored article at an address.
    pub fn read(&self, address: DocAddress) -> Result<StoredArticle, SearchError> {
        let article = self.snapshot.document(address)?;
        let damaged = |what: String| IndexError::Damaged { path: self.folder.clone(), what };
        let stored = self.decoder.decode(&article).map_err(|error| damaged(format!("a stored article: {error}")))?;
        let mut article =
            StoredArticle::from_parts(stored).map_err(|what| damaged(format!("a stored article: {what}")))?;
        article.key = self.snapshot.tie(address.segment_ord, address.doc_id);
        self.show_path(&mut article);
        if self.info.has_shared_ids && addresses_of(self, &article.id)?.len() > 1 {
            article.id = suffixed_id(&article.id, article.key);
        }
        Ok(article)
    }

    /// Shows the path of an article relative to the working folder.
    pub fn show_path(&self, article: &mut StoredArticle) {
        article.path = shown_name(&article.path, &self.working_folder).to_owned();
    }
}
