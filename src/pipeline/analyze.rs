//! One record through extract, segment, recognize and link.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::article::{Article, Mention, MentionedDate};
use crate::link::{Credit, credits};
use crate::read::{RawRecord, ReadError};
use crate::recognize::mentioned_dates;
use crate::report::Reports;
use crate::segment::Segmented;

use super::{Failure, Pipeline};

/// An article with all that is known of it.
#[derive(Debug, Clone, Default)]
pub struct Analyzed {
    /// The article.
    pub article: Article,
    /// Its sentences and words.
    pub segmented: Segmented,
    /// Its names, linked.
    pub mentions: Vec<Mention>,
    /// Who did what in which work.
    pub credits: Vec<Credit>,
    /// The dates it speaks of.
    pub dates: Vec<MentionedDate>,
    /// Who said what, and what it states.
    pub reports: Reports,
}

impl From<Article> for Analyzed {
    /// An article of which nothing is known yet.
    fn from(article: Article) -> Self {
        Self { article, ..Self::default() }
    }
}

impl Pipeline {
    /// Takes a raw record through all stages before the index.
    ///
    /// # Errors
    /// [`Failure`] where the record could not be read or holds no article.
    pub fn analyze(&self, record: Result<RawRecord, ReadError>) -> Result<Analyzed, Failure> {
        Ok(self.analyze_article(self.extract(record)?))
    }

    /// Takes an article that is already extracted through the later stages.
    pub fn analyze_article(&self, article: Article) -> Analyzed {
        self.analyze_all(vec![article]).into_iter().next().unwrap_or_default()
    }

    /// The article of a record.
    pub(super) fn extract(&self, record: Result<RawRecord, ReadError>) -> Result<Article, Failure> {
        let record = record.map_err(|error| Failure::from(&error))?;
        let (path, place) = (record.path.clone(), record.place);
        // What a library that takes records apart cannot stand costs only itself.
        let extracted = catch_unwind(AssertUnwindSafe(|| self.extractor.extract(record)));
        extracted.map_err(|_| Failure::broken(path, place))?.map_err(|error| Failure::from(&error))
    }

    /// Takes articles through one stage after the other.
    pub(super) fn analyze_all(&self, articles: Vec<Article>) -> Vec<Analyzed> {
        let mut all: Vec<Analyzed> = articles.into_iter().map(Analyzed::from).collect();
        all.iter_mut().for_each(|one| one.segmented = Segmented::new(&one.article));
        let cut: Vec<_> = all.iter().map(|one| (&one.article, &one.segmented)).collect();
        let found = self.recognizer.recognize_all(&cut);
        for (one, mut mentions) in all.iter_mut().zip(found) {
            self.linker.link(&one.article, &mut mentions);
            mentions.retain(|mention| mention.confidence >= self.min_confidence);
            one.mentions = mentions;
        }
        for one in &mut all {
            one.credits = credits(&one.article, &one.segmented, &one.mentions);
            one.dates = mentioned_dates(&one.article, &one.segmented);
        }
        for one in &mut all {
            one.reports = Reports::new(&one.article, &one.segmented, &one.mentions, &one.dates);
        }
        all
    }
}

/// Does to all that went well what is done to them together; what failed stays
/// in its place.
pub(super) fn together<T, U, E>(
    results: Vec<Result<T, E>>,
    work: impl FnOnce(Vec<T>) -> Vec<Result<U, E>>,
) -> Vec<Result<U, E>> {
    let (mut good, mut failed) = (Vec::with_capacity(results.len()), Vec::with_capacity(results.len()));
    for result in results {
        failed.push(result.map(|one| good.push(one)).err());
    }
    let mut done = work(good).into_iter();
    failed.into_iter().filter_map(|failed| failed.map(Err).or_else(|| done.next())).collect()
}
