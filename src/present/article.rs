//! One article with all that was found in it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::article::{EntityKind, FieldName};
use crate::index::Entities;
use crate::search::{HitEntity, StoredArticle};

use super::dates::{self, ShownDate};
use super::reports::{self, ShownQuote, ShownStatement};
use super::style::{DIM, TITLE, plain};
use super::versioned::SCHEMA;

/// What `show --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ShownArticle<'a> {
    schema: u32,
    id: &'a str,
    path: &'a str,
    title: &'a str,
    published: Option<&'a str>,
    modified: Option<&'a str>,
    source: Option<&'a str>,
    url: Option<&'a str>,
    authors: &'a [String],
    section: Option<&'a str>,
    tags: &'a [String],
    #[cfg_attr(feature = "serve", schema(value_type = BTreeMap<String, Vec<String>>))]
    fields: &'a BTreeMap<FieldName, Vec<String>>,
    text: &'a str,
    entities: &'a [HitEntity],
    dates: Vec<ShownDate<'a>>,
    quotes: Vec<ShownQuote<'a>>,
    statements: Vec<ShownStatement<'a>>,
}

impl<'a> ShownArticle<'a> {
    /// An article with its entities; `table` has the names of speakers and works.
    pub fn new(article: &'a StoredArticle, entities: &'a [HitEntity], table: &'a Entities) -> Self {
        Self {
            schema: SCHEMA,
            id: &article.id,
            path: &article.path,
            title: &article.title,
            published: article.published.as_deref(),
            modified: article.modified.as_deref(),
            source: article.source.as_deref(),
            url: article.url.as_deref(),
            authors: &article.authors,
            section: article.section.as_deref(),
            tags: &article.tags,
            fields: &article.fields,
            text: &article.text,
            entities,
            dates: dates::shown(&article.text, &article.dates),
            quotes: reports::stored_quotes(article, table),
            statements: reports::stored_statements(article, table),
        }
    }
}

/// Prints an article for people: title, origin, body, names by kind.
///
/// # Errors
/// What `out` says.
pub fn shown_text(out: &mut dyn Write, article: &StoredArticle, entities: &[HitEntity]) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}", plain(&article.title))?;
    let origin = [&article.published, &article.source, &article.section, &article.url];
    let mut parts: Vec<String> = origin.into_iter().flatten().map(|part| plain(part)).collect();
    if !article.authors.is_empty() {
        parts.insert(0, plain(&article.authors.join(", ")));
    }
    parts.push(plain(&article.path));
    writeln!(out, "{DIM}{}\nid {}{DIM:#}", parts.join(" · "), plain(&article.id))?;
    let tags = std::iter::once(("tags", &article.tags)).filter(|(_, tags)| !tags.is_empty());
    for (name, values) in tags.chain(article.fields.iter().map(|(name, values)| (name.as_str(), values))) {
        writeln!(out, "{DIM}{name} {}{DIM:#}", plain(&values.join(" · ")))?;
    }
    writeln!(out)?;
    for line in article.body.of(&article.text).lines() {
        writeln!(out, "{}", plain(line))?;
    }
    writeln!(out)?;
    for kind in EntityKind::ALL {
        let names: Vec<String> = entities
            .iter()
            .filter(|entity| entity.kind == kind)
            .map(|entity| format!("{} {}", plain(&entity.name), entity.mentions))
            .collect();
        if !names.is_empty() {
            writeln!(out, "{TITLE}{kind:<14}{TITLE:#}{}", names.join(" · "))?;
        }
    }
    Ok(())
}
