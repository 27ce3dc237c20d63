//! Who is said to speak in the words around a quotation.

use crate::article::{EntityKind, Mention, Span};

use super::verbs::{gender, is_calendar, is_passive, is_platform, is_pronoun, is_speech, is_unnamed, starts_another};

/// A word outside quotation marks.
#[derive(Debug, Clone)]
pub(super) struct Word<'t> {
    pub span: Span,
    /// In lower case.
    pub lower: std::borrow::Cow<'t, str>,
    /// The mention that it is part of.
    pub mention: Option<usize>,
}

/// Who speaks, as far as one clause tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// A mention.
    Named(usize),
    /// “He”, “the singer”: somebody named before; with the gender, if told.
    Before(Option<char>),
    /// Somebody without a name.
    Unnamed,
}

/// The text and names of an article.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub text: &'a str,
    pub mentions: &'a [Mention],
}

/// Words that a clause is looked through for its subject.
const REACH: usize = 30;
/// Words behind a quotation within which its verb stands.
const VERB_REACH: usize = 16;
/// Words before a verb among which its subject stands next to it.
const ADJACENT: usize = 3;

impl Named<'_> {
    /// Who speaks by the clause behind a quotation: “said Nolan”, “he wrote”.
    pub fn behind(self, clause: &[Word<'_>]) -> Option<Told> {
        if clause.len() >= 2 && clause[0].lower == "according" && clause[1].lower == "to" {
            return self.first_named(&clause[2..]).map(Told::Named);
        }
        if clause.first().is_some_and(|first| starts_another(&first.lower)) {
            return None;
        }
        let verb = (0..clause.len().min(VERB_REACH)).find(|at| self.is_verb(clause, *at))?;
        if verb == 0 {
            return self.inverted(&clause[1..]);
        }
        self.subject(&clause[..verb])
    }

    /// Who speaks by the clause before a quotation: “Nolan told CNN that”.
    pub fn before(self, clause: &[Word<'_>]) -> Option<Told> {
        let verbs = (0..clause.len()).rev().filter(|at| self.is_verb(clause, *at));
        let told = verbs.map(|verb| match self.subject(&clause[..verb]) {
            // “Bridges worked with Schlesinger, calling him”
            Some(_) if clause[verb].lower.ends_with("ing") => self.leading(&clause[..verb]),
            Some(told) => Some(told),
            // “Said Nolan: …”
            None if verb == 0 => self.inverted(&clause[1..]),
            None => None,
        });
        let told = told.flatten().next();
        told.or_else(|| {
            let at = clause.windows(2).position(|pair| pair[0].lower == "according" && pair[1].lower == "to")?;
            self.first_named(&clause[at + 2..]).map(Told::Named)
        })
    }

    /// Whom a clause is about from its beginning on.
    fn leading(self, clause: &[Word<'_>]) -> Option<Told> {
        clause.iter().find_map(|word| match word.mention {
            Some(mention) if self.can_speak(mention) => {
                Some(if self.stands_free(mention) { Told::Named(mention) } else { Told::Unnamed })
            }
            None if is_pronoun(&word.lower) && &*word.lower != "who" => Some(Told::Before(gender(&word.lower))),
            _ => None,
        })
    }

    fn is_verb(self, clause: &[Word<'_>], at: usize) -> bool {
        let word = &clause[at];
        let passive = at > 0 && is_passive(&clause[at - 1].lower);
        word.mention.is_none() && is_speech(&word.lower) && !passive && !self.is_noun(clause, at)
    }

    /// “A post”, “his call”: no verb.
    fn is_noun(self, clause: &[Word<'_>], at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| &*clause[before].lower);
        let article =
            matches!(before, Some("a" | "an" | "the" | "his" | "her" | "their" | "in" | "of" | "this" | "its"));
        article || at > 0 && clause[at - 1].mention.is_some() && self.is_possessive(clause[at - 1].span)
    }

    fn is_possessive(self, span: Span) -> bool {
        let rest = &self.text[span.end..];
        rest.starts_with("'s ") || rest.starts_with("’s ") || rest.starts_with("' ") || rest.starts_with("’ ")
    }

    /// The subject of a verb that the clause ends before.
    fn subject(self, clause: &[Word<'_>]) -> Option<Told> {
        let clause = &clause[clause.len().saturating_sub(REACH)..];
        let last = clause.last()?;
        // “A statement for the family that read”
        if matches!(&*last.lower, "that" | "which" | "it") {
            return Some(Told::Unnamed);
        }
        // “Nolan, who has worked with Murphy, said”: the first one.
        let apposed = self.text[last.span.end..].starts_with(',');
        if apposed && let Some(first) = self.first_named(clause).filter(|at| self.stands_free(*at)) {
            return Some(Told::Named(first));
        }
        for (at, word) in clause.iter().enumerate().rev() {
            let near = clause.len() - at <= ADJACENT;
            match word.mention {
                Some(mention) if self.can_speak(mention) || near && self.is_outlet(mention) => {
                    // “Swift's publicist said”
                    let free = self.stands_free(mention);
                    return Some(if free { Told::Named(mention) } else { Told::Unnamed });
                }
                Some(_) => {}
                None if &*word.lower == "who" => {}
                None if is_pronoun(&word.lower) => return Some(Told::Before(gender(&word.lower))),
                None if is_unnamed(&word.lower) => return Some(Told::Unnamed),
                None if near && at > 0 && self.is_strange(word) => return Some(Told::Unnamed),
                None if &*word.lower == "the" => {
                    let noun = clause[at + 1..].iter().find_map(|noun| gender(&noun.lower));
                    return Some(Told::Before(noun));
                }
                None if matches!(&*word.lower, "a" | "an" | "one") => return Some(Told::Unnamed),
                None => {}
            }
        }
        None
    }

    /// A name that was not recognized as one.
    fn is_strange(self, word: &Word<'_>) -> bool {
        word.span.of(self.text).starts_with(char::is_uppercase) && !is_calendar(&word.lower) && word.span.len() > 1
    }

    /// A paper or magazine, which may be taken for a work.
    fn is_outlet(self, mention: usize) -> bool {
        let Mention { kind, span, .. } = &self.mentions[mention];
        *kind == EntityKind::Work && !self.text[..span.start].ends_with(['“', '"', '‘', '\''])
    }

    /// The subject behind its verb: “said the film's director, Nolan”.
    fn inverted(self, clause: &[Word<'_>]) -> Option<Told> {
        let clause = &clause[..clause.len().min(REACH)];
        let first = clause.first()?;
        if is_pronoun(&first.lower) {
            return Some(Told::Before(gender(&first.lower)));
        }
        let mut seen: Option<(usize, usize)> = None;
        for (at, word) in clause.iter().enumerate() {
            // “Said Arvon owner Brett Bristol”: the last name before a comma.
            let ends = at > 0 && self.text[clause[at - 1].span.end..word.span.start].contains([',', ';', '(']);
            let far = seen.is_some_and(|(_, seen)| at > seen + ADJACENT);
            let goes_off =
                matches!(&*word.lower, "in" | "on" | "during" | "at" | "after" | "of" | "about" | "to" | "and");
            if seen.is_some() && (ends || far || goes_off) || seen.is_none() && goes_off && &*word.lower != "of" {
                break;
            }
            match word.mention {
                Some(mention) if self.can_speak(mention) && self.stands_free(mention) => seen = Some((mention, at)),
                None if is_unnamed(&word.lower) && seen.is_none() => return Some(Told::Unnamed),
                _ => {}
            }
        }
        match seen {
            Some((mention, _)) => Some(Told::Named(mention)),
            None => (&*first.lower == "the").then_some(Told::Before(None)),
        }
    }

    fn first_named(self, clause: &[Word<'_>]) -> Option<usize> {
        clause.iter().filter_map(|word| word.mention).find(|at| self.can_speak(*at))
    }

    pub fn can_speak(self, mention: usize) -> bool {
        use EntityKind::{Character, Organization, Person};
        let Mention { kind, name, .. } = &self.mentions[mention];
        matches!(kind, Person | Organization | Character) && !is_platform(name)
    }

    /// Whether a name stands for itself, not for what it has.
    pub fn stands_free(self, mention: usize) -> bool {
        !self.is_possessive(self.mentions[mention].span)
    }
}
