//! Direct quotes and who speaks them.
//!
//! By rules, from what stands around quotation marks: verbs of speech with
//! their subjects in the same sentence, pronouns led back to who was named
//! last, quotes that follow another of the same speaker. Who cannot be told is
//! not guessed.

mod given;
mod marks;
mod people;
mod speaker;
mod verbs;

use serde::{Deserialize, Serialize};

use crate::article::{Article, EntityKind, Mention, Span};
use crate::segment::{Segmented, lowered};

use marks::{Marked, marked};
use people::People;
use speaker::{Named, Told, Word};
use verbs::is_calendar;

/// Words that somebody said or wrote, in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Bytes into the article's text, marks included.
    pub span: Span,
    /// Index of a mention of who speaks; none where the article does not tell.
    pub speaker: Option<usize>,
}

/// Paragraphs that somebody is remembered for.
const MEMORY: usize = 3;
/// Words of a sentence among which its subject begins.
const SUBJECT_REACH: usize = 4;
/// Fewer words are a term or a name.
const LEAST_WORDS: usize = 3;

/// The quotes of an article's body, in text order, not overlapping.
///
/// ```
/// use newsearch::article::{Article, Span};
/// use newsearch::recognize::EntityRecognizer;
/// use newsearch::report::quotes;
/// use newsearch::segment::Segmented;
/// let text = "“I love to run,” Tom Cruise told Variety. “It keeps me going.”".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let found = quotes(&article, &Segmented::new(&article), &mentions);
/// assert_eq!(found.len(), 2);
/// assert!(found.iter().all(|quote| mentions[quote.speaker.unwrap()].name == "Tom Cruise"));
/// ```
pub fn quotes(article: &Article, segmented: &Segmented, mentions: &[Mention]) -> Vec<Quote> {
    let mut reader = Reader {
        named: Named { text: &article.text, mentions },
        segmented,
        found: Vec::new(),
        people: People::new(article.title_span, mentions),
        met: Vec::new(),
        paragraph: 0,
        last: None,
        lead: None,
    };
    let mut start = article.body.start;
    for line in article.body.of(&article.text).split_inclusive('\n') {
        let paragraph = Span::new(start, start + line.len());
        start = paragraph.end;
        let paragraph = paragraph.trimmed(&article.text);
        if !paragraph.is_empty() {
            reader.read(paragraph);
        }
    }
    // What is kept of them relies on their order.
    let mut end = 0;
    reader.found.retain(|quote| {
        let apart = quote.span.start >= end;
        end = end.max(quote.span.end);
        apart
    });
    reader.found
}

/// Goes through the paragraphs.
struct Reader<'a> {
    named: Named<'a>,
    segmented: &'a Segmented,
    found: Vec<Quote>,
    people: People,
    /// The people that sentences were about, and quotes were by, with their
    /// paragraphs; the last one last.
    met: Vec<(usize, usize)>,
    /// The number of the paragraph.
    paragraph: usize,
    /// Who spoke last in the paragraph before.
    last: Option<Spoken>,
    /// Who is announced to speak in the next paragraph.
    lead: Option<Told>,
}

/// Who spoke, and whether the paragraph was nothing but that.
#[derive(Clone, Copy)]
struct Spoken {
    speaker: Option<usize>,
    /// Its quotation was not closed.
    open: bool,
}

/// What stands between two quotations, cut into clauses.
struct Gap<'a> {
    span: Span,
    words: Vec<Word<'a>>,
    /// Words before the first end of a sentence.
    first: usize,
    /// The word after the last end of a sentence.
    rest: usize,
}

impl<'a> Reader<'a> {
    fn read(&mut self, paragraph: Span) {
        let text = self.named.text;
        self.paragraph += 1;
        let marked = marked(text, paragraph);
        // A paragraph without marks may tell who speaks next.
        if marked.is_empty() {
            let announces = paragraph.of(text).ends_with(':');
            if !announces && !self.names_anybody(paragraph) {
                (self.lead, self.last) = (None, None);
                return;
            }
            let gap = self.gap(paragraph);
            self.meet(&gap.words);
            self.lead = announces.then(|| self.named.before(&gap.words[gap.rest..])).flatten();
            if !announces {
                self.last = None;
            }
            return;
        }
        let mut gaps = Vec::with_capacity(marked.len() + 1);
        let mut at = paragraph.start;
        for quote in &marked {
            gaps.push(self.gap(Span::new(at, quote.span.start)));
            at = quote.span.end;
        }
        gaps.push(self.gap(Span::new(at, paragraph.end)));
        self.attribute(&marked, &gaps);
    }

