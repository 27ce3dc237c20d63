//! Did you mean: another query that would find more.
//!
//! What is typed as a whole is compared with what the archive writes for its
//! names; where that shows nothing, words that the archive lacks are compared
//! with its words. The nearest wins: by edit distance, by neighbors on the
//! keyboard, by sound, then by how many articles have it.

use crate::article::EntityKind;
use crate::index::EntityId;
use crate::link::alias_key;
use crate::search::backend::Backend;
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::exec::candidate::MatchCounts;
use crate::search::language::parser::parse;
use crate::search::language::syntax_tree::{Clause, Expression, Occur};
use crate::search::plan::expansion::alike;
use crate::search::query::search_query::Query;
use crate::search::suggest::edit_cost::cost;
use crate::segment::fold;

/// A query that so many articles fully match needs no other.
const ENOUGH: usize = 10;
/// Shorter names and words than this, in letters, are too near to others.
const LEAST: usize = 4;
/// The same where nothing at all is found.
const LEAST_LOST: usize = 3;
/// Names and words of so many letters may differ by two slips.
const LONG: std::ops::RangeInclusive<usize> = 8..=24;
/// The most words of a query that may be one name.
const MOST_WORDS: usize = 8;
/// A word that so many articles have is no slip.
const COMMON: u64 = 5;
/// A word of the archive must be in so many times more articles than the typed
/// one to stand for it.
const MORE: u32 = 20;

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
        // What lacks a word is not complete, though no article could have it.
        let complete = if missing.is_empty() { complete } else { 0 };
        if query.exact {
            return Ok(None);
        }
        let Some(words) = plain_words(&query.text) else { return Ok(None) };
        let text = words.join(" ");
        let known = self.archive.entities.written_as(&text, None);
        if words.is_empty() || !known.is_empty() {
            // A name whose words are cut elsewhere: “Beverl yHills”.
            let miscut = missing.iter().any(|word| words.contains(word));
            let name = known.first().filter(|_| miscut).map(|(entity, _)| *entity);
            return Ok(name.and_then(|entity| self.spelling(entity, &alias_key(EntityKind::Person, &text))));
        }
        let name = if words.len() <= MOST_WORDS { self.name_like(&text, complete == 0)? } else { None };
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

    /// The name that is nearest to a text that is none, where the text stands
    /// nowhere in the archive as it is.
    fn name_like(&self, text: &str, lost: bool) -> Result<Option<String>, SearchError> {
        let alias = alias_key(EntityKind::Person, text);
        let letters = alias.chars().count();
        if letters < if lost { LEAST_LOST } else { LEAST } {
            return Ok(None);
        }
        let found = self.nearest_name(&alias, 1).or_else(|| self.with_article(text));
        let found =
            if found.is_none() && lost && LONG.contains(&letters) { self.nearest_name(&alias, 2) } else { found };
        let Some((entity, alias, articles)) = found else { return Ok(None) };
        let standing = Query { text: format!("\"{}\"", text.replace('"', " ")), ..Query::new("") };
        let MatchCounts { total, .. } = self.count(&standing)?;
        let rarer = (total as u32).saturating_mul(MORE) <= articles || total == 0;
        Ok(if rarer { self.spelling(entity, &alias) } else { None })
    }

    /// A name that begins with “The”, of which that word alone is misspelled:
    /// it is no part of an alias.
    fn with_article(&self, text: &str) -> Option<(EntityId, String, u32)> {
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
    fn nearest_name(&self, alias: &str, slips: u8) -> Option<(EntityId, String, u32)> {
        let entities = &self.archive.entities;
        let mut best: Option<(f32, (EntityId, String, u32))> = None;
        entities.names().each_within_edits(alias, slips, |known, id, articles| {
            let entity = entities.of(id);
            let cost = cost(alias, known, articles);
            let better = best.as_ref().is_none_or(|(least, _)| cost < *least);
            if better && !entities.is_hidden(entity) {
                best = Some((cost, (entity, known.to_owned(), articles)));
            }
        });
        best.map(|(_, found)| found)
    }

    /// How an alias of an entity is written.
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

    /// The text with other words for those that the archive hardly has.
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

    fn word_like(&self, word: &str) -> Result<Option<String>, SearchError> {
        let folded = fold(word);
        let letters = folded.chars().count();
        if letters < LEAST || !folded.chars().all(char::is_alphabetic) {
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
        let common = found.into_iter().filter(|(_, articles)| *articles >= own.saturating_mul(MORE).max(1));
        let best = common
            .min_by(|a, b| cost(folded, &a.0, a.1).total_cmp(&cost(folded, &b.0, b.1)).then_with(|| a.0.cmp(&b.0)));
        Ok(best.map(|(word, _)| word))
    }

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
fn plain_words(text: &str) -> Option<Vec<String>> {
    let clauses = parse(text).ok()?;
    let word = |clause: Clause| match clause {
        Clause { occur: Occur::Should, expression: Expression::Word(word) } => Some(word),
        _ => None,
    };
    clauses.into_iter().map(word).collect()
}
