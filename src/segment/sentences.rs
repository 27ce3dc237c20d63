//! Sentences by Unicode Standard Annex #29, mended for news.

use memchr::memchr_iter;
use unicode_segmentation::UnicodeSegmentation;

use crate::article::{Sentence, Span};

/// Abbreviations that a name or number always follows.
const OPENING: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "cmdr", "adm", "prof",
    "rev", "hon", "st", "ste", "mt", "ft", "messrs", "supt", "det", "insp", "pres", "vs", "v", "no", "nos", "vol",
    "op", "pt", "ch", "dir", "feat", "e.g", "i.e", "cf", "approx", "est", "fig", "ed", "eds", "pp", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
];

/// Abbreviations that may end a sentence too.
const CLOSING: &[&str] = &[
    "inc", "co", "corp", "ltd", "bros", "jr", "sr", "u.s", "u.k", "u.n", "d.c", "l.a", "n.y", "a.m", "p.m", "etc",
    "ave", "blvd", "rd", "ph.d", "m.d", "b.c", "a.d", "dept", "univ", "assn", "calif", "fla", "mass", "conn", "wash",
    "ill", "mich", "minn", "tenn", "ky", "ga", "va", "pa", "ore", "ariz", "colo", "tex", "n.j", "n.c", "s.c", "est",
];

/// Words that open a sentence far more often than they go on in a name.
const STARTERS: &[&str] = &[
    "the",
    "a",
    "an",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "this",
    "that",
    "these",
    "those",
    "but",
    "and",
    "or",
    "so",
    "if",
    "in",
    "on",
    "at",
    "for",
    "from",
    "with",
    "as",
    "when",
    "while",
    "after",
    "before",
    "since",
    "there",
    "here",
    "what",
    "who",
    "how",
    "why",
    "where",
    "now",
    "then",
    "also",
    "still",
    "yet",
    "both",
    "although",
    "though",
    "however",
    "because",
    "despite",
    "during",
    "meanwhile",
    "until",
    "unless",
    "once",
    "later",
    "earlier",
    "among",
    "another",
    "each",
    "every",
    "only",
    "just",
    "even",
    "instead",
    "perhaps",
    "maybe",
    "yes",
    "well",
    "like",
    "all",
    "some",
    "many",
    "most",
    "one",
    "two",
    "last",
    "by",
    "to",
    "not",
    "no",
    "after",
];

/// Cuts text into sentences.
///
/// Line breaks end a sentence unless a paragraph is evidently wrapped at a
/// fixed width. Initials, honorifics, “Warner Bros. Pictures”, “9 p.m. ET”
/// and a question within quotes do not.
///
/// ```
/// use newsearch::article::Span;
/// use newsearch::segment::SentenceSegmenter;
/// let text = "Mr. Cruise met J. J. Abrams. “Why?” he asked.\nNext line";
/// let sentences = SentenceSegmenter::new().sentences(text, Span::new(0, text.len()));
/// let texts: Vec<_> = sentences.iter().map(|s| s.span.of(text)).collect();
/// assert_eq!(texts, ["Mr. Cruise met J. J. Abrams.", "“Why?” he asked.", "Next line"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct SentenceSegmenter {}

impl SentenceSegmenter {
    /// A segmenter of English news.
    pub fn new() -> Self {
        Self::default()
    }

    /// The sentences of `span` in `text`, in order, without white space at
    /// their ends; together they hold everything else of the span.
    pub fn sentences(&self, text: &str, span: Span) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for paragraph in paragraphs(text, span) {
            if is_wrapped(paragraph.of(text)) {
                cut(text, paragraph, &mut sentences);
            } else {
                for line in lines(text, paragraph) {
                    cut(text, line, &mut sentences);
                }
            }
        }
        sentences
    }
}

/// Blocks parted by blank lines.
fn paragraphs(text: &str, span: Span) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    let mut open = None;
    for line in lines(text, span) {
        if line.trimmed(text).is_empty() {
            open = None;
            continue;
        }
        match open {
            Some(at) => {
                let block: &mut Span = &mut blocks[at];
                block.end = line.end;
            }
            None => {
                open = Some(blocks.len());
                blocks.push(line);
            }
        }
    }
    blocks
}

fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let inner = span.of(text);
    let mut start = 0;
    memchr_iter(b'\n', inner.as_bytes()).map(|at| at + 1).chain([inner.len()]).map(move |end| {
        let line = Span::new(span.start + start, span.start + end);
        start = end;
        line
    })
}

/// Three lines or more, all but the last of nearly the same length.
fn is_wrapped(block: &str) -> bool {
    let mut lengths: Vec<usize> = block.trim_end().lines().map(|line| line.trim_end().chars().count()).collect();
    lengths.pop();
    let (Some(longest), Some(shortest)) = (lengths.iter().max(), lengths.iter().min()) else { return false };
    lengths.len() >= 2 && *longest <= 100 && *shortest >= 40 && shortest * 10 >= longest * 7
}

