//! What a statement rule is.

use super::event_kind::EventKind;
use super::modality::certainty;
use super::sentence_view::SentenceView;
use super::statement::Statement;
use super::subjects::Subjects;

/// A rule: the words that call for it, and what it makes of the sentence around
/// them.
pub(super) struct Rule {
    /// The kind of the statements.
    pub kind: EventKind,
    /// The words in lower case, in ASCII. Only sentences with one of them are
    /// looked at.
    pub cues: &'static [&'static str],
    /// Adds the statements of a cue, if there are any.
    pub extract: fn(&CueMatch<'_>, &mut Vec<Statement>),
}

/// A cue of a rule in a sentence.
pub(super) struct CueMatch<'a> {
    /// The sentence.
    pub view: &'a SentenceView<'a>,
    /// The works that the sentence may refer to.
    pub subjects: &'a Subjects,
    /// Whether the sentence states the date of a release.
    pub has_release: bool,
    /// The word that is the cue.
    pub at: usize,
    /// The kind of the rule.
    pub kind: EventKind,
}

impl CueMatch<'_> {
    /// The cue in lower case.
    pub fn cue(&self) -> &str {
        self.view.lower(self.at)
    }

    /// A statement of the rule's kind, with the certainty of the sentence.
    pub fn statement(&self) -> Statement {
        Statement::new(self.kind, certainty(self.view), self.view.span)
    }
}
