//! Terms of the catalog, with the document frequencies that the cluster counts.

use crate::search::language::days::Days;
use crate::search::snapshot::segments::OpenSegments;
use crate::search::snapshot::term_lookup::{TermCounts, date_term};

/// The most words that are counted for one pattern, the shortest first.
const MOST_COUNTED: usize = 1000;

/// The words of the catalog that `matches`, with their document frequencies;
/// those without any are left out.
pub(in crate::cluster) fn counts(
    segments: &OpenSegments,
    frequency: impl Fn(&str) -> u64,
    matches: impl Fn(&str) -> bool,
) -> TermCounts {
    let mut words: Vec<String> = Vec::new();
    segments.forms.each_word(|word| {
        if matches(word) {
            words.push(word.to_owned());
        }
    });
    words.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    words.truncate(MOST_COUNTED);
    let mut counts = TermCounts::default();
    for word in words {
        let count = frequency(&word);
        if count > 0 {
            counts.insert(word, u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
    counts
}

/// Whether a word is within an edit distance of another.
pub(in crate::cluster) fn is_within(word: &str, other: &str, edits: u8) -> bool {
    word.len().abs_diff(other.len()) <= 4 * usize::from(edits)
        && strsim::osa_distance(word, other) <= usize::from(edits)
}

/// Whether a word may be a misspelling of another. Of two edits none may change
/// the first letter, which is seldom mistyped.
pub(in crate::cluster) fn is_alike(word: &str, other: &str, edits: u8) -> bool {
    let first = word.chars().next().filter(|_| edits > 1);
    is_within(word, other, edits) && first.is_none_or(|first| other.starts_with(first))
}

/// The date terms of the catalog within some days.
pub(in crate::cluster) fn dates(segments: &OpenSegments, days: Days) -> Vec<String> {
    let mut terms = segments.forms.dates();
    terms.retain(|term| {
        date_term(term.as_bytes()).is_some_and(|(_, first, last)| first >= days.first && last <= days.last)
    });
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        let check = |word, other, edits, within, alike| {
            assert_eq!(is_within(word, other, edits), within, "{word} {other}");
            assert_eq!(is_alike(word, other, edits), alike, "{word} {other}");
        };
        check("premire", "premiere", 1, true, true);
        check("rpemiere", "premiere", 1, true, true);
        check("rpemire", "premiere", 2, true, false);
        check("premiere", "prelude", 2, false, false);
    }
}
