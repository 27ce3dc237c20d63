//! Attribution of quotations to speakers, paragraph by paragraph.

use crate::article::{Article, EntityKind, Mention, Span};
use crate::segment::{Segmented, lowered};

use super::people::People;
use super::quotation_marks::{QuotedSpan, quoted_spans};
use super::speaker_hint::{ClauseReader, ClauseWord, SpeakerHint};
use super::text_shape::{ends_sentence, is_title_like, is_whole};

/// Paragraphs after which a person can no longer be “he” or “she”.
const ANAPHOR_PARAGRAPHS: usize = 3;
/// Words of a sentence within which its subject begins.
const SUBJECT_REACH: usize = 4;
/// Quotations of fewer words are terms or names.
const MIN_WORDS: usize = 3;

/// The span of a quote, marks included, and the mention of its speaker.
pub(super) type AttributedSpan = (Span, Option<usize>);

/// The quotes of an article's body, in text order, not overlapping.
pub(super) fn attributed_quotes(article: &Article, segmented: &Segmented, mentions: &[Mention]) -> Vec<AttributedSpan> {
    let mut attributor = Attributor {
        clauses: ClauseReader { text: &article.text, mentions },
        segmented,
        found: Vec::new(),
        people: People::new(article.title_span, mentions),
        recent: Vec::new(),
        paragraph: 0,
        last: None,
        announced: None,
    };
    let mut start = article.body.start;
    for line in article.body.of(&article.text).split_inclusive('\n') {
        let paragraph = Span::new(start, start + line.len());
        start = paragraph.end;
        let paragraph = paragraph.trimmed(&article.text);
        if !paragraph.is_empty() {
            attributor.read(paragraph);
        }
    }
    // The index relies on quotes being in order and disjoint.
    let mut end = 0;
    attributor.found.retain(|(span, _)| {
        let is_disjoint = span.start >= end;
        end = end.max(span.end);
        is_disjoint
    });
    attributor.found
}

/// State carried from paragraph to paragraph.
struct Attributor<'a> {
    clauses: ClauseReader<'a>,
    segmented: &'a Segmented,
    found: Vec<AttributedSpan>,
    people: People,
    /// Paragraph numbers and mentions of the people that sentences were about or
    /// quotes were by, the most recent last.
    recent: Vec<(usize, usize)>,
    /// The number of the current paragraph.
    paragraph: usize,
    /// The last quote of the previous paragraph.
    last: Option<LastQuote>,
    /// The speaker that the previous paragraph announces: “Nolan said:”.
    announced: Option<SpeakerHint>,
}

/// The last quote of a paragraph.
#[derive(Clone, Copy)]
struct LastQuote {
    speaker: Option<usize>,
    /// Whether its quotation marks were not closed.
    open: bool,
}

/// The text between two quotations.
struct Gap<'a> {
    span: Span,
    words: Vec<ClauseWord<'a>>,
    /// Number of words before the first end of a sentence.
    first_end: usize,
    /// Index of the word after the last end of a sentence.
    last_start: usize,
}

impl<'a> Attributor<'a> {
    /// Finds and attributes the quotes of a paragraph.
    fn read(&mut self, paragraph: Span) {
        let text = self.clauses.text;
        self.paragraph += 1;
        let quoted = quoted_spans(text, paragraph);
        // A paragraph without marks may announce who speaks next.
        if quoted.is_empty() {
            let announces = paragraph.of(text).ends_with(':');
            if !announces && !self.names_anybody(paragraph) {
                (self.announced, self.last) = (None, None);
                return;
            }
            let gap = self.gap(paragraph);
            self.remember_subjects(&gap.words);
            self.announced = announces.then(|| self.clauses.hint_before(&gap.words[gap.last_start..])).flatten();
            if !announces {
                self.last = None;
            }
            return;
        }
        let mut gaps = Vec::with_capacity(quoted.len() + 1);
        let mut at = paragraph.start;
        for quote in &quoted {
            gaps.push(self.gap(Span::new(at, quote.span.start)));
            at = quote.span.end;
        }
        gaps.push(self.gap(Span::new(at, paragraph.end)));
        self.attribute(&quoted, &gaps);
    }

    /// Whether a paragraph mentions a person.
    fn names_anybody(&self, paragraph: Span) -> bool {
        let mentions = self.clauses.mentions;
        let from = mentions.partition_point(|mention| mention.span.end <= paragraph.start);
        let inside = mentions[from..].iter().take_while(|mention| mention.span.start < paragraph.end);
        inside.into_iter().any(|mention| mention.kind == EntityKind::Person)
    }

