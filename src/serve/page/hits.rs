//! Hits, as lists of articles.

use maud::{Markup, html};

use crate::search::{Hit, SnippetField};

use super::super::address::article_address;
use super::names::chip;
use super::search_state::SearchState;
use super::text::{self, marked};

/// Names shown with a hit.
const NAMES: usize = 5;

/// Hits with snippets and names; a click on a name adds it to the filters of
/// `state`.
pub(super) fn list(hits: &[Hit], state: &SearchState) -> Markup {
    html! {
        ol.hits start=(hits.first().map_or(1, |hit| hit.rank)) {
            @for hit in hits { (item(hit, state)) }
        }
    }
}

fn item(hit: &Hit, state: &SearchState) -> Markup {
    html! {
        li.hit {
            (origin(hit))
            h2 { a.title href=(address(hit)) { (marked(&hit.title, &hit.title_highlights)) } }
            @for snippet in &hit.snippets { p.snippet { (marked(&snippet.text, &snippet.highlights)) } }
            @if !hit.entities.is_empty() {
                ul.chips aria-label="Names" {
                    @for entity in hit.entities.iter().take(NAMES) {
                        li { (chip(entity.kind, &entity.name, &state.with(entity.kind.as_str(), &entity.name).address())) }
                    }
                }
            }
        }
    }
}

fn origin(hit: &Hit) -> Markup {
    html! {
        p.origin {
            (text::origin(hit.source.as_deref(), hit.published.as_deref()))
            @if !hit.duplicates.is_empty() { " " span.copies { (copies(hit.duplicates.len())) } }
        }
    }
}

fn copies(number: usize) -> String {
    if number == 1 { "· and a copy".to_owned() } else { format!("· and {number} copies") }
}

/// The address of the article, at the passage of its first snippet from the body.
fn address(hit: &Hit) -> String {
    let body = hit.snippets.iter().find(|snippet| snippet.field == SnippetField::Body);
    article_address(&hit.id, body.map(|snippet| (snippet.start, snippet.end)))
}

/// An item of a list of articles: title and origin.
pub(super) fn title(id: &str, title: &str, source: Option<&str>, published: Option<&str>) -> Markup {
    html! { li { a href=(article_address(id, None)) { (title) } p.origin { (text::origin(source, published)) } } }
}

/// A list of titles.
pub(super) fn titles(hits: &[Hit]) -> Markup {
    html! {
        ul.titles {
            @for hit in hits { (title(&hit.id, &hit.title, hit.source.as_deref(), hit.published.as_deref())) }
        }
    }
}
