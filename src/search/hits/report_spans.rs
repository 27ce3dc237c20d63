//! Where an article tells what `quote-by:` and `states:` ask for.

use crate::article::Span;
use crate::index::{StoredArticle, StoredQuote, StoredStatement, event_term, speaker_term};

/// The quotes and statements of an article that have one of these terms.
pub(crate) struct ReportSpans<'a> {
    article: &'a StoredArticle,
    terms: &'a [String],
}

impl<'a> ReportSpans<'a> {
    pub fn new(article: &'a StoredArticle, terms: &'a [String]) -> Self {
        Self { article, terms }
    }

    fn quotes(&self) -> impl Iterator<Item = &'a StoredQuote> {
        let asked = |quote: &&StoredQuote| quote.speaker.is_some_and(|id| self.terms.contains(&speaker_term(id)));
        self.article.quotes.iter().filter(asked)
    }

    fn statements(&self) -> impl Iterator<Item = &'a StoredStatement> {
        self.article.statements.iter().filter(|stated| self.terms.contains(&event_term(stated.what)))
    }

    /// Where each begins: the quote, or the sentence that states it.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        let quotes = self.quotes().map(|quote| quote.span.start);
        quotes.chain(self.statements().map(|stated| stated.sentence.start))
    }

    /// What is to be highlighted within a stretch: quoted words, stated dates.
    pub fn highlights(&self, within: Span) -> Vec<Span> {
        let dates = self.statements().filter_map(|stated| Some(stated.date?.span));
        let intervals = self.quotes().map(|quote| quote.span).chain(dates);
        let clipped = intervals.map(|span| Span::new(span.start.max(within.start), span.end.min(within.end)));
        clipped.filter(|span| span.start < span.end).collect()
    }
}
