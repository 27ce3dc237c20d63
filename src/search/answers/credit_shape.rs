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

    /// Whether they say plainly what is asked.
    pub fn is_plain(&self, question: QuestionKind) -> bool {
        let apart = |c: char| matches!(c, ';' | ':' | '\n') || c == '.';
        if self.names > 0 || self.gap.trim_start_matches(['.', ',']).contains(apart) {
            return false;
        }
        let between: Vec<String> = words(self.gap).collect();
        let between: Vec<&str> = between.iter().map(String::as_str).collect();
        match question {
            QuestionKind::Plays => self.plays(&between),
            QuestionKind::Directs => self.made(&between, &DIRECTING),
            QuestionKind::Writes => self.made(&between, &WRITING),
            QuestionKind::Creates => self.made(&between, &CREATING),
            QuestionKind::Produces => self.made(&between, &PRODUCING),
            QuestionKind::Stars | QuestionKind::Release | QuestionKind::Premiere => false,
        }
    }

    /// “Ann Lee, who plays Mia Ray”, “Mia Ray (played by Ann Lee)”.
    fn plays(&self, between: &[&str]) -> bool {
        const VERBS: [&str; 8] =
            ["plays", "played", "portrays", "portrayed", "voices", "voiced", "reprises", "reprised"];
        if !self.person_first {
            return matches!(
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

    /// “Harbor, directed by Ann Lee”, “Ann Lee, who directed Harbor”, “Harbor director Ann
    /// Lee”.
    fn made(&self, between: &[&str], made: &Making) -> bool {
        if self.person_first {
            return match between {
                ["who" | "also" | "who's" | "co-wrote", verb] | [verb] => made.verbs.contains(verb),
                ["the" | "a", noun, "of" | "behind"] | [noun, "of" | "behind"] | [noun, "of" | "behind", "the"] => {
                    made.nouns.contains(noun)
                }
                _ => false,
            };
        }
        match between {
            [participle, "by"] | ["is" | "was" | "and", participle, "by"] => made.participles.contains(participle),
            [one, "and", other, "by"] | ["is" | "was", one, "and", other, "by"] => {
                let all = ["written", "directed", "produced", "created"];
                made.participles.iter().any(|word| word == one || word == other)
                    && all.contains(one)
                    && all.contains(other)
            }
            [noun] => made.nouns.contains(noun) && !self.gap.contains([',', '.', ';']),
            ["from", noun] | ["film" | "movie" | "series", noun] => made.nouns.contains(noun),
            _ => false,
        }
    }
}

/// The words for one way to make a work.
struct Making {
    verbs: &'static [&'static str],
    participles: &'static [&'static str],
    nouns: &'static [&'static str],
}

const DIRECTING: Making = Making {
    verbs: &["directed", "directs", "helmed"],
    participles: &["directed", "helmed"],
    nouns: &["director", "writer-director", "director-writer", "director/writer", "writer/director", "filmmaker"],
};
const WRITING: Making = Making {
    verbs: &["wrote", "writes", "penned"],
    participles: &["written", "penned", "authored"],
    nouns: &["author", "writer", "screenwriter", "writer-director", "playwright", "novelist"],
};
const CREATING: Making =
    Making { verbs: &["created"], participles: &["created"], nouns: &["creator", "co-creator", "creators"] };
const PRODUCING: Making = Making { verbs: &["produced", "produces"], participles: &["produced"], nouns: &["producer"] };

impl QuestionKind {
    /// Whether the words of a gap fit what is asked: who created a work did not write it.
    pub(super) fn fits(self, gap: &str) -> bool {
        let has = |made: &Making| {
            words(gap)
                .any(|word| [made.verbs, made.participles, made.nouns].iter().any(|all| all.contains(&word.as_str())))
        };
        match self {
            Self::Writes => has(&WRITING),
            Self::Creates => has(&CREATING),
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
        if !joins(sentence.text(sentence.mentions[last].span.end, sentence.mentions[last + 1].span.start)) {
            break;
        }
        last += 1;
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

    /// Whether a gap between two names, the person first or last, answers a question plainly.
    fn check(question: QuestionKind, gap: &str, person_first: bool, expected: bool) {
        let between = Between { gap, person_first, closed: false, names: 0 };
        assert_eq!(between.is_plain(question), expected, "{gap}");
    }

    #[test]
    fn actors_play_roles() {
        for gap in [" plays ", ", who plays ", " will play ", " stars as ", " plays the character of ", ", who played "]
        {
            check(QuestionKind::Plays, gap, true, true);
        }
        for gap in [" as ", " plays a friend of ", " met ", ". Plays ", " wrote that ", " plays cards with "] {
            check(QuestionKind::Plays, gap, true, false);
        }
        for gap in [", played by ", " (played by ", ", who is played by ", ", voiced by "] {
            check(QuestionKind::Plays, gap, false, true);
        }
        for gap in [" (", "'s friend, played by ", ": ", " was inspired by "] {
            check(QuestionKind::Plays, gap, false, false);
        }
    }

    #[test]
    fn works_are_made() {
        for gap in [",” directed by ", "” was directed by ", "” director ", ",” written and directed by "] {
            check(QuestionKind::Directs, gap, false, true);
        }
        for gap in [" directed “", ", who directed “", ", director of “", ", the director of “"] {
            check(QuestionKind::Directs, gap, true, true);
        }
        for gap in [",” director ", "” star and director ", "” is a remake of a film directed by ", "” writer "]
        {
            check(QuestionKind::Directs, gap, false, false);
        }
        check(QuestionKind::Writes, ",” written by ", false, true);
        check(QuestionKind::Writes, ",” created by ", false, false);
        check(QuestionKind::Creates, "” creator ", false, true);
        check(QuestionKind::Produces, ",” produced by ", false, true);
    }

    #[test]
    fn a_name_between_puts_it_in_doubt() {
        let between = Between { gap: " plays ", person_first: true, closed: false, names: 1 };
        assert!(!between.is_plain(QuestionKind::Plays));
    }
}
