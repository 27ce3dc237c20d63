//! What the clause before or behind a quotation says of its speaker.

use crate::article::{EntityKind, Language, Mention, Span};

use super::gender::Gender;
use super::speech::{
    is_passive_auxiliary, is_platform, is_pronoun, is_speech_verb, is_unnamed_speaker, starts_other_clause,
};

/// A word outside quotation marks.
#[derive(Debug, Clone)]
pub(super) struct ClauseWord<'t> {
    pub span: Span,
    /// In lower case.
    pub lower: std::borrow::Cow<'t, str>,
    /// The mention that it is part of.
    pub mention: Option<usize>,
}

/// Who speaks, as far as one clause says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpeakerHint {
    /// The person or organization of a mention.
    Named(usize),
    /// “He”, “the singer”: somebody named before, with the gender if known.
    Anaphor(Option<Gender>),
    /// Somebody who is not named.
    Unnamed,
}

/// Reads clauses of an article with its mentions.
#[derive(Clone, Copy)]
pub(super) struct ClauseReader<'a> {
    pub text: &'a str,
    pub mentions: &'a [Mention],
}

/// The most words of a clause in which its subject is searched.
const REACH: usize = 30;
/// The most words between a quotation and the verb behind it.
const VERB_REACH: usize = 16;
/// Words before a verb that count as next to it.
const ADJACENT: usize = 3;

