//! How a sentence says who did what: plainly, or only in some way.

use crate::article::EntityKind;
use crate::index::Entities;
use crate::search::hits::question_answer::QuestionKind;

use super::evidence::{SentenceText, words};

/// What stands between two names of a sentence.
pub(super) struct Between<'a> {
    /// The text between them.
    pub gap: &'a str,
    /// Whether the person stands first.
    pub person_first: bool,
    /// Whether the text right behind the second name closes a parenthesis.
    pub closed: bool,
    /// How many other names are between them.
    pub names: usize,
}

impl<'a> Between<'a> {
    /// What stands between two mentions of a sentence.
    pub fn new(sentence: &SentenceText<'a>, person: usize, other: usize) -> Self {
        let (first, second) = (person.min(other), person.max(other));
        let (start, end) = (sentence.mentions[first].span.end, sentence.mentions[second].span.start);
        Self {
            gap: if start <= end { sentence.text(start, end) } else { "" },
            person_first: person < other,
            closed: sentence.text(sentence.mentions[second].span.end, sentence.span.end).starts_with(')'),
            names: second - first - 1,
        }
    }

    /// Whom they credit plainly with what is asked, if they do.
    pub fn credits(&self, question: QuestionKind) -> Option<Credited> {
        if self.names > 0 || self.gap.starts_with('-') || self.gap.contains(['.', ';', ':', '\n']) {
            return None;
        }
        let between: Vec<String> = words(self.gap).collect();
        let between: Vec<&str> = between.iter().map(String::as_str).collect();
        match question {
            QuestionKind::Plays => self.plays(&between).then_some(Credited::One),
            QuestionKind::Directs => self.made(&between, &DIRECTING),
            QuestionKind::Writes => self.made(&between, &WRITING),
            QuestionKind::Creates => self.made(&between, &CREATING),
            QuestionKind::Produces => self.made(&between, &PRODUCING),
            QuestionKind::Stars => self.stars(&between).then_some(Credited::All),
            QuestionKind::Release | QuestionKind::Premiere => None,
        }
    }

    /// “Ann Lee, who plays Mia Ray”, “Mia Ray (played by Ann Lee)”, “Mia Ray (Ann Lee)”.
    fn plays(&self, between: &[&str]) -> bool {
        const VERBS: [&str; 8] =
            ["plays", "played", "portrays", "portrayed", "voices", "voiced", "reprises", "reprised"];
        if !self.person_first {
            return self.gap == " (" && self.closed
                || matches!(
                    between,
                    ["played" | "portrayed" | "voiced", "by"]
                        | ["is" | "was" | "who's" | "as", "played" | "portrayed" | "voiced", "by"]
                        | ["who", "is" | "was", "played" | "portrayed" | "voiced", "by"]
                        | ["a", "character" | "role", "played", "by"]
                );
        }
        match between {
            ["who" | "also" | "famously" | "previously", verb, rest @ ..] | [verb, rest @ ..]
                if VERBS.contains(verb) =>
            {
                matches!(
                    rest,
                    [] | ["the" | "as"] | ["the", "character" | "role" | "part", "of"] | ["his" | "her", "role", "as"]
                )
            }
            ["will" | "who", "play" | "portray" | "voice"] | ["who", "will", "play" | "portray" | "voice"] => true,
            ["stars" | "starred" | "starring" | "returns" | "appears", "as"]
            | ["who", "stars" | "starred" | "returns" | "appears", "as"] => true,
            _ => false,
        }
    }

    /// “Harbor stars Ann Lee”, “Ann Lee stars in Harbor”.
    fn stars(&self, between: &[&str]) -> bool {
        match between {
            ["stars" | "starring" | "starred"] | ["which" | "also" | "that" | "and", "stars" | "starred"] => {
                !self.person_first
            }
            ["stars" | "starred" | "starring", "in"] | ["who", "stars" | "starred", "in"] => self.person_first,
            _ => false,
        }
    }

