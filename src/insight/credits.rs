//! Casts and roles: who did what in which work, according to articles.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::{EntityId, StoredArticle};
use crate::insight::example::Example;
use crate::link::Job;
use crate::search::{SearchError, Searcher};

/// Example sentences of each credit.
const EXAMPLES: usize = 3;

/// Who did what in a work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CreditRow {
    /// The person.
    pub person: String,
    /// What they did.
    pub job: Job,
    /// The role they play.
    pub role: Option<String>,
    /// The work, where articles name it.
    pub work: Option<String>,
    /// Articles with this credit.
    pub articles: usize,
    /// Sentences of the earliest articles with it.
    pub sentences: Vec<Example>,
}

/// Person, job, role and work of a credit.
type CreditKey = (EntityId, Job, Option<EntityId>, Option<EntityId>);

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

    /// The credits of an entity that `fits`.
    fn credits(&self, of: EntityId, fits: impl Fn(&CreditKey) -> bool) -> Result<Vec<CreditRow>, SearchError> {
        let mut rows: BTreeMap<CreditKey, Vec<Example>> = BTreeMap::new();
        let mut counts: BTreeMap<CreditKey, usize> = BTreeMap::new();
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
            // Articles arrive in no order.
            examples.sort_by(|a, b| a.order().cmp(&b.order()));
            examples.truncate(EXAMPLES);
        }
        let with_roles: Vec<(EntityId, Option<EntityId>)> =
            rows.keys().filter(|key| key.2.is_some()).map(|key| (key.0, key.3)).collect();
        // An actor with a role in a work needs no row without one.
        let is_redundant =
            |key: &CreditKey| key.1 == Job::Actor && key.2.is_none() && with_roles.contains(&(key.0, key.3));
        let mut ranked: Vec<(CreditKey, Vec<Example>)> =
            rows.into_iter().filter(|(key, _)| !is_redundant(key)).collect();
        ranked.sort_by_key(|(key, _)| (key.2.is_none(), key.1, std::cmp::Reverse(counts[key]), *key));
        Ok(ranked.into_iter().filter_map(|(key, sentences)| self.row(key, counts[&key], sentences)).collect())
    }

    /// The credits of an article, each with its sentence.
    fn keys_of<'a>(&'a self, article: &'a StoredArticle) -> impl Iterator<Item = (CreditKey, Example)> + 'a {
        let entities = self.entity_table();
        article.credits.iter().map(|credit| {
            let of = |id| entities.of(id);
            let key = (of(credit.person), credit.job, credit.role.map(of), credit.work.map(of));
            (key, Example::new(article, credit.sentence))
        })
    }

    /// A row; `None` where the person or role is hidden.
    fn row(&self, key: CreditKey, articles: usize, sentences: Vec<Example>) -> Option<CreditRow> {
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
