//! What articles stated of a work or person, in the order of their dates.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::{Granularity, MentionedDate, iso_day};
use crate::index::{EntityId, NameId, StoredArticle, StoredStatement, about_term};
use crate::report::{Certainty, EventKind, country};

use crate::insight::entity_evidence::Example;
use crate::search::Filters;
use crate::search::SearchError;
use crate::search::Searcher;

/// Sentences told of each row.
const EXAMPLES: usize = 3;

/// What to leave out of a timeline.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TimelineRequest {
    /// Only statements of this; releases include premières and streaming.
    pub what: Option<EventKind>,
    /// Only articles of these days; those without a date are shown all the same.
    pub days: Filters,
}

/// What articles stated of a work or person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// What it is called.
    pub name: String,
    /// What dated articles said, in the order of their dates.
    pub rows: Vec<TimelineRow>,
    /// What articles without a date said.
    pub undated: Vec<TimelineRow>,
}

/// A statement, as one article or several in a row made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TimelineRow {
    /// The date of the first article that said so.
    pub published: Option<String>,
    /// The date of the last one before something else was said.
    pub until: Option<String>,
    /// What is stated.
    pub what: EventKind,
    /// The work.
    pub work: Option<String>,
    /// The person.
    pub person: Option<String>,
    /// The role, or the award.
    pub object: Option<String>,
    /// When: `2023-07-14`, `2023-07`, `2023` or `2022-06-01/2022-08-31`.
    pub value: Option<String>,
    /// How long a time that is.
    pub granularity: Option<Granularity>,
    /// Whether it was a plan that no longer held.
    pub former: bool,
    /// How sure the articles were.
    pub sure: Certainty,
    /// Where: a country, platform, festival or “theaters”.
    pub place: Option<String>,
    /// What was said before, where this is something else.
    pub changed_from: Option<String>,
    /// Other values that were said on the same day, or after they had been
    /// replaced.
    pub contradicts: Vec<String>,
    /// Articles that said so, copies of a sentence once.
    pub articles: usize,
    /// Their sources.
    pub sources: Vec<String>,
    /// Sentences that say so: the first articles'.
    pub sentences: Vec<Example>,
}

impl TimelineRow {
    /// Whether it says the same as another statement of the same thing.
    fn says(&self, other: &Self) -> bool {
        (self.what, &self.work, &self.person, &self.object) == (other.what, &other.work, &other.person, &other.object)
            && (&self.value, self.former, &self.place) == (&other.value, other.former, &other.place)
    }

    /// Whether both are of one release of one work.
    fn is_of(&self, other: &Self) -> bool {
        (self.what, &self.work, &self.place) == (other.what, &other.work, &other.place)
    }

    fn take(&mut self, other: Self) {
        self.until = other.published.or(self.until.take());
        let known = self.sentences.iter().any(|told| told.sentence == other.sentences[0].sentence);
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
    /// What articles stated of a work or person, in the order of their dates:
    /// runs of equal statements are one row, changes and contradictions are
    /// marked.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn timeline(&self, entity: EntityId, request: &TimelineRequest) -> Result<Timeline, SearchError> {
        let members = self.entity_table().members(entity);
        let mut dated: BTreeMap<(String, String), Vec<TimelineRow>> = BTreeMap::new();
        let mut undated: Vec<TimelineRow> = Vec::new();
        let terms: Vec<String> = members.iter().map(|id| about_term(*id)).collect();
        self.each_article_reporting(&terms, |article| {
            let asked = |stated: &&StoredStatement| {
                stated.names().any(|id| members.contains(&id))
                    && request.what.is_none_or(|what| is_asked(what, stated.what))
            };
            let rows = article.statements.iter().filter(asked).map(|stated| self.timeline_row(article, stated));
            match &article.published {
                Some(day) if request.days.holds(day) => {
                    dated.entry((day.clone(), article.id.clone())).or_default().extend(rows);
                }
                Some(_) => {}
                None => undated.extend(rows),
            }
        })?;
        let mut rows = folded(dated.into_values().flatten());
        mark_changes(&mut rows);
        undated.sort_by(|a, b| (&a.value, &a.sentences[0].id).cmp(&(&b.value, &b.sentences[0].id)));
        let name = self.entity_table().name(entity).unwrap_or_default().to_owned();
        Ok(Timeline { name, rows, undated: folded(undated) })
    }

    fn timeline_row(&self, article: &StoredArticle, stated: &StoredStatement) -> TimelineRow {
        let name = |id: Option<NameId>| {
            let entities = self.entity_table();
            id.and_then(|id| entities.name(entities.of(id))).map(str::to_owned)
        };
        TimelineRow {
            published: article.published.clone(),
            until: article.published.clone(),
            what: stated.what,
            work: name(stated.work),
            person: name(stated.person),
            object: name(stated.object),
            value: stated.date.map(|date| value(&date)),
            granularity: stated.date.map(|date| date.granularity()),
            former: stated.former,
            sure: stated.sure,
            place: stated.place.map(|place| {
                let text = place.of(&article.text);
                country(text).unwrap_or(text).to_owned()
            }),
            changed_from: None,
            contradicts: Vec::new(),
            articles: 1,
            sources: article.source.iter().cloned().collect(),
            sentences: vec![Example::new(article, stated.sentence)],
        }
    }
}

