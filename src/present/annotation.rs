//! The names of an article as the contract prints them.

use serde::Serialize;

use crate::article::{Article, EntityKind, Mention};

use super::SCHEMA;

/// A line of `annotate --format jsonl`.
#[derive(Debug, Serialize)]
pub struct Annotation<'a> {
    schema: u32,
    path: &'a str,
    id: &'a str,
    title: &'a str,
    published: Option<&'a str>,
    text: &'a str,
    mentions: Vec<AnnotatedMention<'a>>,
}

#[derive(Debug, Serialize)]
struct AnnotatedMention<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: EntityKind,
    name: &'a str,
    confidence: f64,
}

impl<'a> Annotation<'a> {
    /// What to print of an article and its names.
    pub fn new(article: &'a Article, mentions: &'a [Mention]) -> Self {
        let mentions = mentions
            .iter()
            .map(|mention| AnnotatedMention {
                start: mention.span.start,
                end: mention.span.end,
                text: mention.span.of(&article.text),
                kind: mention.kind,
                name: &mention.name,
                confidence: (f64::from(mention.confidence) * 1000.0).round() / 1000.0,
            })
            .collect();
        Self {
            schema: SCHEMA,
            path: &article.path,
            id: &article.id,
            title: &article.title,
            published: article.published.as_deref(),
            text: &article.text,
            mentions,
        }
    }
}
