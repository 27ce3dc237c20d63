//! Did you mean: another query that would find more.
//!
//! Where articles have all of a query, it is only compared with the names of the
//! archive; see [`known_names`](super::known_names). Where none has, its words are
//! corrected together; see [`correction`](super::correction).

use crate::article::EntityKind;
use crate::link::alias_key;
use crate::search::backend::api::Backend;
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::query::filters::Filters;
use crate::search::query::search_query::Query;
use crate::search::suggest::correction::correct;
use crate::search::suggest::known_names::{Search, names_like, nearest_name, spelling};
use crate::search::suggest::known_words::TIMES_MORE;
use crate::search::suggest::near::{NearMisses, heard_as};
use crate::search::suggest::query_words::{QueryWord, look_up, plain_words};
use crate::search::suggest::support::Support;

/// Shorter names, in letters, resemble too many others.
const MIN_LETTERS: usize = 4;
/// The same where the query finds nothing.
const MIN_LETTERS_LOST: usize = 3;
/// The most words of a query that is compared with names.
const MAX_WORDS: usize = 8;
/// A query of so few words may be a name.
const FEW_WORDS: usize = 4;
/// So few articles may have the words of a name that is misspelled by chance.
const FEW: usize = 50;
/// The most words of a query that other words are looked for.
const MAX_CORRECTED_WORDS: usize = 100;

/// Looks for another query that would find more.
pub(crate) struct DidYouMean<'a> {
    pub archive: &'a Archive,
    pub backend: &'a dyn Backend,
}

/// Another query that would find more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Better {
    pub text: String,
    /// Whether its hits are better than those of the query as it was typed: no
    /// article has all of that.
    pub replaces: bool,
}

impl DidYouMean<'_> {
    /// Another query that would find more than the `complete` articles that have
    /// all of this one.
    pub(crate) fn better(
        &self,
        query: &Query,
        complete: usize,
        missing: &[String],
    ) -> Result<Option<Better>, SearchError> {
        // Without one of the words no match is complete.
        let complete = if missing.is_empty() { complete } else { 0 };
        if query.exact {
            return Ok(None);
        }
        let Some(words) = plain_words(&query.text, &self.archive.fields)
            .filter(|words| (1..=MAX_CORRECTED_WORDS).contains(&words.len()))
        else {
            return Ok(None);
        };
        let text = words.join(" ");
        let known = self.archive.entities.written_as(&text, None);
        if let Some((entity, _)) = known.first() {
            // A name with a misplaced space: “Beverl yHills”.
            let is_misspaced = missing.iter().any(|word| words.contains(word));
            let alias = alias_key(EntityKind::Person, &text);
            let name = is_misspaced.then(|| spelling(&self.archive.entities, *entity, &alias)).flatten();
            return Ok(name.map(|text| Better { text, replaces: true }));
        }
        if complete > 0 {
            let text = if words.len() <= MAX_WORDS { self.better_known(query, &text, complete)? } else { None };
            return Ok(text.map(|text| Better { text, replaces: false }));
        }
        self.correction(query, &words)
    }

    /// A name like a text that is no name, where the archive hardly has the text.
    fn better_known(&self, query: &Query, text: &str, complete: usize) -> Result<Option<String>, SearchError> {
        if alias_key(EntityKind::Person, text).chars().count() < MIN_LETTERS {
            return Ok(None);
        }
        let entities = &self.archive.entities;
        let support = Support::new(self.archive, self.backend, query);
        let in_order = || support.count(&format!("\"{}\"", text.replace('"', " ")));
        let words = text.split_whitespace().count();
        // Scattered words are no name.
        let is_scattered = (2..=FEW_WORDS).contains(&words) && complete <= FEW && in_order()? == 0;
        let found = if is_scattered {
            names_like(entities, text, Search::Near).into_iter().next()
        } else {
            nearest_name(entities, text)
        };
        let Some(found) = found else { return Ok(None) };
        let is_rarer = is_scattered || (in_order()? as u64).saturating_mul(TIMES_MORE) <= found.articles.into();
        if !is_rarer {
            return Ok(None);
        }
        let articles = support.count(&found.name)?;
        let is_better = articles > complete || articles > 0 && !entities.written_as(&found.name, None).is_empty();
        Ok(is_better.then_some(found.name))
    }

    /// The words of a query corrected together, where no article has all of them.
    fn correction(&self, query: &Query, words: &[String]) -> Result<Option<Better>, SearchError> {
        let text = words.join(" ");
        if alias_key(EntityKind::Person, &text).chars().count() < MIN_LETTERS_LOST {
            return Ok(None);
        }
        let mut support = Support::new(self.archive, self.backend, query);
        let words = look_up(self.archive, words)?;
        let mut correct = || self.likely_correction(query, &words, &mut support);
        let found = if query.filters == Filters::default() {
            self.archive.snapshot.corrections.get_or_insert_with(&text, correct)?
        } else {
            correct()?
        };
        let Some(found) = found else { return Ok(None) };
        // Words that no article has count for nothing.
        let is_lost = words.iter().any(|word| word.articles == 0);
        Ok(if is_lost || support.count(&found)? > 0 { Some(Better { text: found, replaces: true }) } else { None })
    }

    fn likely_correction(
        &self,
        query: &Query,
        words: &[QueryWord],
        support: &mut Support<'_>,
    ) -> Result<Option<String>, SearchError> {
        let found = correct(words, support)?;
        if let Some(found) = &found
            && !found.is_apart
        {
            return Ok(Some(found.text.clone()));
        }
        // A person is one that articles name.
        let near = NearMisses { archive: self.archive, backend: self.backend };
        match near.of(query)? {
            Some(near) => Ok(heard_as(&query.text, &near)),
            None => Ok(found.map(|found| found.text)),
        }
    }
}
