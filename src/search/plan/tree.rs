//! A query ready to run.

use crate::index::{Inflections, NameId};

use crate::search::language::days::Days;
use crate::search::language::syntax_tree::{FieldScope, Label, Occur, Trait};
use crate::search::query::deadline::Deadline;

/// Terms one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sequence {
    /// Words, or stems.
    pub terms: Vec<String>,
    /// Exact words rather than stems.
    pub exact: bool,
    /// For each term the words that stand for it: of a stem its forms.
    pub forms: Vec<Vec<String>>,
}

impl Sequence {
    /// Words as they are.
    pub fn exact(words: Vec<String>) -> Self {
        Self { forms: words.iter().map(|word| vec![word.clone()]).collect(), terms: words, exact: true }
    }

    /// Any words of these stems.
    pub fn stems(stems: Vec<String>, forms: &Inflections) -> Self {
        Self { forms: stems.iter().map(|stem| forms.of(stem)).collect(), terms: stems, exact: false }
    }
}

/// What satisfies a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// Any of these sequences.
    Words(Vec<Sequence>),
    /// Any of these exact words, sorted: what a prefix or a fuzzy word stands for.
    Any(Vec<String>),
    /// Any of these names.
    Names(Vec<NameId>),
    /// Any of these dates that an article speaks of.
    Dates(Vec<String>),
    /// Words of a label, one after the other.
    Label(Label, Vec<String>),
    /// Any of these terms of what an article reports.
    Reports(Vec<String>),
    /// Where quotes begin, or end.
    Mark(&'static str),
}

/// What a unit does beside deciding what matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// It adds to the score, and is shown where it matches.
    Scored,
    /// A filter adds to the score only where nothing else does.
    Filter,
    /// What must not be there.
    Excluded,
    /// The words of a noticed name one after the other: where they stand so, or
    /// where the name is, they count; see [`Clause::covered_by`].
    NamePhrase,
}

/// One wanted thing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit {
    /// What was typed for it.
    pub text: String,
    pub kind: UnitKind,
    pub places: FieldScope,
    pub role: Role,
    /// What its score is multiplied by: less than one for words that say little.
    pub weight: f32,
}

impl Unit {
    /// A scored unit, looked for in all places.
    pub fn scored(text: String, kind: UnitKind, weight: f32) -> Self {
        Self { text, kind, places: FieldScope::All, role: Role::Scored, weight }
    }
}

/// What an article must be to match.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Unit(usize),
    Published(Days),
    /// Came with a later commit.
    Since(u64),
    Has(Trait),
    /// Within a quote; the units are where quotes begin and end.
    InQuote {
        inner: Box<Node>,
        marks: [usize; 2],
    },
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// Both, with at most `gap` words between them.
    Near {
        left: Box<Node>,
        right: Box<Node>,
        gap: u32,
        ordered: bool,
    },
    /// All of these words in any order, with at most `gap` others between them.
    Sloppy {
        units: Vec<usize>,
        gap: u32,
    },
}

impl Node {
    /// Hands every unit below to `each`.
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

    /// Whether positions decide whether it matches.
    pub fn needs_positions(&self) -> bool {
        match self {
            Self::Near { .. } | Self::Sloppy { .. } | Self::InQuote { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::needs_positions),
            Self::Not(inner) => inner.needs_positions(),
            Self::Unit(_) | Self::Published(_) | Self::Since(_) | Self::Has(_) => false,
        }
    }
}

/// A part of the query; all parts stand side by side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub occur: Occur,
    pub node: Node,
    /// A unit of names that these words are part of: an article with the name
    /// has these words as good as written.
    pub covered_by: Option<usize>,
    /// A word that holds a sentence together: an article with it alone has
    /// nothing of what was asked.
    pub light: bool,
}

impl Clause {
    pub fn new(occur: Occur, node: Node) -> Self {
        Self { occur, node, covered_by: None, light: false }
    }
}

/// A query ready to run.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Plan {
    /// When to give up.
    pub deadline: Deadline,
    pub units: Vec<Unit>,
    pub clauses: Vec<Clause>,
}

impl Plan {
    /// Adds a unit, and gives its node.
    pub fn push(&mut self, unit: Unit) -> Node {
        self.units.push(unit);
        Node::Unit(self.units.len() - 1)
    }

    /// The units that are searched for: no filters, nothing excluded.
    pub fn searched(&self) -> impl Iterator<Item = (usize, &Unit)> {
        self.units.iter().enumerate().filter(|(_, unit)| unit.role == Role::Scored)
    }

    /// The words of the query that say something, in their order, as far as they
    /// stand side by side.
    pub fn words(&self) -> impl Iterator<Item = usize> {
        self.clauses.iter().filter(|clause| clause.occur != Occur::Not && !clause.light).filter_map(|clause| {
            match clause.node {
                Node::Unit(unit) => {
                    let scored = self.units[unit].role == Role::Scored;
                    (scored && matches!(self.units[unit].kind, UnitKind::Words(_) | UnitKind::Any(_))).then_some(unit)
                }
                _ => None,
            }
        })
    }

    /// Whether copies of earlier articles match nothing.
    pub fn leaves_out_copies(&self) -> bool {
        let copies = Node::Has(Trait::Duplicate);
        self.clauses.iter().any(|clause| match (&clause.node, clause.occur) {
            (node, Occur::Not) => *node == copies,
            (Node::And(parts), Occur::Must) => parts.contains(&Node::Not(copies.clone().into())),
            _ => false,
        })
    }

    /// Whether positions decide what matches.
    pub fn needs_positions(&self) -> bool {
        self.clauses.iter().any(|clause| clause.node.needs_positions())
    }
}
