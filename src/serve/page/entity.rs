//! `/entity/{kind}/{name}`: all that the archive knows about an entity.

use maud::{Markup, PreEscaped, html};

use crate::article::EntityKind;
use crate::index::EntityId;
use crate::insight::{CreditRow, EntityRow, Example, QuoteHit, QuoteRequest, Timeline, TimelineRequest, TimelineRow};
use crate::present::release_date_chart;
use crate::report::Certainty;
use crate::search::{FacetKind, FacetRequest, Filters, Query, Results, Sort};

use super::super::address::{article_address, entity_address};
use super::super::api::feed_address;
use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::layout::{self, Frame};
use super::names::groups;
use super::search_state::SearchState;
use super::text::{self, count, date, month};
use super::{hits, month_chart};

/// Articles, quotes, statements, credits and names of each kind that are shown.
const ARTICLES: usize = 5;
const QUOTES: usize = 8;
const STATEMENTS: usize = 30;
const CREDITS: usize = 40;
const NEIGHBORS: usize = 10;

/// The page of an entity.
pub(super) fn entity(request: &Request) -> Result<Response, Problem> {
    let (kind, name) = (request.variable(0), request.variable(1));
    let kind: EntityKind = kind.parse().map_err(Problem::missing)?;
    let searcher = request.searcher();
    let missing = || Problem::missing(format!("the archive has no {kind} that is called {name:?}"));
    let id = searcher.entity_named(&format!("{kind}:{name}")).ok_or_else(missing)?;
    let row = searcher.entity(id).ok_or_else(missing)?;
    let state = SearchState::for_name(row.kind, &row.name);
    let results = searcher.search(&articles(request, &row))?;
    let body = html! {
        header.entity data-kind=(row.kind) {
            p.kind { (row.kind) }
            h1 { (row.name) }
            p { a #total href=(state.address()) { (count(results.total, "article")) } (span(&results)) }
        }
        (aliases(&row))
        div.columns {
            div.found {
                (month_chart::chart(results.facets.of(FacetKind::Month), &state))
                (statements(request, id)?)
                (credits(request, &row, id)?)
                (quotes(request, id)?)
                section.latest { h2 { "Latest articles" } (hits::list(&results.hits, &state))
                    p { a href=(state.set("sort", "newest").address()) { "All articles, newest first" } } }
            }
            aside { section.neighbors { h2 { "In company with" } (groups(&results.facets, &row.name)) } }
        }
    };
    let frame = Frame { title: &row.name, state: None, feed: Some(feed_address(&state.address())), is_home: false };
    Ok(Response::html(layout::page(frame, body)))
}

fn articles(request: &Request, row: &EntityRow) -> Query {
    let kinds = EntityKind::ALL.map(|kind| FacetRequest { kind: FacetKind::Names(kind), limit: NEIGHBORS + 1 });
    let months = FacetRequest { kind: FacetKind::Month, limit: usize::MAX };
    let facets = kinds.into_iter().chain([months]).collect();
    let filters = Filters { names: vec![(row.kind, row.name.clone())], ..Filters::default() };
    Query { filters, sort: Sort::Newest, limit: ARTICLES, facets, deadline: request.deadline, ..Query::new("") }
}

/// The first and the last month that have articles.
fn span(results: &Results) -> Markup {
    let months = results.facets.of(FacetKind::Month);
    html! {
        @if let (Some(last), Some(first)) = (months.first(), months.last()) {
            ", " (month(&first.name)) @if first.name != last.name { " to " (month(&last.name)) }
        }
    }
}

fn aliases(row: &EntityRow) -> Markup {
    html! {
        @if !row.also.is_empty() {
            section.aliases aria-label="Other names" { p { "Also " (row.also.join(" · ")) } }
        }
    }
}

fn statements(request: &Request, id: EntityId) -> Result<Markup, Problem> {
    let found = request.searcher().timeline(id, &TimelineRequest::default())?;
    let rows: Vec<&TimelineRow> = found.rows.iter().chain(&found.undated).collect();
    Ok(html! {
        @if !rows.is_empty() {
            section.statements {
                h2 { "What articles stated, and when" }
                @if let Some(chart) = chart(&found) { figure.releases tabindex="0" aria-label="Dates given, by the day of the article" { (PreEscaped(chart)) } }
                ol.timeline { @for (at, row) in rows.iter().take(STATEMENTS).enumerate() { (statement(row, rows.get(at + 1).copied(), &found.name)) } }
                @if rows.len() > STATEMENTS { p { "and " (rows.len() - STATEMENTS) " more; " code { "newsearch timeline" } " has them all" } }
            }
        }
    })
}

/// A chart; none where all articles give the same date.
fn chart(found: &Timeline) -> Option<String> {
    let mut values: Vec<&str> =
        found.rows.iter().filter(|row| row.what.is_release()).filter_map(|row| row.value.as_deref()).collect();
    values.sort_unstable();
    values.dedup();
    if values.len() > 1 { release_date_chart(found) } else { None }
}

/// A statement with its sentence; consecutive statements of one sentence show it
/// once.
fn statement(row: &TimelineRow, next: Option<&TimelineRow>, of: &str) -> Markup {
    let again = next.is_some_and(|next| next.sentences.first() == row.sentences.first());
    let about = [&row.work, &row.person, &row.object].into_iter().flatten().filter(|name| *name != of);
    let about: Vec<&str> = about.chain(&row.place).map(String::as_str).collect();
    html! {
        li {
            p.said {
                @if let Some(day) = &row.published { (date(day)) } @else { span { "undated" } }
                " " strong { (row.what.as_str().replace('-', " ")) }
                @if let Some(value) = &row.value { " " strong { (value) } }
                @if row.former { " " span.former { "former plan" } }
                @if !about.is_empty() { " " span.about { (about.join(" · ")) } }
                @if let Some(before) = &row.changed_from { " " span.changed { "before: " (before) } }
                @if !row.contradicts.is_empty() { " " span.against { "against " (row.contradicts.join(", ")) } }
                (sure(row))
            }
            @if let Some(example) = row.sentences.first().filter(|_| !again) { (sentence(example)) }
        }
    }
}

/// The certainty, where it is not the usual one, and the number of articles.
fn sure(row: &TimelineRow) -> Markup {
    let usual = matches!(row.sure, Certainty::Happened | Certainty::Reported);
    let notes = (!usual).then(|| row.sure.as_str().replace('-', " ")).into_iter();
    let notes: Vec<String> = notes.chain((row.articles > 1).then(|| count(row.articles, "article"))).collect();
    html! { @if !notes.is_empty() { " " span.sure { (notes.join(", ")) } } }
}

/// A sentence as a link to its passage in the article.
fn sentence(example: &Example) -> Markup {
    html! { p.sentence { a href=(article_address(&example.id, Some((example.start, example.end)))) { (example.sentence) } } }
}

fn credits(request: &Request, row: &EntityRow, id: EntityId) -> Result<Markup, Problem> {
    let (class, title, rows) = match row.kind {
        EntityKind::Work => ("cast", "Cast and crew", request.searcher().cast(id)?),
        EntityKind::Person | EntityKind::Character => ("roles", "Roles and work", request.searcher().roles(id)?),
        _ => return Ok(html! {}),
    };
    let is_cast = class == "cast";
    Ok(html! {
        section class=(class) {
            h2 { (title) }
            @if rows.is_empty() { p.none { "No article tells." } }
            ul.creditrows { @for row in rows.iter().take(CREDITS) { (credit(row, is_cast)) } }
        }
    })
}

fn credit(row: &CreditRow, is_cast: bool) -> Markup {
    let link = |kind, name: &str| html! { a href=(entity_address(kind, name)) { (name) } };
    html! {
        li {
            p {
                @if is_cast { (link(EntityKind::Person, &row.person)) }
                @else if let Some(work) = &row.work { (link(EntityKind::Work, work)) }
                @else { (link(EntityKind::Person, &row.person)) }
                " "
                @if let Some(role) = &row.role { "as " (link(EntityKind::Character, role)) } @else { span.job { (row.job.as_str()) } }
                " " span.docs { (count(row.articles, "article")) }
            }
            @if let Some(example) = row.sentences.first() { (sentence(example)) }
        }
    }
}

fn quotes(request: &Request, id: EntityId) -> Result<Markup, Problem> {
    let asked = QuoteRequest { by: Some(id), about: None, filters: Filters::default(), limit: QUOTES };
    let quotes = request.searcher().quotes(&asked)?;
    Ok(html! {
        @if !quotes.is_empty() {
            section.quotes { h2 { "In their own words" } @for said in &quotes { (quote(said)) } }
        }
    })
}

fn quote(said: &QuoteHit) -> Markup {
    html! {
        blockquote {
            p { (said.text) }
            footer {
                (text::origin(said.source.as_deref(), said.published.as_deref())) " "
                a href=(article_address(&said.id, Some((said.start, said.end)))) { (said.title) }
            }
        }
    }
}
