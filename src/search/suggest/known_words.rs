//! Words of the archive that a word may be a misspelling of.

use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::plan::expansion::alike;
use crate::search::snapshot::term_lookup::TermCounts;
use crate::search::suggest::edit_cost::{edits_between, frequency_discount};
use crate::search::suggest::query_words::QueryWord;

/// Candidates of one word at most.
const MOST_WORDS: usize = 8;
/// Shorter words, in letters, resemble too many others.
const MIN_LETTERS: usize = 4;
/// From so many letters on a word may have two edits.
const TWO_EDITS: usize = 5;
/// Longer words are not looked for.
const LONGEST: usize = 40;
/// From so many letters on two edits may be unlike in sound and place on the
/// keyboard.
const LONG: usize = 8;
/// The most that two edits of a shorter word may cost.
const SHORT_COST: f32 = 1.5;
/// A replacement must be in so many times more articles than the typed word.
pub(super) const TIMES_MORE: u64 = 20;
/// Letters of the parts of a glued word.
const MIN_PART: usize = 3;
/// The cost of a space left out, in edits.
const GLUED: f32 = 0.6;
/// Articles that have a part of a glued word, at least.
const COMMON_PART: u64 = 5;

/// What a word may be a misspelling of, with the cost in edits, the likeliest
/// first: other words, and two words without their space.
pub(super) fn words_like(archive: &Archive, word: &QueryWord) -> Result<Vec<(String, f32)>, SearchError> {
    let Some(folded) = &word.folded else { return Ok(Vec::new()) };
    let letters = folded.chars().count();
    if !(MIN_LETTERS..=LONGEST).contains(&letters) {
        return Ok(Vec::new());
    }
    let mut found: Vec<(String, f32, f32)> = Vec::new();
    for (other, articles) in within_edits(archive, folded, letters)? {
        let is_common = u64::from(articles) >= word.articles.saturating_mul(TIMES_MORE).max(1);
        let cost = edits_between(folded, &other);
        let is_near = letters >= LONG || cost <= SHORT_COST;
        if other != *folded && is_common && is_near && other.chars().all(char::is_alphabetic) {
            let rank = cost - frequency_discount(articles as usize);
            found.push((other, cost, rank));
        }
    }
    found.sort_by(|a, b| a.2.total_cmp(&b.2).then_with(|| a.0.cmp(&b.0)));
    found.truncate(MOST_WORDS);
    let mut found: Vec<(String, f32)> = found.into_iter().map(|(other, cost, _)| (other, cost)).collect();
    if word.articles == 0 {
        found.extend(parts_of(archive, folded)?.map(|parts| (parts, GLUED)));
    }
    Ok(found)
}

fn within_edits(archive: &Archive, folded: &str, letters: usize) -> Result<TermCounts, SearchError> {
    let (snapshot, planner) = (&archive.snapshot, archive.planner());
    let edits = if letters >= TWO_EDITS { 2 } else { 1 };
    let mut found = snapshot.settle(|| alike(&planner, folded, edits))?;
    if edits > 1 {
        // One edit may be in the first letter, of two none.
        found.extend(snapshot.settle(|| alike(&planner, folded, 1))?);
    }
    Ok(found)
}

/// The two words that a glued word consists of: those of which the rarer one is in
/// most articles.
fn parts_of(archive: &Archive, folded: &str) -> Result<Option<String>, SearchError> {
    let (snapshot, body) = (&archive.snapshot, archive.schema.body);
    let cuts = folded.char_indices().map(|(at, _)| at).skip(MIN_PART);
    let cuts: Vec<(&str, &str)> =
        cuts.map(|at| folded.split_at(at)).filter(|(_, rest)| rest.chars().count() >= MIN_PART).collect();
    let counts = snapshot.settle(|| {
        let frequency = |(first, second): &(&str, &str)| {
            Ok(snapshot.term_frequency(body, first)?.min(snapshot.term_frequency(body, second)?))
        };
        cuts.iter().map(frequency).collect::<Result<Vec<u64>, SearchError>>()
    })?;
    let best = cuts.iter().zip(counts).max_by_key(|(_, articles)| *articles);
    Ok(best.filter(|(_, articles)| *articles >= COMMON_PART).map(|((first, second), _)| format!("{first} {second}")))
}
