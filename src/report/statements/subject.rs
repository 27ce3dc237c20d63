//! The work that a sentence speaks of, where it does not name it itself.

use std::ops::Range;

use crate::article::{Article, EntityKind, Mention, Sentence, Span};
use crate::link::main_work;

use super::Subject;
use super::line::Line;

/// A line of so few words is a heading.
const HEADING: usize = 10;

/// The works in view while the sentences of an article go by.
pub(super) struct Subjects {
    /// The work that the article is about.
    main: Option<usize>,
    /// The work of the heading above.
    heading: Option<Subject>,
    /// The work that the last sentence with any began with.
    leading: Option<usize>,
    /// The only work of that sentence.
    only: Option<usize>,
    /// Paragraphs since that sentence.
    age: usize,
    /// The first and the only work of this sentence.
    own: (Option<usize>, Option<usize>),
}

/// Words of a sentence among which the work that it is about begins.
const LEADING: usize = 3;

impl Subjects {
    pub fn new(article: &Article, mentions: &[Mention]) -> Self {
        let main = main_work(article, mentions);
        Self { main, heading: None, leading: None, only: None, age: 0, own: (None, None) }
    }

    /// Goes on to the next sentence.
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
        let leads =
            |at: &usize| text[sentence.span.start..mentions[*at].span.start].split_whitespace().count() <= LEADING;
        self.own = (first.filter(leads), first.filter(|_| second.is_none()));
        let bare = !line.ends_with(['.', '!', '?', ':', ')']) && line.split_whitespace().count() <= HEADING;
        let quoted = line.starts_with(['“', '"', '‘', '\'']);
        // “‘X’ by Y”, where books are listed.
        let heading = if quoted { line.split_once(" by ").map_or(line, |(title, _)| title) } else { line };
        let span = Span::new(sentence.span.start, sentence.span.start + heading.len());
        if sentence.opens_paragraph && bare && (quoted || !line.contains(": ")) {
            let whole = |at: &usize| mentions[*at].span.len() + 8 >= heading.len();
            let titled = || titled(text, span, mentions);
            self.heading = first.filter(whole).map(Subject::Mention).or_else(titled);
            (self.leading, self.only, self.own) = (None, None, (None, None));
        }
    }

    /// The work that “the film”, “it” or no subject at all refers to.
    pub fn meant(&self) -> Option<Subject> {
        let near = self.age <= 1;
        let known = |at: Option<usize>| at.map(Subject::Mention);
        let leading = known(self.leading.filter(|_| near));
        leading.or(self.heading).or(known(self.main)).or(known(self.only.filter(|_| near)))
    }

    /// The work that this paragraph is about, as the sentence before names it.
    pub fn close(&self) -> Option<Subject> {
        self.leading.filter(|_| self.age == 0).map(Subject::Mention)
    }

    /// The work that the article is about, where nothing nearer is meant.
    pub fn whole(&self) -> Option<Subject> {
        self.main.map(Subject::Mention).filter(|main| self.meant() == Some(*main))
    }

    /// The work that a sentence without a work of its own is about by how it
    /// begins; none where it is about something else.
    pub fn of(&self, line: &Line<'_>, cue: usize) -> Option<Subject> {
        let meant = self.meant()?;
        let before = &line.words[..cue.min(line.words.len())];
        // “A sequel is in development”
        let sequel = before.windows(2).any(|pair| {
            matches!(&*pair[0].lower, "a" | "another" | "its")
                && matches!(&*pair[1].lower, "sequel" | "follow-up" | "followup")
        });
        if sequel {
            let Subject::Mention(meant) = meant else { return None };
            return next_in_number(&line.mentions[meant].name).map(|_| Subject::Next(meant));
        }
        // “Slated for a May 2026 release, the sequel …”
        let leads = cue <= 2
            && (cue..(cue + 10).min(line.words.len())).any(|at| {
                let noun = line.words[at].mention.is_none() && is_work_noun(line.lower(at));
                noun && (at.saturating_sub(2)..at).any(|at| matches!(line.lower(at), "the" | "this"))
            });
        // “Season 5 debuted Wednesday”
        let season =
            before.len() >= 2 && before[0].lower == "season" && before[1].lower.bytes().all(|b| b.is_ascii_digit());
        let refers = leads
            || season
            || before.iter().enumerate().any(|(at, word)| {
                let noun = word.mention.is_none() && is_work_noun(&word.lower);
                let defined = (at.saturating_sub(6)..at).any(|at| matches!(line.lower(at), "the" | "this" | "its"));
                let ours = at > 0 && (line.gap(at - 1).contains("'s") || line.gap(at - 1).contains("’s"))
                    || (at.saturating_sub(3)..at).any(|at| matches!(line.gap(at), "' " | "’ " | "'s " | "’s "));
                let another = line.has(
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
        (refers || bare).then_some(meant)
    }
}

/// A heading that reads as a title, though no name was recognized in it.
fn titled(text: &str, line: Span, mentions: &[Mention]) -> Option<Subject> {
    let bare = line.of(text).trim_matches(|c: char| c.is_whitespace() || "“”\"‘’'".contains(c));
    let start = line.start + line.of(text).find(bare)?;
    let span = Span::new(start, start + bare.len());
    let another = mentions.iter().any(|mention| {
        mention.kind != EntityKind::Work && mention.span.overlaps(span) && mention.span.len() * 10 >= span.len() * 8
    });
    let main = bare.split_whitespace().filter(|word| word.len() > 3);
    let title = main.clone().count() > 0 && main.clone().all(|word| word.starts_with(char::is_uppercase));
    let first = bare.split_whitespace().next().unwrap_or_default();
    let label = matches!(
        first,
        "Read"
            | "More"
            | "Related"
            | "RELATED"
            | "Watch"
            | "Cast"
            | "Details"
            | "Contributing"
            | "Sign"
            | "See"
            | "Where"
            | "When"
            | "How"
            | "What"
            | "Who"
    );
    let fits = bare.split_whitespace().count() <= 8 && !bare.contains(['@', '/', '|']);
    let single = bare.split_whitespace().count() < 2 && bare.len() == line.of(text).trim().len();
    let clean = bare.starts_with(char::is_alphanumeric) && !bare.ends_with("Writer");
    (title && clean && !single && !label && !another && fits).then_some(Subject::Titled(span))
}

/// Words for works.
pub(super) fn is_work_noun(word: &str) -> bool {
    matches!(
        word,
        "film"
            | "movie"
            | "series"
            | "show"
            | "album"
            | "song"
            | "single"
            | "special"
            | "sequel"
            | "prequel"
            | "remake"
            | "reboot"
            | "picture"
            | "installment"
            | "instalment"
            | "season"
            | "drama"
            | "comedy"
            | "thriller"
            | "documentary"
            | "musical"
            | "book"
            | "novel"
            | "memoir"
            | "game"
            | "ep"
            | "adaptation"
            | "miniseries"
            | "sitcom"
            | "spinoff"
            | "spin-off"
            | "mystery"
            | "biopic"
            | "blockbuster"
            | "romance"
            | "hybrid"
            | "flick"
            | "horror"
            | "action-thriller"
            | "docuseries"
    )
}

/// “Rocky 3” to “Rocky 4”; none for titles that do not end in a number.
pub(super) fn next_in_number(name: &str) -> Option<String> {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (title, number) = name.split_at(name.len() - digits);
    let number: u8 = number.parse().ok().filter(|number| (1..30).contains(number))?;
    title.ends_with(' ').then(|| format!("{title}{}", number + 1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn sequels_count_on() {
        let next = super::next_in_number;
        assert_eq!(next("Mission: Impossible 7").as_deref(), Some("Mission: Impossible 8"));
        assert_eq!((next("Titanic"), next("Blade Runner 2049"), next("F9")), (None, None, None));
    }
}
