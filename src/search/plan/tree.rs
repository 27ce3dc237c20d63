//! Plans: queries resolved against an archive.

use crate::index::{Inflections, NameId};
use crate::meaning::TextVector;
use crate::search::error::SearchError;
use crate::search::language::days::Days;
use crate::search::language::notes::QueryNote;
use crate::search::language::syntax_tree::{FieldScope, Label, Occur, Trait};
use crate::search::plan::inflections::WordForms;
use crate::search::plan::planner::Planner;
use crate::search::query::deadline::Deadline;
use crate::segment::Stemmer;

/// A phrase of one or more words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Words, or their stems, in order.
    pub terms: Vec<String>,
    /// Exact words only.
    pub exact: bool,
    /// For each term the words that match it, what was typed first.
    pub forms: Vec<Vec<String>>,
}

impl Sequence {
    /// Exact words.
    pub fn exact(words: Vec<String>) -> Self {
        Self { forms: words.iter().map(|word| vec![word.clone()]).collect(), terms: words, exact: true }
    }

    /// Words, each in any of its inflections, or in all forms of its stem.
    pub fn inflected(
        planner: &Planner<'_>,
        words: &[String],
        stemmer: &mut Stemmer,
        all_of_stem: bool,
    ) -> Result<Self, SearchError> {
        let mut sequence = Self { terms: Vec::new(), exact: false, forms: Vec::new() };
        for word in words {
            let word = match all_of_stem {
                true => WordForms::all(planner, word, stemmer),
                false => WordForms::of(planner, word, stemmer)?,
            };
            sequence.terms.push(word.stem);
            sequence.forms.push(word.forms);
        }
        Ok(sequence)
    }

    /// All words of these stems.
    pub fn stems(stems: Vec<String>, forms: &Inflections) -> Self {
        Self { forms: stems.iter().map(|stem| forms.of(stem)).collect(), terms: stems, exact: false }
    }
}

/// What matches a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// Any of these sequences.
    Words(Vec<Sequence>),
    /// Any of these exact words, sorted: the expansion of a prefix or fuzzy word.
    Any(Vec<String>),
    /// Any of these names.
    Names(Vec<NameId>),
    /// Any of these dates mentioned in the text.
    Dates(Vec<String>),
    /// A phrase in a metadata field.
    Label(Label, Vec<String>),
    /// Any of these terms of quotes and statements.
    Reports(Vec<String>),
    /// The start or the end of quotes.
    Mark(&'static str),
}

/// How a unit takes part in scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Scored, and highlighted where it matches.
    Scored,
    /// A filter; scored only in a plan without scored units.
    Filter,
    /// Must not match.
    Excluded,
    /// The phrase of a linked entity's words: the words count as matched where the
    /// phrase or the entity is; see [`Clause::covered_by`].
    NamePhrase,
}

/// A word, phrase, entity, date or metadata term with its alternatives.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// As typed.
    pub text: String,
    pub kind: UnitKind,
    pub scope: FieldScope,
    pub role: Role,
    /// Factor of the score; 1 for plain words.
    pub weight: f32,
    /// Whether it is a word that the archive mostly writes as a name.
    pub is_name: bool,
}

impl Unit {
    /// A scored unit in all fields.
    pub fn scored(text: String, kind: UnitKind, weight: f32) -> Self {
        Self { text, kind, scope: FieldScope::All, role: Role::Scored, weight, is_name: false }
    }
}

/// A condition on articles, with a score.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Unit(usize),
    Published(Days),
    /// Added by a later commit.
    Since(u64),
    Has(Trait),
    /// Within a quote; `marks` are the units of quote starts and ends.
    InQuote {
        inner: Box<Node>,
        marks: [usize; 2],
    },
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// Both, with at most `gap` words between them; `ordered`: left before right.
    Near {
        left: Box<Node>,
        right: Box<Node>,
        gap: u32,
        ordered: bool,
    },
    /// All of these words in any order, with at most `gap` other words between them.
    Sloppy {
        units: Vec<usize>,
        gap: u32,
    },
}

