//! What articles stated of a work or person, by date.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::{EntityId, StoredStatement, about_term};
use crate::insight::timeline_changes::{fold_rows, mark_changes};
use crate::insight::timeline_row::TimelineRow;
use crate::report::EventKind;
use crate::search::{Filters, SearchError, Searcher};

/// Which statements a timeline has.
#[derive(Debug, Clone, Default)]
pub struct TimelineRequest {
    /// Only statements of this kind; releases include premières and streaming.
    pub what: Option<EventKind>,
    /// Only articles of these days; those without a date are always included.
    pub days: Filters,
}

/// What articles stated of a work or person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// The name of the entity.
    pub name: String,
    /// The statements of dated articles, by date.
    pub rows: Vec<TimelineRow>,
    /// The statements of articles without a date.
    pub undated: Vec<TimelineRow>,
}

impl Searcher {
    /// What articles stated of a work or person, by date: consecutive equal
    /// statements are one row, changes and contradictions are marked.
    ///
    /// # Errors
    /// [`SearchError`] where the index cannot be read.
    pub fn timeline(&self, entity: EntityId, request: &TimelineRequest) -> Result<Timeline, SearchError> {
        let members = self.entity_table().members(entity);
        let mut dated: BTreeMap<(String, String), Vec<TimelineRow>> = BTreeMap::new();
        let mut undated: Vec<TimelineRow> = Vec::new();
        let terms: Vec<String> = members.iter().map(|id| about_term(*id)).collect();
        self.each_article_reporting(&terms, |article| {
            let is_requested = |statement: &&StoredStatement| {
                statement.names().any(|id| members.contains(&id))
                    && request.what.is_none_or(|what| includes(what, statement.what))
            };
            let rows = article.statements.iter().filter(is_requested);
            let rows = rows.map(|statement| self.timeline_row(article, statement));
            match &article.published {
                Some(day) if request.days.holds(day) => {
                    dated.entry((day.clone(), article.id.clone())).or_default().extend(rows);
                }
                Some(_) => {}
                None => undated.extend(rows),
            }
        })?;
        let mut rows = fold_rows(dated.into_values().flatten());
        mark_changes(&mut rows);
        undated.sort_by(|a, b| (&a.value, &a.sentences[0].id).cmp(&(&b.value, &b.sentences[0].id)));
        let name = self.entity_table().name(entity).unwrap_or_default().to_owned();
        Ok(Timeline { name, rows, undated: fold_rows(undated) })
    }
}

/// Whether a requested kind includes another one: releases include premières and
/// streaming.
fn includes(asked: EventKind, what: EventKind) -> bool {
    asked == what || asked == EventKind::Release && what.is_release()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_include_premieres_and_streaming() {
        let check = |asked, what, expected| assert_eq!(includes(asked, what), expected);
        check(EventKind::Release, EventKind::Release, true);
        check(EventKind::Release, EventKind::Premiere, true);
        check(EventKind::Release, EventKind::Streaming, true);
        check(EventKind::Premiere, EventKind::Release, false);
        check(EventKind::Release, EventKind::Award, false);
        check(EventKind::Award, EventKind::Award, true);
    }
}
