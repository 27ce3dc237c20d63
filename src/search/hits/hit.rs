//! What a query returns.

use serde::Serialize;

use crate::article::EntityKind;

use crate::search::facets::facet::Facets;
use crate::search::hits::explanation::{Explanation, ScoreParts};
use crate::search::hits::snippet::Snippet;

/// The answer to a query.
#[derive(Debug, Clone, Default, PartialEq)]

pub struct Results {
    /// Matching articles in all, copies among them.
    pub total: usize,
    /// The page of hits that was asked for.
    pub hits: Vec<Hit>,
    /// The counted facets, over all matching articles.
    pub facets: Facets,
    /// What was asked for and stands in no article at all.
    pub missing: Vec<String>,
    /// Another query that would find more.
    pub suggestion: Option<String>,
    /// Whether the total and the facets count copies; they do not where the
    /// query leaves copies out with `-is:duplicate`.
    pub copies_counted: bool,
    /// How the query was understood, where that was asked.
    pub explanation: Option<Explanation>,
}

/// A matching article.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Hit {
    /// 1 for the best of all, not of the page.
    pub rank: usize,
    /// The article's id.
    pub id: String,
    /// Higher is better; comparable within one query.
    pub score: f64,
    /// The file it came from.
    pub path: String,
    /// What to show as its title.
    pub title: String,
    /// What matched in the title: bytes of `title`.
    pub title_highlights: Vec<(usize, usize)>,
    /// ISO date of publication.
    pub published: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The passages that match best.
    pub snippets: Vec<Snippet>,
    /// The article's names, those mentioned most first.
    pub entities: Vec<HitEntity>,
    /// The ids of its copies that match too.
    pub duplicates: Vec<String>,
    /// What its score is made of, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<ScoreParts>,
}

/// A name of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct HitEntity {
    /// What it names.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// How often the article mentions it.
    pub mentions: usize,
}
