//! The syntax tree of a query.

use crate::article::{EntityKind, FieldName};
use crate::report::EventKind;
use crate::search::language::days::Days;

/// Whether a clause is optional, required or prohibited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occur {
    /// Optional; a hit without it ranks lower.
    Should,
    /// `+`, or a condition: no hit lacks it.
    Must,
    /// `-`: no hit has it.
    Not,
}

/// A top-level part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub occur: Occur,
    pub expression: Expression,
}

/// The fields in which words are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) enum FieldScope {
    /// Title and body.
    #[default]
    All,
    /// `title:`
    Title,
    /// `body:`
    Body,
}

/// A metadata field of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    /// `source:`
    Source,
    /// `author:`
    Author,
    /// `section:`
    Section,
    /// `tag:`, or a field of the user.
    Field(FieldName),
}

/// A property of an article: `is:` and `has:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trait {
    /// `is:duplicate`: a copy of an earlier article.
    Duplicate,
    /// `has:date`: a day of publication.
    Date,
    /// `has:source`.
    Source,
    /// `has:section`.
    Section,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// A word as typed; punctuation may split it into several terms.
    Word(String),
    /// Adjacent words, in order.
    Phrase(String),
    /// Words in any order, with at most `gap` other words between them.
    Sloppy { words: String, gap: u32 },
    /// Words with a prefix.
    Prefix(String),
    /// Words within an edit distance.
    Fuzzy { word: String, edits: u8 },
    /// An entity, under any of its names.
    Entity { kind: EntityKind, name: String },
    /// Words of a metadata field.
    Labeled { label: Label, words: String },
    /// Published on one of these days.
    Published(Days),
    /// The text mentions one of these days.
    Mentions(Days),
    /// The article has a property.
    Has(Trait),
    /// Within a quote.
    Said(Box<Expression>),
    /// The article quotes a person of this name.
    QuotedBy(String),
    /// The article has a statement of this kind.
    States(EventKind),
    /// In these fields only.
    Within(FieldScope, Box<Expression>),
    /// All of them.
    And(Vec<Expression>),
    /// Any of them.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// Both, with at most `gap` words between them; `ordered`: left before right.
    Near { left: Box<Expression>, right: Box<Expression>, gap: u32, ordered: bool },
}

impl Expression {
    /// Whether it is required even without `+`.
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Sloppy { .. } | Self::Prefix(_) | Self::Fuzzy { .. } => false,
            Self::Within(_, inner) => inner.is_condition(),
            Self::Or(parts) => parts.iter().any(Self::is_condition),
            _ => true,
        }
    }

    /// Calls `each` for every part without parts of its own.
    pub fn each_leaf<'e>(&'e self, each: &mut impl FnMut(&'e Self)) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.each_leaf(each)),
            Self::Not(inner) | Self::Said(inner) | Self::Within(_, inner) => inner.each_leaf(each),
            Self::Near { left, right, .. } => {
                left.each_leaf(each);
                right.each_leaf(each);
            }
            leaf => each(leaf),
        }
    }

    /// Whether it has positions, so that it can be an operand of `NEAR`.
    pub fn is_positional(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Sloppy { .. } | Self::Prefix(_) | Self::Fuzzy { .. } => true,
            Self::Entity { .. } | Self::Mentions(_) | Self::Near { .. } => true,
            Self::Within(_, inner) | Self::Said(inner) => inner.is_positional(),
            Self::Or(parts) => parts.iter().all(Self::is_positional),
            Self::And(_) | Self::Not(_) | Self::Labeled { .. } | Self::Published(_) | Self::Has(_) => false,
            Self::QuotedBy(_) | Self::States(_) => false,
        }
    }
}
