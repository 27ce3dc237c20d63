//! Where analyzed articles go: an index on disk, or a cluster.

use crate::index::{IndexError, Indexer, ManifestEntry, PreparedArticle};
use crate::panic_guard::{PanicReport, guarded};
use crate::pipeline::analyze::Analyzed;
use crate::pipeline::failure::Failure;

/// Where articles go.
pub(crate) trait Destination {
    /// An article in the form that is added.
    type Prepared: Send;

    /// Prepares articles; called on all cores.
    fn preparer(&self) -> Preparer<Self::Prepared>;
    /// Announces the file that the next articles are from.
    fn begin(&mut self, file: &str);
    /// Adds an article.
    fn add(&mut self, article: Self::Prepared) -> Result<(), IndexError>;
    /// Records a file that has been read.
    fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError>;
    /// The failures since the last call.
    fn failures(&mut self) -> Vec<Failure> {
        Vec::new()
    }
}

/// Prepares articles for a destination: one result for each, in order.
pub(crate) type Preparer<T> = Box<dyn Fn(Vec<Analyzed>) -> Vec<Result<T, PrepareError>> + Send + Sync>;

/// Why an article could not be prepared.
pub(crate) enum PrepareError {
    Panicked(PanicReport),
    /// The message, with the article's path.
    #[cfg_attr(not(feature = "cluster"), expect(dead_code, reason = "only articles for a cluster are refused"))]
    Refused(String),
}

impl Destination for Indexer {
    type Prepared = Box<PreparedArticle>;

    fn preparer(&self) -> Preparer<Self::Prepared> {
        let (seen, codec) = (self.seen_words(), self.codec());
        Box::new(move |analyzed| {
            let new = |analyzed| {
                let Analyzed { article, segmented, mentions, credits, dates, reports } = analyzed;
                Box::new(PreparedArticle::new(article, segmented, mentions, (credits, dates, reports), &seen))
            };
            let articles: Vec<_> = analyzed.into_iter().map(|one| guarded(|| new(one))).collect();
            let pack = |mut article: Box<PreparedArticle>| {
                let Some(codec) = codec.get() else { return Ok(article) };
                guarded(|| article.pack(codec)).map(|()| article)
            };
            articles.into_iter().map(|article| article.and_then(pack).map_err(PrepareError::Panicked)).collect()
        })
    }

    fn begin(&mut self, file: &str) {
        self.remove_file(file);
    }

    fn add(&mut self, article: Self::Prepared) -> Result<(), IndexError> {
        Indexer::add(self, *article)
    }

    fn end(&mut self, entry: ManifestEntry) -> Result<(), IndexError> {
        self.file_done(entry);
        Ok(())
    }

    fn failures(&mut self) -> Vec<Failure> {
        self.take_collisions().iter().map(Failure::id_collision).collect()
    }
}
