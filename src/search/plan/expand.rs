//! What prefixes, fuzzy words and days stand for in the archive.

use rustc_hash::FxHashMap;
use tantivy::schema::Field;
use tantivy::termdict::{TermDictionary, TermStreamer};

use crate::index::Alike;

use super::super::SearchError;
use super::super::language::Days;
use super::build::Planner;

/// The most words that one prefix or fuzzy word stands for, those of most
/// articles first.
pub(in crate::search) const MOST_TERMS: usize = 200;

/// The exact words of the archive that begin so.
pub(super) fn prefix(planner: &Planner<'_>, prefix: &str) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
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
    counts(planner, &[planner.schema.body], |dictionary, found| {
        let search = dictionary.search(Alike::new(word, slips));
        // Of two slips none is in the first letter: few mistype it.
        let first = &word[..word.chars().next().map_or(0, char::len_utf8)];
        let search = if slips > 1 { search.ge(first).lt(format!("{first}{}", char::MAX)) } else { search };
        each_term(search.into_stream()?, found);
        Ok(())
    })
}

fn within(
    planner: &Planner<'_>,
    fields: &[Field],
    word: &str,
    slips: u8,
) -> Result<FxHashMap<String, u32>, SearchError> {
    counts(planner, fields, |dictionary, found| {
        each_term(dictionary.search(Alike::new(word, slips)).into_stream()?, found);
        Ok(())
    })
}

fn each_term(mut stream: TermStreamer<'_, Alike>, found: &mut dyn FnMut(&str, u32)) {
    while let Some((term, info)) = stream.next() {
        if let Ok(term) = std::str::from_utf8(term) {
            found(term, info.doc_freq);
        }
    }
}

/// The dates of the archive that lie within some days.
pub(super) fn dates(planner: &Planner<'_>, days: Days) -> Result<Vec<String>, SearchError> {
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
    each_dictionary(planner, fields, |dictionary| {
        find(dictionary, &mut |term, count| match counts.get_mut(term) {
            Some(known) => *known += count,
            None => {
                counts.insert(term.to_owned(), count);
            }
        })
    })?;
    Ok(counts)
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
