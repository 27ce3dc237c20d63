//! How sure a sentence is.

use super::Sureness;
use super::line::Line;

/// How sure a sentence is of a plan.
pub(super) fn sureness(line: &Line<'_>) -> Sureness {
    let all = 0..line.words.len();
    if line.has(all.clone(), &["rumored", "rumoured", "rumor", "rumors", "rumour", "rumours", "speculation"]) {
        Sureness::Rumored
    } else if line.says("in talks") || line.says("in negotiations") || line.says("in discussions") {
        Sureness::InTalks
    } else if line.has(all.clone(), &["denied", "denies", "denying"]) || line.says("not true") {
        Sureness::Denied
    } else if line.has(
        all,
        &["announced", "announces", "confirmed", "confirms", "officially", "official", "revealed", "unveiled"],
    ) {
        Sureness::Confirmed
    } else {
        Sureness::Reported
    }
}
