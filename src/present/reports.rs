//! The quotes and statements of an article, as JSON has them.

use serde::Serialize;
use utoipa::ToSchema;

use crate::article::{Article, Granularity, Mention, iso_day};
use crate::index::{Entities, NameId, StoredQuote, StoredStatement};
use crate::report::{Quote, Statement, Sureness, What};
use crate::search::StoredArticle;

/// A quote.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownQuote<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    speaker: Option<&'a str>,
}

/// A statement.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShownStatement<'a> {
    /// The sentence that says so.
    start: usize,
    end: usize,
    text: &'a str,
    what: What,
    work: Option<String>,
    person: Option<&'a str>,
    /// The role, or the award.
    object: Option<&'a str>,
    /// ISO date of the first day, and of the last.
    first: Option<String>,
    last: Option<String>,
    granularity: Option<Granularity>,
    former: bool,
    sure: Sureness,
    place: Option<&'a str>,
}

/// The quotes of an article.
pub(super) fn quotes<'a>(article: &'a Article, mentions: &'a [Mention], quotes: &[Quote]) -> Vec<ShownQuote<'a>> {
    let shown = |quote: &Quote| ShownQuote {
        start: quote.span.start,
        end: quote.span.end,
        text: quote.span.of(&article.text),
        speaker: quote.speaker.map(|at| mentions[at].name.as_str()),
    };
    quotes.iter().map(shown).collect()
}

/// What an article states.
pub(super) fn statements<'a>(
    article: &'a Article,
    mentions: &'a [Mention],
    statements: &[Statement],
) -> Vec<ShownStatement<'a>> {
    let name = |at: Option<usize>| at.map(|at| mentions[at].name.as_str());
    let shown = |stated: &Statement| ShownStatement {
        start: stated.sentence.start,
        end: stated.sentence.end,
        text: stated.sentence.of(&article.text),
        what: stated.what,
        work: stated.work.map(|work| work.name(&article.text, mentions)),
        person: name(stated.person),
        object: name(stated.object),
        first: stated.date.map(|date| iso_day(date.first)),
        last: stated.date.map(|date| iso_day(date.last)),
        granularity: stated.date.map(|date| date.granularity()),
        former: stated.former,
        sure: stated.sure,
        place: stated.place.map(|place| place.of(&article.text)),
    };
    statements.iter().map(shown).collect()
}

/// The quotes of an article of the index.
pub(super) fn stored_quotes<'a>(article: &'a StoredArticle, entities: &'a Entities) -> Vec<ShownQuote<'a>> {
    let shown = |quote: &StoredQuote| ShownQuote {
        start: quote.span.start,
        end: quote.span.end,
        text: quote.span.of(&article.text),
        speaker: quote.speaker.and_then(|id| entities.name(entities.of(id))),
    };
    article.quotes.iter().map(shown).collect()
}

/// What an article of the index states.
pub(super) fn stored_statements<'a>(article: &'a StoredArticle, entities: &'a Entities) -> Vec<ShownStatement<'a>> {
    let name = |id: Option<NameId>| id.and_then(|id| entities.name(entities.of(id)));
    let shown = |stated: &StoredStatement| ShownStatement {
        start: stated.sentence.start,
        end: stated.sentence.end,
        text: stated.sentence.of(&article.text),
        what: stated.what,
        work: name(stated.work).map(str::to_owned),
        person: name(stated.person),
        object: name(stated.object),
        first: stated.date.map(|date| iso_day(date.first)),
        last: stated.date.map(|date| iso_day(date.last)),
        granularity: stated.date.map(|date| date.granularity()),
        former: stated.former,
        sure: stated.sure,
        place: stated.place.map(|place| place.of(&article.text)),
    };
    article.statements.iter().map(shown).collect()
}