    /// “Harbor, directed by Ann Lee”, “Ann Lee, who directed Harbor”, “Harbor director Ann
    /// Lee”.
    fn made(&self, between: &[&str], made: &Making) -> Option<Credited> {
        let all = |holds: bool| holds.then_some(Credited::All);
        if self.person_first {
            return match between {
                ["who" | "also", verb] | [verb] if made.verbs.contains(verb) => Some(Credited::All),
                ["the" | "a", noun, "of" | "behind"] | [noun, "of" | "behind"] | [noun, "of" | "behind", "the"] => {
                    made.named(noun)
                }
                _ => None,
            };
        }
        match between {
            [participle, "by"] | ["is" | "was", participle, "by"] => all(made.participles.contains(participle)),
            [one, "and", other, "by"] | ["is" | "was", one, "and", other, "by"] => {
                let known = ["written", "directed", "produced", "created"];
                all(made.participles.iter().any(|word| word == one || word == other)
                    && known.contains(one)
                    && known.contains(other))
            }
            [noun] if !self.gap.contains([',', '.', ';']) => made.named(noun),
            ["film" | "movie" | "series", noun] => made.named(noun),
            _ => None,
        }
    }
}

/// Who is credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credited {
    /// One person: “Harbor director Ann Lee and her son”.
    One,
    /// All that are named together: “directed by Ann Lee and Bo Ray”.
    All,
}

/// The words for one way to make a work.
struct Making {
    verbs: &'static [&'static str],
    participles: &'static [&'static str],
    nouns: &'static [&'static str],
}

impl Making {
    /// Whom a noun credits: “director” one, “directors” all.
    fn named(&self, noun: &str) -> Option<Credited> {
        if self.nouns.contains(&noun) {
            return Some(Credited::One);
        }
        noun.strip_suffix('s').filter(|one| self.nouns.contains(one)).map(|_| Credited::All)
    }

    /// Whether a word is one of them.
    fn has(&self, word: &str) -> bool {
        self.verbs.contains(&word) || self.participles.contains(&word) || self.named(word).is_some()
    }
}

const DIRECTING: Making = Making {
    verbs: &["directed", "directs", "helmed"],
    participles: &["directed", "helmed"],
    nouns: &["director", "writer-director", "filmmaker"],
};
/// Without “writer”, of which films have several.
const WRITING: Making = Making {
    verbs: &["wrote", "writes", "penned"],
    participles: &["written", "penned", "authored"],
    nouns: &["author"],
};
const CREATING: Making = Making { verbs: &["created"], participles: &["created"], nouns: &["creator"] };
/// Without “producer”, of which all works have several.
const PRODUCING: Making = Making { verbs: &["produced", "produces"], participles: &["produced"], nouns: &[] };

impl QuestionKind {
    /// Whether the words of a gap fit what is asked: who created a work did not write it.
    pub(super) fn fits(self, gap: &str) -> bool {
        match self {
            Self::Writes => words(gap).any(|word| WRITING.has(&word) || word.ends_with("writer")),
            Self::Creates => words(gap).any(|word| CREATING.has(&word)),
            _ => true,
        }
    }
}

