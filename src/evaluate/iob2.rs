//! Annotated text of a word and a tag a line (CoNLL-2003, IOB2).

use crate::article::{Article, Span};

use super::judged::{JudgeError, Judged, Judgment};
use super::labels::{Kinds, LabelMap};

/// How a file is cut into articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping(pub usize);

impl Default for Grouping {
    /// Every sentence is an article of its own.
    fn default() -> Self {
        Self(1)
    }
}

/// Reads a file: the first column is the word, the last its tag; a blank line
/// ends a sentence, `-DOCSTART-` an article. Words are put together as they
/// are written: no space before a comma, `'s` joined.
///
/// # Errors
/// [`JudgeError`] for a tag that is none and for a label that `map` lacks.
///
/// ```
/// use newsearch::evaluate::{LabelMap, iob2};
/// let articles = iob2::read("Tom\tB-PER\nCruise\tI-PER\n,\tO\n59\tO\n", &LabelMap::default(), iob2::Grouping(1))?;
/// assert_eq!(articles[0].article.text, "Tom Cruise, 59");
/// assert_eq!(articles[0].judgments[0].span.of(&articles[0].article.text), "Tom Cruise");
/// # Ok::<(), newsearch::evaluate::JudgeError>(())
/// ```
pub fn read(text: &str, map: &LabelMap, grouping: Grouping) -> Result<Vec<Judged>, JudgeError> {
    let mut reader = Reader { map, done: Vec::new(), open: Judged::default(), sentence: Vec::new() };
    for (at, line) in text.lines().enumerate() {
        let mut columns = line.split([' ', '\t']).filter(|column| !column.is_empty());
        let Some(word) = columns.next() else {
            reader.end_sentence(grouping)?;
            continue;
        };
        if word == "-DOCSTART-" {
            reader.end_article();
            continue;
        }
        reader.sentence.push((word, columns.next_back().unwrap_or(""), at + 1));
    }
    reader.end_sentence(grouping)?;
    reader.end_article();
    Ok(reader.done)
}

struct Reader<'a> {
    map: &'a LabelMap,
    done: Vec<Judged>,
    open: Judged,
    sentence: Vec<(&'a str, &'a str, usize)>,
}

impl Reader<'_> {
    fn end_sentence(&mut self, grouping: Grouping) -> Result<(), JudgeError> {
        if self.sentence.is_empty() {
            return Ok(());
        }
        let words = std::mem::take(&mut self.sentence);
        let text = &mut self.open.article.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let spans = put_together(words.iter().map(|w| w.0), text);
        self.open.sentences.push(Span::new(start, text.len()));
        let mut last = Kinds::NONE;
        let mut last_label = "";
        for ((_, tag, line), span) in words.iter().zip(spans) {
            let (begins, label) = match tag.split_once('-') {
                Some(("B", label)) => (true, label),
                Some(("I", label)) => (label != last_label, label),
                _ if *tag == "O" => (false, ""),
                _ => return Err(JudgeError::Tag { line: *line, tag: (*tag).to_owned() }),
            };
            last_label = label;
            if label.is_empty() {
                continue;
            }
            if begins {
                let unknown = || JudgeError::Label { line: *line, label: label.to_owned() };
                last = self.map.kinds(label).ok_or_else(unknown)?;
            }
            match self.open.judgments.last_mut() {
                Some(judgment) if !begins && !last.is_none() => judgment.span.end = span.end,
                _ if last.is_none() => {}
                _ => self.open.judgments.push(Judgment { span, kinds: last, canonical: None }),
            }
        }
        if self.open.sentences.len() >= grouping.0 {
            self.end_article();
        }
        Ok(())
    }

    fn end_article(&mut self) {
        if self.open.article.text.is_empty() {
            return;
        }
        let mut judged = std::mem::take(&mut self.open);
        judged.article = Article { body: Span::new(0, judged.article.text.len()), ..judged.article };
        self.done.push(judged);
    }
}

/// Writes words to `text` with spaces as in print; where each stands.
fn put_together<'w>(words: impl Iterator<Item = &'w str>, text: &mut String) -> Vec<Span> {
    let words: Vec<&str> = words.collect();
    let mut quotes = 0;
    let mut glue = true;
    let mut spans = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let straight = *word == "\"";
        let closes = straight && quotes % 2 == 1;
        quotes += usize::from(straight);
        let parts_possessive = *word == "'" && matches!(words.get(at + 1), Some(&"s"));
        let follows_apostrophe = *word == "s" && at > 0 && words[at - 1] == "'";
        let hyphen = *word == "-" && between_letters(&words, at);
        if !(glue || closes || is_closing(word) || parts_possessive || follows_apostrophe || hyphen) {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(word);
        spans.push(Span::new(start, text.len()));
        let opens = straight && !closes || matches!(*word, "(" | "[" | "“" | "‘" | "$" | "#" | "``" | "£");
        glue = opens || hyphen;
    }
    spans
}

fn is_closing(word: &str) -> bool {
    matches!(word, "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "”" | "’" | "%" | "'s" | "’s" | "n't" | "n’t" | "''")
        || word.len() > 1 && word.starts_with(['\'', '’']) && word.chars().skip(1).all(char::is_alphabetic)
}

fn between_letters(words: &[&str], at: usize) -> bool {
    let letters =
        |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| word.chars().all(char::is_alphanumeric));
    letters(at.checked_sub(1)) && letters(Some(at + 1))
}
