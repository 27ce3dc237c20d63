//! A sentence with its words, names and dates.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use crate::article::{Article, EntityKind, Mention, MentionedDate, Span, Token};
use crate::segment::lowered;

use super::Subject;

/// A word of a sentence.
pub(super) struct Word<'a> {
    pub span: Span,
    /// In lower case.
    pub lower: Cow<'a, str>,
    /// The mention that it is part of.
    pub mention: Option<usize>,
    /// The date that it is part of.
    pub date: Option<usize>,
}

/// A sentence.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub span: Span,
    pub words: Vec<Word<'a>>,
    pub mentions: &'a [Mention],
    pub names: Range<usize>,
    pub dates: &'a [MentionedDate],
    pub times: Range<usize>,
    /// When the article was published.
    pub published: Option<Date>,
}

impl<'a> Line<'a> {
    pub fn new(
        article: &'a Article,
        span: Span,
        words: &[Token],
        (mentions, names): (&'a [Mention], Range<usize>),
        (dates, times): (&'a [MentionedDate], Range<usize>),
        published: Option<Date>,
    ) -> Self {
        let text = article.text.as_str();
        let word = |token: &Token| {
            let lower = lowered(token.span.of(text));
            let mention = names.clone().find(|at| mentions[*at].span.overlaps(token.span));
            let date = times.clone().find(|at| dates[*at].span.overlaps(token.span));
            Word { span: token.span, lower, mention, date }
        };
        let words = words.iter().map(word).collect();
        Self { text, span, words, mentions, names, dates, times, published }
    }

    /// What a work is called.
    pub fn name(&self, work: Subject) -> String {
        work.name(self.text, self.mentions)
    }

    pub fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.lower)
    }

    /// The kind of the name that a word is part of.
    pub fn kind(&self, at: usize) -> Option<EntityKind> {
        self.words.get(at)?.mention.map(|mention| self.mentions[mention].kind)
    }

    /// The text between a word and the next.
    pub fn gap(&self, at: usize) -> &'a str {
        let next = self.words.get(at + 1).map_or(self.span.end, |next| next.span.start);
        self.words.get(at).map_or("", |word| self.text.get(word.span.end..next).unwrap_or(""))
    }

    /// The first and last word of a mention, the latter not included.
    pub fn words_of(&self, mention: usize) -> Option<Range<usize>> {
        self.range(|word| word.mention == Some(mention))
    }

    /// The same of a date.
    pub fn words_of_date(&self, date: usize) -> Option<Range<usize>> {
        self.range(|word| word.date == Some(date))
    }

    fn range(&self, is_part: impl Fn(&Word<'_>) -> bool) -> Option<Range<usize>> {
        let first = self.words.iter().position(&is_part)?;
        let count = self.words[first..].iter().take_while(|word| is_part(word)).count();
        Some(first..first + count)
    }

    /// The mentions of a kind, in order, with the words they begin at.
    pub fn of_kind(&self, kind: EntityKind) -> impl DoubleEndedIterator<Item = (usize, Range<usize>)> + '_ {
        let names = self.names.clone().filter(move |at| self.mentions[*at].kind == kind);
        names.filter_map(|at| Some((at, self.words_of(at)?)))
    }

    /// Whether any of these words stands among some of the sentence, outside
    /// names.
    pub fn has(&self, range: Range<usize>, words: &[&str]) -> bool {
        let end = range.end.min(self.words.len());
        let found = |word: &Word<'_>| word.mention.is_none() && words.contains(&&*word.lower);
        self.words[range.start.min(end)..end].iter().any(found)
    }

    /// Whether these words stand one after the other from a word on.
    pub fn reads(&self, at: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(step, word)| self.lower(at + step) == word)
    }

    /// Whether these words stand one after the other anywhere.
    pub fn says(&self, phrase: &str) -> bool {
        (0..self.words.len()).any(|at| self.reads(at, phrase))
    }

    /// Whether a word stands within parentheses.
    pub fn in_parentheses(&self, at: usize) -> Option<usize> {
        let before = &self.text[self.span.start..self.words[at].span.start];
        let open = before.rfind('(')?;
        (!before[open..].contains(')')).then_some(self.span.start + open)
    }
}
