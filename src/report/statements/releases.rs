//! Releases: when works come out, came out, or were planned to.

use crate::article::{EntityKind, MentionedDate, date_number};

use super::certainty::Certainty;
use super::dated_cue::DatedCue;
use super::event_kind::EventKind;
use super::modality::certainty;
use super::place::place;
use super::release_dates::release_dates;
use super::release_works::release_works;
use super::sentence_view::SentenceView;
use super::statement::{Statement, Subject};
use super::subjects::Subjects;
use super::tense::{is_former, is_past, resolved_date};

/// Adds the releases that a sentence states.
pub(super) fn find_releases(view: &SentenceView<'_>, subjects: &Subjects, found: &mut Vec<Statement>) {
    let first = found.len();
    for group in release_dates(view) {
        let stated: Vec<Vec<Subject>> = group.iter().map(|dated| release_works(view, subjects, dated)).collect();
        for (at, dated) in group.iter().enumerate() {
            let date = resolved_date(view, dated);
            // “‘A’ and ‘B’ in 2023 and 2025”: one each.
            let each = group.len() > 1 && stated[at].len() == group.len();
            let works = if each { &stated[at][at..=at] } else { &stated[at][..] };
            for work in works {
                let same = |other: &Statement| {
                    other.work.map(|work| view.name(work)) == Some(view.name(*work))
                        && other.date.is_some_and(|other| (other.first, other.last) == (date.first, date.last))
                };
                if !found[first..].iter().any(same) {
                    found.push(statement(view, dated, date, *work));
                }
            }
        }
    }
}

/// The statement of a work on a date.
fn statement(view: &SentenceView<'_>, dated: &DatedCue, date: MentionedDate, work: Subject) -> Statement {
    let former = is_former(view, dated);
    let past = view.published.is_some_and(|day| date.last < date_number(day)) || is_past(view, dated.cue);
    let certainty = match (former, past) {
        (false, true) => Certainty::Happened,
        _ => certainty(view),
    };
    let (from, to) = (dated.cue.min(dated.words.start), dated.cue.max(dated.words.end - 1));
    let place = place(view, from, to);
    let platform = place.is_some_and(|span| {
        view.names
            .clone()
            .any(|at| view.mentions[at].span == span && view.mentions[at].kind == EntityKind::Organization)
    });
    let kind = match dated.kind {
        EventKind::Release
            if platform
                && view.has(from.saturating_sub(4)..to + 1, &["available", "lands", "arrives", "coming", "comes"]) =>
        {
            EventKind::Streaming
        }
        kind => kind,
    };
    let base = Statement::new(kind, certainty, view.span);
    Statement { work: Some(work), date: Some(date), former, place, ..base }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_certainty};

    #[test]
    fn works_come_out() {
        check("“[work|Harbor]” opens [20230714|July 14].", &["release, Harbor, 20230714"]);
        check(
            "“[work|Harbor]” premieres on [20230714|July 14] at [event|Sundance].",
            &["premiere, Harbor, 20230714, Sundance"],
        );
        check(
            "“[work|Harbor]” streams on [organization|Netflix] [20230714|July 14].",
            &["streaming, Harbor, 20230714, Netflix"],
        );
        check(
            "“[work|Harbor]” lands on [organization|Hulu] on [20230714|July 14].",
            &["streaming, Harbor, 20230714, Hulu"],
        );
        check("The German release of “[work|Harbor]” is [20230714|July 14].", &["release, Harbor, 20230714, German"]);
        check("“[work|Harbor]” ([20230714|July 14])", &["release, Harbor, 20230714"]);
    }

    #[test]
    fn plans_that_changed_are_former() {
        check(
            "“[work|Harbor]” was pushed from [20220527|May 27, 2022] to [20230714|July 14, 2023].",
            &["release, Harbor, 20220527, former", "release, Harbor, 20230714"],
        );
        check("“[work|Harbor]” was originally due [20220527|May 27, 2022].", &["release, Harbor, 20220527, former"]);
        check("“[work|Harbor]” was supposed to open [20220527|May 27, 2022].", &["release, Harbor, 20220527, former"]);
    }

    #[test]
    fn lists_of_dates_and_works_pair_up() {
        check(
            "“[work|Harbor]” and “[work|Tide]” open on [20230714|July 14] and [20230721|July 21].",
            &["release, Harbor, 20230714", "release, Tide, 20230721"],
        );
        check(
            "“[work|Harbor]” and “[work|Tide]” open [20230714|July 14].",
            &["release, Harbor, 20230714", "release, Tide, 20230714"],
        );
    }

    #[test]
    fn the_work_may_be_named_before() {
        check("“[work|Harbor]” is back. The film opens [20230714|July 14].", &["release, Harbor, 20230714"]);
        check("“[work|Harbor 2]” is back. A sequel opens [20240714|July 14, 2024].", &["release, Harbor 3, 20240714"]);
        check("“[work|Harbor]” is back. Opens [20230714|July 14].", &["release, Harbor, 20230714"]);
        check("“[work|Harbor]” is back. The tour opens [20230714|July 14].", &[]);
    }

    #[test]
    fn the_tense_decides_the_year() {
        // Recognized as dates before the day of publication.
        check("“[work|Harbor]” opens [20230310|Friday].", &["release, Harbor, 20230317"]);
        check("“[work|Harbor]” opened [20230310|Friday].", &["release, Harbor, 20230310"]);
        check("“[work|Harbor]” will open [20221008|Oct. 8].", &["release, Harbor, 20231008"]);
        check("“[work|Harbor]” opened [20221008|Oct. 8].", &["release, Harbor, 20221008"]);
    }

    #[test]
    fn dates_of_something_else_are_not_stated() {
        check("“[work|Harbor]” was filmed in [20210101|2021].", &[]);
        check("[person|Ann Lee] of “[work|Harbor]” was born [19900714|July 14, 1990].", &[]);
        check("“[work|Harbor]” could open [20230714|July 14].", &[]);
        check("The trailer of “[work|Harbor]” arrived [20230310|Friday].", &[]);
        check("The [20210101-20211231|2021] film “[work|Harbor]” is out.", &[]);
        check("The star of “[work|Harbor]” was released from prison [20230310|Friday].", &[]);
        check("The “[work|Harbor]” star returned on [20230310|Friday].", &[]);
    }

    #[test]
    fn certainty_depends_on_the_day_and_the_words() {
        check_certainty("“[work|Harbor]” opened [20230310|Friday].", &["release, Harbor, 20230310, happened"]);
        check_certainty("“[work|Harbor]” opens [20230714|July 14].", &["release, Harbor, 20230714, reported"]);
        check_certainty(
            "“[work|Harbor]” is rumored to open [20230714|July 14].",
            &["release, Harbor, 20230714, rumored"],
        );
        check_certainty(
            "“[work|Harbor]” officially opens [20230714|July 14].",
            &["release, Harbor, 20230714, confirmed"],
        );
    }
}
