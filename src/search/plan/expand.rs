//! What prefixes, fuzzy words and days stand for in the archive.

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;

use crate::index::{LevenshteinAutomaton, words_within_edits};

use super::super::SearchError;
use super::super::language::Days;
use super::build::Planner;

/// The most words that one prefix or fuzzy word stands for, those of most
/// articles first.
pub(in crate::search) const MOST_TERMS: usize = 200;
/// The most words that a cluster is asked to count for one, the shortest first.
const MOST_COUNTED: usize = 1000;

/// The exact words of the archive that begin so.
pub(super) fn prefix(planner: &Planner<'_>, prefix: &str) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
    if planner.snapshot.statistics.is_some() {
        return Ok(most_frequent(catalog_counts(planner, &fields, |word| word.starts_with(prefix))?));
    }
    let counts = counts(planner, &fields, |dictionary, found| {
        let mut stream = dictionary.range().ge(prefix).into_stream()?;
        while let Some((term, info)) = stream.next() {
            let Some(term) = std::str::from_utf8(term).ok().filter(|term| term.starts_with(prefix)) else { break };
            found(term, info.doc_freq);
        }
        Ok(())
    })?;
    Ok(most_frequent(counts))
}

/// The exact words of the archive that differ by so many slips: a letter
/// added, left out, another, or two swapped (Damerau and Levenshtein).
pub(super) fn fuzzy(planner: &Planner<'_>, word: &str, slips: u8) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
    Ok(most_frequent(within(planner, &fields, word, slips)?))
}

/// The words of bodies that differ so, with the number of articles.
pub(in crate::search) fn alike(
    planner: &Planner<'_>,
    word: &str,
    slips: u8,
) -> Result<FxHashMap<String, u32>, SearchError> {
    if planner.snapshot.statistics.is_some() {
        // Of two slips none is in the first letter: few mistype it.
        let first = word.chars().next().filter(|_| slips > 1);
        let fits = |other: &str| is_within(word, other, slips) && first.is_none_or(|first| other.starts_with(first));
        return catalog_counts(planner, &[planner.schema.body], fits);
    }
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for segment in planner.snapshot.searcher.segment_readers() {
        words_within_edits(segment, planner.schema.body, word, slips, |word, count| add(&mut counts, word, count))?;
    }
    Ok(counts)
}

fn within(
    planner: &Planner<'_>,
    fields: &[Field],
    word: &str,
    slips: u8,
) -> Result<FxHashMap<String, u32>, SearchError> {
    if planner.snapshot.statistics.is_some() {
        return catalog_counts(planner, fields, |other| is_within(word, other, slips));
    }
    counts(planner, fields, |dictionary, found| {
        let mut stream = dictionary.search(LevenshteinAutomaton::new(word, slips)).into_stream()?;
        while let Some((term, info)) = stream.next() {
            std::str::from_utf8(term).into_iter().for_each(|term| found(term, info.doc_freq));
        }
        Ok(())
    })
}

/// The words of a catalog that fit, with the articles that a cluster counts.
fn catalog_counts(
    planner: &Planner<'_>,
    fields: &[Field],
    fits: impl Fn(&str) -> bool,
) -> Result<FxHashMap<String, u32>, SearchError> {
    let mut words: Vec<String> = Vec::new();
    planner.snapshot.forms.each_word(|word| {
        if fits(word) {
            words.push(word.to_owned());
        }
    });
    words.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    words.truncate(MOST_COUNTED);
    let mut counts = FxHashMap::default();
    for word in words {
        let mut count = 0;
        for field in fields {
            count += planner.snapshot.term_frequency(*field, &word)?;
        }
        if count > 0 {
            counts.insert(word, u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
    Ok(counts)
}

fn is_within(word: &str, other: &str, slips: u8) -> bool {
    word.len().abs_diff(other.len()) <= 4 * usize::from(slips)
        && strsim::osa_distance(word, other) <= usize::from(slips)
}

/// The dates of the archive that lie within some days.
pub(super) fn dates(planner: &Planner<'_>, days: Days) -> Result<Vec<String>, SearchError> {
    if planner.snapshot.statistics.is_some() {
        let mut terms = planner.snapshot.forms.dates();
        terms.retain(|term| {
            date_term(term.as_bytes()).is_some_and(|(_, first, last)| first >= days.first && last <= days.last)
        });
        return Ok(terms);
    }
    let mut terms: FxHashMap<String, u32> = FxHashMap::default();
    each_dictionary(planner, &[planner.schema.body_dates, planner.schema.title_dates], |dictionary| {
        let mut stream = dictionary.range().ge(format!("{:08}", days.first)).into_stream()?;
        while let Some((term, info)) = stream.next() {
            let Some((term, first, last)) = date_term(term) else { continue };
            if first > days.last {
                break;
            }
            if last <= days.last {
                *terms.entry(term.to_owned()).or_default() += info.doc_freq;
            }
        }
        Ok(())
    })?;
    let mut terms: Vec<String> = terms.into_keys().collect();
    terms.sort_unstable();
    Ok(terms)
}

/// `20230714`, or `20230701-20230731`.
fn date_term(term: &[u8]) -> Option<(&str, u64, u64)> {
    let term = std::str::from_utf8(term).ok()?;
    let (first, last) = term.split_once('-').unwrap_or((term, term));
    Some((term, first.parse().ok()?, last.parse().ok()?))
}

/// The words that `find` finds in the dictionaries.
fn counts(
    planner: &Planner<'_>,
    fields: &[Field],
    find: impl Fn(&TermDictionary, &mut dyn FnMut(&str, u32)) -> Result<(), SearchError>,
) -> Result<FxHashMap<String, u32>, SearchError> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    each_dictionary(planner, fields, |dictionary| find(dictionary, &mut |term, count| add(&mut counts, term, count)))?;
    Ok(counts)
}

fn add(counts: &mut FxHashMap<String, u32>, term: &str, count: u32) {
    match counts.get_mut(term) {
        Some(known) => *known += count,
        None => _ = counts.insert(term.to_owned(), count),
    }
}

fn most_frequent(counts: FxHashMap<String, u32>) -> Vec<String> {
    let mut terms: Vec<(String, u32)> = counts.into_iter().collect();
    terms.sort_unstable_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    terms.truncate(MOST_TERMS);
    let mut terms: Vec<String> = terms.into_iter().map(|(term, _)| term).collect();
    terms.sort_unstable();
    terms
}

fn each_dictionary(
    planner: &Planner<'_>,
    fields: &[Field],
    mut each: impl FnMut(&TermDictionary) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    for segment in planner.snapshot.searcher.segment_readers() {
        for field in fields {
            each(segment.inverted_index(*field)?.terms())?;
        }
    }
    Ok(())
}
