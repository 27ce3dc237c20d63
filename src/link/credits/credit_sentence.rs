//! A sentence with its mentions, read for credits.

use crate::article::{EntityKind, Mention, Span};

use super::credit::{Credit, Job};

/// A sentence with its mentions `from..to`.
pub(super) struct CreditSentence<'a> {
    pub text: &'a str,
    pub span: Span,
    pub mentions: &'a [Mention],
    pub from: usize,
    pub to: usize,
}

impl<'a> CreditSentence<'a> {
    /// Whether a mention is of a kind.
    pub fn is(&self, at: usize, kind: EntityKind) -> bool {
        self.mentions[at].kind == kind
    }

    /// The text between two mentions.
    pub fn gap(&self, before: usize, after: usize) -> &'a str {
        self.text.get(self.mentions[before].span.end..self.mentions[after].span.start).unwrap_or("")
    }

    /// The text of the sentence behind a mention.
    pub fn after(&self, at: usize) -> &'a str {
        self.text.get(self.mentions[at].span.end..self.span.end).unwrap_or("")
    }

    /// Whether a possessive ending follows a mention.
    pub fn has_possessive(&self, at: usize) -> bool {
        self.after(at).strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with('s'))
    }

    /// A credit that the sentence states.
    pub fn credit(&self, person: usize, job: Job, role: Option<usize>, work: Option<usize>) -> Credit {
        Credit { person, job, role, work, sentence: self.span }
    }
}

/// The words of a gap, in lower case, without punctuation.
pub(super) fn gap_words(gap: &str) -> Vec<String> {
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    gap.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}
