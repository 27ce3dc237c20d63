//! Did you mean: another query that would find more.
//!
//! The whole query is compared with the aliases of the archive's entities; where
//! none is similar, words that the archive lacks are compared with its words. The
//! candidate of the lowest edit cost wins; see [`edit_cost`].

use crate::article::{EntityKind, FieldName};
use crate::index::EntityId;
use crate::link::alias_key;
use crate::search::backend::api::Backend;
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::exec::candidate::MatchCounts;
use crate::search::language::parser::parse;
use crate::search::language::syntax_tree::{Clause, Expression, Occur};
use crate::search::plan::expansion::alike;
use crate::search::query::search_query::Query;
use crate::search::suggest::edit_cost::edit_cost;
use crate::segment::fold;

/// A query that more articles fully match needs no suggestion, unless a name.
const ENOUGH: usize = 10;
/// Shorter names and words, in letters, resemble too many others.
const MIN_LETTERS: usize = 4;
/// The same where the query finds nothing.
const MIN_LETTERS_LOST: usize = 3;
/// Names and words of so many letters may differ by two edits.
const LONG: std::ops::RangeInclusive<usize> = 8..=24;
/// The most words of a query that is compared with names.
const MAX_WORDS: usize = 8;
/// The most words of a query that other words are looked for.
const MAX_CORRECTED_WORDS: usize = 100;
/// A word that so many articles have is no misspelling.
const COMMON: u64 = 5;
/// A suggested word or name must be in so many times more articles than the typed
/// one.
const TIMES_MORE: u32 = 20;

/// Looks for another query that would find more.
pub(crate) struct DidYouMean<'a> {
    pub archive: &'a Archive,
    pub backend: &'a dyn Backend,
}