fn cut(text: &str, line: Span, sentences: &mut Vec<Sentence>) {
    let mut open: Option<Span> = None;
    let mut opens_paragraph = true;
    for (start, end) in pieces(line.of(text)) {
        let piece = Span::new(line.start + start, line.start + end);
        open = Some(match open {
            Some(before) if goes_on(before.of(text), piece.of(text)) => Span::new(before.start, piece.end),
            Some(before) => {
                push(text, before, opens_paragraph, sentences);
                opens_paragraph = false;
                piece
            }
            None => piece,
        });
    }
    if let Some(last) = open {
        push(text, last, opens_paragraph, sentences);
    }
}

/// The sentences of UAX #29, as bytes from and to. It parts only behind a mark or
/// a line break, for which it looks back over one character and ahead to the
/// next letter: the rules are gone through from there to there.
fn pieces(line: &str) -> Vec<(usize, usize)> {
    let bytes = line.as_bytes();
    let is_mark = |byte: &u8| !byte.is_ascii() || matches!(byte, b'.' | b'!' | b'?' | b'\n' | b'\r');
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(mark) = bytes[at..].iter().position(is_mark).map(|further| at + further) {
        let letter = bytes[mark..].iter().position(u8::is_ascii_alphabetic).map(|further| mark + further);
        let (from, to) = (mark.saturating_sub(1), letter.map_or(line.len(), |letter| letter + 1));
        for (bound, _) in line[from..to].split_sentence_bound_indices().skip(1) {
            pieces.push((start, from + bound));
            start = from + bound;
        }
        // The letter may stand right before the next mark.
        let Some(letter) = letter else { break };
        at = letter;
    }
    pieces.push((start, line.len()));
    pieces
}

fn push(text: &str, span: Span, opens_paragraph: bool, sentences: &mut Vec<Sentence>) {
    let span = span.trimmed(text);
    if !span.is_empty() {
        sentences.push(Sentence { span, opens_paragraph });
    }
}

/// Whether what UAX #29 parted is one sentence of news.
fn goes_on(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after_text = after.trim_start();
    let Some(first) = after_text.chars().next() else { return true };
    // A dash or a lower-case word goes on: “Why?” he asked.
    if first.is_lowercase() || matches!(first, ',' | ';' | '–' | '—') {
        return true;
    }
    // “No! No!” in wrapped text: a line break alone ends nothing here.
    if !before.ends_with(['.', '!', '?', '…', '"', '”', '’', '\'', ')', ']']) {
        return true;
    }
    let Some(stem) = before.strip_suffix('.') else {
        // “E! News”: one letter before the mark is a name, not a sentence.
        return before.strip_suffix(['!', '?']).is_some_and(|b| last_word(b).chars().count() == 1);
    };
    let last = last_word(stem);
    let next: String = after_text.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let lower = last.to_lowercase();
    if OPENING.contains(&lower.as_str()) {
        return lower != "no" || next.starts_with(|c: char| c.is_ascii_digit());
    }
    // “B.”, “J.K.”
    let initial = last.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    (initial || CLOSING.contains(&lower.as_str())) && !STARTERS.contains(&next.as_str())
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::odd_texts;

    fn check(text: &str, expected: &[&str]) {
        let found = SentenceSegmenter::new().sentences(text, Span::new(0, text.len()));
        let found: Vec<_> = found.iter().map(|s| s.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn stretches_are_parted_as_the_whole_is() {
        for text in odd_texts() {
            let whole: Vec<_> = text.split_sentence_bound_indices().map(|(at, piece)| (at, at + piece.len())).collect();
            assert_eq!(pieces(&text), whole, "{text:?}");
        }
    }

    #[test]
    fn news_survives() {
        check("At 9 p.m. ET on CNN. It airs.", &["At 9 p.m. ET on CNN.", "It airs."]);
        check(
            "Warner Bros. Pictures and M:I 7. Robert Downey Jr. returns.",
            &["Warner Bros. Pictures and M:I 7.", "Robert Downey Jr. returns."],
        );
        check(
            "She told E! News. He lives in the U.S. The film opens.",
            &["She told E! News.", "He lives in the U.S.", "The film opens."],
        );
        check(
            "He waited... Then he left. Sen. Al Franken said no. 7 others did.",
            &["He waited...", "Then he left.", "Sen. Al Franken said no. 7 others did."],
        );
    }

    #[test]
    fn initials_end_no_sentence() {
        check("J.K. Rowling met George R.R. Martin.", &["J.K. Rowling met George R.R. Martin."]);
        check("They met Cardi B. Although tired, she sang.", &["They met Cardi B.", "Although tired, she sang."]);
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        check("By Ann Lee\nCNN\n\nThe film opens", &["By Ann Lee", "CNN", "The film opens"]);
        let wrapped = "The studio said on Friday that the next film by Tom\nCruise will open in cinemas of fifty countries, as had\nbeen planned since the spring of the year before.";
        check(wrapped, &[wrapped]);
    }
}
