//! Query clauses that are used in several places.

use serde_json::{Value, json};

use crate::cluster::keys::token;
use crate::search::query::sort::Sort;

/// The most terms of one clause that a cluster accepts.
pub(super) const MAX_TERMS: usize = 65_536;

/// Any of some clauses; matches nothing where there are none.
pub(in crate::cluster) fn any(mut clauses: Vec<Value>) -> Value {
    match clauses.len() {
        0 => json!({"match_none": {}}),
        1 => clauses.remove(0),
        _ => json!({"bool": {"should": clauses, "minimum_should_match": 1}}),
    }
}

/// The articles of these keys.
pub(in crate::cluster) fn doc_keys(keys: &[u64]) -> Value {
    let keys: Vec<String> = keys.iter().take(MAX_TERMS).map(|key| token(*key)).collect();
    json!({"terms": {"tie": keys}})
}

/// The order that a batch is returned in.
pub(in crate::cluster) fn order(sort: Sort) -> Value {
    let key = json!({"tie": "asc"});
    match sort {
        Sort::Relevance => json!([{"_score": "desc"}, {"published": {"order": "desc", "missing": "_last"}}, key]),
        Sort::Newest => json!([{"published": {"order": "desc", "missing": "_last"}}, {"_score": "desc"}, key]),
        Sort::Oldest => json!([{"published": {"order": "asc", "missing": "_last"}}, {"_score": "desc"}, key]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_joined() {
        let check = |clauses: &[&str], expected: Value| {
            assert_eq!(any(clauses.iter().map(|clause| json!(clause)).collect()), expected);
        };
        check(&[], json!({"match_none": {}}));
        check(&["a"], json!("a"));
        check(&["a", "b"], json!({"bool": {"should": ["a", "b"], "minimum_should_match": 1}}));
    }

    #[test]
    fn keys_are_tokens() {
        assert_eq!(doc_keys(&[]), json!({"terms": {"tie": []}}));
        assert_eq!(doc_keys(&[255]), json!({"terms": {"tie": ["00000000000000ff"]}}));
        let many: Vec<u64> = (0..70_000).collect();
        assert_eq!(doc_keys(&many)["terms"]["tie"].as_array().map(Vec::len), Some(MAX_TERMS));
    }

    #[test]
    fn batches_are_ordered() {
        let check = |sort, first: Value| {
            let order = order(sort);
            assert_eq!((&order[0], &order[2]), (&first, &json!({"tie": "asc"})));
        };
        check(Sort::Relevance, json!({"_score": "desc"}));
        check(Sort::Newest, json!({"published": {"order": "desc", "missing": "_last"}}));
        check(Sort::Oldest, json!({"published": {"order": "asc", "missing": "_last"}}));
    }
}
