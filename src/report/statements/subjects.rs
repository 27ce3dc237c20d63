//! The work that a sentence is about if it does not name one itself.

use std::ops::Range;

use crate::article::{Article, EntityKind, Mention, Sentence, Span};
use crate::link::main_work;

use super::heading::title_in_heading;
use super::sentence_view::SentenceView;
use super::statement::Subject;
use super::work_names::{is_work_noun, next_in_series};

/// The most words of a heading.
const MAX_HEADING_WORDS: usize = 10;
/// The most words before the work that a sentence is about.
const MAX_WORDS_BEFORE_TOPIC: usize = 3;

/// The works that sentences may refer to, updated sentence by sentence.
pub(super) struct Subjects {
    /// The work that the article is about.
    main: Option<usize>,
    /// The work of the last heading.
    heading: Option<Subject>,
    /// The work that the last sentence with a work began with.
    leading: Option<usize>,
    /// The only work of that sentence.
    only: Option<usize>,
    /// Paragraphs since that sentence.
    age: usize,
    /// The leading and the only work of the current sentence.
    own: (Option<usize>, Option<usize>),
}

impl Subjects {
    /// The state before the first sentence.
    pub fn new(article: &Article, mentions: &[Mention]) -> Self {
        let main = main_work(article, mentions);
        Self { main, heading: None, leading: None, only: None, age: 0, own: (None, None) }
    }

    /// Moves to the next sentence.
    pub fn enter(&mut self, text: &str, sentence: &Sentence, mentions: &[Mention], names: Range<usize>) {
        if self.own.0.or(self.own.1).is_some() {
            (self.leading, self.only) = self.own;
            self.age = 0;
        }
        self.age += usize::from(sentence.opens_paragraph);
        let line = sentence.span.of(text);
        let free = |at: &usize| {
            let before = &text[sentence.span.start..mentions[*at].span.start];
            before.rfind('(').is_none_or(|open| before[open..].contains(')'))
        };
        let mut works = names.filter(|at| mentions[*at].kind == EntityKind::Work).filter(free);
        let (first, second) = (works.next(), works.next());
        let leads = |at: &usize| {
            text[sentence.span.start..mentions[*at].span.start].split_whitespace().count() <= MAX_WORDS_BEFORE_TOPIC
        };
        self.own = (first.filter(leads), first.filter(|_| second.is_none()));
        let bare = !line.ends_with(['.', '!', '?', ':', ')']) && line.split_whitespace().count() <= MAX_HEADING_WORDS;
        let quoted = line.starts_with(['“', '"', '‘', '\'']);
        // “‘X’ by Y”, where books are listed.
        let heading = if quoted { line.split_once(" by ").map_or(line, |(title, _)| title) } else { line };
        let span = Span::new(sentence.span.start, sentence.span.start + heading.len());
        if sentence.opens_paragraph && bare && (quoted || !line.contains(": ")) {
            let whole = |at: &usize| mentions[*at].span.len() + 8 >= heading.len();
            let titled = || title_in_heading(text, span, mentions);
            self.heading = first.filter(whole).map(Subject::Mention).or_else(titled);
            (self.leading, self.only, self.own) = (None, None, (None, None));
        }
    }

    /// The work that “the film”, “it” or a missing subject refers to.
    pub fn antecedent(&self) -> Option<Subject> {
        let near = self.age <= 1;
        let known = |at: Option<usize>| at.map(Subject::Mention);
        let leading = known(self.leading.filter(|_| near));
        leading.or(self.heading).or(known(self.main)).or(known(self.only.filter(|_| near)))
    }

    /// The work that the previous sentence of the paragraph began with.
    pub fn of_paragraph(&self) -> Option<Subject> {
        self.leading.filter(|_| self.age == 0).map(Subject::Mention)
    }

    /// The work that the article is about, unless another one is nearer.
    pub fn of_article(&self) -> Option<Subject> {
        self.main.map(Subject::Mention).filter(|main| self.antecedent() == Some(*main))
    }

    /// The work that a sentence without a work of its own refers to, judged by the
    /// words before the cue; `None` if it is about something else.
    pub fn referred_to(&self, view: &SentenceView<'_>, cue: usize) -> Option<Subject> {
        let antecedent = self.antecedent()?;
        let before = &view.words[..cue.min(view.words.len())];
        // “A sequel is in development”
        let sequel = before.windows(2).any(|pair| {
            matches!(&*pair[0].lower, "a" | "another" | "its")
                && matches!(&*pair[1].lower, "sequel" | "follow-up" | "followup")
        });
        if sequel {
            let Subject::Mention(mention) = antecedent else { return None };
            return next_in_series(&view.mentions[mention].name).map(|_| Subject::Next(mention));
        }
        // “Slated for a May 2026 release, the sequel …”
        let leads = cue <= 2
            && (cue..(cue + 10).min(view.words.len())).any(|at| {
                let noun = view.words[at].mention.is_none() && is_work_noun(view.lower(at));
                noun && (at.saturating_sub(2)..at).any(|at| matches!(view.lower(at), "the" | "this"))
            });
        // “Season 5 debuted Wednesday”
        let season =
            before.len() >= 2 && before[0].lower == "season" && before[1].lower.bytes().all(|b| b.is_ascii_digit());
        let refers = leads
            || season
            || before.iter().enumerate().any(|(at, word)| {
                let noun = word.mention.is_none() && is_work_noun(&word.lower);
                let defined = (at.saturating_sub(6)..at).any(|at| matches!(view.lower(at), "the" | "this" | "its"));
                let ours = at > 0 && (view.gap(at - 1).contains("'s") || view.gap(at - 1).contains("’s"))
                    || (at.saturating_sub(3)..at).any(|at| matches!(view.gap(at), "' " | "’ " | "'s " | "’s "));
                let another = view.has(
                    at.saturating_sub(4)..at,
                    &["second", "third", "fourth", "fifth", "next", "new", "another", "first", "other", "last"],
                );
                let noun = noun && !another;
                &*word.lower == "it" || noun && (defined || ours)
            });
        // “Opens Friday.”, “When to watch: Premieres Nov. 19”
        let bare = before.iter().all(|word| {
            matches!(&*word.lower, "when" | "where" | "to" | "watch" | "now" | "will" | "release" | "date")
        });
        (refers || bare).then_some(antecedent)
    }
}