impl ClauseReader<'_> {
    /// The hint of the clause behind a quotation: “said Nolan”, “he wrote”.
    pub fn hint_behind(self, clause: &[ClauseWord<'_>]) -> Option<SpeakerHint> {
        if clause.len() >= 2 && clause[0].lower == "according" && clause[1].lower == "to" {
            return self.first_speaker(&clause[2..]).map(SpeakerHint::Named);
        }
        if clause.first().is_some_and(|first| starts_other_clause(&first.lower)) {
            return None;
        }
        let verb = (0..clause.len().min(VERB_REACH)).find(|at| self.is_verb(clause, *at))?;
        if verb == 0 {
            return self.inverted(&clause[1..]);
        }
        self.subject(&clause[..verb])
    }

    /// The hint of the clause before a quotation: “Nolan told CNN that”.
    pub fn hint_before(self, clause: &[ClauseWord<'_>]) -> Option<SpeakerHint> {
        let verbs = (0..clause.len()).rev().filter(|at| self.is_verb(clause, *at));
        let hints = verbs.map(|verb| match self.subject(&clause[..verb]) {
            // “Bridges worked with Schlesinger, calling him”
            Some(_) if clause[verb].lower.ends_with("ing") => self.leading(&clause[..verb]),
            Some(hint) => Some(hint),
            // “Said Nolan: …”
            None if verb == 0 => self.inverted(&clause[1..]),
            None => None,
        });
        hints.flatten().next().or_else(|| {
            let at = clause.windows(2).position(|pair| pair[0].lower == "according" && pair[1].lower == "to")?;
            self.first_speaker(&clause[at + 2..]).map(SpeakerHint::Named)
        })
    }

    /// The first possible speaker of a clause.
    fn leading(self, clause: &[ClauseWord<'_>]) -> Option<SpeakerHint> {
        clause.iter().find_map(|word| match word.mention {
            Some(mention) if self.can_speak(mention) => {
                Some(if self.is_free(mention) { SpeakerHint::Named(mention) } else { SpeakerHint::Unnamed })
            }
            None if is_pronoun(&word.lower) && &*word.lower != "who" => {
                Some(SpeakerHint::Anaphor(Gender::of_word(&word.lower)))
            }
            _ => None,
        })
    }

    fn is_verb(self, clause: &[ClauseWord<'_>], at: usize) -> bool {
        let word = &clause[at];
        let passive = at > 0 && is_passive_auxiliary(&clause[at - 1].lower);
        word.mention.is_none() && is_speech_verb(&word.lower) && !passive && !self.is_noun(clause, at)
    }

    /// Whether a form of a verb is a noun: “a post”, “his call”.
    fn is_noun(self, clause: &[ClauseWord<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &*clause[before].lower);
        let article =
            matches!(before, Some("a" | "an" | "the" | "his" | "her" | "their" | "in" | "of" | "this" | "its"));
        article || at > 0 && clause[at - 1].mention.is_some() && self.is_possessive(clause[at - 1].span)
    }

    /// Whether a name is followed by a possessive ending.
    fn is_possessive(self, span: Span) -> bool {
        let rest = &self.text[span.end..];
        rest.starts_with("'s ") || rest.starts_with("’s ") || rest.starts_with("' ") || rest.starts_with("’ ")
    }

    /// The subject of a verb, from the clause up to the verb.
    fn subject(self, clause: &[ClauseWord<'_>]) -> Option<SpeakerHint> {
        let clause = &clause[clause.len().saturating_sub(REACH)..];
        let last = clause.last()?;
        // “A statement for the family that read”
        if matches!(&*last.lower, "that" | "which" | "it") {
            return Some(SpeakerHint::Unnamed);
        }
        // “Nolan, who has worked with Murphy, said”: the first name.
        let apposed = self.text[last.span.end..].starts_with(',');
        if apposed && let Some(first) = self.first_speaker(clause).filter(|at| self.is_free(*at)) {
            return Some(SpeakerHint::Named(first));
        }
        for (at, word) in clause.iter().enumerate().rev() {
            let near = clause.len() - at <= ADJACENT;
            match word.mention {
                Some(mention) if self.can_speak(mention) || near && self.is_outlet(mention) => {
                    // “Swift's publicist said”
                    let free = self.is_free(mention);
                    return Some(if free { SpeakerHint::Named(mention) } else { SpeakerHint::Unnamed });
                }
                Some(_) => {}
                None if &*word.lower == "who" => {}
                None if is_pronoun(&word.lower) => return Some(SpeakerHint::Anaphor(Gender::of_word(&word.lower))),
                None if is_unnamed_speaker(&word.lower) => return Some(SpeakerHint::Unnamed),
                None if near && at > 0 && self.is_unknown_name(word) => return Some(SpeakerHint::Unnamed),
                None if &*word.lower == "the" => {
                    let noun = clause[at + 1..].iter().find_map(|noun| Gender::of_word(&noun.lower));
                    return Some(SpeakerHint::Anaphor(noun));
                }
                None if matches!(&*word.lower, "a" | "an" | "one") => return Some(SpeakerHint::Unnamed),
                None => {}
            }
        }
        None
    }

    /// Whether a word looks like a name that was not recognized.
    fn is_unknown_name(self, word: &ClauseWord<'_>) -> bool {
        word.span.of(self.text).starts_with(char::is_uppercase)
            && !Language::default().is_calendar_word(&word.lower)
            && word.span.len() > 1
    }

    /// Whether a work may be a newspaper or magazine: it is not in quotation marks.
    fn is_outlet(self, mention: usize) -> bool {
        let Mention { kind, span, .. } = &self.mentions[mention];
        *kind == EntityKind::Work && !self.text[..span.start].ends_with(['“', '"', '‘', '\''])
    }

    /// The subject that follows its verb: “said the film's director, Nolan”.
    fn inverted(self, clause: &[ClauseWord<'_>]) -> Option<SpeakerHint> {
        let clause = &clause[..clause.len().min(REACH)];
        let first = clause.first()?;
        if is_pronoun(&first.lower) {
            return Some(SpeakerHint::Anaphor(Gender::of_word(&first.lower)));
        }
        let mut seen: Option<(usize, usize)> = None;
        for (at, word) in clause.iter().enumerate() {
            // “Said Arvon owner Brett Bristol”: the last name before a comma.
            let ends = at > 0 && self.text[clause[at - 1].span.end..word.span.start].contains([',', ';', '(']);
            let far = seen.is_some_and(|(_, seen)| at > seen + ADJACENT);
            let ends_phrase =
                matches!(&*word.lower, "in" | "on" | "during" | "at" | "after" | "of" | "about" | "to" | "and");
            if seen.is_some() && (ends || far || ends_phrase) || seen.is_none() && ends_phrase && &*word.lower != "of" {
                break;
            }
            match word.mention {
                Some(mention) if self.can_speak(mention) && self.is_free(mention) => seen = Some((mention, at)),
                None if is_unnamed_speaker(&word.lower) && seen.is_none() => return Some(SpeakerHint::Unnamed),
                _ => {}
            }
        }
        match seen {
            Some((mention, _)) => Some(SpeakerHint::Named(mention)),
            None => (&*first.lower == "the").then_some(SpeakerHint::Anaphor(None)),
        }
    }

    /// The first mention of a clause that can speak.
    fn first_speaker(self, clause: &[ClauseWord<'_>]) -> Option<usize> {
        clause.iter().filter_map(|word| word.mention).find(|at| self.can_speak(*at))
    }

    /// Whether a mention can be a speaker by its kind.
    pub fn can_speak(self, mention: usize) -> bool {
        use EntityKind::{Character, Organization, Person};
        let Mention { kind, name, .. } = &self.mentions[mention];
        matches!(kind, Person | Organization | Character) && !is_platform(name)
    }

    /// Whether a name is not possessive: not “Swift's publicist”.
    pub fn is_free(self, mention: usize) -> bool {
        !self.is_possessive(self.mentions[mention].span)
    }
}

#[cfg(test)]
mod tests {
    use super::SpeakerHint::{Anaphor, Named, Unnamed};
    use super::*;
    use crate::article::annotated::annotated;
    use crate::segment::{lowered, words};

    /// Checks the hint of a clause with mentions as `[person|Ann Lee]`.
    fn check(
        marked: &str,
        hint: fn(ClauseReader<'_>, &[ClauseWord<'_>]) -> Option<SpeakerHint>,
        expected: Option<SpeakerHint>,
    ) {
        let read = annotated(marked);
        let text = &read.article.text;
        let word = |span: Span| ClauseWord {
            span,
            lower: lowered(span.of(text)),
            mention: read.mentions.iter().position(|mention| mention.span.overlaps(span)),
        };
        let clause: Vec<ClauseWord<'_>> =
            words(text, Span::new(0, text.len())).into_iter().map(|token| word(token.span)).collect();
        assert_eq!(hint(ClauseReader { text, mentions: &read.mentions }, &clause), expected, "{marked}");
    }

    #[test]
    fn clauses_behind_quotations() {
        let check = |marked: &str, expected| check(marked, |reader, clause| reader.hint_behind(clause), expected);
        check("said [person|Ann Lee]", Some(Named(0)));
        check("[person|Ann Lee] wrote on [organization|Instagram]", Some(Named(0)));
        check("she said", Some(Anaphor(Some(Gender::Feminine))));
        check("they said", Some(Anaphor(None)));
        check("the actor said", Some(Anaphor(Some(Gender::Masculine))));
        check("a source told [organization|Variety]", Some(Unnamed));
        check("but [person|Ann Lee] said no", None);
        check("in Rome", None);
        check("was said by [person|Ann Lee]", None);
    }

    #[test]
    fn clauses_before_quotations() {
        let check = |marked: &str, expected| check(marked, |reader, clause| reader.hint_before(clause), expected);
        check("[person|Ann Lee] told [organization|Variety] that", Some(Named(0)));
        check("[person|Ann Lee] met [person|Bob Ray], calling him", Some(Named(0)));
        check("according to [person|Ann Lee]", Some(Named(0)));
        check("[person|Ann Lee] ran to", None);
        check("a post by [person|Ann Lee]", None);
        check("[organization|Instagram] read", None);
    }
}
