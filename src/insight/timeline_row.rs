//! The rows of a timeline.

use serde::Serialize;

use crate::article::{Granularity, MentionedDate, iso_day};
use crate::index::{NameId, StoredArticle, StoredStatement};
use crate::insight::example::Example;
use crate::report::{Certainty, EventKind, country};
use crate::search::Searcher;

/// Example sentences of each row.
const EXAMPLES: usize = 3;

/// A statement of one article, or of several consecutive ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TimelineRow {
    /// The date of the first article with it.
    pub published: Option<String>,
    /// The date of the last article with it before another statement.
    pub until: Option<String>,
    /// The kind of event.
    pub what: EventKind,
    /// The work.
    pub work: Option<String>,
    /// The person.
    pub person: Option<String>,
    /// The role, or the award.
    pub object: Option<String>,
    /// When: `2023-07-14`, `2023-07`, `2023` or `2022-06-01/2022-08-31`.
    pub value: Option<String>,
    /// The granularity of the date.
    pub granularity: Option<Granularity>,
    /// Whether it was a plan that no longer held.
    pub former: bool,
    /// The certainty of the statement.
    pub sure: Certainty,
    /// Where: a country, platform, festival or “theaters”.
    pub place: Option<String>,
    /// The previous value, where this one differs.
    pub changed_from: Option<String>,
    /// Other values stated on the same day, or after they had been replaced.
    pub contradicts: Vec<String>,
    /// Articles with it, copies of a sentence once.
    pub articles: usize,
    /// Their sources.
    pub sources: Vec<String>,
    /// Sentences of the first articles.
    pub sentences: Vec<Example>,
}

impl TimelineRow {
    /// Whether another row makes the same statement.
    pub(super) fn is_same_statement(&self, other: &Self) -> bool {
        (self.what, &self.work, &self.person, &self.object) == (other.what, &other.work, &other.person, &other.object)
            && (&self.value, self.former, &self.place) == (&other.value, other.former, &other.place)
    }

    /// Whether both are about one release of one work.
    pub(super) fn is_same_event(&self, other: &Self) -> bool {
        (self.what, &self.work, &self.place) == (other.what, &other.work, &other.place)
    }

    /// Joins a later row of the same statement.
    pub(super) fn join(&mut self, other: Self) {
        self.until = other.published.or(self.until.take());
        let known = self.sentences.iter().any(|example| example.sentence == other.sentences[0].sentence);
        self.articles += usize::from(!known);
        self.sure = self.sure.max(other.sure);
        for source in other.sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        if !known && self.sentences.len() < EXAMPLES {
            self.sentences.extend(other.sentences);
        }
    }
}

impl Searcher {
    /// The row of one statement.
    pub(super) fn timeline_row(&self, article: &StoredArticle, statement: &StoredStatement) -> TimelineRow {
        let name = |id: Option<NameId>| {
            let entities = self.entity_table();
            id.and_then(|id| entities.name(entities.of(id))).map(str::to_owned)
        };
        TimelineRow {
            published: article.published.clone(),
            until: article.published.clone(),
            what: statement.what,
            work: name(statement.work),
            person: name(statement.person),
            object: name(statement.object),
            value: statement.date.map(|date| iso_value(&date)),
            granularity: statement.date.map(|date| date.granularity()),
            former: statement.former,
            sure: statement.sure,
            place: statement.place.map(|place| {
                let text = place.of(&article.text);
                country(text).unwrap_or(text).to_owned()
            }),
            changed_from: None,
            contradicts: Vec::new(),
            articles: 1,
            sources: article.source.iter().cloned().collect(),
            sentences: vec![Example::new(article, statement.sentence)],
        }
    }
}

/// A date in ISO 8601, only as precise as it is known.
fn iso_value(date: &MentionedDate) -> String {
    let first = iso_day(date.first);
    match date.granularity() {
        Granularity::Day => first,
        Granularity::Month => first[..7].to_owned(),
        Granularity::Year => first[..4].to_owned(),
        Granularity::Range => format!("{first}/{}", iso_day(date.last)),
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Span;

    use super::*;

    #[test]
    fn dates_are_written_as_precisely_as_known() {
        let check = |first, last, expected: &str| {
            let date = MentionedDate { span: Span::new(0, 0), first, last };
            assert_eq!(iso_value(&date), expected);
        };
        check(20_230_714, 20_230_714, "2023-07-14");
        check(20_230_701, 20_230_731, "2023-07");
        check(20_230_101, 20_231_231, "2023");
        check(20_220_601, 20_220_831, "2022-06-01/2022-08-31");
    }
}
