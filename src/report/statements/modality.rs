//! How certain a sentence is of what it states.

use super::certainty::Certainty;
use super::sentence_view::SentenceView;

/// The certainty of a plan that a sentence states.
pub(super) fn certainty(view: &SentenceView<'_>) -> Certainty {
    let all = 0..view.words.len();
    if view.has(all.clone(), &["rumored", "rumoured", "rumor", "rumors", "rumour", "rumours", "speculation"]) {
        Certainty::Rumored
    } else if view.has_phrase("in talks") || view.has_phrase("in negotiations") || view.has_phrase("in discussions") {
        Certainty::InTalks
    } else if view.has(all.clone(), &["denied", "denies", "denying"]) || view.has_phrase("not true") {
        Certainty::Denied
    } else if view.has(
        all,
        &["announced", "announces", "confirmed", "confirms", "officially", "official", "revealed", "unveiled"],
    ) {
        Certainty::Confirmed
    } else {
        Certainty::Reported
    }
}

/// Whether a word is about what could, might or would be.
pub(super) fn is_hypothetical(view: &SentenceView<'_>, at: usize) -> bool {
    let near = at.saturating_sub(3)..at;
    // “The official news: ‘X’ would arrive July 29.”
    let reported = view
        .has(0..at, &["announced", "announcing", "said", "news", "official", "revealed", "confirmed", "announcement"]);
    let open = ["could", "might", "may", "should", "should've", "should’ve", "if", "whether", "until", "unless"];
    view.has(near.clone(), &open) || view.has(near, &["would"]) && !reported
}
