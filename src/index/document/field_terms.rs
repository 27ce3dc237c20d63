//! The terms of dates, labels and sources, and their encoding for tantivy.

use std::borrow::Cow;

use crate::article::{FieldName, MentionedDate, Span};
use crate::index::pretokenized::TermGroups;
use crate::segment::{Analyzer, fold, words};

/// Positions from one author to the next, so that no phrase spans two.
const AUTHOR_GAP: usize = 100;

/// Encodes terms with their positions, in order, for tantivy.
pub(super) fn encode_terms(terms: &[(u32, impl AsRef<str>)]) -> String {
    terms.iter().map(|(position, term)| (*position, term.as_ref())).collect::<TermGroups>().encode()
}

/// A day as `20230714`, a longer time as `20230701-20230731`.
pub(super) fn date_term(date: &MentionedDate) -> String {
    if date.first == date.last { format!("{:08}", date.first) } else { format!("{:08}-{:08}", date.first, date.last) }
}

/// The folded words of labels, such as authors, encoded.
pub(super) fn label_terms<'a>(labels: impl IntoIterator<Item = &'a String>) -> String {
    encode_terms(&label_words(labels))
}

/// The folded words of tags and of the user's fields, each with its field, encoded.
pub(super) fn field_terms<'a>(fields: impl IntoIterator<Item = (FieldName, &'a Vec<String>)>) -> String {
    let of_field = |(name, values): (FieldName, &'a Vec<String>)| {
        label_words(values).into_iter().map(move |(position, word)| (position, name.labeled(&word)))
    };
    encode_terms(&fields.into_iter().flat_map(of_field).collect::<Vec<_>>())
}

/// The folded words of labels at their positions; those of two labels are far apart.
fn label_words<'a>(labels: impl IntoIterator<Item = &'a String>) -> Vec<(u32, Cow<'a, str>)> {
    let words = |(from, label): (u32, &'a String)| {
        let terms = Analyzer::terms(label, Span::new(0, label.len())).into_iter();
        terms.map(move |term| (from + term.position, term.text))
    };
    (0..).step_by(AUTHOR_GAP).zip(labels).flat_map(words).collect()
}

/// The folded words of a source and their parts, encoded: `www.cnn.com` is found
/// by “cnn” and by “com”.
pub(super) fn source_terms(source: &str) -> String {
    let words = words(source, Span::new(0, source.len()));
    let folded: Vec<String> = words.iter().map(|word| fold(word.span.of(source))).collect();
    encode_terms(&folded.iter().flat_map(|word| word.split('.')).map(|part| (0, part)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::pretokenized::decode_terms;

    #[test]
    fn dates_are_days_or_ranges() {
        let check = |first, last, term: &str| {
            assert_eq!(date_term(&MentionedDate { span: Span::default(), first, last }), term);
        };
        check(20_230_714, 20_230_714, "20230714");
        check(20_230_701, 20_230_731, "20230701-20230731");
    }

    #[test]
    fn authors_are_far_apart() {
        let authors = ["Ann Lee".to_owned(), "Bob Ray".to_owned()];
        assert_eq!(decode_terms(&label_terms(&authors)), [(0, "ann"), (1, "lee"), (100, "bob"), (101, "ray")]);
    }

    #[test]
    fn words_of_fields_have_their_field() {
        let desk: FieldName = "desk".parse().expect("a name");
        let values = [vec!["Film Noir".to_owned(), "Tide".to_owned()], vec!["Arts".to_owned()]];
        let encoded = field_terms([(FieldName::TAG, &values[0]), (desk, &values[1])]);
        let expected = [(0, "tag=film"), (0, "desk=arts"), (1, "tag=noir"), (100, "tag=tide")];
        assert_eq!(decode_terms(&encoded), expected);
    }

    #[test]
    fn sources_are_found_by_their_parts() {
        let check = |source: &str, expected: &[&str]| {
            let encoded = source_terms(source);
            let terms: Vec<&str> = decode_terms(&encoded).into_iter().map(|(_, term)| term).collect();
            assert_eq!(terms, expected, "{source}");
        };
        check("The Daily", &["the", "daily"]);
        check("www.CNN.com", &["www", "cnn", "com"]);
    }
}
