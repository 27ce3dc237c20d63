//! Casts and roles: what articles say of who did what.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::{EntityId, StoredArticle};
use crate::link::Job;

use crate::insight::entity_evidence::Example;
use crate::search::SearchError;
use crate::search::Searcher;

/// Sentences told of each credit.
const EXAMPLES: usize = 3;

/// Who did what in a work, as articles say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CreditRow {
    /// The person.
    pub person: String,
    /// What they did.
    pub job: Job,
    /// Whom they play.
    pub role: Option<String>,
    /// The work, where articles tell it.
    pub work: Option<String>,
    /// Articles that say so.
    pub articles: usize,
    /// Sentences that say so: the first articles'.
    pub sentences: Vec<Example>,
}

/// What a credit joins.
type Key = (EntityId, Job, Option<EntityId>, Option<EntityId>);

impl Searcher {
    /// Who did what in a work, those with roles first, by number of articles.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn cast(&self, work: EntityId) -> Result<Vec<CreditRow>, SearchError> {
        self.credits(work, |key| key.3 == Some(work))
    }

    /// What a person did in which works, by number of articles.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn roles(&self, person: EntityId) -> Result<Vec<CreditRow>, SearchError> {
        self.credits(person, |key| key.0 == person || key.2 == Some(person))
    }

    fn credits(&self, of: EntityId, fits: impl Fn(&Key) -> bool) -> Result<Vec<CreditRow>, SearchError> {
        let mut rows: BTreeMap<Key, Vec<Example>> = BTreeMap::new();
        let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
        self.each_article_crediting(&self.entity_table().members(of), |article| {
            let mut seen = Vec::new();
            for (key, example) in self.keys_of(article).filter(|(key, _)| fits(key)) {
                let examples = rows.entry(key).or_default();
                if !seen.contains(&key) {
                    seen.push(key);
                    *counts.entry(key).or_default() += 1;
                    examples.push(example);
                }
            }
        })?;
        for examples in rows.values_mut() {
            // Those that say so first; articles come in no order.
            examples.sort_by(|a, b| a.order().cmp(&b.order()));
            examples.truncate(EXAMPLES);
        }
        let told: Vec<(EntityId, Option<EntityId>)> =
            rows.keys().filter(|key| key.2.is_some()).map(|key| (key.0, key.3)).collect();
        // Who has a role in a work is in its cast anyway.
        let bare = |key: &Key| key.1 == Job::Actor && key.2.is_none() && told.contains(&(key.0, key.3));
        let mut ranked: Vec<(Key, Vec<Example>)> = rows.into_iter().filter(|(key, _)| !bare(key)).collect();
        ranked.sort_by_key(|(key, _)| (key.2.is_none(), key.1, std::cmp::Reverse(counts[key]), *key));
        Ok(ranked.into_iter().filter_map(|(key, sentences)| self.row(key, counts[&key], sentences)).collect())
    }

    fn keys_of<'a>(&'a self, article: &'a StoredArticle) -> impl Iterator<Item = (Key, Example)> + 'a {
        let entities = self.entity_table();
        article.credits.iter().map(|credit| {
            let of = |id| entities.of(id);
            let key = (of(credit.person), credit.job, credit.role.map(of), credit.work.map(of));
            (key, Example::new(article, credit.sentence))
        })
    }

    fn row(&self, key: Key, articles: usize, sentences: Vec<Example>) -> Option<CreditRow> {
        let entities = self.entity_table();
        let (person, job, role, work) = key;
        let hidden = [Some(person), role].into_iter().flatten().any(|id| entities.is_hidden(id));
        let name = |id: EntityId| entities.name(id).map(str::to_owned);
        (!hidden).then_some(())?;
        Some(CreditRow {
            person: name(person)?,
            job,
            role: role.and_then(name),
            work: work.and_then(name),
            articles,
            sentences,
        })
    }
}
