//! Builds hits from ranked articles: texts, snippets, highlights, names.

use std::cmp::Reverse;
use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;
use tantivy::DocId;

use crate::index::{Entities, StoredArticle};
use crate::search::error::SearchError;
use crate::search::exec::candidate::Candidate;
use crate::search::exec::context::SearchContext;
use crate::search::exec::match_positions::{MatchPositions, matches};
use crate::search::exec::ranked::Ranked;
use crate::search::hits::article_cache::CachedArticle;
use crate::search::hits::collapse::DuplicateCluster;
use crate::search::hits::explanation;
use crate::search::hits::highlight::MatchedArticle;
use crate::search::hits::hit::{Hit, HitEntity};
use crate::search::hits::snippet;
use crate::search::query::search_query::Query;
use crate::search::snapshot::mentions::mentioned;

/// The most names of a hit.
const HIT_ENTITIES: usize = 10;

/// Reads the articles that hits are made of.
pub(crate) trait ArticleSource: Sync {
    fn article(&self, segment: u32, doc: DocId) -> Result<Arc<CachedArticle>, SearchError>;
}

/// What hits are built from.
#[derive(Clone, Copy)]
pub(crate) struct HitBuilder<'a> {
    pub query: &'a Query,
    pub context: SearchContext<'a>,
    pub entities: &'a Entities,
    pub articles: &'a dyn ArticleSource,
}

impl HitBuilder<'_> {
    /// The hits of duplicate clusters; the first cluster has rank `first`.
    pub fn build(&self, clusters: Vec<DuplicateCluster>, first: usize) -> Result<Vec<Hit>, SearchError> {
        let candidates: Vec<Candidate> = clusters.iter().map(|cluster| cluster.representative.candidate).collect();
        let clusters = clusters.into_par_iter().zip(matches(self.context, &candidates)?).enumerate();
        clusters.map(|(at, (cluster, matches))| self.hit(first + at, (&cluster, &matches))).collect()
    }

    /// Passes the hits of all clusters to `each`, built `size` at a time, until it
    /// breaks.
    pub fn each_page(
        &self,
        clusters: Vec<DuplicateCluster>,
        size: usize,
        each: &mut dyn FnMut(Hit) -> ControlFlow<()>,
    ) -> Result<(), SearchError> {
        let mut clusters = clusters.into_iter();
        for first in (1..=clusters.len()).step_by(size) {
            let page = clusters.by_ref().take(size).collect();
            for hit in self.build(page, first)? {
                if each(hit).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The hit of a duplicate cluster.
    fn hit(&self, rank: usize, (cluster, matches): (&DuplicateCluster, &MatchPositions)) -> Result<Hit, SearchError> {
        let Self { query, context, .. } = *self;
        query.deadline.check()?;
        let cached = self.stored(&cluster.representative)?;
        let article = &*cached.article;
        let matched = MatchedArticle { plan: context.plan, article, matches };
        let snippets = snippet::snippets(matched, &context.scoring.idf, query.snippets);
        let title = article.title_span;
        let title_highlights =
            matched.title_highlights().iter().map(|s| (s.start - title.start, s.end - title.start)).collect();
        let mut duplicates = Vec::with_capacity(cluster.copies.len());
        for copy in &cluster.copies {
            duplicates.push(self.stored(copy)?.article.id.clone());
        }
        let explanation =
            if query.explain { Some(explanation::score_parts(context, &cluster.representative)?) } else { None };
        Ok(Hit {
            rank,
            complete: cluster.representative.candidate.is_complete,
            score: f64::from(cluster.representative.score),
            entities: cached.entities(|article| hit_entities(self.entities, article, HIT_ENTITIES)).to_vec(),
            snippets,
            title_highlights,
            duplicates,
            explanation,
            id: article.id.clone(),
            path: article.path.clone(),
            title: article.title.clone(),
            published: article.published.clone(),
            source: article.source.clone(),
            url: article.url.clone(),
        })
    }

    /// The stored article of a ranked one.
    fn stored(&self, ranked: &Ranked) -> Result<Arc<CachedArticle>, SearchError> {
        self.articles.article(ranked.candidate.segment, ranked.candidate.doc)
    }
}

/// The names of an article with their counts, most mentioned first; of equals
/// the one that is mentioned first. At most `limit`.
pub(crate) fn hit_entities(entities: &Entities, article: &StoredArticle, limit: usize) -> Vec<HitEntity> {
    let mut ranked = mentioned(entities, article);
    ranked.sort_unstable_by_key(|(_, (mentions, first))| (Reverse(*mentions), *first));
    ranked
        .into_iter()
        .take(limit)
        .filter_map(|(id, (mentions, _))| {
            Some(HitEntity { kind: entities.kind(id)?, name: entities.name(id)?.to_owned(), mentions })
        })
        .collect()
}
