//! Term lookup in the dictionaries: words with a prefix, words within an edit
//! distance, dates within some days.

use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;

use crate::index::{LevenshteinAutomaton, words_within_edits};
use crate::search::error::SearchError;
use crate::search::language::days::Days;

/// Terms with their number of articles.
pub(crate) type TermCounts = FxHashMap<String, u32>;

/// The words of some fields with a prefix.
pub(crate) fn with_prefix(searcher: &Searcher, fields: &[Field], prefix: &str) -> Result<TermCounts, SearchError> {
    counts(searcher, fields, |dictionary, found| {
        let mut stream = dictionary.range().ge(prefix).into_stream().map_err(SearchError::read)?;
        while let Some((term, info)) = stream.next() {
            let Some(term) = std::str::from_utf8(term).ok().filter(|term| term.starts_with(prefix)) else { break };
            found(term, info.doc_freq);
        }
        Ok(())
    })
}

/// The words of some fields within an edit distance of a word.
pub(crate) fn within(searcher: &Searcher, fields: &[Field], word: &str, edits: u8) -> Result<TermCounts, SearchError> {
    counts(searcher, fields, |dictionary, found| {
        let mut stream =
            dictionary.search(LevenshteinAutomaton::new(word, edits)).into_stream().map_err(SearchError::read)?;
        while let Some((term, info)) = stream.next() {
            std::str::from_utf8(term).into_iter().for_each(|term| found(term, info.doc_freq));
        }
        Ok(())
    })
}

/// The words of a field that a word may be a misspelling of.
pub(crate) fn alike(searcher: &Searcher, field: Field, word: &str, edits: u8) -> Result<TermCounts, SearchError> {
    let mut counts = TermCounts::default();
    for segment in searcher.segment_readers() {
        words_within_edits(segment, field, word, edits, |word, count| add(&mut counts, word, count))
            .map_err(SearchError::read)?;
    }
    Ok(counts)
}

/// The terms of date fields within some days, in order.
pub(crate) fn dates(searcher: &Searcher, fields: &[Field], days: Days) -> Result<Vec<String>, SearchError> {
    let mut terms = Vec::new();
    each_dictionary(searcher, fields, |dictionary| {
        let mut stream =
            dictionary.range().ge(format!("{:08}", days.first)).into_stream().map_err(SearchError::read)?;
        while let Some((term, _)) = stream.next() {
            let Some((term, first, last)) = date_term(term) else { continue };
            if first > days.last {
                break;
            }
            if last <= days.last {
                terms.push(term.to_owned());
            }
        }
        Ok(())
    })?;
    terms.sort_unstable();
    terms.dedup();
    Ok(terms)
}

/// The first and last day of a date term: `20230714`, or `20230701-20230731`.
pub(crate) fn date_term(term: &[u8]) -> Option<(&str, u64, u64)> {
    let term = std::str::from_utf8(term).ok()?;
    let (first, last) = term.split_once('-').unwrap_or((term, term));
    Some((term, first.parse().ok()?, last.parse().ok()?))
}

/// The terms that `find` reports, added up over all segments and fields.
fn counts(
    searcher: &Searcher,
    fields: &[Field],
    find: impl Fn(&TermDictionary, &mut dyn FnMut(&str, u32)) -> Result<(), SearchError>,
) -> Result<TermCounts, SearchError> {
    let mut counts = TermCounts::default();
    each_dictionary(searcher, fields, |dictionary| find(dictionary, &mut |term, count| add(&mut counts, term, count)))?;
    Ok(counts)
}

fn add(counts: &mut TermCounts, term: &str, count: u32) {
    match counts.get_mut(term) {
        Some(known) => *known += count,
        None => _ = counts.insert(term.to_owned(), count),
    }
}

fn each_dictionary(
    searcher: &Searcher,
    fields: &[Field],
    mut each: impl FnMut(&TermDictionary) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    for segment in searcher.segment_readers() {
        for field in fields {
            each(segment.inverted_index(*field).map_err(SearchError::read)?.terms())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_terms_are_days_or_ranges() {
        let check = |term: &str, expected| {
            assert_eq!(date_term(term.as_bytes()).map(|(_, first, last)| (first, last)), expected, "{term}");
        };
        check("20230714", Some((20_230_714, 20_230_714)));
        check("20230701-20230731", Some((20_230_701, 20_230_731)));
        check("summer", None);
        check("20230701-", None);
    }

    #[test]
    fn terms_are_found_in_all_segments_and_fields() -> Result<(), SearchError> {
        let mut schema = tantivy::schema::Schema::builder();
        let fields = ["body", "title"].map(|name| schema.add_text_field(name, tantivy::schema::STRING));
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).map_err(SearchError::read)?;
        for (body, title) in [("premiere", "press"), ("premiere", "premiere"), ("premire", "20230714")] {
            writer.add_document(tantivy::doc!(fields[0] => body, fields[1] => title)).map_err(SearchError::read)?;
            writer.commit().map_err(SearchError::read)?;
        }
        let searcher = index.reader().map_err(SearchError::read)?.searcher();
        let check = |found: TermCounts, expected: &[(&str, u32)]| {
            let mut found: Vec<(&str, u32)> = found.iter().map(|(term, count)| (term.as_str(), *count)).collect();
            found.sort_unstable();
            assert_eq!(found, expected);
        };
        check(with_prefix(&searcher, &fields, "pre")?, &[("premiere", 3), ("premire", 1), ("press", 1)]);
        check(with_prefix(&searcher, &fields[..1], "premie")?, &[("premiere", 2)]);
        check(within(&searcher, &fields, "premiere", 1)?, &[("premiere", 3), ("premire", 1)]);
        check(within(&searcher, &fields, "premiere", 0)?, &[("premiere", 3)]);
        let days = |first, last| Days { first, last };
        assert_eq!(dates(&searcher, &fields[1..], days(20_230_701, 20_230_731))?, ["20230714"]);
        assert!(dates(&searcher, &fields[1..], days(20_230_715, 20_230_731))?.is_empty());
        Ok(())
    }
}
