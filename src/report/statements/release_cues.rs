//! Words that say that a date is of a release, or of something else.

use crate::article::{EntityKind, Language};

use super::event_kind::EventKind;
use super::sentence_view::SentenceView;

/// What a word says about a date near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateCue {
    /// The date is of a release of this kind.
    Release(EventKind),
    /// The date is of something else.
    Other,
}

/// The cue of a word or of the phrase that begins with it.
pub(super) fn date_cue(view: &SentenceView<'_>, at: usize) -> Option<DateCue> {
    let word = &view.words[at];
    // “Her coming-out”, “hard-launched”
    let hyphen = at > 0 && view.gap(at - 1) == "-";
    if word.date.is_some() || word.mention.is_some() || hyphen {
        return None;
    }
    let next = view.lower(at + 1);
    let before = at.checked_sub(1).map_or("", |before| view.lower(before));
    let date_follows = view.words.get(at + 1).is_some_and(|word| word.date.is_some())
        || view.words.get(at + 2).is_some_and(|word| word.date.is_some())
            && matches!(next, "on" | "in" | "this" | "at" | "around" | "for");
    let release = |kind| Some(DateCue::Release(kind));
    match &*word.lower {
        "release" | "released" | "releases" | "releasing" => match next {
            "from" if is_confinement(view.lower(at + 2)) || is_confinement(view.lower(at + 3)) => Some(DateCue::Other),
            _ if view.has(
                at + 1..at + 4,
                &[
                    "trailer",
                    "teaser",
                    "statement",
                    "video",
                    "trailers",
                    "images",
                    "footage",
                    "poster",
                    "music",
                    "songs",
                ],
            ) =>
            {
                Some(DateCue::Other)
            }
            _ if matches!(before, "press" | "news") => Some(DateCue::Other),
            _ => release(EventKind::Release),
        },
        "premiere" | "premieres" | "premiered" | "premiering" | "première" => {
            match view.has(at + 1..at + 4, &["trailer", "video"]) {
                true => Some(DateCue::Other),
                false => release(EventKind::Premiere),
            }
        }
        "debut" if at > 0 && view.kind(at - 1) == Some(EntityKind::Event) => release(EventKind::Premiere),
        "debut" if !matches!(before, "to" | "will") && next != "of" => {
            Some(DateCue::Other).filter(|_| is_possessive(before) && matches!(next, "in" | "on" | "at" | "as"))
        }
        "debut" | "debuts" | "debuted" | "debuting" => match next {
            "single" | "album" | "solo" | "feature" | "film" | "ep" | "novel" | "studio" | "at" => None,
            _ if view.has(at + 1..at + 4, &["trailer", "no", "chart", "number"]) => None,
            // “Debuted new looks”
            "new" | "more" | "a" | "an" | "the" | "her" | "his" | "its" | "their"
                if !(at + 1..at + 9).any(|at| view.kind(at) == Some(EntityKind::Work)) =>
            {
                Some(DateCue::Other)
            }
            _ => release(EventKind::Premiere),
        },
        "streaming" | "streams" | "stream" | "streamed" => {
            let streams = date_follows
                || matches!(next, "on" | "exclusively" | "live" | "globally" | "via" | "starting" | "from");
            (streams && before != "most").then_some(DateCue::Release(EventKind::Streaming))
        }
        "airs" | "aired" | "airing" | "air" if &*word.lower != "air" || matches!(before, "to" | "will") => {
            release(EventKind::Premiere)
        }
        "theaters" | "theatres" | "cinemas"
            if matches!(before, "in" | "to" | "hit" | "hits" | "reach" | "reaches" | "into") =>
        {
            release(EventKind::Release)
        }
        "theatrical" | "theatrically" => release(EventKind::Release),
        "hits" | "hit" | "hitting" if is_outlet(if next == "the" { view.lower(at + 2) } else { next }) => {
            release(EventKind::Release)
        }
        "opens" | "opening" | "opened" | "open"
            if date_follows || matches!(next, "in" | "nationwide" | "wide" | "theatrically") =>
        {
            release(EventKind::Release)
        }
        "comes" | "came" | "coming" | "come" if next == "out" && view.gap(at) == " " => release(EventKind::Release),
        "comes" | "came" | "coming" | "come" if next == "to" => {
            let place = if view.lower(at + 2) == "the" { at + 3 } else { at + 2 };
            release(EventKind::Release)
                .filter(|_| is_outlet(view.lower(place)) || view.kind(place) == Some(EntityKind::Organization))
        }
        "arrives" | "arrived" | "arriving" | "arrive" | "lands" | "landing" | "bows" | "bowed" | "dropped"
        | "drops" | "drop" | "dropping" => release(EventKind::Release),
        "published" if view.has(at.saturating_sub(9)..at, &["story", "article", "report", "essay", "interview"]) => {
            Some(DateCue::Other)
        }
        "launches" | "launched" | "launching" | "published" | "publishes" | "publish" | "rollout" => {
            release(EventKind::Release)
        }
        "out"
            if matches!(
                before,
                "due" | "expected" | "is" | "are" | "was" | "now" | "also" | "comes" | "came" | "coming"
            ) =>
        {
            release(EventKind::Release)
        }
        "out" if date_follows && at > 0 && view.gap(at - 1).contains(',') => release(EventKind::Release),
        "due" | "slated" | "dated" => release(EventKind::Release),
        "reset" | "rescheduled" | "redated" if matches!(next, "for" | "to") => release(EventKind::Release),
        "scheduled" | "set" | "planned" | "expected" | "announced" if next == "for" => release(EventKind::Release),
        "delayed" | "postponed" | "pushed" | "moved" | "shifted" | "bumped" | "switched" | "moving" | "moves"
        | "delaying" | "pushing" => release(EventKind::Release),
        "went" if next == "from" => release(EventKind::Release),
        "returns" | "returning" | "return" if date_follows => {
            let series = (at.saturating_sub(3)..at).any(|at| view.kind(at) == Some(EntityKind::Work));
            let named = view.has(at.saturating_sub(3)..at, &["series", "show", "it"]);
            release(EventKind::Premiere).filter(|_| series || named)
        }
        word if Language::default().tables().non_release_words.contains(&word) => Some(DateCue::Other),
        _ => None,
    }
}

/// Whether works come out there: “hits theaters”, “hit the shelves”.
fn is_outlet(word: &str) -> bool {
    matches!(
        word,
        "theaters"
            | "theatres"
            | "cinemas"
            | "screens"
            | "streets"
            | "airwaves"
            | "shelves"
            | "stores"
            | "netflix"
            | "hulu"
            | "streaming"
    )
}

/// Whether a word is a possessive pronoun.
fn is_possessive(word: &str) -> bool {
    matches!(word, "her" | "his" | "their" | "my" | "its" | "our")
}

/// Whether people, rather than works, are released from there.
fn is_confinement(word: &str) -> bool {
    matches!(word, "jail" | "prison" | "custody" | "hospital" | "rehab" | "detention")
}
