//! The statement rules, and the prefilter that is derived from them.
//!
//! A new rule is one more entry of the table. Releases are not among these rules:
//! they start from dates (see [`super::releases`]), these start from cues.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::{Language, Token};
use crate::segment::lowered;

use super::awards::{award_won, nomination};
use super::casting::{cast_passive, cast_to, in_talks, joins_cast, leaves};
use super::event_kind::EventKind;
use super::modality::is_hypothetical;
use super::production::{filming_began, filming_wrapped};
use super::rule::{CueMatch, Rule};
use super::sentence_view::SentenceView;
use super::statement::Statement;
use super::status::{delayed, status_changed};
use super::subjects::Subjects;

/// Nouns for the making of a film or series.
const FILMING: &[&str] = &["filming", "production", "shooting", "photography"];

/// The rules for English. If a cue has several rules, they apply in this order.
const ENGLISH: &[Rule] = &[
    Rule { kind: EventKind::FilmingWrapped, cues: FILMING, extract: filming_wrapped },
    Rule { kind: EventKind::FilmingBegan, cues: FILMING, extract: filming_began },
    Rule {
        kind: EventKind::Cancelled,
        cues: &["canceled", "cancelled", "axed", "scrapped", "cancels"],
        extract: status_changed,
    },
    Rule { kind: EventKind::Renewed, cues: &["renewed", "renews"], extract: status_changed },
    Rule { kind: EventKind::Delay, cues: &["delayed", "postponed", "pushed"], extract: delayed },
    Rule { kind: EventKind::Casting, cues: &["cast"], extract: cast_passive },
    Rule { kind: EventKind::Casting, cues: &["joins", "joined", "joining"], extract: joins_cast },
    Rule { kind: EventKind::Casting, cues: &["tapped", "signed", "set"], extract: cast_to },
    Rule { kind: EventKind::Casting, cues: &["talks"], extract: in_talks },
    Rule {
        kind: EventKind::Exit,
        cues: &["exits", "exited", "exiting", "leaving", "departs", "departed", "quits", "quit"],
        extract: leaves,
    },
    Rule { kind: EventKind::Award, cues: &["won", "wins", "winning"], extract: award_won },
    Rule {
        kind: EventKind::Nomination,
        cues: &["nominated", "nomination", "nominations", "nominee"],
        extract: nomination,
    },
];

/// The rules for a language.
fn rules(language: Language) -> &'static [Rule] {
    match language {
        Language::English => ENGLISH,
    }
}

/// The rules by their cues.
struct CueIndex {
    by_cue: FxHashMap<&'static str, Vec<&'static Rule>>,
    /// For each first letter a bit for each length of a cue.
    lengths: [u32; 26],
}

static CUES: LazyLock<CueIndex> = LazyLock::new(|| CueIndex::new(rules(Language::default())));

impl CueIndex {
    fn new(rules: &'static [Rule]) -> Self {
        let mut index = Self { by_cue: FxHashMap::default(), lengths: [0; 26] };
        for rule in rules {
            for cue in rule.cues {
                index.by_cue.entry(cue).or_default().push(rule);
                if let Some(letter) = cue.bytes().next().and_then(letter_number) {
                    index.lengths[letter] |= length_bit(cue);
                }
            }
        }
        index
    }

    /// Whether a word, in any case, is a cue.
    fn contains(&self, word: &str) -> bool {
        let letter = word.bytes().next().and_then(letter_number);
        let fits = letter.is_some_and(|letter| self.lengths[letter] & length_bit(word) != 0);
        // Few letters outside ASCII have an ASCII lower case, but some do.
        (fits || !word.is_ascii()) && self.by_cue.contains_key(&*lowered(word))
    }

    /// The rules of a word in lower case.
    fn rules_of(&self, lower: &str) -> &[&'static Rule] {
        self.by_cue.get(lower).map_or(&[], Vec::as_slice)
    }
}

/// The number of an ASCII letter, 0 to 25.
fn letter_number(byte: u8) -> Option<usize> {
    byte.is_ascii_alphabetic().then(|| usize::from(byte.to_ascii_lowercase() - b'a'))
}

/// The bit for the length of a word; the last one for all long words.
fn length_bit(word: &str) -> u32 {
    1 << word.len().min(31)
}

/// Whether a sentence has the cue of a rule. Sentences that have neither a cue nor
/// a date state nothing.
pub(super) fn has_cue(text: &str, words: &[Token]) -> bool {
    words.iter().any(|word| CUES.contains(word.span.of(text)))
}

/// Adds what a sentence states by the rules, each statement once. Releases of the
/// sentence are to be found first.
pub(super) fn apply_rules(view: &SentenceView<'_>, subjects: &Subjects, found: &mut Vec<Statement>) {
    let first = found.len();
    let of_sentence = found.iter().rev().take_while(|statement| statement.sentence == view.span);
    let has_release = of_sentence.into_iter().any(|statement| statement.kind.is_release());
    for (at, word) in view.words.iter().enumerate() {
        let rules = CUES.rules_of(&word.lower);
        if rules.is_empty() || word.mention.is_some() || word.date.is_some() || is_hypothetical(view, at) {
            continue;
        }
        for rule in rules {
            (rule.extract)(&CueMatch { view, subjects, has_release, at, kind: rule.kind }, found);
        }
    }
    remove_repeated(view, found, first);
}

/// Removes statements from index `first` on that say the same as an earlier one.
fn remove_repeated(view: &SentenceView<'_>, found: &mut Vec<Statement>, first: usize) {
    let mut seen = first;
    while seen < found.len() {
        let same = |other: &Statement| {
            let one = &found[seen];
            (other.kind, other.person, other.object) == (one.kind, one.person, one.object)
                && other.work.map(|work| view.name(work)) == one.work.map(|work| view.name(work))
        };
        if found[first..seen].iter().any(same) {
            found.remove(seen);
        } else {
            seen += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    fn passes(text: &str) -> bool {
        let mut at = 0;
        let words = text.split(' ').map(|word| {
            let span = Span::new(at, at + word.len());
            at = span.end + 1;
            Token { span }
        });
        has_cue(text, &words.collect::<Vec<_>>())
    }

    #[test]
    fn every_cue_of_every_rule_passes_the_prefilter() {
        for rule in rules(Language::English) {
            assert!(!rule.cues.is_empty(), "{:?}", rule.kind);
            for cue in rule.cues {
                assert_eq!(lowered(cue), *cue, "a cue is compared with words in lower case");
                let capitalized = format!("{}{}", cue[..1].to_uppercase(), &cue[1..]);
                for written in [(*cue).to_owned(), capitalized, cue.to_uppercase()] {
                    assert!(passes(&format!("The {written} there")), "{written}");
                }
                assert!(!CUES.rules_of(cue).is_empty());
            }
        }
    }

    #[test]
    fn other_sentences_do_not_pass() {
        assert!(!passes("The film was shown in Venice"));
        assert!(!passes("Casts settle, and wrapped gifts"));
        assert!(!passes("Élan 7 ſet"));
        assert!(!passes(""));
    }
}
