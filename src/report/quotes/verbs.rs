//! Words that tell who speaks.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::article::{MONTHS, weekday};

/// Verbs whose subject says, writes or thinks what is quoted, in the forms
/// that news uses.
pub(super) fn is_speech(word: &str) -> bool {
    static SET: LazyLock<FxHashSet<&str>> = LazyLock::new(|| IRREGULAR.iter().copied().collect());
    if SET.contains(word) {
        return true;
    }
    let stem = ["ed", "es", "d", "s", "ing"].iter().find_map(|end| {
        let stem = word.strip_suffix(end)?;
        (REGULAR.binary_search(&stem).is_ok()).then_some(stem)
    });
    stem.is_some() || REGULAR.binary_search(&word).is_ok()
}

/// Verbs that are said of what is called rather than by whom it is, where
/// “was” or “is” stands before them.
pub(super) fn is_passive(before: &str) -> bool {
    matches!(before, "was" | "were" | "is" | "are" | "been" | "be" | "being" | "get" | "got")
}

const IRREGULAR: &[&str] = &[
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "tell",
    "telling",
    "wrote",
    "writes",
    "written",
    "writing",
    "write",
    "replied",
    "replies",
    "quipped",
    "quips",
    "began",
    "begins",
    "spoke",
    "speaks",
    "sang",
    "testified",
    "testifies",
    "read",
    "reads",
    "thought",
    "thinks",
    "put",
    "puts",
    "went",
    "goes",
    "clarified",
    "clarifies",
    "cried",
    "cries",
    "pled",
    "bragged",
    "brags",
    "described",
    "describes",
    "describing",
    "dubbed",
    "dubs",
    "joking",
    "noting",
    "praising",
    "sharing",
    "stating",
    "announcing",
    "acknowledging",
    "concluding",
    "observing",
    "musing",
    "teasing",
    "urging",
    "arguing",
    "denying",
    "denied",
    "denies",
    "sought",
    "swore",
    "felt",
    "feels",
];

/// Stems that take -s, -d, -ed or -ing; sorted.
const REGULAR: &[&str] = &[
    "accuse",
    "acknowledge",
    "add",
    "address",
    "admit",
    "admitt",
    "affirm",
    "agree",
    "allege",
    "announce",
    "answer",
    "apologize",
    "argue",
    "ask",
    "assert",
    "assure",
    "believe",
    "blast",
    "boast",
    "call",
    "caption",
    "caution",
    "chime",
    "claim",
    "comment",
    "complain",
    "concede",
    "conclude",
    "confess",
    "confid",
    "confide",
    "confirm",
    "continue",
    "counter",
    "credit",
    "criticize",
    "deadpan",
    "deadpann",
    "declare",
    "demand",
    "discuss",
    "elaborate",
    "emphasize",
    "encourage",
    "exclaim",
    "explain",
    "express",
    "gush",
    "hint",
    "hope",
    "insist",
    "instruct",
    "interject",
    "joke",
    "label",
    "lament",
    "laugh",
    "list",
    "maintain",
    "marvel",
    "mention",
    "muse",
    "note",
    "observe",
    "offer",
    "opine",
    "order",
    "plead",
    "point",
    "post",
    "praise",
    "preach",
    "predict",
    "proclaim",
    "promise",
    "pronounce",
    "question",
    "quip",
    "quipp",
    "quote",
    "rave",
    "reassur",
    "reassure",
    "recall",
    "recount",
    "reflect",
    "remark",
    "remember",
    "remind",
    "repeat",
    "reply",
    "report",
    "request",
    "respond",
    "retort",
    "reveal",
    "scream",
    "share",
    "shout",
    "sigh",
    "slam",
    "snap",
    "snapp",
    "speculate",
    "state",
    "stress",
    "suggest",
    "summarize",
    "tease",
    "text",
    "thank",
    "theorize",
    "tout",
    "tweet",
    "urge",
    "utter",
    "vent",
    "voice",
    "vow",
    "warn",
    "welcome",
    "whisper",
    "wish",
    "wonder",
    "yell",
];