    /// Whether a paragraph has a person to remember.
    fn names_anybody(&self, paragraph: Span) -> bool {
        let mentions = self.named.mentions;
        let from = mentions.partition_point(|mention| mention.span.end <= paragraph.start);
        let inside = mentions[from..].iter().take_while(|mention| mention.span.start < paragraph.end);
        inside.into_iter().any(|mention| mention.kind == EntityKind::Person)
    }

    /// The words of a stretch outside quotation marks.
    fn gap(&self, span: Span) -> Gap<'a> {
        let (text, mentions) = (self.named.text, self.named.mentions);
        let from = self.segmented.word_at(Span::new(span.start, span.start));
        let count = self.segmented.words_within(from, span);
        let mut mention = mentions.partition_point(|mention| mention.span.end <= span.start);
        let mut words: Vec<Word<'a>> = Vec::with_capacity(count);
        let (mut first, mut rest) = (None, 0);
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
                first = first.or(Some(words.len()));
                rest = words.len();
            }
            words.push(Word { span: word, lower: lowered(word.of(text)), mention: inside });
        }
        // A gap that ends in a full stop leads into no quotation.
        if words.last().is_some_and(|last| ends_sentence(text, last.span, span.end)) {
            first = first.or(Some(words.len()));
            rest = words.len();
        }
        Gap { span, first: first.unwrap_or(words.len()), rest, words }
    }

    fn attribute(&mut self, marked: &[Marked], gaps: &[Gap<'a>]) {
        let text = self.named.text;
        let mut told: Vec<Option<Option<usize>>> = Vec::with_capacity(marked.len());
        let mut quoted: Vec<bool> = Vec::with_capacity(marked.len());
        let only = gaps.iter().all(|gap| gap.words.is_empty());
        for (at, quote) in marked.iter().enumerate() {
            let (before, after) = (&gaps[at], &gaps[at + 1]);
            if at == 0 || !before.words.is_empty() {
                self.meet(&before.words);
            }
            let left = self.named.before(&before.words[before.rest..]);
            let right =
                if self.may_go_on(quote, after) { self.named.behind(&after.words[..after.first]) } else { None };
            let leads = before.span.of(text).trim_end().ends_with([',', ':']);
            let source = if leads && left.is_some() { left } else { right.or(left) };
            let speaker = match source {
                Some(source) => Some(self.resolve(source)),
                None if at > 0 && before.rest == before.words.len() => told[at - 1],
                None if at == 0 && before.words.is_empty() && is_whole(quote.inner.of(text)) => self.carried(only),
                None => None,
            };
            let attached = leads && left.is_some()
                || right.is_some() && quote.inner.of(text).trim_end().ends_with([',', '?', '!']);
            quoted.push(self.is_quote(quote, attached, source.is_some() || speaker.is_some()));
            told.push(speaker);
        }
        // What opens a paragraph is often said by who speaks next in it.
        for at in (1..told.len()).rev() {
            let bare = gaps[at].words.is_empty();
            if told[at - 1].is_none() && bare {
                told[at - 1] = told[at];
            }
        }
        let mut last = None;
        for (at, quote) in marked.iter().enumerate().filter(|(at, _)| quoted[*at]) {
            let speaker = told[at].flatten();
            self.found.push(Quote { span: quote.span, speaker });
            last = Some(Spoken { speaker, open: quote.open });
        }
        if let Some(gap) = gaps.last() {
            self.meet(&gap.words[gap.first.min(gap.words.len())..]);
            self.lead = gap
                .span
                .of(text)
                .trim_end()
                .ends_with(':')
                .then(|| self.named.before(&gap.words[gap.rest..]))
                .flatten();
        }
        self.last = last.or(self.last.filter(|_| only));
    }

    /// Whether the sentence of a quotation goes on behind it.
    fn may_go_on(&self, quote: &Marked, after: &Gap<'_>) -> bool {
        let text = self.named.text;
        let end = quote.inner.of(text).trim_end_matches(['’', '\'', '”', '"', ' ']).chars().next_back();
        let rest = after.span.of(text);
        let lower = rest.trim_start().starts_with(|c: char| c.is_lowercase());
        match end {
            Some('.') => lower,
            _ => true,
        }
    }

    /// Who a paragraph that only quotes is taken to quote.
    fn carried(&mut self, only: bool) -> Option<Option<usize>> {
        if let Some(lead) = self.lead.take() {
            return Some(self.resolve(lead));
        }
        let last = self.last?;
        (only || last.open).then_some(last.speaker)
    }

    fn resolve(&mut self, told: Told) -> Option<usize> {
        match told {
            Told::Named(mention) => {
                let full = self.people.full(self.named, mention);
                self.remember(full);
                Some(full)
            }
            Told::Before(gender) => {
                let fits = |(_, mention): &&(usize, usize)| self.people.may_be(self.named, *mention, gender);
                let near = |(paragraph, _): &&(usize, usize)| paragraph + MEMORY >= self.paragraph;
                let found = self.met.iter().rev().take_while(near).find(fits).map(|(_, mention)| *mention);
                let topic = || self.people.topic.filter(|topic| self.people.may_be(self.named, *topic, gender));
                found.or_else(topic)
            }
            Told::Unnamed => None,
        }
    }

    fn remember(&mut self, mention: usize) {
        if self.named.mentions[mention].kind == EntityKind::Person {
            self.met.push((self.paragraph, mention));
        }
    }

    /// Remembers whom the sentences of these words are about: the first person
    /// of each.
    fn meet(&mut self, words: &[Word<'_>]) {
        let mut start = 0;
        for (at, word) in words.iter().enumerate() {
            if at > 0 && ends_sentence(self.named.text, words[at - 1].span, word.span.start) {
                start = at;
            }
            if let Some(mention) = word.mention.filter(|_| at < start + SUBJECT_REACH)
                && self.named.mentions[mention].kind == EntityKind::Person
                && self.named.stands_free(mention)
            {
                self.remember(self.people.full(self.named, mention));
                start = words.len();
            }
        }
    }

    /// Whether marked words were said by somebody, rather than being a title, a
    /// name or a term.
    fn is_quote(&self, quote: &Marked, attached: bool, told: bool) -> bool {
        let text = self.named.text;
        let from = self.segmented.word_at(quote.inner);
        let words = &self.segmented.words[from..from + self.segmented.words_within(from, quote.inner)];
        let inner = quote.inner.of(text).trim();
        let ends = inner.ends_with(['.', ',', '!', '?', '…', '—', '-']);
        let whole = inner.starts_with(char::is_uppercase) && ends;
        if words.len() < LEAST_WORDS {
            return attached && whole && words.len() == 2;
        }
        let named = self.named.mentions.iter().any(|mention| {
            let covers = mention.span.overlaps(quote.inner) && mention.span.len() * 10 >= inner.len() * 8;
            covers && mention.kind != EntityKind::Person
        });
        if named || is_title_like(text, words.iter().map(|word| word.span)) {
            return attached && ends && !named;
        }
        told || whole || words.len() > LEAST_WORDS
    }
}

/// Whether a quotation is a sentence or more.
fn is_whole(inner: &str) -> bool {
    inner.trim_end().ends_with(['.', ',', '!', '?', '…'])
}

/// Whether the marks behind a word end its sentence.
fn ends_sentence(text: &str, word: Span, next: usize) -> bool {
    let gap = &text[word.end..next.max(word.end)];
    if gap == " " || !gap.contains(['.', '!', '?']) {
        return false;
    }
    let surface = word.of(text);
    let initial = surface.chars().count() == 1 && surface.starts_with(char::is_uppercase);
    let title =
        matches!(surface, "Mr" | "Mrs" | "Ms" | "Dr" | "St" | "Jr" | "Sr" | "Sen" | "Rep" | "Gov" | "vs" | "No")
            || surface.len() <= 4 && is_calendar(&surface.to_lowercase()) && gap.len() == 2;
    gap.contains(['!', '?']) || gap.contains('.') && !initial && !title
}

/// Whether words are written as titles are: all but small words with a capital.
fn is_title_like(text: &str, words: impl Iterator<Item = Span>) -> bool {
    let (mut all, mut capital) = (0, 0);
    for word in words {
        let surface = word.of(text);
        if surface.len() <= 3 && surface.bytes().all(|byte| byte.is_ascii_lowercase()) {
            continue;
        }
        all += 1;
        capital += usize::from(surface.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    }
    all > 0 && capital == all || all >= 4 && capital * 5 >= all * 4
}
