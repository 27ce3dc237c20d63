//! The settings and fields of the indices.
//!
//! Terms are made here: a field's text is its terms separated by spaces, those of
//! one position joined by [`SAME_POSITION`], and [`EMPTY_POSITION`] where there are
//! none. The cluster splits there and nowhere else, so that its postings equal
//! those of an index on disk.

use serde_json::{Value, json};

use crate::article::EntityKind;

/// The version of these fields; an index of another version is refused.
pub(super) const FORMAT: u64 = 4;

/// Joins terms of one position.
pub(super) const SAME_POSITION: char = '\u{2}';
/// Fills a position without terms.
pub(super) const EMPTY_POSITION: char = '\u{1}';

/// The analyzer of fields, and of phrases.
pub(super) const TERMS: &str = "terms";

/// The field of facets of an entity kind.
pub(super) fn kind_field(kind: EntityKind) -> String {
    format!("names_{kind}")
}

/// How the indices of an archive are distributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Parts of the archive, each on its own node where there are enough.
    pub shards: u32,
    /// Further copies of each part.
    pub replicas: u32,
}

impl Default for Spread {
    fn default() -> Self {
        Self { shards: 1, replicas: 1 }
    }
}

/// The index of articles.
pub(super) fn articles(spread: Spread) -> Value {
    // BM25F: frequencies are normalized by the field's length here and saturated
    // over title and body together in queries.
    let lengths =
        "return query.boost * doc.freq / (0.25 + 0.75 * doc.length * field.docCount / field.sumTotalTermFreq);";
    let plain = "return query.boost * doc.freq;";
    let words = json!({"type": "text", "analyzer": TERMS, "search_analyzer": "keyword", "similarity": "lengths"});
    let unnormalized = json!({"type": "text", "analyzer": TERMS, "search_analyzer": "keyword", "similarity": "plain"});
    let mut fields = json!({
        "id": {"type": "keyword", "doc_values": false},
        "file": {"type": "keyword"},
        "run": {"type": "long"},
        "at": {"type": "long"},
        "tie": {"type": "keyword"},
        "published": {"type": "integer"},
        "source_name": {"type": "keyword"},
        "section_name": {"type": "keyword"},
        "label_values": {"type": "keyword"},
        "title_words": {"type": "integer"},
        "body_words": {"type": "integer"},
        "credits": {"type": "keyword", "doc_values": false},
        "article": {"type": "binary"},
    });
    for field in ["title", "body"] {
        fields[field] = words.clone();
    }
    for field in
        ["title_names", "body_names", "title_dates", "body_dates", "source", "author", "section", "labels", "reports"]
    {
        fields[field] = unnormalized.clone();
    }
    for kind in EntityKind::ALL {
        fields[kind_field(kind)] = json!({"type": "long", "index": false});
    }
    json!({
        "settings": {
            "number_of_shards": spread.shards,
            "number_of_replicas": spread.replicas,
            "index.refresh_interval": "5s",
            "index.codec": "best_compression",
            "similarity": {
                "lengths": {"type": "scripted", "discount_overlaps": false, "script": {"source": lengths}},
                "plain": {"type": "scripted", "script": {"source": plain}},
            },
            "analysis": {
                "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": 1_000_000}},
                "filter": {
                    "together": {
                        "type": "pattern_capture", "preserve_original": false,
                        "patterns": [format!("([^{SAME_POSITION}]+)")],
                    },
                    "nothing": {"type": "stop", "stopwords": [EMPTY_POSITION.to_string()]},
                },
                "analyzer": {
                    TERMS: {"type": "custom", "tokenizer": "spaces", "filter": ["together", "nothing"]},
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": ["article", "run"]},
            "_meta": {"newsearch": FORMAT},
            "properties": fields,
        },
    })
}

/// The index of file records.
pub(super) fn files(spread: Spread) -> Value {
    json!({
        "settings": {"number_of_shards": 1, "number_of_replicas": spread.replicas},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "run": {"type": "long"},
                "at": {"type": "long"},
                "gone": {"type": "boolean"},
                "entry": {"type": "object", "enabled": false},
            },
        },
    })
}

/// The index that holds the catalog.
pub(super) fn catalog(spread: Spread) -> Value {
    json!({
        "settings": {"number_of_shards": 1, "number_of_replicas": spread.replicas},
        "mappings": {
            "dynamic": "strict",
            "properties": {
                "of": {"type": "keyword"},
                "data": {"type": "binary"},
                "files": {"type": "object", "enabled": false},
                "last": {"type": "long", "index": false},
            },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_have_the_shards_and_replicas_asked_for() {
        let spread = Spread { shards: 3, replicas: 2 };
        let check = |index: Value, shards: u32| {
            let settings = &index["settings"];
            assert_eq!((&settings["number_of_shards"], &settings["number_of_replicas"]), (&json!(shards), &json!(2)));
            assert_eq!(index["mappings"]["dynamic"], "strict");
        };
        check(articles(spread), 3);
        check(files(spread), 1);
        check(catalog(spread), 1);
    }

    #[test]
    fn every_kind_has_a_field() {
        let fields = &articles(Spread::default())["mappings"]["properties"];
        for kind in EntityKind::ALL {
            assert_eq!(fields[kind_field(kind)]["type"], "long", "{kind}");
        }
    }
}