impl Node {
    /// Calls `each` for every unit below.
    pub fn each_unit(&self, each: &mut impl FnMut(usize)) {
        match self {
            Self::Unit(unit) => each(*unit),
            Self::Published(_) | Self::Since(_) | Self::Has(_) => {}
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.each_unit(each)),
            Self::Not(inner) => inner.each_unit(each),
            Self::Near { left, right, .. } => {
                left.each_unit(each);
                right.each_unit(each);
            }
            Self::Sloppy { units, .. } => units.iter().for_each(|unit| each(*unit)),
            Self::InQuote { inner, marks } => {
                inner.each_unit(each);
                marks.iter().for_each(|unit| each(*unit));
            }
        }
    }

    /// Whether matching depends on positions.
    pub fn needs_positions(&self) -> bool {
        match self {
            Self::Near { .. } | Self::Sloppy { .. } | Self::InQuote { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::needs_positions),
            Self::Not(inner) => inner.needs_positions(),
            Self::Unit(_) | Self::Published(_) | Self::Since(_) | Self::Has(_) => false,
        }
    }
}

/// A top-level part of a plan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub occur: Occur,
    pub node: Node,
    /// The unit of the linked entity that these words are part of; an article
    /// that mentions the entity under any name counts as having the words.
    pub covered_by: Option<usize>,
    /// Adds to the score, but does not make an article match: a function word.
    pub score_only: bool,
    /// Adds to the score, and is no part of what an article must have to match in full,
    /// but makes one match in part: a word of a long phrase, another form of a word.
    pub is_partial: bool,
    /// The clause of the word whose stem these other forms have: derived words, and
    /// words of other meaning.
    pub others_of: Option<usize>,
}

impl Clause {
    /// Whether an article that matches in full has it.
    pub fn is_counted(&self) -> bool {
        self.occur != Occur::Not && !self.score_only && !self.is_partial
    }

    pub fn new(occur: Occur, node: Node) -> Self {
        Self { occur, node, covered_by: None, score_only: false, is_partial: false, others_of: None }
    }
}

/// A query resolved against an archive.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    /// When the query times out.
    pub deadline: Deadline,
    /// Whether its words match in all forms of their stems, not in their inflections only.
    pub has_stems: bool,
    pub units: Vec<Unit>,
    pub clauses: Vec<Clause>,
    /// What is asked, by its meaning; articles near to it score more.
    pub meaning: Option<TextVector>,
    /// What of the query was read otherwise than typed.
    pub notes: Vec<QueryNote>,
    /// Whether only articles count that have all of it.
    pub all_words_only: bool,
}

impl Plan {
    /// Adds a unit and returns its node.
    pub fn push(&mut self, unit: Unit) -> Node {
        self.units.push(unit);
        Node::Unit(self.units.len() - 1)
    }

    /// The scored units with their index: no filters, nothing excluded.
    pub fn searched(&self) -> impl Iterator<Item = (usize, &Unit)> {
        self.units.iter().enumerate().filter(|(_, unit)| unit.role == Role::Scored)
    }

    /// The units of top-level words, without function words, in order: those that
    /// proximity is scored for.
    pub fn words(&self) -> impl Iterator<Item = usize> {
        self.clauses
            .iter()
            .filter(|clause| clause.occur != Occur::Not && !clause.score_only && clause.others_of.is_none())
            .filter_map(|clause| match clause.node {
                Node::Unit(unit) => {
                    let scored = self.units[unit].role == Role::Scored;
                    (scored && matches!(self.units[unit].kind, UnitKind::Words(_) | UnitKind::Any(_))).then_some(unit)
                }
                _ => None,
            })
    }

    /// Whether duplicates of earlier articles are excluded.
    pub fn leaves_out_copies(&self) -> bool {
        let copies = Node::Has(Trait::Duplicate);
        self.clauses.iter().any(|clause| match (&clause.node, clause.occur) {
            (node, Occur::Not) => *node == copies,
            (Node::And(parts), Occur::Must) => parts.contains(&Node::Not(copies.clone().into())),
            _ => false,
        })
    }

    /// Whether matching depends on positions.
    pub fn needs_positions(&self) -> bool {
        self.clauses.iter().any(|clause| clause.node.needs_positions())
    }
}
