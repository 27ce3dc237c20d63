//! Terms and phrases of words in the cluster's fields.

use serde_json::{Value, json};

use crate::cluster::mapping::TERMS;
use crate::search::language::syntax_tree::Label;
use crate::search::plan::tree::Sequence;

/// The queries, any of which matches a sequence.
pub(super) fn sequence_queries(base: &str, sequence: &Sequence) -> Vec<Value> {
    match &sequence.forms[..] {
        [forms] => forms.iter().map(|form| json!({"term": {base: {"value": form}}})).collect(),
        words if words.iter().all(|forms| forms.len() == 1) => vec![phrase(base, &words.concat())],
        _ => vec![json!({"intervals": {base: sequence_intervals(base, sequence)}})],
    }
}

/// The intervals in which the words of a sequence follow each other.
pub(super) fn sequence_intervals(base: &str, sequence: &Sequence) -> Value {
    let one = |form: &String| json!({"match": {"query": form, "analyzer": TERMS, "use_field": base}});
    let intervals_of =
        |forms: &Vec<String>| json!({"any_of": {"intervals": forms.iter().map(one).collect::<Vec<_>>()}});
    let words: Vec<Value> = sequence.forms.iter().map(intervals_of).collect();
    json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": words}})
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

    fn sequence(words: &[&[&str]]) -> Sequence {
        let forms = words.iter().map(|forms| forms.iter().map(ToString::to_string).collect()).collect();
        Sequence { forms, ..Sequence::exact(Vec::new()) }
    }

    #[test]
    fn sequences_become_queries() {
        let check = |words: &[&[&str]], expected: Value| {
            assert_eq!(json!(sequence_queries("body", &sequence(words))), expected);
        };
        let term = |word: &str| json!({"term": {"body": {"value": word}}});
        check(&[&["tide"]], json!([term("tide")]));
        check(&[&["tide", "tides"]], json!([term("tide"), term("tides")]));
        let phrase = json!({"match_phrase": {"body": {"query": "low tide", "analyzer": "terms"}}});
        check(&[&["low"], &["tide"]], json!([phrase]));
        let words: &[&[&str]] = &[&["low"], &["tide", "tides"]];
        check(words, json!([{"intervals": {"body": sequence_intervals("body", &sequence(words))}}]));
    }

    #[test]
    fn sequences_become_ordered_intervals() {
        let word = |word: &str| json!({"match": {"query": word, "analyzer": "terms", "use_field": "title"}});
        let expected = json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": [
            {"any_of": {"intervals": [word("low")]}},
            {"any_of": {"intervals": [word("tide"), word("tides")]}},
        ]}});
        assert_eq!(sequence_intervals("title", &sequence(&[&["low"], &["tide", "tides"]])), expected);
    }

    #[test]
    fn phrases_of_one_term_are_terms() {
        assert_eq!(phrase("source", &["daily".to_owned()]), json!({"term": {"source": {"value": "daily"}}}));
        let fields = [Label::Source, Label::Author, Label::Section].map(label_field);
        assert_eq!(fields, ["source", "author", "section"]);
    }
}
