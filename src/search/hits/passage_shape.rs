//! What a passage looks like: prose, or one of the kinds of lines that say little.

use crate::segment::item_marker;

/// What a passage looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PassageShape {
    /// Sentences.
    Prose,
    /// The end of what was a sentence, or the beginning of one.
    Fragment,
    /// An item of a list.
    Item,
    /// A heading, a caption, a name.
    Heading,
    /// A heading that asks.
    Question,
    /// Who took a picture, who wrote it, how to reach them.
    Credit,
    /// A line that leads elsewhere.
    Link,
}

/// The longest heading, in bytes.
const MAX_HEADING: usize = 120;
/// The longest label before a colon, in bytes.
const MAX_LABEL: usize = 90;

/// Labels of lines that lead elsewhere, in lower case: “Read more: …”.
const LINK_LABELS: &[&str] = &[
    "also",
    "also read",
    "also see",
    "also watch",
    "don't miss",
    "don’t miss",
    "earlier",
    "exclusive",
    "fact check",
    "for more",
    "for subscribers",
    "from the archive",
    "from the archives",
    "gallery",
    "get tickets",
    "go deeper",
    "hear more",
    "in case you missed it",
    "info",
    "information",
    "just in",
    "latest",
    "learn more",
    "listen",
    "listen now",
    "live updates",
    "look back",
    "more",
    "more coverage",
    "more here",
    "more info",
    "more information",
    "more like this",
    "more news",
    "more on this",
    "must read",
    "must see",
    "must watch",
    "newsletter",
    "on the web",
    "opinion",
    "photo gallery",
    "photos",
    "pics",
    "pictures",
    "play",
    "podcast",
    "poll",
    "previously",
    "previously reported",
    "quiz",
    "read",
    "read also",
    "read full story",
    "read it",
    "read more",
    "read next",
    "read our review",
    "read the full story",
    "read the full story here",
    "read the original",
    "read the review",
    "recap",
    "recommended",
    "related",
    "related article",
    "related articles",
    "related content",
    "related coverage",
    "related news",
    "related reading",
    "related stories",
    "related story",
    "see",
    "see also",
    "see more",
    "see the full list",
    "see the list",
    "see the photos",
    "sign up",
    "slideshow",
    "subscribe",
    "support local journalism",
    "take a look",
    "test yourself",
    "tickets",
    "top stories",
    "trailer",
    "trending",
    "updates",
    "video",
    "videos",
    "view",
    "want more",
    "watch",
    "watch here",
    "watch live",
    "watch more",
    "watch next",
    "watch now",
    "watch the trailer",
    "watch this",
    "you may also like",
    "you may like",
    "you might also like",
    "you might like",
];

/// How lines that lead elsewhere begin, in lower case.
const LINK_BEGINNINGS: &[&str] = &[
    "advertisement",
    "article continues below",
    "buy tickets",
    "click here",
    "click on",
    "download our",
    "download the app",
    "download the free",
    "find more ",
    "follow us ",
    "get the app",
    "get the latest",
    "http://",
    "https://",
    "keep reading",
    "like us on",
    "read more",
    "read the full story",
    "related ",
    "see more at",
    "share this",
    "sign up for",
    "sign up to",
    "skip to ",
    "story continues below",
    "subscribe to",
    "this article originally appeared",
    "want more ",
    "watch the video",
    "www.",
];

/// How credits and notes begin, in lower case.
const CREDIT_BEGINNINGS: &[&str] = &[
    "contact ",
    "contact:",
    "contributing:",
    "contributed by",
    "contributors:",
    "copyright",
    "correction:",
    "credit:",
    "editor's note",
    "editors' note",
    "editor’s note",
    "editors’ note",
    "email ",
    "follow ",
    "image:",
    "image credit",
    "image courtesy",
    "image from",
    "image source",
    "photo:",
    "photo by",
    "photo courtesy",
    "photo credit",
    "photo illustration",
    "photograph by",
    "photograph:",
    "photographs by",
    "photos by",
    "photos courtesy",
    "picture:",
    "reach ",
    "reporting by",
    "screenshot",
    "source:",
    "written by ",
    "©",
];

/// How captions end, in lower case.
const CREDIT_ENDS: &[&str] =
    &["getty images", "hide caption", "getty", "via ap", "via reuters", "shutterstock", "/ap", "/afp", "/reuters"];

impl PassageShape {
    /// The shape of a passage; `opens` says whether it begins its line.
    pub fn of(passage: &str, opens: bool) -> Self {
        let text = passage.trim();
        let ends = ends_as_sentence(text);
        if is_link(text, opens) {
            return Self::Link;
        }
        if is_credit(text, opens, ends) {
            return Self::Credit;
        }
        if opens && item_marker(text).is_some() {
            return Self::Item;
        }
        let short = text.len() <= MAX_HEADING;
        match ends {
            Some('?') if short && opens => Self::Question,
            None if short && opens => Self::Heading,
            _ if text.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ':' | ')' | '.')) => {
                Self::Fragment
            }
            None => Self::Fragment,
            Some(_) => Self::Prose,
        }
    }

    /// How much of the value of its matches a passage of this shape keeps. Set by
    /// reading the snippets of some dozens of queries.
    pub fn factor(self) -> f32 {
        match self {
            Self::Prose => 1.0,
            Self::Fragment | Self::Item => 0.85,
            Self::Heading | Self::Question => 0.65,
            Self::Credit => 0.55,
            Self::Link => 0.45,
        }
    }
}

