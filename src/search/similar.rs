//! Articles like another: by what they name, and by their rare words.

use std::collections::BTreeMap;

use crate::index::{EntityId, StoredArticle};
use crate::segment::{Analyzer, TermKind, with_stemmer};

use super::candidates;
use super::closeness;
use super::columns::Snapshot;
use super::language::Occur;
use super::plan::{Clause, Plan, Sequence, Unit, Wanted};
use super::score::Scoring;
use super::{Hit, Query, SearchError, Searcher};

/// The rare words that are looked for.
const WORDS: usize = 25;
/// The entities that are looked for.
const ENTITIES: usize = 15;
/// Shorter words say little.
const LEAST_LETTERS: usize = 3;
/// What share of what is looked for an article must have.
const SHARE: f32 = 0.15;

impl Searcher {
    /// The articles most like the one of an id, best first: those that share
    /// its names and its rare words, each weighed by how often the article has
    /// it and how rare it is in the archive. Its copies are not among them.
    /// `None` where there is no such article.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn similar(&self, id: &str, limit: usize) -> Result<Option<Vec<Hit>>, SearchError> {
        let Some(article) = self.article(id)? else { return Ok(None) };
        let (plan, scoring) = self.snapshot().settle(|| {
            let plan = self.likeness(&article)?;
            let scoring = Scoring::new(self.snapshot(), self.schema(), &plan)?;
            Ok((plan, scoring))
        })?;
        let question = self.question(&plan, &scoring, false);
        let own = crate::article::stable_hash(article.id.as_bytes());
        let story = self.snapshot().copies.cluster_of(own).unwrap_or(own);
        if let Some(shards) = self.shards() {
            let mut without = self.snapshot().copies.members(&[story].into_iter().collect());
            without.push(own);
            return self.similar_in(shards, question, (SHARE, without, limit)).map(Some);
        }
        let mut found = candidates::collect_share(question, SHARE)?;
        found.retain(|candidate| {
            let tie = self.snapshot().tie(candidate.segment, candidate.doc);
            tie != own && self.snapshot().copies.cluster_of(tie) != Some(story)
        });
        let ranked = closeness::best(question, &found, limit.saturating_mul(2))?;
        let stories = super::copies::collapse(&self.snapshot().copies, ranked);
        let query = Query::new("");
        let stories = stories.into_iter().take(limit).collect();
        self.stories_to_hits(&query, question, stories, 1).map(Some)
    }

    /// What an article is looked for by.
    fn likeness(&self, article: &StoredArticle) -> Result<Plan, SearchError> {
        let mut weighted = words(self.snapshot(), article, |term| {
            self.snapshot().frequency(self.schema().body, term, &self.snapshot().forms.of(term))
        })?;
        weighted.truncate(WORDS);
        let mut plan = Plan::default();
        for (stem, weight) in weighted {
            let sequences = vec![Sequence::stems(vec![stem.clone()], &self.snapshot().forms)];
            add(&mut plan, stem, Wanted::Words(sequences), weight);
        }
        for (entity, mentions) in self.most_mentioned(article) {
            let name = self.entity_table().name(entity).unwrap_or_default().to_owned();
            let wanted = Wanted::Names(self.entity_table().members(entity));
            add(&mut plan, name, wanted, 1.0 + (mentions as f32).ln());
        }
        Ok(plan)
    }

    fn most_mentioned(&self, article: &StoredArticle) -> Vec<(EntityId, usize)> {
        let mut counts: Vec<(EntityId, usize)> =
            self.mentioned(article).into_iter().map(|(entity, (mentions, _))| (entity, mentions)).collect();
        counts.sort_by_key(|(entity, mentions)| (std::cmp::Reverse(*mentions), *entity));
        counts.truncate(ENTITIES);
        counts
    }
}

fn add(plan: &mut Plan, text: String, wanted: Wanted, weight: f32) {
    let node = plan.push(Unit::scored(text, wanted, weight));
    plan.clauses.push(Clause::new(Occur::Should, node));
}

/// The stems of an article that say most about it, with the logarithm of how
/// often they stand; those in no other article say nothing.
fn words(
    snapshot: &Snapshot,
    article: &StoredArticle,
    frequency: impl Fn(&str) -> Result<u64, SearchError>,
) -> Result<Vec<(String, f32)>, SearchError> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    with_stemmer(|stemmer| {
        let terms = Analyzer::terms(&article.text, article.body).into_iter().filter(|term| term.kind == TermKind::Word);
        for term in terms.filter(|term| term.text.chars().count() >= LEAST_LETTERS) {
            *counts.entry(stemmer.stem(&term.text).to_owned()).or_default() += 1;
        }
    });
    let mut weighted = Vec::with_capacity(counts.len());
    for (stem, count) in counts {
        let articles = frequency(&stem)?;
        if articles > 1 {
            let rarity = (snapshot.sizes().0 as f32 / articles as f32).ln();
            let weight = 1.0 + (count as f32).ln();
            weighted.push((weight * rarity, stem, weight));
        }
    }
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(weighted.into_iter().map(|(_, stem, weight)| (stem, weight)).collect())
}
