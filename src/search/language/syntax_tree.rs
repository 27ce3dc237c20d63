//! What a query says, before the archive is asked.

use crate::article::EntityKind;
use crate::report::EventKind;

use crate::search::language::days::Days;

/// How a clause is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occur {
    /// Wanted; a hit without it ranks lower.
    Should,
    /// `+`, or a condition: no hit without it.
    Must,
    /// `-`: no hit with it.
    Not,
}

/// A part of a query, all parts of which stand side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clause {
    pub occur: Occur,
    pub expression: Expression,
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) enum FieldScope {
    /// In title and body.
    #[default]
    All,
    /// `title:`
    Title,
    /// `body:`
    Body,
}

/// A field of an article that is no part of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    /// `source:`
    Source,
    /// `author:`
    Author,
    /// `section:`
    Section,
}

/// What an article is or has, by `is:` and `has:`.
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

/// The meaning of a part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    /// A word as it was typed; punctuation may make several words of it.
    Word(String),
    /// Words one after the other.
    Phrase(String),
    /// Words in any order, with at most `gap` others between them.
    Loose { words: String, gap: u32 },
    /// Words that begin so.
    Prefix(String),
    /// Words that differ by so many slips.
    Fuzzy { word: String, slips: u8 },
    /// An entity, by any of its names.
    Entity { kind: EntityKind, name: String },
    /// Words of a label.
    Labeled { label: Label, words: String },
    /// Published on one of these days.
    Published(Days),
    /// Speaks of one of these days.
    Mentions(Days),
    /// Is or has something.
    Has(Trait),
    /// Stands in what somebody says.
    Said(Box<Expression>),
    /// Quotes somebody of this name.
    QuotedBy(String),
    /// States such a thing.
    States(EventKind),
    /// In these places only.
    Within(FieldScope, Box<Expression>),
    /// All of them.
    And(Vec<Expression>),
    /// Any of them.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// Both, with at most `gap` words between them.
    Near { left: Box<Expression>, right: Box<Expression>, gap: u32, ordered: bool },
}

impl Expression {
    /// Whether it is a condition: no hit without it, though nothing else says so.
    pub fn is_condition(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Loose { .. } | Self::Prefix(_) | Self::Fuzzy { .. } => false,
            Self::Within(_, inner) => inner.is_condition(),
            Self::Or(parts) => parts.iter().any(Self::is_condition),
            _ => true,
        }
    }

    /// Whether it stands at words of a text, so that nearness can be told.
    pub fn is_positional(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Loose { .. } | Self::Prefix(_) | Self::Fuzzy { .. } => true,
            Self::Entity { .. } | Self::Mentions(_) | Self::Near { .. } => true,
            Self::Within(_, inner) | Self::Said(inner) => inner.is_positional(),
            Self::Or(parts) => parts.iter().all(Self::is_positional),
            Self::And(_) | Self::Not(_) | Self::Labeled { .. } | Self::Published(_) | Self::Has(_) => false,
            Self::QuotedBy(_) | Self::States(_) => false,
        }
    }
}
