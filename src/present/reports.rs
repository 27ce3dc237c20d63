//! The quotes and statements of an article, as JSON has them.

use serde::Serialize;

use crate::article::{Article, Granularity, Mention, iso_day};
use crate::index::{Entities, NameId, StoredQuote, StoredStatement};
use crate::report::{Certainty, EventKind, Quote, Statement};
use crate::search::StoredArticle;

/// A quote.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub(super) struct ShownQuote<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    speaker: Option<&'a str>,
}

/// A statement.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub(super) struct ShownStatement<'a> {
    /// The sentence that says so.
    start: usize,
    end: usize,
    text: &'a str,
    what: EventKind,
    work: Option<String>,
    person: Option<&'a str>,
    /// The role, or the award.
    object: Option<&'a str>,
    /// ISO date of the first day, and of the last.
    first: Option<String>,
    last: Option<String>,
    granularity: Option<Granularity>,
    former: bool,
    sure: Certainty,
    place: Option<&'a str>,
}

impl<'a> ShownQuote<'a> {
    fn new(text: &'a str, quote: StoredQuote, name: impl Fn(NameId) -> Option<&'a str>) -> Self {
        let StoredQuote { span, speaker } = quote;
        Self { start: span.start, end: span.end, text: span.of(text), speaker: speaker.and_then(name) }
    }
}

impl<'a> ShownStatement<'a> {
    fn new(
        text: &'a str,
        stated: &StoredStatement,
        work: Option<String>,
        name: impl Fn(NameId) -> Option<&'a str>,
    ) -> Self {
        Self {
            start: stated.sentence.start,
            end: stated.sentence.end,
            text: stated.sentence.of(text),
            what: stated.what,
            work,
            person: stated.person.and_then(&name),
            object: stated.object.and_then(&name),
            first: stated.date.map(|date| iso_day(date.first)),
            last: stated.date.map(|date| iso_day(date.last)),
            granularity: stated.date.map(|date| date.granularity()),
            former: stated.former,
            sure: stated.sure,
            place: stated.place.map(|place| place.of(text)),
        }
    }
}

/// The quotes of an article.
pub(super) fn shown_quotes<'a>(article: &'a Article, mentions: &'a [Mention], quotes: &[Quote]) -> Vec<ShownQuote<'a>> {
    let (numbers, name) = numbered(mentions);
    quotes.iter().map(|quote| ShownQuote::new(&article.text, StoredQuote::new(quote, &numbers), &name)).collect()
}

/// What an article states.
pub(super) fn shown_statements<'a>(
    article: &'a Article,
    mentions: &'a [Mention],
    statements: &[Statement],
) -> Vec<ShownStatement<'a>> {
    let (numbers, name) = numbered(mentions);
    let shown = |stated: &Statement| {
        let work = stated.work.map(|work| work.name(&article.text, mentions));
        ShownStatement::new(&article.text, &StoredStatement::new(stated, None, &numbers), work, &name)
    };
    statements.iter().map(shown).collect()
}

/// The ids of an article that is not indexed: the positions of its mentions.
fn numbered<'a>(mentions: &'a [Mention]) -> (Vec<NameId>, impl Fn(NameId) -> Option<&'a str>) {
    let numbers = (0..).take(mentions.len()).collect();
    (numbers, move |id: NameId| Some(mentions.get(id as usize)?.name.as_str()))
}

/// The quotes of an article of the index.
pub(super) fn stored_quotes<'a>(article: &'a StoredArticle, entities: &'a Entities) -> Vec<ShownQuote<'a>> {
    let name = |id| entities.name(entities.of(id));
    article.quotes.iter().map(|quote| ShownQuote::new(&article.text, *quote, name)).collect()
}

/// What an article of the index states.
pub(super) fn stored_statements<'a>(article: &'a StoredArticle, entities: &'a Entities) -> Vec<ShownStatement<'a>> {
    let name = |id| entities.name(entities.of(id));
    let shown = |stated: &StoredStatement| {
        let work = stated.work.and_then(name).map(str::to_owned);
        ShownStatement::new(&article.text, stated, work, name)
    };
    article.statements.iter().map(shown).collect()
}
