//! Annotated text with a word and a tag on each line (CoNLL-2003, IOB2).

use crate::article::{Article, Span};

use super::judged::{JudgeError, Judged, Judgment};
use super::labels::{Kinds, LabelMap};

/// How many sentences of a file make an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grouping(pub usize);

impl Default for Grouping {
    /// Every sentence is an article of its own.
    fn default() -> Self {
        Self(1)
    }
}

/// Reads a file: the first column is the word, the last its tag; a blank line
/// ends a sentence, `-DOCSTART-` an article. Words are joined as in print: no
/// space before a comma or `'s`.
///
/// # Errors
/// [`JudgeError`] for an invalid tag, or a label that `map` lacks.
///
/// ```
/// use newsearch::internals::evaluate::{LabelMap, iob2};
/// let articles = iob2::read("Tom\tB-PER\nCruise\tI-PER\n,\tO\n59\tO\n", &LabelMap::default(), iob2::Grouping(1))?;
/// assert_eq!(articles[0].article.text, "Tom Cruise, 59");
/// assert_eq!(articles[0].judgments[0].span.of(&articles[0].article.text), "Tom Cruise");
/// # Ok::<(), newsearch::internals::evaluate::JudgeError>(())
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
        let spans = join_words(words.iter().map(|w| w.0), text);
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

/// Appends words to `text` with spaces as in print, and returns their spans.
fn join_words<'w>(words: impl Iterator<Item = &'w str>, text: &mut String) -> Vec<Span> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, grouping: usize) -> Result<Vec<(String, Vec<String>)>, JudgeError> {
        let map: LabelMap = "MISC=?,TIME=O".parse().expect("a map");
        let of =
            |judged: &Judged| judged.judgments.iter().map(|j| j.span.of(&judged.article.text).to_owned()).collect();
        let judged = read(text, &map, Grouping(grouping))?;
        Ok(judged.iter().map(|judged| (judged.article.text.clone(), of(judged))).collect())
    }

    #[test]
    fn words_are_joined_as_in_print() {
        let check = |words: &str, expected: &str| {
            let mut text = String::new();
            let spans = join_words(words.split(' '), &mut text);
            assert_eq!(text, expected);
            let cut: Vec<&str> = spans.iter().map(|span| span.of(&text)).collect();
            assert_eq!(cut.join(" "), words, "every span is its word");
        };
        check("Ann Lee , 59 , smiled .", "Ann Lee, 59, smiled.");
        check("Lee 's film ( 2021 ) was n't good !", "Lee's film (2021) wasn't good!");
        check("he said \" no \" twice", "he said \"no\" twice");
        check("Lee ' s Spider - Man", "Lee's Spider-Man");
        check("“ Dune ” cost $ 5", "“Dune” cost $5");
    }

    #[test]
    fn tags_become_names() {
        let check = |text: &str, expected: &[&str]| assert_eq!(names(text, 1).expect(text)[0].1, expected, "{text:?}");
        check("Ann B-PER\nLee I-PER\nran O\n", &["Ann Lee"]);
        check("Ann B-PER\nLee B-PER\n", &["Ann", "Lee"]);
        check("Ann I-PER\nParis I-LOC\n", &["Ann", "Paris"]);
        check("Ann\tNNP\tB-PER\nran\tVBD\tO\n", &["Ann"]);
        check("noon B-TIME\nX B-MISC\n", &["X"]);
    }

    #[test]
    fn sentences_are_grouped_into_articles() {
        let text = "One O\n\nTwo O\n\nThree O\n-DOCSTART- O\nFour O\n";
        let check = |grouping, expected: &[&str]| {
            let texts: Vec<String> =
                names(text, grouping).expect("articles").into_iter().map(|(text, _)| text).collect();
            assert_eq!(texts, expected);
        };
        check(1, &["One", "Two", "Three Four"]);
        check(2, &["One\n\nTwo", "Three Four"]);
    }

    #[test]
    fn invalid_lines_are_named() {
        let check = |text: &str, expected: &str| assert_eq!(names(text, 1).expect_err(text).to_string(), expected);
        check("Ann B-PER\nran\n", "line 2: expected a word and a tag O, B-LABEL or I-LABEL, not \"\"");
        check("Ann E-PER\n", "line 1: expected a word and a tag O, B-LABEL or I-LABEL, not \"E-PER\"");
        check("a O\n\nX B-GADGET\n", "line 3: unknown label \"GADGET\"");
    }
}
