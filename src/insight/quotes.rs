//! Who said what about whom.

use serde::Serialize;

use crate::article::Span;
use crate::index::{EntityId, NameId, StoredArticle, StoredQuote, speaker_term};
use crate::segment::{Analyzer, TermKind, with_stemmer};

use crate::search::SearchError;
use crate::search::Searcher;
use crate::search::{Duplicates, Filters, Query};

/// Which quotes to find.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct QuoteRequest {
    /// By this person or organization.
    pub by: Option<EntityId>,
    /// About this: a name, or words.
    pub about: Option<String>,
    /// From articles of these days, sources.
    pub filters: Filters,
    /// At most so many; 0 is all.
    pub limit: usize,
}

/// Words that an article says were said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct QuoteHit {
    /// Who spoke; none where the article does not tell.
    pub speaker: Option<String>,
    /// The words, with their marks.
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
    /// Where the quote stands: bytes into the article's text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The sentences that it stands in.
    pub context: String,
}

/// What a quote is to be about.
enum About {
    Names(Vec<NameId>),
    Stems(Vec<String>),
}

impl Searcher {
    /// The quotes that fit, newest first.
    ///
    /// # Errors
    /// [`SearchError`]: neither a speaker nor anything spoken of, or a damaged
    /// index.
    pub fn quotes(&self, request: &QuoteRequest) -> Result<Vec<QuoteHit>, SearchError> {
        let about = request.about.as_deref().map(|text| self.about(text));
        let speakers = request.by.map(|by| self.entity_table().members(by));
        let mut found: Vec<QuoteHit> = Vec::new();
        let mut take = |article: &StoredArticle| {
            for quote in &article.quotes {
                let spoken = speakers.as_ref().is_none_or(|ids| quote.speaker.is_some_and(|id| ids.contains(&id)));
                if spoken && about.as_ref().is_none_or(|about| is_about(article, quote.span, about)) {
                    found.push(self.said(article, quote));
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
        found.sort_by(|a, b| (&b.published, &a.id, a.start).cmp(&(&a.published, &b.id, b.start)));
        // A copy says nothing new.
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|said| seen.insert((said.text.clone(), said.speaker.clone())));
        if request.limit > 0 {
            found.truncate(request.limit);
        }
        Ok(found)
    }

    fn about(&self, text: &str) -> About {
        match self.entity_named(text) {
            Some(entity) => About::Names(self.entity_table().members(entity)),
            None => About::Stems(stems(text)),
        }
    }

    fn said(&self, article: &StoredArticle, quote: &StoredQuote) -> QuoteHit {
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

/// The sentences that a quote stands in.
fn context(article: &StoredArticle, quote: Span) -> Span {
    let mut sentences = article.sentences.iter().map(|s| s.span).filter(|span| span.overlaps(quote));
    let first = sentences.next().unwrap_or(quote);
    let last = sentences.next_back().unwrap_or(first);
    Span::new(first.start.min(quote.start), last.end.max(quote.end))
}

fn is_about(article: &StoredArticle, quote: Span, about: &About) -> bool {
    match about {
        About::Names(ids) => {
            let around = context(article, quote);
            // Who speaks is not spoken of.
            let spoken_of = |span: Span| quote.contains(span) || around.contains(span);
            article.mentions.iter().any(|mention| ids.contains(&mention.name) && spoken_of(mention.span))
        }
        About::Stems(wanted) => {
            let own = stems(quote.of(&article.text));
            wanted.iter().all(|stem| own.contains(stem))
        }
    }
}

fn stems(text: &str) -> Vec<String> {
    let terms = Analyzer::terms(text, Span::new(0, text.len()));
    let words = terms.into_iter().filter(|term| term.kind == TermKind::Word);
    with_stemmer(|stemmer| words.map(|term| stemmer.stem(&term.text).to_owned()).collect())
}
