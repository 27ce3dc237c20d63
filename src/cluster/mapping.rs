//! The settings and fields of the indices.
//!
//! Terms come ready-made: a field's text is its terms between spaces, those of
//! one place joined by [`TOGETHER`], places without any filled by [`NOTHING`].
//! The cluster cuts there and nowhere else, so that its postings are those of
//! an index on disk.

use serde_json::{Value, json};

use crate::article::EntityKind;

/// The version of these fields; articles of another one are refused.
pub(super) const FORMAT: u64 = 1;

/// Between terms that stand at one place.
pub(super) const TOGETHER: char = '\u{2}';
/// Where no term stands.
pub(super) const NOTHING: char = '\u{1}';

/// The analyzer of fields, and of phrases.
pub(super) const TERMS: &str = "terms";

/// The field of facets of a kind.
pub(super) fn kind_field(kind: EntityKind) -> String {
    format!("names_{kind}")
}

/// How the indices of an archive are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Parts of the archive, each on a node of its own where there are enough.
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
    // What a word adds grows with its frequency over the length of the field;
    // that it levels off is reckoned over title and body together, in queries.
    let lengths =
        "return query.boost * doc.freq / (0.25 + 0.75 * doc.length * field.docCount / field.sumTotalTermFreq);";
    let plain = "return query.boost * doc.freq;";
    let words = json!({"type": "text", "analyzer": TERMS, "search_analyzer": "keyword", "similarity": "lengths"});
    let marks = json!({"type": "text", "analyzer": TERMS, "search_analyzer": "keyword", "similarity": "plain"});
    let mut fields = json!({
        "id": {"type": "keyword", "doc_values": false},
        "file": {"type": "keyword"},
        "run": {"type": "long"},
        "at": {"type": "long"},
        "tie": {"type": "keyword"},
        "published": {"type": "integer"},
        "source_name": {"type": "keyword"},
        "section_name": {"type": "keyword"},
        "title_words": {"type": "integer"},
        "body_words": {"type": "integer"},
        "credits": {"type": "keyword", "doc_values": false},
        "article": {"type": "binary"},
    });
    for field in ["title", "body", "title_stems", "body_stems"] {
        fields[field] = words.clone();
    }
    for field in ["title_names", "body_names", "title_dates", "body_dates", "source", "author", "section", "reports"] {
        fields[field] = marks.clone();
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
                        "patterns": [format!("([^{TOGETHER}]+)")],
                    },
                    "nothing": {"type": "stop", "stopwords": [NOTHING.to_string()]},
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

/// The index of what is known of files.
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
