//! Quotes by speaker and subject.

use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::article::Span;
use crate::index::{EntityId, NameId, StoredArticle, StoredQuote, speaker_term};
use crate::search::{Duplicates, Filters, Query, SearchError, Searcher};
use crate::segment::{Analyzer, TermKind, with_stemmer};

/// Which quotes to find.
#[derive(Debug, Clone, Default)]
pub struct QuoteRequest {
    /// The speaker: a person or organization.
    pub by: Option<EntityId>,
    /// The subject: a name, or words.
    pub about: Option<String>,
    /// Filters of articles.
    pub filters: Filters,
    /// The most quotes to return; 0 is all.
    pub limit: usize,
}

/// A quote of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct QuoteHit {
    /// The speaker; `None` where the article does not say.
    pub speaker: Option<String>,
    /// The words, with their quotation marks.
    pub text: String,
    /// The article's id.
    pub id: String,
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its date.
    pub published: Option<String>,
    /// Its source.
    pub source: Option<String>,
    /// The first byte of the quote in the article's text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The sentences with the quote.
    pub context: String,
}

/// The subject of a quote.
enum About {
    Names(Vec<NameId>),
    Stems(Vec<String>),
}

impl Searcher {
    /// The quotes that fit, newest first.
    ///
    /// # Errors
    /// [`SearchError`]: neither a speaker nor a subject, or a damaged index.
    pub fn quotes(&self, request: &QuoteRequest) -> Result<Vec<QuoteHit>, SearchError> {
        let about = request.about.as_deref().map(|text| self.about(text));
        let speakers = request.by.map(|by| self.entity_table().members(by));
        let mut quotes: Vec<QuoteHit> = Vec::new();
        let mut take = |article: &StoredArticle| {
            for quote in &article.quotes {
                let is_by_speaker =
                    speakers.as_ref().is_none_or(|ids| quote.speaker.is_some_and(|id| ids.contains(&id)));
                if is_by_speaker && about.as_ref().is_none_or(|about| is_about(article, quote.span, about)) {
                    quotes.push(self.quote_hit(article, quote));
                }
            }
        };
        match (&speakers, &request.about) {
            (Some(ids), _) => {
                let terms: Vec<String> = ids.iter().map(|id| speaker_term(*id)).collect();
                self.each_article_reporting(&terms, |article| {
                    if request.filters.keeps(article) {
                        take(article);
                    }
                })?;
            }
            (None, Some(text)) => {
                let (filters, duplicates) = (request.filters.clone(), Duplicates::Show);
                let query = Query { filters, duplicates, ..Query::new(text) };
                self.each_matching_article(&query, take)?;
            }
            (None, None) => return Err(SearchError::Empty),
        }
        quotes.sort_by(|a, b| (&b.published, &a.id, a.start).cmp(&(&a.published, &b.id, b.start)));
        // Copies of an article repeat its quotes.
        let mut seen = FxHashSet::default();
        quotes.retain(|quote| seen.insert((quote.text.clone(), quote.speaker.clone())));
        if request.limit > 0 {
            quotes.truncate(request.limit);
        }
        Ok(quotes)
    }

    /// The subject that a text names.
    fn about(&self, text: &str) -> About {
        match self.entity_named(text) {
            Some(entity) => About::Names(self.entity_table().members(entity)),
            None => About::Stems(stems(text)),
        }
    }

    /// The hit of a quote.
    fn quote_hit(&self, article: &StoredArticle, quote: &StoredQuote) -> QuoteHit {
        let entities = self.entity_table();
        let context = context(article, quote.span);
        QuoteHit {
            speaker: quote.speaker.and_then(|id| entities.name(entities.of(id))).map(str::to_owned),
            text: quote.span.of(&article.text).to_owned(),
            id: article.id.clone(),
            path: article.path.clone(),
            title: article.title.clone(),
            published: article.published.clone(),
            source: article.source.clone(),
            start: quote.span.start,
            end: quote.span.end,
            context: context.of(&article.text).to_owned(),
        }
    }
}

/// The sentences with a quote.
fn context(article: &StoredArticle, quote: Span) -> Span {
    let mut sentences = article.sentences.iter().map(|s| s.span).filter(|span| span.overlaps(quote));
    let first = sentences.next().unwrap_or(quote);
    let last = sentences.next_back().unwrap_or(first);
    Span::new(first.start.min(quote.start), last.end.max(quote.end))
}

/// Whether a quote is about a subject.
fn is_about(article: &StoredArticle, quote: Span, about: &About) -> bool {
    match about {
        About::Names(ids) => {
            let around = context(article, quote);
            // A mention in the quote or in its sentences.
            let is_near = |span: Span| quote.contains(span) || around.contains(span);
            article.mentions.iter().any(|mention| ids.contains(&mention.name) && is_near(mention.span))
        }
        About::Stems(wanted) => {
            let own = stems(quote.of(&article.text));
            wanted.iter().all(|stem| own.contains(stem))
        }
    }
}

/// The stems of the words of a text.
fn stems(text: &str) -> Vec<String> {
    let terms = Analyzer::terms(text, Span::new(0, text.len()));
    let words = terms.into_iter().filter(|term| term.kind == TermKind::Word);
    with_stemmer(|stemmer| words.map(|term| stemmer.stem(&term.text).to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use crate::index::{StoredMention, StoredSentence};

    use super::*;

    fn article() -> StoredArticle {
        let text = "Ada smiled. \u{201c}We sing loudly,\u{201d} Ben said. Rain fell.".to_owned();
        let sentence =
            |start, end| StoredSentence { span: Span::new(start, end), first_word: 0, opens_paragraph: false };
        let mention = |start, end, name| StoredMention { span: Span::new(start, end), name };
        StoredArticle {
            sentences: vec![sentence(0, 11), sentence(12, 43), sentence(44, 54)],
            mentions: vec![mention(0, 3, 1), mention(34, 37, 2)],
            text,
            ..StoredArticle::default()
        }
    }

    #[test]
    fn subjects_are_found_in_the_quote_or_its_sentences() {
        let (article, quote) = (article(), Span::new(12, 33));
        let check = |about: About, expected| assert_eq!(is_about(&article, quote, &about), expected);
        check(About::Names(vec![1]), false);
        check(About::Names(vec![2]), true);
        check(About::Names(vec![1, 2]), true);
        check(About::Stems(stems("singing")), true);
        check(About::Stems(stems("loud singing")), true);
        check(About::Stems(stems("sing rain")), false);
        check(About::Stems(stems("rain")), false);
    }

    #[test]
    fn contexts_are_whole_sentences() {
        let article = article();
        let check = |start, end, expected: (usize, usize)| {
            let context = context(&article, Span::new(start, end));
            assert_eq!((context.start, context.end), expected);
        };
        check(12, 33, (12, 43));
        check(5, 20, (0, 43));
        check(11, 12, (11, 12));
    }
}
