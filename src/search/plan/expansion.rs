//! What prefixes, fuzzy words and days stand for in the archive.

use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::plan::planner::Planner;
use crate::search::snapshot::term_lookup::TermCounts;

/// The most words that one prefix or fuzzy word stands for, those of most
/// articles first.
pub(crate) const MOST_TERMS: usize = 200;

/// The words of the archive that begin so, as they are written.
pub(crate) fn prefix(planner: &Planner<'_>, prefix: &str) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
    Ok(most_frequent(planner.snapshot.words_with_prefix(&fields, prefix)?))
}

/// The words of the archive within an edit distance: a letter added, left out,
/// replaced, or two swapped (Damerau and Levenshtein).
pub(crate) fn fuzzy(planner: &Planner<'_>, word: &str, edits: u8) -> Result<Vec<String>, SearchError> {
    let fields = [planner.schema.body, planner.schema.title];
    Ok(most_frequent(planner.snapshot.words_within(&fields, word, edits)?))
}

/// The words of bodies that a word may be a misspelling of, with the number of
/// articles.
pub(crate) fn alike(planner: &Planner<'_>, word: &str, edits: u8) -> Result<TermCounts, SearchError> {
    planner.snapshot.words_alike(planner.schema.body, word, edits)
}

/// The dates of the archive that lie within some days.
pub(crate) fn dates(planner: &Planner<'_>, days: Days) -> Result<Vec<String>, SearchError> {
    planner.snapshot.dates(&[planner.schema.body_dates, planner.schema.title_dates], days)
}

fn most_frequent(counts: TermCounts) -> Vec<String> {
    let mut terms: Vec<(String, u32)> = counts.into_iter().collect();
    terms.sort_unstable_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    terms.truncate(MOST_TERMS);
    let mut terms: Vec<String> = terms.into_iter().map(|(term, _)| term).collect();
    terms.sort_unstable();
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_terms_are_kept_in_order_of_the_alphabet() {
        let counts = |list: &[(&str, u32)]| list.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect();
        assert_eq!(
            most_frequent(counts(&[("premiere", 3), ("prequel", 9), ("press", 1)])),
            ["premiere", "prequel", "press"]
        );
        let many: TermCounts = (0..300).map(|count| (format!("{count:03}"), count)).collect();
        let kept = most_frequent(many);
        assert_eq!((kept.len(), kept[0].as_str()), (MOST_TERMS, "100"));
    }
}