/// The people that a sentence names together with one: “Ann Lee and Bo Ray”, in order.
/// `None` where it may name one that was not recognized.
pub(super) fn company(sentence: &SentenceText<'_>, entities: &Entities, person: usize) -> Option<Vec<usize>> {
    let is_person = |at: usize| entities.kind(entities.of(sentence.mentions[at].name)) == Some(EntityKind::Person);
    let joins = |gap: &str| matches!(gap, " and " | " & " | ", and " | ", ");
    let mut first = person;
    while let Some(before) = first.checked_sub(1).filter(|before| is_person(*before)) {
        if !joins(sentence.text(sentence.mentions[before].span.end, sentence.mentions[first].span.start)) {
            break;
        }
        first = before;
    }
    let mut last = person;
    while last + 1 < sentence.mentions.len() && is_person(last + 1) {
        let gap = sentence.text(sentence.mentions[last].span.end, sentence.mentions[last + 1].span.start);
        if !joins(gap) {
            // A list without “and” may be another one.
            last = person;
            break;
        }
        last += 1;
        if gap != ", " {
            break;
        }
    }
    // “Anthony and Joe Russo”, of whom only one was seen.
    let before = sentence.text(sentence.span.start, sentence.mentions[first].span.start);
    let before = before.strip_suffix(" and ").or_else(|| before.strip_suffix(" & "));
    let named = |word: &str| word.starts_with(char::is_uppercase);
    if before.is_some_and(|before| before.rsplit(' ').next().is_some_and(named)) {
        return None;
    }
    let after = sentence.text(sentence.mentions[last].span.end, sentence.span.end);
    let after =
        after.strip_prefix(" and ").or_else(|| after.strip_prefix(" & ")).or_else(|| after.strip_prefix(", and "));
    if after.is_some_and(named) {
        return None;
    }
    Some((first..=last).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whom a gap between two names, the person first or last, credits plainly.
    fn check(question: QuestionKind, gap: &str, person_first: bool, expected: Option<Credited>) {
        let between = Between { gap, person_first, closed: gap.ends_with('('), names: 0 };
        assert_eq!(between.credits(question), expected, "{gap}");
    }

    #[test]
    fn actors_play_roles() {
        for gap in [" plays ", ", who plays ", " will play ", " stars as ", " plays the character of ", ", who played "]
        {
            check(QuestionKind::Plays, gap, true, Some(Credited::One));
        }
        for gap in [" as ", " plays a friend of ", " met ", ". Plays ", " wrote that ", " plays cards with "] {
            check(QuestionKind::Plays, gap, true, None);
        }
        for gap in [", played by ", " (played by ", ", who is played by ", ", voiced by ", " ("] {
            check(QuestionKind::Plays, gap, false, Some(Credited::One));
        }
        for gap in [" and (", "'s friend, played by ", ": ", " was inspired by "] {
            check(QuestionKind::Plays, gap, false, None);
        }
    }

    #[test]
    fn works_are_made() {
        for gap in [",” directed by ", "” was directed by ", "” directors ", ",” written and directed by "] {
            check(QuestionKind::Directs, gap, false, Some(Credited::All));
        }
        check(QuestionKind::Directs, "” director ", false, Some(Credited::One));
        for gap in [" directed “", ", who directed “"] {
            check(QuestionKind::Directs, gap, true, Some(Credited::All));
        }
        for gap in [", director of “", ", the director of “"] {
            check(QuestionKind::Directs, gap, true, Some(Credited::One));
        }
        for gap in [",” director ", "” star and director ", "” is a remake of a film directed by ", "” writer "]
        {
            check(QuestionKind::Directs, gap, false, None);
        }
        check(QuestionKind::Writes, ",” written by ", false, Some(Credited::All));
        check(QuestionKind::Writes, "” writer ", false, None);
        check(QuestionKind::Writes, "-penned “", true, None);
        check(QuestionKind::Writes, ",” created by ", false, None);
        check(QuestionKind::Creates, "” creator ", false, Some(Credited::One));
        check(QuestionKind::Produces, ",” produced by ", false, Some(Credited::All));
        check(QuestionKind::Produces, "” producer ", false, None);
    }

    #[test]
    fn works_have_a_cast() {
        check(QuestionKind::Stars, "” stars ", false, Some(Credited::All));
        check(QuestionKind::Stars, " stars in “", true, Some(Credited::All));
        check(QuestionKind::Stars, "” star ", false, None);
    }

    #[test]
    fn a_name_between_puts_it_in_doubt() {
        let between = Between { gap: " plays ", person_first: true, closed: false, names: 1 };
        assert_eq!(between.credits(QuestionKind::Plays), None);
    }
}
