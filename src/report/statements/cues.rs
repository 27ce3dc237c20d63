//! Words that say that a work comes out, and words that say that a date is of
//! something else.

use crate::article::EntityKind;

use super::What;
use super::line::Line;

/// What a word says of a date near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// A work comes out then.
    Out(What),
    /// Something else happens then.
    Other,
}

/// What the word says, or the phrase that begins there.
pub(super) fn cue(line: &Line<'_>, at: usize) -> Option<Cue> {
    let word = &line.words[at];
    // “Her coming-out”, “hard-launched”
    let hyphen = at > 0 && line.gap(at - 1) == "-";
    if word.date.is_some() || word.mention.is_some() || hyphen {
        return None;
    }
    let next = line.lower(at + 1);
    let before = at.checked_sub(1).map_or("", |before| line.lower(before));
    let date_follows = line.words.get(at + 1).is_some_and(|word| word.date.is_some())
        || line.words.get(at + 2).is_some_and(|word| word.date.is_some())
            && matches!(next, "on" | "in" | "this" | "at" | "around" | "for");
    let out = |what| Some(Cue::Out(what));
    match &*word.lower {
        "release" | "released" | "releases" | "releasing" => match next {
            "from" if is_confinement(line.lower(at + 2)) || is_confinement(line.lower(at + 3)) => Some(Cue::Other),
            _ if line.has(
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
                Some(Cue::Other)
            }
            _ if matches!(before, "press" | "news") => Some(Cue::Other),
            _ => out(What::Release),
        },
        "premiere" | "premieres" | "premiered" | "premiering" | "première" => {
            match line.has(at + 1..at + 4, &["trailer", "video"]) {
                true => Some(Cue::Other),
                false => out(What::Premiere),
            }
        }
        "debut" if at > 0 && line.kind(at - 1) == Some(EntityKind::Event) => out(What::Premiere),
        "debut" if !matches!(before, "to" | "will") && next != "of" => {
            Some(Cue::Other).filter(|_| is_owner(before) && matches!(next, "in" | "on" | "at" | "as"))
        }
        "debut" | "debuts" | "debuted" | "debuting" => match next {
            "single" | "album" | "solo" | "feature" | "film" | "ep" | "novel" | "studio" | "at" => None,
            _ if line.has(at + 1..at + 4, &["trailer", "no", "chart", "number"]) => None,
            // “Debuted new looks”
            "new" | "more" | "a" | "an" | "the" | "her" | "his" | "its" | "their"
                if !(at + 1..at + 9).any(|at| line.kind(at) == Some(EntityKind::Work)) =>
            {
                Some(Cue::Other)
            }
            _ => out(What::Premiere),
        },
        "streaming" | "streams" | "stream" | "streamed" => {
            let streams = date_follows
                || matches!(next, "on" | "exclusively" | "live" | "globally" | "via" | "starting" | "from");
            (streams && before != "most").then_some(Cue::Out(What::Streaming))
        }
        "airs" | "aired" | "airing" | "air" if &*word.lower != "air" || matches!(before, "to" | "will") => {
            out(What::Premiere)
        }
        "theaters" | "theatres" | "cinemas"
            if matches!(before, "in" | "to" | "hit" | "hits" | "reach" | "reaches" | "into") =>
        {
            out(What::Release)
        }
        "theatrical" | "theatrically" => out(What::Release),
        "hits" | "hit" | "hitting" if is_where(if next == "the" { line.lower(at + 2) } else { next }) => {
            out(What::Release)
        }
        "opens" | "opening" | "opened" | "open"
            if date_follows || matches!(next, "in" | "nationwide" | "wide" | "theatrically") =>
        {
            out(What::Release)
        }
        "comes" | "came" | "coming" | "come" if next == "out" && line.gap(at) == " " => out(What::Release),
        "comes" | "came" | "coming" | "come" if next == "to" => {
            let place = if line.lower(at + 2) == "the" { at + 3 } else { at + 2 };
            out(What::Release)
                .filter(|_| is_where(line.lower(place)) || line.kind(place) == Some(EntityKind::Organization))
        }
        "arrives" | "arrived" | "arriving" | "arrive" | "lands" | "landing" | "bows" | "bowed" | "dropped"
        | "drops" | "drop" | "dropping" => out(What::Release),
        "published" if line.has(at.saturating_sub(9)..at, &["story", "article", "report", "essay", "interview"]) => {
            Some(Cue::Other)
        }
        "launches" | "launched" | "launching" | "published" | "publishes" | "publish" | "rollout" => out(What::Release),
        "out"
            if matches!(
                before,
                "due" | "expected" | "is" | "are" | "was" | "now" | "also" | "comes" | "came" | "coming"
            ) =>
        {
            out(What::Release)
        }
        "out" if date_follows && at > 0 && line.gap(at - 1).contains(',') => out(What::Release),
        "due" | "slated" | "dated" => out(What::Release),
        "reset" | "rescheduled" | "redated" if matches!(next, "for" | "to") => out(What::Release),
        "scheduled" | "set" | "planned" | "expected" | "announced" if next == "for" => out(What::Release),
        "delayed" | "postponed" | "pushed" | "moved" | "shifted" | "bumped" | "switched" | "moving" | "moves"
        | "delaying" | "pushing" => out(What::Release),
        "went" if next == "from" => out(What::Release),
        "returns" | "returning" | "return" if date_follows => {
            let series = (at.saturating_sub(3)..at).any(|at| line.kind(at) == Some(EntityKind::Work));
            let named = line.has(at.saturating_sub(3)..at, &["series", "show", "it"]);
            out(What::Premiere).filter(|_| series || named)
        }
        word if is_other(word) => Some(Cue::Other),
        _ => None,
    }
}

/// Where works come out: “hits theaters”, “hit the shelves”.
fn is_where(word: &str) -> bool {
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

fn is_owner(word: &str) -> bool {
    matches!(word, "her" | "his" | "their" | "my" | "its" | "our")
}

fn is_confinement(word: &str) -> bool {
    matches!(word, "jail" | "prison" | "custody" | "hospital" | "rehab" | "detention")
}

/// Words whose dates are no releases.
fn is_other(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "announced",
        "announces",
        "announcement",
        "said",
        "says",
        "told",
        "tweeted",
        "posted",
        "post",
        "revealed",
        "confirmed",
        "reported",
        "wrote",
        "shared",
        "statement",
        "interview",
        "born",
        "died",
        "death",
        "dies",
        "filmed",
        "filming",
        "shot",
        "shooting",
        "wrapped",
        "production",
        "began",
        "begins",
        "started",
        "married",
        "wed",
        "divorced",
        "nominated",
        "won",
        "win",
        "performed",
        "performing",
        "performs",
        "performance",
        "tour",
        "touring",
        "toured",
        "concert",
        "concerts",
        "tickets",
        "ticket",
        "sale",
        "recorded",
        "recording",
        "written",
        "arrested",
        "charged",
        "sued",
        "filed",
        "lawsuit",
        "trailer",
        "teaser",
        "celebrated",
        "anniversary",
        "ceremony",
        "founded",
        "formed",
        "signed",
        "joined",
        "killed",
        "met",
        "dated",
        "engaged",
        "hosted",
        "hosts",
        "attended",
        "appeared",
        "appearance",
        "episode",
        "finale",
        "show's",
        "residency",
        "festival",
        "interviewed",
        "inducted",
        "ended",
        "retired",
        "cancelled",
        "canceled",
        "rescheduled",
        "sold",
        "bought",
        "earned",
        "grossed",
        "topped",
        "charted",
        "peaked",
        "set",
    ];
    WORDS.contains(&word)
}
