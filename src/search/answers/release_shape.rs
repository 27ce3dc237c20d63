//! How a sentence says when a work comes out: plainly, or only in some way.

use super::evidence::words;

/// Words that say that a work comes out.
const CUES: &[&str] = &[
    "airs",
    "arrive",
    "arrived",
    "arrives",
    "begins",
    "comes",
    "debut",
    "debuted",
    "debuts",
    "drops",
    "hit",
    "hits",
    "in",
    "kicks",
    "landed",
    "lands",
    "launched",
    "launches",
    "open",
    "opened",
    "opening",
    "opens",
    "out",
    "premiere",
    "premiered",
    "premieres",
    "premiering",
    "release",
    "released",
    "releases",
    "returned",
    "returns",
    "starts",
    "streaming",
    "streams",
];

/// Other words that may stand between a work and its date.
const OTHERS: &[&str] = &[
    "a",
    "a.m",
    "abc",
    "all",
    "already",
    "amazon",
    "amc",
    "and",
    "apple",
    "are",
    "at",
    "available",
    "back",
    "bbc",
    "be",
    "big",
    "both",
    "cbs",
    "cinema",
    "cinemas",
    "comedy",
    "coming",
    "cw",
    "date",
    "day",
    "digital",
    "disney",
    "documentary",
    "drama",
    "due",
    "e.t",
    "edt",
    "est",
    "et",
    "everywhere",
    "exclusively",
    "film",
    "first",
    "for",
    "fox",
    "fri",
    "friday",
    "fx",
    "global",
    "has",
    "hbo",
    "hits",
    "hulu",
    "imax",
    "into",
    "is",
    "it",
    "its",
    "max",
    "midnight",
    "mon",
    "monday",
    "movie",
    "nationwide",
    "nbc",
    "netflix",
    "now",
    "off",
    "officially",
    "on",
    "p.m",
    "paramount",
    "peacock",
    "platform",
    "plus",
    "prime",
    "pt",
    "sat",
    "saturday",
    "scheduled",
    "screen",
    "screens",
    "series",
    "service",
    "set",
    "show",
    "showtime",
    "slated",
    "starring",
    "starz",
    "sun",
    "sunday",
    "the",
    "theater",
    "theaters",
    "theatre",
    "theatres",
    "theatrical",
    "theatrically",
    "this",
    "thu",
    "thursday",
    "to",
    "tue",
    "tuesday",
    "tv",
    "u.k",
    "u.s",
    "uk",
    "us",
    "video",
    "was",
    "wed",
    "wednesday",
    "which",
    "wide",
    "will",
    "with",
    "worldwide",
];

/// The most words between a work and its date.
const REACH: usize = 10;

/// Whether the words between a work and a date behind it say plainly that it comes out
/// then: “… hits theaters on …”.
pub(super) fn is_plain(between: &str) -> bool {
    let inner = between.trim_start_matches(['.', ',', '"', '”', '’', '\'', ' ']);
    if inner.contains([';', ':', '!', '?', '“', '‘']) {
        return false;
    }
    let mut cued = false;
    let mut count = 0;
    for word in words(between) {
        count += 1;
        let is_cue = CUES.contains(&word.as_str());
        cued |= is_cue;
        let is_time = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5;
        if !is_cue && !is_time && !OTHERS.contains(&word.as_str()) || count > REACH {
            return false;
        }
    }
    cued
}

/// Whether the words between a work and a date are an aside and then say so plainly: “…,”
/// directed by Ann Lee, hits theaters on …
pub(super) fn is_plain_after_aside(between: &str) -> bool {
    let aside = between.trim_start_matches([',', '"', '”', '’', '\'', ' ']);
    let begins = between[..between.len() - aside.len()].contains(',');
    let Some((aside, rest)) = aside.rsplit_once(',').filter(|_| begins) else { return false };
    let first = |text: &str| words(text).next().unwrap_or_default();
    let of_other =
        matches!(first(rest).as_str(), "which" | "who" | "whose" | "and" | "where" | "when" | "that" | "but");
    let joined = matches!(first(aside).as_str(), "and" | "but" | "or" | "with");
    !of_other && !joined && !aside.contains([';', ':']) && is_plain(rest)
}

/// Whether the words say that it came out already.
pub(super) fn is_past(between: &str) -> bool {
    let all: Vec<String> = words(between).collect();
    let has = |words: &[&str]| all.iter().any(|word| words.contains(&word.as_str()));
    has(&[
        "arrived",
        "came",
        "debuted",
        "dropped",
        "landed",
        "launched",
        "opened",
        "premiered",
        "returned",
        "was",
        "were",
    ]) || has(&["released", "hit"]) && !has(&["be", "is", "to", "will"])
}

/// Whether the words are said of every season of a series: it returns, airs, premieres.
pub(super) fn is_of_season(between: &str) -> bool {
    let seasonal = |word: String| {
        matches!(
            word.as_str(),
            "airs"
                | "begins"
                | "debuts"
                | "drops"
                | "kicks"
                | "premiere"
                | "premiered"
                | "premieres"
                | "premiering"
                | "returned"
                | "returns"
                | "starts"
                | "streaming"
                | "streams"
        )
    };
    let shown = |word: String| matches!(word.as_str(), "theaters" | "theatres" | "cinemas" | "theater");
    words(between).any(seasonal) && !words(between).any(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_releases() {
        let check = |between: &str, expected| assert_eq!(is_plain(between), expected, "{between}");
        check("” hits theaters ", true);
        check(",” in theaters ", true);
        check("” premieres Thursday, ", true);
        check("” premieres on HBO Max on ", true);
        check("” is set to be released in theaters on ", true);
        // A screening, perhaps.
        check("” (", false);
        check("” (in theaters ", true);
        check("” will open ", true);
        check("” was filmed in ", false);
        check("” star Ann Lee was released from prison ", false);
        check("” trailer arrived ", false);
        check("” and “Tide” open ", false);
        check("”; it opens ", false);
        check("” on ", false);
        check("", false);
    }

    #[test]
    fn the_past_is_told() {
        let check = |between: &str, expected| assert_eq!(is_past(between), expected, "{between}");
        check("” opened ", true);
        check("” released, ", true);
        check("” was released on ", true);
        check("” is to be released ", false);
        check("” hits theaters ", false);
        check("” hit theaters ", true);
    }

    #[test]
    fn seasons_are_told_from_films() {
        let check = |between: &str, expected| assert_eq!(is_of_season(between), expected, "{between}");
        check("” premieres ", true);
        check("” returns on ", true);
        check("” premieres in theaters ", false);
        check("” opens ", false);
    }

    #[test]
    fn asides_are_read_over() {
        let check = |between: &str, expected| assert_eq!(is_plain_after_aside(between), expected, "{between}");
        check(",” directed by Ann Lee, hits theaters ", true);
        check(",” Ann Lee said, opens in theaters ", true);
        check("” star Ann Lee, whose tour opens ", false);
        check(",” and her tour, which opens ", false);
        check(",” and her tour, opens ", false);
        check("” hits theaters ", false);
        check("", false);
    }
}
