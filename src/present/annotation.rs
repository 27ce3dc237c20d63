//! What `annotate` prints.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::article::{Article, EntityKind, FieldName, Mention, MentionedDate};
use crate::report::Reports;

use super::dates::{self, ShownDate};
use super::reports::{ShownQuote, ShownStatement, shown_quotes, shown_statements};
use super::style::{DIM, TITLE, plain};
use super::versioned::SCHEMA;

/// A line of `annotate --format jsonl`.
#[derive(Debug, Serialize)]
pub struct Annotation<'a> {
    schema: u32,
    path: &'a str,
    id: &'a str,
    title: &'a str,
    published: Option<&'a str>,
    modified: Option<&'a str>,
    authors: &'a [String],
    section: Option<&'a str>,
    tags: &'a [String],
    fields: &'a BTreeMap<FieldName, Vec<String>>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    text: &'a str,
    /// The byte range of the article in `text`, without title and headers.
    body: [usize; 2],
    mentions: Vec<AnnotatedMention<'a>>,
    dates: Vec<ShownDate<'a>>,
    quotes: Vec<ShownQuote<'a>>,
    statements: Vec<ShownStatement<'a>>,
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
    pub fn new(article: &'a Article, mentions: &'a [Mention], dates: &[MentionedDate], reports: &Reports) -> Self {
        let quotes = shown_quotes(article, mentions, &reports.quotes);
        let statements = shown_statements(article, mentions, &reports.statements);
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
            modified: article.modified.as_deref(),
            authors: &article.authors,
            section: article.section.as_deref(),
            tags: &article.tags,
            fields: &article.fields,
            source: article.source.as_deref(),
            url: article.url.as_deref(),
            body: [article.body.start, article.body.end],
            text: &article.text,
            mentions,
            dates: dates::shown(&article.text, dates),
            quotes,
            statements,
        }
    }
}

/// Prints the names of an article for people, one per line.
///
/// # Errors
/// What `out` says.
pub fn annotated_text(out: &mut dyn Write, article: &Article, mentions: &[Mention]) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}  {DIM}{}{DIM:#}", plain(&article.title), plain(&article.path))?;
    for mention in mentions {
        let surface = plain(mention.span.of(&article.text));
        let name = if surface == mention.name { String::new() } else { format!("  = {}", plain(&mention.name)) };
        writeln!(out, "  {:>6}..{:<6} {:<13} {surface}{name}", mention.span.start, mention.span.end, mention.kind)?;
    }
    Ok(())
}