impl DidYouMean<'_> {
    /// Another query that would find more than the `complete` articles that
    /// fully match this one.
    pub(crate) fn suggestion(
        &self,
        query: &Query,
        complete: usize,
        missing: &[String],
    ) -> Result<Option<String>, SearchError> {
        // Without one of the words no match is complete.
        let complete = if missing.is_empty() { complete } else { 0 };
        if query.exact {
            return Ok(None);
        }
        let Some(words) =
            plain_words(&query.text, &self.archive.fields).filter(|words| words.len() <= MAX_CORRECTED_WORDS)
        else {
            return Ok(None);
        };
        let text = words.join(" ");
        let known = self.archive.entities.written_as(&text, None);
        if words.is_empty() || !known.is_empty() {
            // A name with a misplaced space: “Beverl yHills”.
            let is_misspaced = missing.iter().any(|word| words.contains(word));
            let name = known.first().filter(|_| is_misspaced).map(|(entity, _)| *entity);
            return Ok(name.and_then(|entity| self.spelling(entity, &alias_key(EntityKind::Person, &text))));
        }
        let name = if words.len() <= MAX_WORDS { self.name_like(&text, complete == 0)? } else { None };
        if let Some(name) = name
            && self.finds_more(query, &name, complete)?
        {
            return Ok(Some(name));
        }
        if complete > ENOUGH {
            return Ok(None);
        }
        match self.with_other_words(&words, complete, missing)? {
            Some(text) if self.finds_more(query, &text, complete)? => Ok(Some(text)),
            _ => Ok(None),
        }
    }

    /// The name nearest to a text that is no name, where the archive hardly has the
    /// text.
    fn name_like(&self, text: &str, lost: bool) -> Result<Option<String>, SearchError> {
        let alias = alias_key(EntityKind::Person, text);
        let letters = alias.chars().count();
        if letters < if lost { MIN_LETTERS_LOST } else { MIN_LETTERS } {
            return Ok(None);
        }
        let found = self.nearest_name(&alias, 1).or_else(|| self.name_with_misspelled_the(text));
        let found =
            if found.is_none() && lost && LONG.contains(&letters) { self.nearest_name(&alias, 2) } else { found };
        let Some((entity, alias, articles)) = found else { return Ok(None) };
        let phrase = Query { text: format!("\"{}\"", text.replace('"', " ")), ..Query::new("") };
        let MatchCounts { total, .. } = self.count(&phrase)?;
        let rarer = (total as u32).saturating_mul(TIMES_MORE) <= articles || total == 0;
        Ok(if rarer { self.spelling(entity, &alias) } else { None })
    }

    /// A name whose “The” alone is misspelled: that word is no part of an alias.
    fn name_with_misspelled_the(&self, text: &str) -> Option<(EntityId, String, u32)> {
        let (first, rest) = text.split_once(' ')?;
        if strsim::osa_distance(&fold(first), "the") != 1 {
            return None;
        }
        let entities = &self.archive.entities;
        let known = entities.written_as(rest, None);
        let begins = |entity: EntityId| entities.name(entity).is_some_and(|name| fold(name).starts_with("the "));
        let (entity, articles) = known.into_iter().find(|(entity, _)| begins(*entity))?;
        Some((entity, alias_key(EntityKind::Work, rest), articles))
    }

    /// The nearest alias with its entity and articles.
    fn nearest_name(&self, alias: &str, edits: u8) -> Option<(EntityId, String, u32)> {
        let entities = &self.archive.entities;
        let mut best: Option<(f32, (EntityId, String, u32))> = None;
        entities.names().each_within_edits(alias, edits, |known, id, articles| {
            let entity = entities.of(id);
            let cost = edit_cost(alias, known, articles);
            let better = best.as_ref().is_none_or(|(least, _)| cost < *least);
            if better && !entities.is_hidden(entity) {
                best = Some((cost, (entity, known.to_owned(), articles)));
            }
        });
        best.map(|(_, found)| found)
    }

    /// A spelling of an entity that has an alias.
    fn spelling(&self, entity: EntityId, alias: &str) -> Option<String> {
        let entities = &self.archive.entities;
        let is_alias = |kind, name: &str| alias_key(kind, name) == alias;
        let kind = entities.kind(entity)?;
        let called = entities.name(entity)?;
        if is_alias(kind, called) {
            return Some(called.to_owned());
        }
        let members = entities.members(entity);
        let entries = members.iter().filter_map(|id| entities.names().entry(*id));
        let written = entries.flat_map(|entry| entry.spellings().map(str::to_owned).collect::<Vec<_>>());
        written.into_iter().find(|name| is_alias(kind, name)).or_else(|| Some(called.to_owned()))
    }

    /// The query with replacements for words that the archive hardly has.
    fn with_other_words(
        &self,
        words: &[String],
        complete: usize,
        missing: &[String],
    ) -> Result<Option<String>, SearchError> {
        let mut changed = false;
        let mut text = Vec::with_capacity(words.len());
        for word in words {
            let other = if missing.contains(word) || complete == 0 { self.word_like(word)? } else { None };
            changed |= other.is_some();
            text.push(other.unwrap_or_else(|| word.clone()));
        }
        Ok(changed.then(|| text.join(" ")))
    }

    /// A common word that resembles one; cached.
    fn word_like(&self, word: &str) -> Result<Option<String>, SearchError> {
        let folded = fold(word);
        let letters = folded.chars().count();
        if letters < MIN_LETTERS || !folded.chars().all(char::is_alphabetic) {
            return Ok(None);
        }
        self.archive.snapshot.corrections.get_or_insert_with(&folded, || self.known_word_like(&folded, letters))
    }

    fn known_word_like(&self, folded: &str, letters: usize) -> Result<Option<String>, SearchError> {
        let snapshot = &self.archive.snapshot;
        if snapshot.settle(|| snapshot.term_frequency(self.archive.schema.body, folded))? >= COMMON {
            return Ok(None);
        }
        let planner = self.archive.planner();
        let mut found = snapshot.settle(|| alike(&planner, folded, 1))?;
        let own = found.remove(folded).unwrap_or(0);
        if found.is_empty() && own == 0 && LONG.contains(&letters) {
            found = snapshot.settle(|| alike(&planner, folded, 2))?;
        }
        let common = found.into_iter().filter(|(_, articles)| *articles >= own.saturating_mul(TIMES_MORE).max(1));
        let best = common.min_by(|a, b| {
            edit_cost(folded, &a.0, a.1).total_cmp(&edit_cost(folded, &b.0, b.1)).then_with(|| a.0.cmp(&b.0))
        });
        Ok(best.map(|(word, _)| word))
    }

    /// Whether a query finds more articles that fully match, or is a name.
    fn finds_more(&self, query: &Query, text: &str, complete: usize) -> Result<bool, SearchError> {
        let found = self.count(&Query { text: text.to_owned(), ..query.clone() })?;
        Ok(found.complete > complete || complete > 0 && found.complete > 0 && self.is_name(text))
    }

    fn count(&self, query: &Query) -> Result<MatchCounts, SearchError> {
        let (plan, scoring) = self.archive.prepare(query)?;
        self.backend.count(self.archive, self.archive.context(&plan, &scoring, false))
    }

    fn is_name(&self, text: &str) -> bool {
        !self.archive.entities.written_as(text, None).is_empty()
    }
}

/// The words of a query that is nothing but words.
fn plain_words(text: &str, fields: &[FieldName]) -> Option<Vec<String>> {
    let clauses = parse(text, fields).ok()?;
    let word = |clause: Clause| match clause {
        Clause { occur: Occur::Should, expression: Expression::Word(word) } => Some(word),
        _ => None,
    };
    clauses.into_iter().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_queries_of_words_are_plain() {
        let check = |text, expected: Option<&[&str]>| {
            let words = plain_words(text, &[]);
            assert_eq!(
                words.as_deref(),
                expected.map(|words| words.iter().map(ToString::to_string).collect::<Vec<_>>()).as_deref()
            );
        };
        check("low tide", Some(&["low", "tide"]));
        check("", Some(&[]));
        check("low -tide", None);
        check("\"low tide\"", None);
        check("person:Ada", None);
        check("(low", Some(&["low"]));
    }
}
