//! `/article/{id}`: the text, with names as links.

use maud::{Markup, html};

use crate::article::{EntityKind, Span};
use crate::index::{Entities, EntityId, NameId};
use crate::link::Job;
use crate::search::{Hit, HitEntity, Searcher, StoredArticle};

use super::super::address::entity_address;
use super::super::api::missing_article;
use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::hits;
use super::layout::{self, Frame};
use super::names::by_kind;
use super::search_state::SearchState;
use super::text::{self, date};

/// Similar articles shown.
const SIMILAR: usize = 5;

/// The page of an article.
pub(super) fn article(request: &Request) -> Result<Response, Problem> {
    let (searcher, id) = (request.searcher(), request.variable(0));
    let article = searcher.article(id)?.ok_or_else(|| missing_article(id))?;
    let pairs = request.pairs()?;
    let at = pairs.iter().find(|(key, _)| key == "at").map(|(_, at)| at.as_str());
    let passage = at.and_then(|at| passage(at, &article.text));
    let text = Text { article: &article, entities: searcher.entity_table(), passage };
    let similar = searcher.similar(id, SIMILAR)?.unwrap_or_default();
    let body = html! {
        div.columns {
            article.story {
                h1 { @if article.title_span.is_empty() { (article.title) } @else { (text.range(article.title_span)) } }
                (origin(&article))
                @for paragraph in paragraphs(&article) { p { (text.range(paragraph)) } }
            }
            aside aria-label="About this article" {
                (names(&searcher.entities_of(&article, usize::MAX)))
                (credits(&article, searcher.entity_table()))
                (copies(searcher, &article)?)
                (alike(&similar))
            }
        }
    };
    Ok(Response::html(layout::page(Frame { title: &article.title, ..Frame::default() }, body)))
}

/// The passage to highlight, from `start-end` in bytes; none where it is not a
/// range of characters of the text.
fn passage(at: &str, text: &str) -> Option<Span> {
    let (start, end) = at.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    text.get(start..end).filter(|passage| !passage.is_empty())?;
    Some(Span::new(start, end))
}

fn origin(article: &StoredArticle) -> Markup {
    let web = article.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        p.origin {
            @if !article.authors.is_empty() { span.authors { "By " (article.authors.join(", ")) } " " }
            (text::origin(article.source.as_deref(), article.published.as_deref()))
            @if let Some(day) = article.modified.as_ref().filter(|day| Some(*day) != article.published.as_ref()) { ", changed " (date(day)) }
            @if let Some(section) = &article.section { " " span.section { (section) } }
            @for tag in &article.tags { " " a.tag rel="tag" href=(SearchState::for_tag(tag).address()) { (tag) } }
            @if let Some(web) = web { " " a.original href=(web) rel="noopener noreferrer" { "Original" } }
        }
    }
}

/// The body's paragraphs, of whole sentences.
fn paragraphs(article: &StoredArticle) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    for sentence in &article.sentences {
        match paragraphs.last_mut().filter(|_| !sentence.opens_paragraph) {
            Some(paragraph) => paragraph.end = sentence.span.end,
            None => paragraphs.push(sentence.span),
        }
    }
    paragraphs
}

/// An article's text with its mentions and the passage to highlight.
struct Text<'a> {
    article: &'a StoredArticle,
    entities: &'a Entities,
    passage: Option<Span>,
}

/// A part of the text that is inside or outside one mention, and inside or
/// outside the passage.
struct Piece<'a> {
    text: &'a str,
    name: Option<(EntityKind, &'a str)>,
    marked: bool,
    /// Whether the passage begins here.
    first: bool,
}

impl<'a> Text<'a> {
    /// A range of the text, with names as links and the passage marked.
    fn range(&self, range: Span) -> Markup {
        html! {
            @for pieces in self.pieces(range).chunk_by(|a, b| a.marked == b.marked) {
                @if pieces[0].marked {
                    mark id=[pieces[0].first.then_some("passage")] { @for piece in pieces { (shown(piece)) } }
                } @else {
                    @for piece in pieces { (shown(piece)) }
                }
            }
        }
    }

