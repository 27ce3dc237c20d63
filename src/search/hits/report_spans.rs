//! Spans of the quotes and statements that `quote-by:` and `states:` match.

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

    /// The quotes of the requested speakers.
    fn quotes(&self) -> impl Iterator<Item = &'a StoredQuote> {
        let matches = |quote: &&StoredQuote| quote.speaker.is_some_and(|id| self.terms.contains(&speaker_term(id)));
        self.article.quotes.iter().filter(matches)
    }

    /// The statements of the requested kinds.
    fn statements(&self) -> impl Iterator<Item = &'a StoredStatement> {
        self.article.statements.iter().filter(|stated| self.terms.contains(&event_term(stated.what)))
    }

    /// Where each begins: a quote, or the sentence of a statement.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        let quotes = self.quotes().map(|quote| quote.span.start);
        quotes.chain(self.statements().map(|stated| stated.sentence.start))
    }

    /// The highlights within a span: quoted words, stated dates.
    pub fn highlights(&self, within: Span) -> Vec<Span> {
        let dates = self.statements().filter_map(|stated| Some(stated.date?.span));
        let intervals = self.quotes().map(|quote| quote.span).chain(dates);
        let clipped = intervals.map(|span| Span::new(span.start.max(within.start), span.end.min(within.end)));
        clipped.filter(|span| span.start < span.end).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_of_the_speaker_are_found_and_clipped() {
        let quote = |start, end, speaker| StoredQuote { span: Span::new(start, end), speaker };
        let quotes = vec![quote(10, 20, Some(1)), quote(30, 40, Some(2)), quote(50, 60, None)];
        let article = StoredArticle { quotes, ..StoredArticle::default() };
        let check = |speakers: &[u32], within: (usize, usize), starts: &[usize], highlights: &[(usize, usize)]| {
            let terms: Vec<String> = speakers.iter().map(|id| speaker_term(*id)).collect();
            let spans = ReportSpans::new(&article, &terms);
            assert_eq!(spans.starts().collect::<Vec<_>>(), starts);
            let found = spans.highlights(Span::new(within.0, within.1));
            assert_eq!(found.iter().map(|span| (span.start, span.end)).collect::<Vec<_>>(), highlights);
        };
        check(&[], (0, 100), &[], &[]);
        check(&[1], (0, 100), &[10], &[(10, 20)]);
        check(&[1, 2], (15, 35), &[10, 30], &[(15, 20), (30, 35)]);
        check(&[2], (0, 30), &[30], &[]);
    }
}
