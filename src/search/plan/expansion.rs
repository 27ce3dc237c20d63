//! Expands prefixes, fuzzy words and days to terms of the archive.

use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::params::MAX_EXPANSIONS;
use crate::search::plan::planner::Planner;
use crate::search::snapshot::term_lookup::TermCounts;

/// The words of the archive with a prefix.
pub(crate) fn prefix(planner: &Planner<'_>, prefix: &str) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
    Ok(most_frequent(planner.snapshot.words_with_prefix(&fields, prefix)?))
}

/// The words of the archive within an edit distance (Damerau-Levenshtein: a
/// letter inserted, deleted, substituted, or two transposed).
pub(crate) fn fuzzy(planner: &Planner<'_>, word: &str, edits: u8) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
    Ok(most_frequent(planner.snapshot.words_within(&fields, word, edits)?))
}

/// The body words that a word may be a misspelling of, with their number of
/// articles.
pub(crate) fn alike(planner: &Planner<'_>, word: &str, edits: u8) -> Result<TermCounts, SearchError> {
    planner.snapshot.words_alike(planner.schema.body, word, edits)
}

/// The date terms of the archive within some days.
pub(crate) fn dates(planner: &Planner<'_>, days: Days) -> Result<Vec<String>, SearchError> {
    planner.snapshot.dates(&[planner.schema.body_dates, planner.schema.title_dates], days)
}

/// The most frequent terms, sorted alphabetically.
fn most_frequent(counts: TermCounts) -> Vec<String> {
    let mut terms: Vec<(String, u32)> = counts.into_iter().collect();
    terms.sort_unstable_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    terms.truncate(MAX_EXPANSIONS);
    let mut terms: Vec<String> = terms.into_iter().map(|(term, _)| term).collect();
    terms.sort_unstable();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_terms_are_kept_alphabetically() {
        let counts = |list: &[(&str, u32)]| list.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect();
        assert_eq!(
            most_frequent(counts(&[("premiere", 3), ("prequel", 9), ("press", 1)])),
            ["premiere", "prequel", "press"]
        );
        let many: TermCounts = (0..300).map(|count| (format!("{count:03}"), count)).collect();
        let kept = most_frequent(many);
        assert_eq!((kept.len(), kept[0].as_str()), (MAX_EXPANSIONS, "100"));
    }
}