/// People and things that speak without a name of their own; sorted.
pub(super) fn is_unnamed(word: &str) -> bool {
    UNNAMED.binary_search(&word).is_ok()
}

const UNNAMED: &[&str] = &[
    "academy",
    "account",
    "agency",
    "announcement",
    "another",
    "attendee",
    "attendees",
    "attorney",
    "attorneys",
    "audience",
    "authorities",
    "band",
    "brand",
    "brothers",
    "bureau",
    "caption",
    "charity",
    "chorus",
    "church",
    "city",
    "club",
    "commenter",
    "commenters",
    "committee",
    "company",
    "complaint",
    "couple",
    "court",
    "critics",
    "crowd",
    "department",
    "description",
    "document",
    "documents",
    "duo",
    "email",
    "executives",
    "fan",
    "fans",
    "festival",
    "filing",
    "follower",
    "followers",
    "foundation",
    "friend",
    "friends",
    "government",
    "group",
    "headline",
    "headlines",
    "insider",
    "insiders",
    "investigators",
    "jury",
    "label",
    "lawsuit",
    "lawyer",
    "lawyers",
    "letter",
    "logline",
    "lyric",
    "lyrics",
    "magazine",
    "man",
    "many",
    "meme",
    "message",
    "messages",
    "museum",
    "narration",
    "narrator",
    "neighbors",
    "network",
    "newspaper",
    "nonprofit",
    "note",
    "office",
    "official",
    "officials",
    "organization",
    "organizers",
    "others",
    "outlet",
    "palace",
    "paper",
    "people",
    "police",
    "post",
    "poster",
    "posts",
    "press",
    "producers",
    "promoters",
    "prosecutors",
    "publication",
    "publicist",
    "quartet",
    "release",
    "rep",
    "report",
    "reports",
    "representative",
    "representatives",
    "reps",
    "school",
    "sign",
    "signs",
    "site",
    "society",
    "some",
    "somebody",
    "someone",
    "song",
    "source",
    "sources",
    "spokesman",
    "spokespeople",
    "spokesperson",
    "spokeswoman",
    "statement",
    "statements",
    "studio",
    "studios",
    "suit",
    "synopsis",
    "team",
    "trio",
    "tweet",
    "tweets",
    "union",
    "university",
    "user",
    "users",
    "venue",
    "viewer",
    "viewers",
    "voice",
    "website",
    "woman",
];

/// Where people write, rather than who writes.
pub(super) fn is_platform(name: &str) -> bool {
    matches!(
        name,
        "Instagram" | "Twitter" | "Facebook" | "X" | "YouTube" | "TikTok" | "Snapchat" | "Threads" | "Reddit"
    )
}

/// Days and months, which stand between a subject and its verb.
pub(super) fn is_calendar(word: &str) -> bool {
    const SHORT: &[&str] = &["jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec"];
    weekday(word).is_some() || MONTHS.contains(&word) || SHORT.contains(&word)
}

/// Who is meant is told by what came before.
pub(super) fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "who" | "i")
}

/// Words that begin a clause which says nothing of the quotation before it.
pub(super) fn starts_another(word: &str) -> bool {
    matches!(word, "while" | "but" | "that" | "which" | "because" | "if" | "when" | "where" | "until" | "although")
}

/// What a pronoun says of who is meant: 'm', 'f', or nothing.
pub(super) fn gender(word: &str) -> Option<char> {
    match word {
        "he" | "his" | "him" | "himself" | "actor" | "frontman" | "duke" | "prince" | "king" | "husband" | "father" => {
            Some('m')
        }
        "she" | "her" | "hers" | "herself" | "actress" | "duchess" | "princess" | "queen" | "wife" | "mother" => {
            Some('f')
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn stems_are_sorted() {
        assert!(super::REGULAR.is_sorted() && super::UNNAMED.is_sorted());
        assert!(super::is_speech("recalled") && super::is_speech("quipped") && !super::is_speech("red"));
    }
}
