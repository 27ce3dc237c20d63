//! From names to their numbers.

use crate::article::{EntityKind, Mention};

use super::id::NameId;

/// Gives the names of articles their numbers.
pub trait NameInterner {
    /// The number of a name that is mentioned, written as `surface`.
    fn intern_mention(&mut self, mention: &Mention, surface: &str) -> NameId;
    /// The number of a name without a mention: a title in a heading.
    fn intern_title(&mut self, kind: EntityKind, name: &str) -> NameId;
}
