//! `/search`: hits, facets that narrow them, and a chart of their dates.

use maud::{Markup, html};

use crate::article::{EntityKind, FieldName};
use crate::present::counts;
use crate::search::{Corrected, FacetCount, FacetKind, NearName, Results, Searcher, Sort};

use super::super::address::{article_address, entity_address};
use super::super::api::feed_address;
use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::layout::{self, Frame};
use super::names::heading;
use super::search_state::{PAGE, SearchState};
use super::text::{count, grouped};
use super::{hits, month_chart};

/// The page of a search; the start page where nothing is asked.
pub(super) fn results(request: &Request) -> Result<Response, Problem> {
    let state = SearchState::of(request)?;
    if state.text().is_empty() && state.filters().next().is_none() {
        return super::home::home(request);
    }
    let results = request.searcher().search(&state.query(request)?)?;
    let title = title(&state);
    let body = html! {
        h1.hidden { "Search results" }
        (filters(&state))
        div.columns {
            div.found {
                (head(&results, &state))
                (answer(&results))
                (card(request.searcher(), &state))
                (month_chart::chart(results.facets.of(FacetKind::Month), &state))
                (hits::list(&results.hits, &state))
                (nothing(&results, &state))
                (pages(&results, &state))
            }
            (aside(&results, &state))
        }
    };
    let frame = Frame {
        title: &title,
        state: Some(&state),
        feed: Some(feed_address(&state.set("page", "").address())),
        is_home: false,
    };
    Ok(Response::html(layout::page(frame, body)))
}

fn title(state: &SearchState) -> String {
    let names = state.filters().map(|(_, value)| value);
    std::iter::once(state.text()).chain(names).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The active filters; a click removes one.
fn filters(state: &SearchState) -> Markup {
    html! {
        @if state.filters().next().is_some() {
            ul.filters aria-label="Filters" {
                @for (key, value) in state.filters() {
                    li {
                        a.filter data-kind=(key) href=(state.without(key, value).address()) title="Take this filter away" {
                            span.key { (key) } " " (value) span.x aria-hidden="true" { "×" }
                        }
                    }
                }
            }
        }
    }
}

fn head(results: &Results, state: &SearchState) -> Markup {
    let orders =
        [(Sort::Relevance, "", "Best"), (Sort::Newest, "newest", "Newest"), (Sort::Oldest, "oldest", "Oldest")];
    html! {
        div.head {
            p #total role="status" { (counts(results.complete, results.total)) @if state.page() > 1 { ", page " (state.page()) } }
            nav.sort aria-label="Order" {
                @for (sort, value, name) in orders {
                    @let current = (state.sort() == sort).then_some("true");
                    a href=(state.set("sort", value).set("page", "").address()) aria-current=[current] { (name) }
                }
                a.feed href=(feed_address(&state.set("page", "").address())) { "Feed" }
            }
        }
        @for note in &results.notes {
            p.note {
                @match note.text.strip_suffix(note.query.as_deref().unwrap_or_default()) {
                    Some(text) if note.query.is_some() => {
                        (text) @if let Some(query) = &note.query { a href=(state.set("q", query).set("page", "").address()) { (query) } }
                    }
                    _ => (note.text),
                }
            }
        }
        (differences(results, state))
    }
}

/// What is to be known before the hits: how they differ from what was asked.
fn differences(results: &Results, state: &SearchState) -> Markup {
    let search = |text: &str| state.set("q", text).set("correct", "").set("page", "");
    html! {
        @if let Some(Corrected { from, to }) = &results.corrected {
            p.suggestion {
                "Hits for " a href=(search(to).address()) { (to) } " instead of “" (from) "”. "
                a href=(search(from).set("correct", "false").address()) { "Search for “" (from) "” instead" }
            }
        } @else if let Some(better) = &results.suggestion {
            p.suggestion { "Did you mean " a href=(search(better).address()) { (better) } "?" }
        }
        @if !results.missing.is_empty() && results.total > 0 {
            p.missing { "No article has " (quoted(&results.missing)) "." }
        }
        @if !results.near.is_empty() {
            p.missing {
                "No article has all of “" (state.text()) "”. There are "
                @for (at, NearName { name, articles, .. }) in results.near.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(search(name).address()) { (name) } " (" (articles) ")"
                }
                "."
            }
        }
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ")
}

/// A link to the entity that is asked for, where it is one.
fn card(searcher: &Searcher, state: &SearchState) -> Markup {
    let entities = searcher.entity_table();
    let filters: Vec<(&str, &str)> = state.filters().collect();
    let asked = match filters[..] {
        [] => searcher.entity_named(state.text()),
        [(kind, name)] if state.text().is_empty() => searcher.entity_named(&format!("{kind}:{name}")),
        _ => None,
    };
    let found = asked.and_then(|id| Some((entities.kind(id)?, entities.name(id)?)));
    html! {
        @if let Some((kind, name)) = found {
            a.card data-kind=(kind) href=(entity_address(kind, name)) {
                strong { (name) } " "
                span { (about(kind)) }
            }
        }
    }
}

/// What articles answer to a question, with the sentence that says so.
fn answer(results: &Results) -> Markup {
    html! {
        @if let Some(known) = &results.answer {
            div.answer {
                p { strong { (known.answer) } " " span { (count(known.support, "article")) @if known.support == 1 { " says" } @else { " say" } " so" } }
                p.sentence { a href=(article_address(&known.article, Some(known.span))) { (known.sentence) } }
                p.origin { (known.title) @if let Some(day) = &known.date { " · " (day) } }
            }
        }
    }
}

fn about(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Roles, quotes, statements and company of this person",
        EntityKind::Work => "Cast, dates and company of this work",
        _ => "Coverage and company of this name",
    }
}

