//! Terms and phrases of words in the cluster's fields.

use serde_json::{Value, json};

use crate::cluster::mapping::TERMS;
use crate::search::language::syntax_tree::Label;
use crate::search::plan::tree::Sequence;
use crate::segment::with_stemmer;

/// The fields that a stem is found in: where it is a word of another stem, that of
/// words too.
pub(in crate::cluster) fn fields_of_stem(base: &str, stem: &str) -> Vec<String> {
    let is_other = with_stemmer(|stemmer| stemmer.stem(stem) != stem);
    let mut fields = vec![format!("{base}_stems")];
    fields.extend(is_other.then(|| base.to_owned()));
    fields
}

/// For each term of a sequence the fields that it is found in.
fn fields_of_terms(base: &str, sequence: &Sequence) -> Vec<Vec<String>> {
    let fields = |term: &String| if sequence.exact { vec![base.to_owned()] } else { fields_of_stem(base, term) };
    sequence.terms.iter().map(fields).collect()
}

/// The queries, any of which matches a sequence.
pub(super) fn sequence_queries(base: &str, sequence: &Sequence) -> Vec<Value> {
    let fields = fields_of_terms(base, sequence);
    match (&fields[..], &sequence.terms[..]) {
        ([fields], [term]) => fields.iter().map(|field| json!({"term": {field: {"value": term}}})).collect(),
        ([first, ..], terms) if fields.iter().all(|fields| fields.len() == 1) => {
            vec![phrase(&first[0], terms)]
        }
        _ => vec![json!({"intervals": {base: sequence_intervals(base, sequence)}})],
    }
}

/// The intervals in which the terms of a sequence follow each other.
pub(super) fn sequence_intervals(base: &str, sequence: &Sequence) -> Value {
    let intervals_of = |(fields, term): (Vec<String>, &String)| {
        let fields = fields.into_iter();
        let fields = fields.map(|field| json!({"match": {"query": term, "analyzer": TERMS, "use_field": field}}));
        json!({"any_of": {"intervals": fields.collect::<Vec<_>>()}})
    };
    let terms: Vec<Value> =
        fields_of_terms(base, sequence).into_iter().zip(&sequence.terms).map(intervals_of).collect();
    json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": terms}})
}

/// The field of a label.
pub(super) fn label_field(label: Label) -> &'static str {
    match label {
        Label::Source => "source",
        Label::Author => "author",
        Label::Section => "section",
        Label::Field(_) => "labels",
    }
}

/// Terms that follow each other in a field.
pub(super) fn phrase(field: &str, terms: &[String]) -> Value {
    match terms {
        [term] => json!({"term": {field: {"value": term}}}),
        terms => json!({"match_phrase": {field: {"query": terms.join(" "), "analyzer": TERMS}}}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(terms: &[&str], exact: bool) -> Sequence {
        Sequence { terms: terms.iter().map(ToString::to_string).collect(), exact, forms: Vec::new() }
    }

    #[test]
    fn sequences_become_queries() {
        let check = |terms: &[&str], exact, expected: Value| {
            assert_eq!(json!(sequence_queries("body", &sequence(terms, exact))), expected);
        };
        check(&["tide"], true, json!([{"term": {"body": {"value": "tide"}}}]));
        check(&["tide"], false, json!([{"term": {"body_stems": {"value": "tide"}}}]));
        let phrase = json!({"match_phrase": {"body": {"query": "low tide", "analyzer": "terms"}}});
        check(&["low", "tide"], true, json!([phrase]));
        let phrase = json!({"match_phrase": {"body_stems": {"query": "low tide", "analyzer": "terms"}}});
        check(&["low", "tide"], false, json!([phrase]));
    }

    #[test]
    fn a_stem_that_is_a_word_of_another_stem_has_two_fields() {
        let stems = ["tide", "film", "harbor", "awards", "running"];
        for stem in stems {
            let is_other = with_stemmer(|stemmer| stemmer.stem(stem) != stem);
            let expected: &[&str] = if is_other { &["title_stems", "title"] } else { &["title_stems"] };
            assert_eq!(fields_of_stem("title", stem), expected, "{stem}");
        }
        assert_eq!(fields_of_stem("title", "awards").len(), 2);
    }

    #[test]
    fn sequences_become_ordered_intervals() {
        let expected = json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": [
            {"any_of": {"intervals": [{"match": {"query": "low", "analyzer": "terms", "use_field": "title"}}]}},
            {"any_of": {"intervals": [{"match": {"query": "tide", "analyzer": "terms", "use_field": "title"}}]}},
        ]}});
        assert_eq!(sequence_intervals("title", &sequence(&["low", "tide"], true)), expected);
    }

    #[test]
    fn phrases_of_one_term_are_terms() {
        assert_eq!(phrase("source", &["daily".to_owned()]), json!({"term": {"source": {"value": "daily"}}}));
        let fields = [Label::Source, Label::Author, Label::Section].map(label_field);
        assert_eq!(fields, ["source", "author", "section"]);
    }
}