/// Whether a sentence is a line of its own although it stands within a paragraph:
/// “… in the county. READ MORE: Pictures of the year.”
pub(super) fn is_link_line(sentence: &str) -> bool {
    let label = label(sentence.trim());
    label.is_some_and(|(label, rest)| {
        let loud = label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase);
        LINK_LABELS.contains(&label.to_lowercase().as_str()) && (loud || label.contains(' ') || glued(rest))
    })
}

/// The label before the first colon, with what follows that.
fn label(text: &str) -> Option<(&str, &str)> {
    let mut near = text.len().min(MAX_LABEL);
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    let at = memchr::memchr(b':', &text.as_bytes()[..near])?;
    Some((&text[..at], &text[at + 1..]))
}

/// Whether text follows a colon without a space.
fn glued(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '\'' | '"' | '“' | '‘'))
}

fn is_link(text: &str, opens: bool) -> bool {
    if !opens {
        return is_link_line(text);
    }
    if begins_with(text, LINK_BEGINNINGS) {
        return true;
    }
    let Some((label, rest)) = label(text) else { return false };
    // “Pigeon mania:Ten heroes of the screen” without a full stop was a link.
    let was_linked = || glued(rest) && label.contains(' ') && !label.contains(['.', '!', '?', ';']);
    LINK_LABELS.contains(&label.trim_start_matches(['►', '▶', '→', '>', '*', ' ']).to_lowercase().as_str())
        || was_linked() && !text.ends_with('.')
}

fn is_credit(text: &str, opens: bool, ends: Option<char>) -> bool {
    let tail = tail(text, 16).to_lowercase();
    if ends.is_none() && CREDIT_ENDS.iter().any(|end| tail.ends_with(end)) {
        return true;
    }
    if !opens {
        return false;
    }
    let byline = ends.is_none() && text.len() <= MAX_HEADING && begins_with(text, &["by "]);
    // “(Photo by …)”, “— Ann Lee”
    let inner = text.trim_start_matches(['(', '[']);
    let signed = ends.is_none() && text.len() <= 40 && text.starts_with(['—', '–']);
    byline
        || signed
        || begins_with(inner, CREDIT_BEGINNINGS) && (text.len() <= MAX_HEADING || !begins_with(text, &["follow "]))
        || ends.is_none() && text.contains('@') && !text.contains("@ ")
}

/// Whether a text begins with one of these, whatever its case.
fn begins_with(text: &str, beginnings: &[&str]) -> bool {
    let is_beginning =
        |beginning: &&str| text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning));
    beginnings.iter().any(is_beginning)
}

/// The last bytes of a text, at most `bytes`.
fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The mark that ends a sentence, if one does: a full stop, an ellipsis, “!” or “?”,
/// before closing marks.
pub(super) fn ends_as_sentence(text: &str) -> Option<char> {
    let bare = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』') || c.is_whitespace()
    });
    let last = bare.chars().next_back()?;
    match last {
        '.' | '!' | '…' | '。' | '！' | '।' | '۔' => Some('.'),
        '?' | '？' | '؟' => Some('?'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_shapes() {
        use PassageShape::{Credit, Fragment, Heading, Item, Link, Prose, Question};
        let check = |text: &str, expected| assert_eq!(PassageShape::of(text, true), expected, "{text}");
        for text in [
            "The harbor was quiet.",
            "“The harbor was quiet,” she said.",
            "She said: “It was quiet.”",
            "He calls it “the best of days.”",
            "At 10:45 the doors open.",
            "10 people came.",
            "港は静かだった。",
            "The plan: a bridge, a road and a harbor by the end of the next year, if the county agrees to pay for them.",
            "More than a hundred came.",
            "Follow-up films are planned.",
            "Contacts were made with the other side in the spring, and then nothing more was heard of it until the fall of that year.",
        ] {
            check(text, Prose);
        }
        for text in [
            "READ MORE: The harbor",
            "More:Ten pictures of the harbor",
            "Related: A harbor at night.",
            "Harbor lights:Ten pictures from above",
            "'Six' boats sink:How their crews were saved",
            "Sign up for our newsletter.",
            "https://example.org/harbor",
            "Watch: The harbor at night",
            "► Watch: The harbor at night",
        ] {
            check(text, Link);
        }
        for text in [
            "By Ann Lee",
            "Photo by Ann Lee",
            "(Photo: Ann Lee)",
            "Cy Day at the harbor. Ann Lee/Getty Images",
            "Contact Ann Lee at lee@example.org",
            "— Ann Lee",
            "Editor's Note: This was updated.",
            "Contributing: Ann Lee",
        ] {
            check(text, Credit);
        }
        for text in ["• Plum cake", "- Plum cake", "3. Plum cake.", "12) Plum cake", "•Plum cake"] {
            check(text, Item);
        }
        check("The ending of the film", Heading);
        check("Best song “Harbor”", Heading);
        check("Here is what we know:", Heading);
        check("When is the harbor open?", Question);
        check("in the harbor, the boats were quiet.", Fragment);
        check(": March 20", Heading);
        check("", Heading);
    }

    #[test]
    fn passages_within_a_line_are_no_headings() {
        let check = |text: &str, expected| assert_eq!(PassageShape::of(text, false), expected, "{text}");
        check("Who knew?", PassageShape::Prose);
        check("By Ann Lee", PassageShape::Fragment);
        check("READ MORE: The harbor.", PassageShape::Link);
        check("More: a boat.", PassageShape::Prose);
    }

    #[test]
    fn odd_texts_have_a_shape() {
        for text in ["", " ", ":", "é:é", "—", "•", "\u{301}", "“", "”)", "1.", "é".repeat(200).as_str(), "字: 字"]
        {
            PassageShape::of(text, true);
            PassageShape::of(text, false);
            is_link_line(text);
        }
    }
}
