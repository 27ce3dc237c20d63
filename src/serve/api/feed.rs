//! `/feed`: the newest hits of a query, as Atom (RFC 4287).

use atom_syndication::{Entry, Feed, FixedDateTime, Generator, Link, Person, Text};

use crate::search::{Hit, Query, QueryRequest, Sort};

use super::super::address::{article_address, encoded};
use super::super::ask::{Ask, Reply};
use super::super::problem::Problem;
use super::bounded;

/// Entries where no number is asked for.
const ENTRIES: usize = 30;

/// The newest articles that match a query, as a feed to follow.
#[utoipa::path(
    get,
    path = "/feed",
    params(QueryRequest),
    responses(
        (status = 200, description = "An Atom feed", body = String, content_type = "application/atom+xml"),
        (status = "4XX", description = "A query or setting that makes no sense", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) fn feed(ask: &Ask) -> Result<Reply, Problem> {
    let base = Query { sort: Sort::Newest, limit: ENTRIES, ..Query::new("") };
    let query = bounded(ask, ask.settings::<QueryRequest>()?.apply(&base)?)?;
    let results = ask.searcher().search(&Query { facets: Vec::new(), ..query.clone() })?;
    let itself = format!("{}{}", ask.base, ask.uri);
    let page = itself.replacen("/feed", "/search", 1);
    let newest = results.hits.iter().filter_map(|hit| hit.published.as_deref()).max();
    let feed = Feed {
        title: Text::plain(title(&query)),
        id: itself.clone(),
        updated: moment(newest),
        generator: Some(Generator { value: "newsearch".to_owned(), ..Generator::default() }),
        links: vec![link("self", itself), link("alternate", page)],
        entries: results.hits.iter().map(|hit| entry(hit, &ask.base)).collect(),
        ..Feed::default()
    };
    Ok(Reply { content_type: "application/atom+xml; charset=utf-8", body: feed.to_string().into_bytes() })
}

/// The feed of a search, by its query string.
pub(in crate::serve) fn address(search: &str) -> String {
    search.replacen("/search", "/feed", 1)
}

fn title(query: &Query) -> String {
    let names = query.filters.names.iter().map(|(_, name)| name.as_str());
    let parts: Vec<&str> = std::iter::once(query.text.as_str()).chain(names).filter(|part| !part.is_empty()).collect();
    format!("newsearch: {}", readable(&parts.join(", ")))
}

fn entry(hit: &Hit, base: &str) -> Entry {
    let snippet: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    // RFC 4287 wants an author of every entry.
    let source = hit.source.as_deref().unwrap_or("unknown");
    Entry {
        title: Text::plain(readable(&hit.title)),
        id: format!("urn:newsearch:{}", encoded(&hit.id)),
        updated: moment(hit.published.as_deref()),
        authors: vec![Person { name: readable(source), ..Person::default() }],
        links: vec![link("alternate", format!("{base}{}", article_address(&hit.id, None)))],
        summary: Some(Text::plain(readable(&snippet.join(" … ")))),
        ..Entry::default()
    }
}

fn link(rel: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), href, ..Link::default() }
}

/// The beginning of a day, in UTC; of articles without one, of 1970.
fn moment(day: Option<&str>) -> FixedDateTime {
    let at = |day: &str| format!("{day}T00:00:00Z").parse().ok();
    day.and_then(at).unwrap_or_default()
}

/// Text without the characters that XML cannot have.
fn readable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}