/// Releases are asked for with premières and streaming.
fn is_asked(asked: EventKind, what: EventKind) -> bool {
    asked == what || asked == EventKind::Release && what.is_release()
}

/// A date as ISO 8601 writes it, as short as it can be.
fn value(date: &MentionedDate) -> String {
    let first = iso_day(date.first);
    match date.granularity() {
        Granularity::Day => first,
        Granularity::Month => first[..7].to_owned(),
        Granularity::Year => first[..4].to_owned(),
        Granularity::Range => format!("{first}/{}", iso_day(date.last)),
    }
}

/// Runs of equal statements as one row each. Statements of one article stand
/// between those of others without breaking their runs.
fn folded(rows: impl IntoIterator<Item = TimelineRow>) -> Vec<TimelineRow> {
    let mut folded: Vec<TimelineRow> = Vec::new();
    for row in rows {
        let broken = |other: &TimelineRow| other.is_of(&row) && !other.former && !row.former && !other.says(&row);
        let last = folded.iter().rposition(|other| other.says(&row));
        match last {
            Some(at) if !folded[at + 1..].iter().any(broken) => folded[at].take(row),
            _ => folded.push(row),
        }
    }
    folded
}

/// Marks what differs from what was said before, and what was said against it.
fn mark_changes(rows: &mut [TimelineRow]) {
    for at in 0..rows.len() {
        let (changed_from, contradicts) = change(rows, at);
        (rows[at].changed_from, rows[at].contradicts) = (changed_from, contradicts);
    }
}

/// The value that a row replaces, and those that it contradicts.
fn change(rows: &[TimelineRow], at: usize) -> (Option<String>, Vec<String>) {
    let row = &rows[at];
    let Some(value) = row.value.as_deref().filter(|_| row.what.is_release()) else { return Default::default() };
    let of_same = |other: &&TimelineRow| (other.what, &other.work) == (row.what, &row.work);
    let differs = |other: &&TimelineRow| other.value.as_deref().is_some_and(|said| !agree(said, value));
    let told_with =
        |other: &&TimelineRow| other.published == row.published && other.sentences[0].id == row.sentences[0].id;
    // “Set for A, then for B”: plans of one article follow each other.
    let former = |rows: &[TimelineRow]| {
        let found = rows.iter().rev().filter(|other| other.former).filter(of_same).filter(told_with).find(differs);
        found.and_then(|former| former.value.clone())
    };
    if row.former {
        return (former(&rows[..at]), Vec::new());
    }
    let before = || rows[..at].iter().filter(|other| !other.former && other.is_of(row));
    match before().next_back() {
        None => (former(rows), Vec::new()),
        Some(last) if !differs(&last) => (None, Vec::new()),
        Some(last) => {
            let returns = before().any(|other| other.value.as_deref().is_some_and(|said| agree(said, value)));
            if last.published == row.published || returns {
                (None, last.value.iter().cloned().collect())
            } else {
                (last.value.clone(), Vec::new())
            }
        }
    }
}

/// Whether one of two values holds the other: 2023 and 2023-07-14.
fn agree(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(published: &str, value: &str, former: bool) -> TimelineRow {
        let example = Example {
            id: published.to_owned(),
            path: String::new(),
            published: Some(published.to_owned()),
            start: 0,
            end: 1,
            sentence: format!("{published} {value}"),
        };
        TimelineRow {
            published: Some(published.to_owned()),
            until: Some(published.to_owned()),
            what: EventKind::Release,
            work: Some("Dune".to_owned()),
            person: None,
            object: None,
            value: Some(value.to_owned()),
            granularity: None,
            former,
            sure: Certainty::Reported,
            place: None,
            changed_from: None,
            contradicts: Vec::new(),
            articles: 1,
            sources: Vec::new(),
            sentences: vec![example],
        }
    }

    #[test]
    fn runs_fold_and_changes_are_marked() {
        let mut rows = folded([
            row("2020-01-01", "2020-12-18", false),
            row("2020-02-01", "2020-12-18", false),
            row("2020-10-05", "2020-12-18", true),
            row("2020-10-05", "2021-10-01", false),
            row("2021-01-01", "2021", false),
            row("2021-02-01", "2020-12-18", false),
        ]);
        mark_changes(&mut rows);
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.value.as_deref().unwrap_or(""),
                    row.former,
                    row.articles,
                    row.changed_from.as_deref(),
                    row.contradicts.len(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("2020-12-18", false, 2, None, 0),
                ("2020-12-18", true, 1, None, 0),
                ("2021-10-01", false, 1, Some("2020-12-18"), 0),
                ("2021", false, 1, None, 0),
                ("2020-12-18", false, 1, None, 1),
            ]
        );
    }
}
