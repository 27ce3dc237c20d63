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
#[derive(Debug, Clone)]
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

impl Pipeline {
    /// Takes a raw record through all stages before the index.
    ///
    /// # Errors
    /// [`Failure`] where the record could not be read or holds no article.
    pub fn analyze(&self, record: Result<RawRecord, ReadError>) -> Result<Analyzed, Failure> {
        let record = record.map_err(|error| Failure::from(&error))?;
        let (path, place) = (record.path.clone(), record.place);
        // What a library that takes records apart cannot stand costs only itself.
        let extracted = catch_unwind(AssertUnwindSafe(|| self.extractor.extract(record)));
        let article = extracted.map_err(|_| Failure::broken(path, place))?.map_err(|error| Failure::from(&error))?;
        Ok(self.analyze_article(article))
    }

    /// Takes an article that is already extracted through the later stages.
    pub fn analyze_article(&self, article: Article) -> Analyzed {
        let segmented = Segmented::new(&article);
        let mut mentions = self.recognizer.recognize_segmented(&article, &segmented);
        self.linker.link(&article, &mut mentions);
        mentions.retain(|mention| mention.confidence >= self.min_confidence);
        let credits = credits(&article, &segmented, &mentions);
        let dates = mentioned_dates(&article, &segmented);
        let reports = Reports::new(&article, &segmented, &mentions, &dates);
        Analyzed { article, segmented, mentions, credits, dates, reports }
    }
}