    fn pieces(&self, range: Span) -> Vec<Piece<'a>> {
        let mut cuts = vec![range.start, range.end];
        let mentions: Vec<_> = self.article.mentions.iter().filter(|mention| range.contains(mention.span)).collect();
        cuts.extend(mentions.iter().flat_map(|mention| [mention.span.start, mention.span.end]));
        cuts.extend(self.passage.into_iter().flat_map(|passage| [passage.start, passage.end]));
        cuts.retain(|cut| (range.start..=range.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let piece = |cut: &[usize]| {
            let span = Span::new(cut[0], cut[1]);
            let mention = mentions.iter().find(|mention| mention.span.contains(span));
            let marked = self.passage.is_some_and(|passage| passage.contains(span));
            Piece {
                text: span.of(&self.article.text),
                name: mention.and_then(|mention| self.name(self.entities.of(mention.name))),
                marked,
                first: marked && self.passage.is_some_and(|passage| passage.start == span.start),
            }
        };
        cuts.windows(2).map(piece).collect()
    }

    fn name(&self, entity: EntityId) -> Option<(EntityKind, &'a str)> {
        self.entities.is_shown(entity).then_some(())?;
        Some((self.entities.kind(entity)?, self.entities.name(entity)?))
    }
}

fn shown(piece: &Piece<'_>) -> Markup {
    html! {
        @if let Some((kind, name)) = piece.name {
            a.name data-kind=(kind) href=(entity_address(kind, name)) title=(format!("{name} ({kind})")) { (piece.text) }
        } @else { (piece.text) }
    }
}

fn names(entities: &[HitEntity]) -> Markup {
    let of_kind = |kind| entities.iter().filter(move |entity| entity.kind == kind);
    html! {
        section.names {
            h2 { "Names" }
            (by_kind(|kind| of_kind(kind).map(|entity| (entity.name.as_str(), entity.mentions)).collect()))
        }
    }
}

/// A credit: who did what, as whom, in what.
type Credit = (EntityId, Job, Option<EntityId>, Option<EntityId>);

fn credits(article: &StoredArticle, entities: &Entities) -> Markup {
    let mut rows: Vec<Credit> = Vec::new();
    for credit in &article.credits {
        let shown = |id: NameId| Some(entities.of(id)).filter(|id| entities.is_shown(*id));
        let Some(person) = shown(credit.person) else { continue };
        let row = (person, credit.job, credit.role.and_then(shown), credit.work.and_then(shown));
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let link = |id: EntityId| {
        let (kind, name) = (entities.kind(id)?, entities.name(id)?);
        Some(html! { a href=(entity_address(kind, name)) { (name) } })
    };
    html! {
        @if !rows.is_empty() {
            section.credits {
                h2 { "Credits stated here" }
                ul {
                    @for (person, job, role, work) in rows {
                        li {
                            (link(person).unwrap_or_default()) " "
                            @if let Some(role) = role.and_then(link) { "as " (role) } @else { span.job { (job.as_str()) } }
                            @if let Some(work) = work.and_then(link) { " in " (work) }
                        }
                    }
                }
            }
        }
    }
}

fn copies(searcher: &Searcher, article: &StoredArticle) -> Result<Markup, Problem> {
    let copies = searcher.copies_of(article)?;
    Ok(html! {
        @if !copies.is_empty() {
            section.copies {
                h2 { "Copies" }
                ul.titles {
                    @for copy in &copies {
                        (hits::title(&copy.id, &copy.title, copy.source.as_deref(), copy.published.as_deref()))
                    }
                }
            }
        }
    })
}

fn alike(similar: &[Hit]) -> Markup {
    html! {
        @if !similar.is_empty() { section.similar { h2 { "Similar articles" } (hits::titles(similar)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_that_do_not_fit_are_none() {
        assert_eq!(passage("0-2", "äb"), Some(Span::new(0, 2)));
        for wrong in ["1-2", "2-1", "0-9", "0-0", "-", "x", "0-99999999999999999999"] {
            assert_eq!(passage(wrong, "äb"), None, "{wrong}");
        }
    }
}