fn nothing(results: &Results, state: &SearchState) -> Markup {
    html! {
        @if results.hits.is_empty() {
            div.empty {
                p.nothing { @if state.page() > 1 { "No more articles." } @else { "No article matches." } }
                @if !results.missing.is_empty() {
                    p { "The archive does not have " (quoted(&results.missing)) "." }
                }
                ul {
                    @if state.page() > 1 { li { a href=(state.set("page", "").address()) { "To the first page" } } }
                    @if state.filters().next().is_some() && !state.text().is_empty() {
                        li { a href=(SearchState::address(&state.filters().fold(state.clone(), |state, (key, value)| state.without(key, value)))) { "Search the same words without filters" } }
                    }
                    li { "Look for another spelling, or fewer words; " a href="/help" { "what can be asked" } "." }
                }
            }
        }
    }
}

fn pages(results: &Results, state: &SearchState) -> Markup {
    let page = state.page();
    let more = results.hits.len() == PAGE && page * PAGE < results.total;
    let to = |page: usize| state.set("page", &if page == 1 { String::new() } else { page.to_string() }).address();
    html! {
        @if page > 1 || more {
            nav.pages aria-label="Pages" {
                @if page > 1 { a rel="prev" href=(to(page - 1)) { "← Previous" } }
                span { "Page " (page) }
                @if more { a rel="next" href=(to(page + 1)) { "Next →" } }
            }
        }
    }
}

/// The facets that the search can be narrowed by.
fn aside(results: &Results, state: &SearchState) -> Markup {
    let kinds = EntityKind::ALL.map(|kind| (kind.as_str(), heading(kind), results.facets.of(kind)));
    let labels = [("source", "Sources", FacetKind::Source), ("tag", "Tags", FacetKind::Field(FieldName::TAG))];
    let labels = labels.map(|(key, heading, kind)| (key, heading, results.facets.of(kind)));
    html! {
        aside aria-label="Narrow the search" {
            details.narrow open {
                summary { "Narrow the search" }
                (dates(state))
                @for (key, name, counts) in kinds.into_iter().chain(labels) { (facet(key, name, counts, state)) }
            }
        }
    }
}

fn facet(key: &str, name: &str, counts: &[FacetCount], state: &SearchState) -> Markup {
    html! {
        @if !counts.is_empty() || !state.facet_search().is_empty() {
            section.facet data-kind=(key) {
                h2 { (name) }
                form action="/search" {
                    (layout::hidden(state.except(&["facet_search"])))
                    input.find type="search" name="facet_search" value=(state.facet_search()) placeholder="Find …"
                        aria-label=(format!("Find in {name}")) autocomplete="off";
                }
                ul {
                    @for FacetCount { name, docs } in counts {
                        @let on = state.has(key, name);
                        @let to = if on { state.without(key, name) } else { state.with(key, name) };
                        li { a href=(to.address()) aria-current=[on.then_some("true")] { span.name { (name) } " " span.docs { (grouped(*docs as usize)) } } }
                    }
                }
            }
        }
    }
}

/// Fields for the first and last day, for those who cannot click the chart.
fn dates(state: &SearchState) -> Markup {
    let full = |day: &str| if day.len() == 10 { day.to_owned() } else { String::new() };
    html! {
        section.when {
            h2 { "Published" }
            form action="/search" {
                (layout::hidden(state.except(&["since", "until"])))
                label { "from " input type="date" name="since" value=(full(state.one("since"))); }
                label { "to " input type="date" name="until" value=(full(state.one("until"))); }
                button type="submit" { "Apply" }
            }
        }
    }
}
