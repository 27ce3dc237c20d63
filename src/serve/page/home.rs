//! `/`: the search box, what the archive holds, and its latest news.

use maud::{Markup, html};

use crate::insight::{Stats, TrendsRequest};
use crate::search::Filters;
use crate::search::Hit;
use crate::search::Query;
use crate::search::Results;
use crate::search::Sort;

use super::super::address::entity_address;
use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::hits;
use super::layout::{self, Frame};
use super::names::{chip, groups};
use super::text::{count, date, month};

/// Articles shown.
const NEWEST: usize = 6;
/// Trending names shown.
const TRENDING: usize = 12;
/// The fewest articles of a trending name.
const MIN_ARTICLES: u32 = 3;

/// The start page.
pub(super) fn home(request: &Request) -> Result<Response, Problem> {
    let searcher = request.searcher();
    let stats = searcher.stats()?;
    let last = stats.published.as_ref().map(|(_, last)| last.as_str());
    let recent = last.map(|last| recent(request, last)).transpose()?;
    let body = html! {
        h1.hidden { "newsearch" }
        p.archive { (counts(&stats)) }
        (examples(recent.as_ref()))
        @if let Some((hits, _)) = &recent {
            section.newest { h2 { "Newest" } (hits::titles(hits)) }
        }
        @if let Some(last) = last { (trending(request, last)?) }
        @if let Some((_, results)) = &recent {
            section.company { h2 { "In the news of " (month(&last.unwrap_or_default()[..7])) } (groups(&results.facets, "")) }
        }
    };
    Ok(Response::html(layout::page(Frame { is_home: true, ..Frame::default() }, body)))
}

fn counts(stats: &Stats) -> Markup {
    let names: usize = stats.names.iter().map(|(_, count)| count).sum();
    html! {
        (count(stats.articles as usize, "article"))
        @if let Some((first, last)) = &stats.published { ", " (date(first)) " to " (date(last)) }
        ", " (count(names, "name"))
    }
}

/// The newest articles, and the results of their month, with facets.
fn recent(request: &Request, last: &str) -> Result<(Vec<Hit>, Results), Problem> {
    let mut query = Query { sort: Sort::Newest, limit: NEWEST, deadline: request.deadline, ..Query::new("") };
    query.filters.since(&last[..7])?;
    let results = request.searcher().search(&query)?;
    Ok((results.hits.clone(), results))
}

/// Example searches: names of the newest articles.
fn examples(recent: Option<&(Vec<Hit>, Results)>) -> Markup {
    let names = recent.iter().flat_map(|(hits, _)| hits).flat_map(|hit| hit.entities.iter().take(1));
    let mut shown: Vec<&str> = names.map(|entity| entity.name.as_str()).collect();
    shown.sort_unstable();
    shown.dedup();
    html! {
        @if !shown.is_empty() {
            p.examples { "Try " @for (at, name) in shown.into_iter().take(3).enumerate() {
                @if at > 0 { ", " } a href=(format!("/search?{}", serde_html_form::to_string([("q", name)]).unwrap_or_default())) { (name) }
            } }
        }
    }
}

/// Names whose coverage rose most in the last month of the archive.
fn trending(request: &Request, last: &str) -> Result<Markup, Problem> {
    let mut days = Filters::default();
    days.since(&last[..7])?;
    let since = days.since.unwrap_or_default();
    let found =
        request.searcher().trends(&TrendsRequest { since, until: u64::MAX, kind: None, least: MIN_ARTICLES })?;
    Ok(html! {
        @if !found.names.is_empty() {
            section.risen {
                h2 { "More than usual" }
                ul.chips {
                    @for trend in found.names.iter().take(TRENDING) {
                        li { (chip(trend.kind, &trend.name, &entity_address(trend.kind, &trend.name))) }
                    }
                }
            }
        }
    })
}
