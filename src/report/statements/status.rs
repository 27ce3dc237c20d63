//! Rules for cancellations, renewals and delays: “‘X’ has been canceled”, “Netflix
//! renews ‘X’ for a second season”, “‘X’ was pushed back”.

use crate::article::Language;

use super::certainty::Certainty;
use super::rule::CueMatch;
use super::sentence_parts::{OBJECT_REACH, REACH, refers_to_work, work_before, work_behind};
use super::statement::{Statement, Subject};

/// A delay, unless the sentence states the new date: then it is a release.
pub(super) fn delayed(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    if !cue.has_release {
        status_changed(cue, found);
    }
}

/// A work that is the subject of a passive verb or the object of an active one.
pub(super) fn status_changed(cue: &CueMatch<'_>, found: &mut Vec<Statement>) {
    let (view, at) = (cue.view, cue.at);
    let before = at.saturating_sub(3)..at;
    let passive = view.has(before.clone(), &["was", "were", "is", "been", "be", "being", "got", "gets"]);
    let adjective =
        matches!(view.lower(at.wrapping_sub(1)), "the" | "a" | "an" | "long" | "its" | "their" | "his" | "her");
    let denied = view.has(before, &["not", "never", "wasn't", "isn't"]);
    if is_of_event(cue) || denied || adjective {
        return;
    }
    let work = match work_behind(view, at, OBJECT_REACH) {
        _ if passive => {
            work_before(view, at).or_else(|| cue.subjects.of_paragraph().filter(|_| refers_to_work(view, at)))
        }
        Some((mention, _)) if cue.cue() != "pushed" => Some(Subject::Mention(mention)),
        _ => None,
    };
    if let Some(work) = work {
        let statement = cue.statement();
        let certainty = match statement.certainty {
            Certainty::Reported => Certainty::Happened,
            certainty => certainty,
        };
        found.push(Statement { work: Some(work), certainty, ..statement });
    }
}

/// Whether something else than a work is canceled or delayed: a tour, a premiere.
fn is_of_event(cue: &CueMatch<'_>) -> bool {
    let (view, at) = (cue.view, cue.at);
    let events = Language::default().tables().cancelable_events;
    let named = view.has(at.saturating_sub(REACH)..at + OBJECT_REACH, events);
    (named || view.has(0..at, &["premiere", "premieres"])) && !view.has_phrase("release date")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, check_certainty};

    #[test]
    fn works_are_canceled_and_renewed() {
        check("“[work|Harbor]” was canceled.", &["cancelled, Harbor"]);
        check("[organization|Netflix] cancels “[work|Harbor]” now.", &["cancelled, Harbor"]);
        check("“[work|Harbor]” has been axed.", &["cancelled, Harbor"]);
        check("[organization|Netflix] has renewed “[work|Harbor]” for a season.", &["renewed, Harbor"]);
        check("“[work|Harbor]” has a cast.\nIt was renewed.", &[]);
        check("“[work|Harbor]” has a fan. The series was renewed.", &["renewed, Harbor"]);
    }

    #[test]
    fn works_are_delayed() {
        check("“[work|Harbor]” has been pushed back.", &["delay, Harbor"]);
        check("[organization|Sony] delayed “[work|Harbor]” again.", &["delay, Harbor"]);
        check("[organization|Sony] pushed “[work|Harbor]” again.", &[]);
        // With its new date it is a release.
        check("“[work|Harbor]” has been pushed to [20240301|March 1, 2024].", &["release, Harbor, 20240301"]);
    }

    #[test]
    fn what_is_no_fact_or_no_work_is_not_stated() {
        check("“[work|Harbor]” was never canceled.", &[]);
        check("“[work|Harbor]” could be delayed.", &[]);
        check("The canceled “[work|Harbor]” is back.", &[]);
        check("The tour of “[work|Harbor]” was canceled.", &[]);
        check("The premiere of “[work|Harbor]” was postponed.", &[]);
        check("A release date of “[work|Harbor]” was postponed.", &["delay, Harbor"]);
        check("The show was canceled.", &[]);
    }

    #[test]
    fn reports_count_as_facts() {
        check_certainty("“[work|Harbor]” was canceled.", &["cancelled, Harbor, happened"]);
        check_certainty(
            "[organization|Fox] confirmed that “[work|Harbor]” was canceled.",
            &["cancelled, Harbor, confirmed"],
        );
        check_certainty("Rumors say “[work|Harbor]” was canceled.", &["cancelled, Harbor, rumored"]);
    }
}
