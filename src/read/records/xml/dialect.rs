//! What the formats within XML share: which elements are records, and what each gives.

use crate::read::records::named_fields::NamedFields;

use super::tree::Element;

/// What a record of a file gives.
pub(super) enum Outcome {
    Record(NamedFields),
    /// No article: a draft, a redirect. The file says how many there are of each kind.
    LeftOut(String),
}

impl Outcome {
    pub(super) fn left_out(kind: &str) -> Self {
        Self::LeftOut(kind.to_owned())
    }
}

/// A format within XML.
pub(super) trait Dialect {
    /// The elements that are records, without prefix and in lower case.
    fn records(&self) -> Vec<&str>;

    /// Whether such an element may stand within another one.
    fn is_nested(&self) -> bool {
        false
    }

    /// Takes what precedes the first record.
    fn start(&mut self, _head: Element<'_>) {}

    fn record(&self, element: Element<'_>) -> Outcome;
}