    /// The words of a span outside quotation marks.
    fn gap(&self, span: Span) -> Gap<'a> {
        let (text, mentions) = (self.clauses.text, self.clauses.mentions);
        let from = self.segmented.word_at(Span::new(span.start, span.start));
        let count = self.segmented.words_within(from, span);
        let mut mention = mentions.partition_point(|mention| mention.span.end <= span.start);
        let mut words: Vec<ClauseWord<'a>> = Vec::with_capacity(count);
        let (mut first_end, mut last_start) = (None, 0);
        for token in &self.segmented.words[from..from + count] {
            let word = token.span;
            if word.start < span.start {
                continue;
            }
            while mentions.get(mention).is_some_and(|m| m.span.end <= word.start) {
                mention += 1;
            }
            let inside = mentions.get(mention).filter(|m| m.span.start < word.end).map(|_| mention);
            if let Some(before) = words.last()
                && ends_sentence(text, before.span, word.start)
                && !(inside.is_some() && before.mention == inside)
            {
                first_end = first_end.or(Some(words.len()));
                last_start = words.len();
            }
            words.push(ClauseWord { span: word, lower: lowered(word.of(text)), mention: inside });
        }
        // A gap that ends with a full stop does not introduce a quotation.
        if words.last().is_some_and(|last| ends_sentence(text, last.span, span.end)) {
            first_end = first_end.or(Some(words.len()));
            last_start = words.len();
        }
        Gap { span, first_end: first_end.unwrap_or(words.len()), last_start, words }
    }

    /// Attributes the quotations of a paragraph; `gaps` has one more item.
    fn attribute(&mut self, quoted: &[QuotedSpan], gaps: &[Gap<'a>]) {
        let text = self.clauses.text;
        // `None`: not attributed; `Some(None)`: a speaker without a mention.
        let mut speakers: Vec<Option<Option<usize>>> = Vec::with_capacity(quoted.len());
        let mut is_quote: Vec<bool> = Vec::with_capacity(quoted.len());
        let only = gaps.iter().all(|gap| gap.words.is_empty());
        for (at, quote) in quoted.iter().enumerate() {
            let (before, after) = (&gaps[at], &gaps[at + 1]);
            if at == 0 || !before.words.is_empty() {
                self.remember_subjects(&before.words);
            }
            let left = self.clauses.hint_before(&before.words[before.last_start..]);
            let right = if self.may_continue(quote, after) {
                self.clauses.hint_behind(&after.words[..after.first_end])
            } else {
                None
            };
            let leads = before.span.of(text).trim_end().ends_with([',', ':']);
            let source = if leads && left.is_some() { left } else { right.or(left) };
            let speaker = match source {
                Some(source) => Some(self.resolve(source)),
                None if at > 0 && before.last_start == before.words.len() => speakers[at - 1],
                None if at == 0 && before.words.is_empty() && is_whole(quote.inner.of(text)) => {
                    self.carried_speaker(only)
                }
                None => None,
            };
            let attached = leads && left.is_some()
                || right.is_some() && quote.inner.of(text).trim_end().ends_with([',', '?', '!']);
            is_quote.push(self.is_quote(quote, attached, source.is_some() || speaker.is_some()));
            speakers.push(speaker);
        }
        // A quotation that opens a paragraph is often by the next speaker in it.
        for at in (1..speakers.len()).rev() {
            let bare = gaps[at].words.is_empty();
            if speakers[at - 1].is_none() && bare {
                speakers[at - 1] = speakers[at];
            }
        }
        let mut last = None;
        for (at, quote) in quoted.iter().enumerate().filter(|(at, _)| is_quote[*at]) {
            let speaker = speakers[at].flatten();
            self.found.push((quote.span, speaker));
            last = Some(LastQuote { speaker, open: quote.open });
        }
        if let Some(gap) = gaps.last() {
            self.remember_subjects(&gap.words[gap.first_end.min(gap.words.len())..]);
            self.announced = gap
                .span
                .of(text)
                .trim_end()
                .ends_with(':')
                .then(|| self.clauses.hint_before(&gap.words[gap.last_start..]))
                .flatten();
        }
        self.last = last.or(self.last.filter(|_| only));
    }

    /// Whether the sentence of a quotation may continue behind it.
    fn may_continue(&self, quote: &QuotedSpan, after: &Gap<'_>) -> bool {
        let text = self.clauses.text;
        let end = quote.inner.of(text).trim_end_matches(['’', '\'', '”', '"', ' ']).chars().next_back();
        let rest = after.span.of(text);
        let lower = rest.trim_start().starts_with(|c: char| c.is_lowercase());
        match end {
            Some('.') => lower,
            _ => true,
        }
    }

    /// The speaker carried over from the previous paragraph, for a paragraph that
    /// begins with a quotation.
    fn carried_speaker(&mut self, only: bool) -> Option<Option<usize>> {
        if let Some(hint) = self.announced.take() {
            return Some(self.resolve(hint));
        }
        let last = self.last?;
        (only || last.open).then_some(last.speaker)
    }

    /// The mention of the speaker that a hint means.
    fn resolve(&mut self, hint: SpeakerHint) -> Option<usize> {
        match hint {
            SpeakerHint::Named(mention) => {
                let full = self.people.full_name(self.clauses.mentions, mention);
                self.remember(full);
                Some(full)
            }
            SpeakerHint::Anaphor(gender) => {
                let fits = |(_, mention): &&(usize, usize)| People::may_be(self.clauses.mentions, *mention, gender);
                let near = |(paragraph, _): &&(usize, usize)| paragraph + ANAPHOR_PARAGRAPHS >= self.paragraph;
                let found = self.recent.iter().rev().take_while(near).find(fits).map(|(_, mention)| *mention);
                let topic = || self.people.topic.filter(|topic| People::may_be(self.clauses.mentions, *topic, gender));
                found.or_else(topic)
            }
            SpeakerHint::Unnamed => None,
        }
    }

    /// Makes a person a candidate for pronouns.
    fn remember(&mut self, mention: usize) {
        if self.clauses.mentions[mention].kind == EntityKind::Person {
            self.recent.push((self.paragraph, mention));
        }
    }

    /// Remembers the subject of each sentence in `words`: the first person in it.
    fn remember_subjects(&mut self, words: &[ClauseWord<'_>]) {
        let mut start = 0;
        for (at, word) in words.iter().enumerate() {
            if at > 0 && ends_sentence(self.clauses.text, words[at - 1].span, word.span.start) {
                start = at;
            }
            if let Some(mention) = word.mention.filter(|_| at < start + SUBJECT_REACH)
                && self.clauses.mentions[mention].kind == EntityKind::Person
                && self.clauses.is_free(mention)
            {
                self.remember(self.people.full_name(self.clauses.mentions, mention));
                start = words.len();
            }
        }
    }

    /// Whether somebody said the words in quotation marks; otherwise they are a
    /// title, a name or a term. `attached`: a clause next to them attributes them.
    fn is_quote(&self, quote: &QuotedSpan, attached: bool, attributed: bool) -> bool {
        let text = self.clauses.text;
        let from = self.segmented.word_at(quote.inner);
        let words = &self.segmented.words[from..from + self.segmented.words_within(from, quote.inner)];
        let inner = quote.inner.of(text).trim();
        let ends = inner.ends_with(['.', ',', '!', '?', '…', '—', '-']);
        let whole = inner.starts_with(char::is_uppercase) && ends;
        if words.len() < MIN_WORDS {
            return attached && whole && words.len() == 2;
        }
        let named = self.clauses.mentions.iter().any(|mention| {
            let covers = mention.span.overlaps(quote.inner) && mention.span.len() * 10 >= inner.len() * 8;
            covers && mention.kind != EntityKind::Person
        });
        if named || is_title_like(text, words.iter().map(|word| word.span)) {
            return attached && ends && !named;
        }
        attributed || whole || words.len() > MIN_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::annotated::annotated;

    /// Checks the speakers of the quotes of a text with mentions as `[person|Ann Lee]`;
    /// `-` for none.
    fn check(marked: &str, expected: &[&str]) {
        let read = annotated(marked);
        let segmented = Segmented::new(&read.article);
        let found = attributed_quotes(&read.article, &segmented, &read.mentions);
        let speakers = found.iter().map(|(_, speaker)| speaker.map_or("-", |at| read.mentions[at].name.as_str()));
        assert_eq!(speakers.collect::<Vec<_>>(), expected, "{marked}");
    }

    #[test]
    fn speakers_are_named_before_or_behind() {
        check("“I love to run,” [person|Ann Lee] said.", &["Ann Lee"]);
        check("“I love to run,” said [person|Ann Lee].", &["Ann Lee"]);
        check("[person|Ann Lee] told [organization|Variety]: “I love to run.”", &["Ann Lee"]);
        check("“I love to run,” according to [person|Ann Lee].", &["Ann Lee"]);
        check("“I love to run,” said the director, [person|Ann Lee].", &["Ann Lee"]);
        check("“I love to run,” [person|Ann Lee], who likes [person|Bob Ray], said.", &["Ann Lee"]);
    }

    #[test]
    fn pronouns_mean_who_was_named_last() {
        check("[person|Tom Ray] came. “I love to run,” he said.", &["Tom Ray"]);
        check("[person|Tom Ray] came. [person|Anna Lee] left. “I love to run,” he said.", &["Tom Ray"]);
        check("[person|Tom Ray] came. “I love to run,” she said.", &["-"]);
        check("“I love to run,” he said.", &["-"]);
    }

    #[test]
    fn speakers_without_a_name_are_nobody() {
        check("“I love to run,” [person|Ann Lee]'s publicist said.", &["-"]);
        check("“I love to run,” Xyz said.", &["-"]);
    }

    #[test]
    fn quotes_go_on() {
        check("“I love to run,” [person|Ann Lee] said. “It keeps me going.”", &["Ann Lee", "Ann Lee"]);
        check("“I love to run. “It keeps me going,” [person|Ann Lee] said.", &["Ann Lee"]);
        check("[person|Ann Lee] said:\n“I love to run.”", &["Ann Lee"]);
        check("“I love to run,” [person|Ann Lee] said. “It goes on\n“And on it goes.”", &["Ann Lee"; 3]);
    }

    #[test]
    fn titles_and_terms_are_no_quotes() {
        check("[person|Ann Lee] directed “[work|The Long Harbor]” in Rome.", &[]);
        check("[person|Ann Lee] is a “method actor” in Rome.", &[]);
        check("[person|Ann Lee] called it “a thing of rare beauty” then.", &["Ann Lee"]);
    }
}
