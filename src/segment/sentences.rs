//! Sentences by Unicode Standard Annex #29, corrected for news.

use memchr::memchr_iter;
use unicode_segmentation::UnicodeSegmentation;

use crate::article::{Language, Sentence, Span};
use crate::segment::list_items::item_marker;

/// Splits text into sentences.
///
/// A line break ends a sentence unless its paragraph is wrapped at a fixed
/// width. Initials, honorifics, “Warner Bros. Pictures”, “9 p.m. ET” and a
/// quoted question in mid-sentence do not end one.
///
/// ```
/// use newsearch::Span;
/// use newsearch::internals::segment::SentenceSegmenter;
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
    /// their ends. Together they cover the rest of the span.
    pub fn sentences(&self, text: &str, span: Span) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        for paragraph in paragraphs(text, span) {
            if is_wrapped(paragraph.of(text)) {
                split(text, paragraph, &mut sentences);
            } else {
                for line in lines(text, paragraph) {
                    split(text, line, &mut sentences);
                }
            }
        }
        sentences
    }
}

/// Blocks separated by blank lines.
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

/// Lines, each with its line feed.
fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let inner = span.of(text);
    let mut start = 0;
    memchr_iter(b'\n', inner.as_bytes()).map(|at| at + 1).chain([inner.len()]).map(move |end| {
        let line = Span::new(span.start + start, span.start + end);
        start = end;
        line
    })
}

/// Whether a block has at least three lines, all but the last of similar length
/// (40 to 100 characters), and is no list.
fn is_wrapped(block: &str) -> bool {
    if block.lines().filter(|line| item_marker(line).is_some()).count() > 1 {
        return false;
    }
    let mut lengths: Vec<usize> = block.trim_end().lines().map(|line| line.trim_end().chars().count()).collect();
    lengths.pop();
    let (Some(longest), Some(shortest)) = (lengths.iter().max(), lengths.iter().min()) else { return false };
    lengths.len() >= 2 && *longest <= 100 && *shortest >= 40 && shortest * 10 >= longest * 7
}

/// Splits a line, or a wrapped paragraph, into sentences.
fn split(text: &str, line: Span, sentences: &mut Vec<Sentence>) {
    let mut open: Option<Span> = None;
    let mut opens_paragraph = true;
    for (start, end) in uax29_sentences(line.of(text)) {
        let piece = Span::new(line.start + start, line.start + end);
        open = Some(match open {
            Some(before) if continues(before.of(text), piece.of(text)) => Span::new(before.start, piece.end),
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

/// The sentences of UAX #29, as start and end bytes.
///
/// A boundary is possible only after punctuation, a line break or a character
/// outside of ASCII, and depends on the character before it and the text up to
/// the next ASCII letter. The rules are applied only to those stretches.
fn uax29_sentences(line: &str) -> Vec<(usize, usize)> {
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
        // The next mark may come right after the letter.
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

/// Whether two sentences of UAX #29 are one sentence of news.
fn continues(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after_text = after.trim_start();
    let Some(first) = after_text.chars().next() else { return true };
    // A dash or a lower-case word continues the sentence: “Why?” he asked.
    if first.is_lowercase() || matches!(first, ',' | ';' | '–' | '—') {
        return true;
    }
    // A line break alone does not end a sentence of wrapped text.
    if !before.ends_with(['.', '!', '?', '…', '"', '”', '’', '\'', ')', ']']) {
        return true;
    }
    let Some(stem) = before.strip_suffix('.') else {
        // “E! News”: a single letter before the mark is part of a name.
        return before.strip_suffix(['!', '?']).is_some_and(|b| last_word(b).chars().count() == 1);
    };
    let last = last_word(stem);
    let next: String = after_text.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let lower = last.to_lowercase();
    if Language::default().tables().never_final.contains(&lower.as_str()) {
        return lower != "no" || next.starts_with(|c: char| c.is_ascii_digit());
    }
    // Initials: “B.”, “J.K.”
    let initial = last.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    (initial || Language::default().tables().maybe_final.contains(&lower.as_str()))
        && !Language::default().tables().sentence_starters.contains(&next.as_str())
}

/// The last word, with the dots in it: “U.S”.
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
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn shortcuts_give_the_sentences_of_uax29() {
        for text in odd_texts() {
            let whole: Vec<_> = text.split_sentence_bound_indices().map(|(at, piece)| (at, at + piece.len())).collect();
            assert_eq!(uax29_sentences(&text), whole, "{text:?}");
        }
    }

    #[test]
    fn abbreviations_in_news() {
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
    fn initials_do_not_end_a_sentence() {
        check("J.K. Rowling met George R.R. Martin.", &["J.K. Rowling met George R.R. Martin."]);
        check("They met Cardi B. Although tired, she sang.", &["They met Cardi B.", "Although tired, she sang."]);
    }

    #[test]
    fn lines_end_sentences_unless_wrapped() {
        check("By Ann Lee\nCNN\n\nThe film opens", &["By Ann Lee", "CNN", "The film opens"]);
        let wrapped = "The studio said on Friday that the next film by Tom\nCruise will open in cinemas of fifty countries, as had\nbeen planned since the spring of the year before.";
        check(wrapped, &[wrapped]);
        let items = [
            "- The studio said on Friday that the next film by Tom Day",
            "- Cinemas of fifty countries, as had been planned since spring",
            "- The year before in the old hall by the river and the mill",
        ];
        check(&items.join("\n"), &items);
    }

    #[test]
    fn quotations_and_dashes_continue_a_sentence() {
        check("“Why now?” she asked. Nobody knew.", &["“Why now?” she asked.", "Nobody knew."]);
        check("It ended! — or so they said.", &["It ended! — or so they said."]);
        check("“It ended.” Nobody knew.", &["“It ended.”", "Nobody knew."]);
    }

    #[test]
    fn the_first_sentence_of_a_line_opens_a_paragraph() {
        let text = "One is here. Two is here.

Three is here.";
        let found = SentenceSegmenter::new().sentences(text, Span::new(0, text.len()));
        assert_eq!(found.iter().map(|s| s.opens_paragraph).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn only_the_span_is_split() {
        let text = "One is here. Two is here. Three is here.";
        let found = SentenceSegmenter::new().sentences(text, Span::new(13, 26));
        assert_eq!(found.iter().map(|s| s.span.of(text)).collect::<Vec<_>>(), ["Two is here."]);
        check("", &[]);
        check(" \n \n", &[]);
    }
}
