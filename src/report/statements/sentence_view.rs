//! A sentence with its words, mentions and dates.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;

use crate::article::{Article, EntityKind, Mention, MentionedDate, Span, Token};
use crate::segment::lowered;

use super::statement::Subject;

/// A word of a sentence.
pub(super) struct SentenceWord<'a> {
    pub span: Span,
    /// In lower case.
    pub lower: Cow<'a, str>,
    /// The mention that it is part of.
    pub mention: Option<usize>,
    /// The date that it is part of.
    pub date: Option<usize>,
}

/// A sentence of an article.
///
/// Words are addressed by index; indices outside the sentence give empty words.
pub(super) struct SentenceView<'a> {
    pub text: &'a str,
    pub span: Span,
    pub words: Vec<SentenceWord<'a>>,
    /// The mentions of the article; those at `names` are in the sentence.
    pub mentions: &'a [Mention],
    pub names: Range<usize>,
    /// The dates of the article; those at `times` are in the sentence.
    pub dates: &'a [MentionedDate],
    pub times: Range<usize>,
    /// When the article was published.
    pub published: Option<Date>,
}

impl<'a> SentenceView<'a> {
    /// A view of a sentence; mentions and dates come with the range of those in it.
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
            SentenceWord { span: token.span, lower, mention, date }
        };
        let words = words.iter().map(word).collect();
        Self { text, span, words, mentions, names, dates, times, published }
    }

    /// The name of a work.
    pub fn name(&self, work: Subject) -> String {
        work.name(self.text, self.mentions)
    }

    /// A word in lower case.
    pub fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.lower)
    }

    /// The kind of the mention that a word is part of.
    pub fn kind(&self, at: usize) -> Option<EntityKind> {
        self.words.get(at)?.mention.map(|mention| self.mentions[mention].kind)
    }

    /// The text between a word and the next, or the end of the sentence.
    pub fn gap(&self, at: usize) -> &'a str {
        let next = self.words.get(at + 1).map_or(self.span.end, |next| next.span.start);
        self.words.get(at).map_or("", |word| self.text.get(word.span.end..next).unwrap_or(""))
    }

    /// The words of a mention.
    pub fn words_of(&self, mention: usize) -> Option<Range<usize>> {
        self.range(|word| word.mention == Some(mention))
    }

    /// The words of a date.
    pub fn words_of_date(&self, date: usize) -> Option<Range<usize>> {
        self.range(|word| word.date == Some(date))
    }

    fn range(&self, is_part: impl Fn(&SentenceWord<'_>) -> bool) -> Option<Range<usize>> {
        let first = self.words.iter().position(&is_part)?;
        let count = self.words[first..].iter().take_while(|word| is_part(word)).count();
        Some(first..first + count)
    }

    /// The mentions of a kind, in order, with their words.
    pub fn of_kind(&self, kind: EntityKind) -> impl DoubleEndedIterator<Item = (usize, Range<usize>)> + '_ {
        let names = self.names.clone().filter(move |at| self.mentions[*at].kind == kind);
        names.filter_map(|at| Some((at, self.words_of(at)?)))
    }

    /// Whether a range has any of `words`, outside mentions.
    pub fn has(&self, range: Range<usize>, words: &[&str]) -> bool {
        let end = range.end.min(self.words.len());
        let found = |word: &SentenceWord<'_>| word.mention.is_none() && words.contains(&&*word.lower);
        self.words[range.start.min(end)..end].iter().any(found)
    }

    /// Whether the words of a phrase follow each other from a word on.
    pub fn has_phrase_at(&self, at: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(step, word)| self.lower(at + step) == word)
    }

    /// Whether the words of a phrase follow each other anywhere.
    pub fn has_phrase(&self, phrase: &str) -> bool {
        (0..self.words.len()).any(|at| self.has_phrase_at(at, phrase))
    }

    /// The byte offset of the parenthesis that a word is in.
    pub fn open_parenthesis(&self, at: usize) -> Option<usize> {
        let before = &self.text[self.span.start..self.words[at].span.start];
        let open = before.rfind('(')?;
        (!before[open..].contains(')')).then_some(self.span.start + open)
    }
}
