//! The answer to a query.

use serde::Serialize;

use crate::article::EntityKind;
use crate::search::facets::facet::Facets;
use crate::search::hits::explanation::{Explanation, ScoreParts};
use crate::search::hits::question_answer::QuestionAnswer;
use crate::search::hits::snippet::Snippet;
use crate::search::language::notes::QueryNote;
use crate::search::query::facet_request::FacetOrder;

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    /// Matching articles in all, including copies.
    pub total: usize,
    /// How many of them have all that was asked, but function words. They come first;
    /// the others have some of it.
    pub complete: usize,
    /// The requested page of hits.
    pub hits: Vec<Hit>,
    /// The counted facets, over the articles that answer the query: those with all of its
    /// words or, where none has all, those with the most of them.
    pub facets: Facets,
    /// How many articles answer the query.
    pub answering: usize,
    /// The order of the names of the facets.
    pub facet_order: FacetOrder,
    /// Words and names of the query that no article has.
    pub missing: Vec<String>,
    /// Another query that would find more, or of which these are the hits.
    pub suggestion: Option<String>,
    /// What of the query was read otherwise than typed.
    pub notes: Vec<QueryNote>,
    /// What articles answer, where the query is a question and they are sure.
    pub answer: Option<QuestionAnswer>,
    /// The query in place of the one that was asked, where no article has all of
    /// that.
    pub corrected: Option<Corrected>,
    /// The names of people who share a word with the one that was asked for, whom
    /// no article names.
    pub near: Vec<NearName>,
    /// Whether the total and the facets count copies; not where the query excludes
    /// them with `-is:duplicate`.
    pub copies_counted: bool,
    /// How the query was understood, if requested.
    pub explanation: Option<Explanation>,
}

/// A query that was answered in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Corrected {
    /// As it was asked.
    pub from: String,
    /// The query that was answered.
    pub to: String,
}

/// A name that shares a word with one that no article has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct NearName {
    /// Its kind.
    pub kind: EntityKind,
    /// The name.
    pub name: String,
    /// Articles that have it with the word.
    pub articles: u32,
}

/// A matching article.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Hit {
    /// 1 for the best hit of all pages.
    pub rank: usize,
    /// The article's id.
    pub id: String,
    /// Whether it has all that was asked, but function words.
    pub complete: bool,
    /// Higher is better; comparable within one query among hits that have all, and among
    /// the others.
    pub score: f64,
    /// The file it came from.
    pub path: String,
    /// Its title, or the beginning of its text.
    pub title: String,
    /// Matches in the title: byte ranges of `title`.
    pub title_highlights: Vec<(usize, usize)>,
    /// ISO date of publication.
    pub published: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// Its web address.
    pub url: Option<String>,
    /// The best matching passages.
    pub snippets: Vec<Snippet>,
    /// The article's names, most mentioned first.
    pub entities: Vec<HitEntity>,
    /// The ids of its copies that match too.
    pub duplicates: Vec<String>,
    /// The parts of its score, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<ScoreParts>,
}

/// A name of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct HitEntity {
    /// Its kind.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// How often the article mentions it.
    pub mentions: usize,
}
