//! Clauses to units: what can satisfy each part of a query.

use crate::article::{EntityKind, Span};
use crate::index::{Entities, EntityId, NameId};
use crate::segment::{Analyzer, Stemmer, Term, TermKind, with_stemmer};

use super::SearchError;
use super::parse::{Clause, Occur, parse};
use super::query::Query;

/// The most units of a query; further words are not looked for.
const MAX_UNITS: usize = 128;
/// The most entities that a query's words may stand for.
const MAX_NAMES: usize = 8;

/// Terms one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    pub terms: Vec<String>,
    /// Exact words rather than stems.
    pub exact: bool,
}

/// What satisfies a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Any of these, in title or body.
    Words(Vec<Sequence>),
    /// Any of these names.
    Names(Vec<NameId>),
    /// A word of the source.
    Source(String),
}

/// One wanted thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub occur: Occur,
    /// What was typed for it.
    pub text: String,
    pub wanted: Wanted,
    /// A filter adds to the score only where nothing else does.
    pub filter: bool,
}

/// A query ready to run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub units: Vec<Unit>,
    /// A filter names what the archive does not hold.
    pub impossible: bool,
}

impl Plan {
    /// Plans a query against the entities of an index.
    pub fn new(query: &Query, entities: &Entities) -> Result<Self, SearchError> {
        let clauses = parse(&query.text)?;
        let mut plan = Self::default();
        with_stemmer(|stemmer| {
            for clause in clauses.iter().take(MAX_UNITS) {
                plan.add_clause(clause, query.exact, stemmer);
            }
        });
        if !query.exact && clauses.iter().all(|clause| clause.occur == Occur::Should) {
            plan.add_names(&clauses, entities);
        }
        plan.add_filters(query, entities);
        if plan.units.is_empty() && query.filters.is_empty() {
            return Err(SearchError::Empty);
        }
        Ok(plan)
    }

    /// The units that are searched for, filters not among them.
    pub fn searched(&self) -> impl Iterator<Item = (usize, &Unit)> {
        self.units.iter().enumerate().filter(|(_, unit)| !unit.filter && unit.occur != Occur::Not)
    }

    fn add_clause(&mut self, clause: &Clause, exact: bool, stemmer: &mut Stemmer) {
        let terms = Analyzer::terms(&clause.text, Span::new(0, clause.text.len()));
        let sequences = sequences(&terms, exact || clause.phrase, clause.phrase, stemmer);
        if !sequences.is_empty() {
            let text = clause.text.clone();
            self.units.push(Unit { occur: clause.occur, text, wanted: Wanted::Words(sequences), filter: false });
        }
    }

    /// Where the whole query is written as some names are, those names.
    fn add_names(&mut self, clauses: &[Clause], entities: &Entities) {
        let text = clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join(" ");
        let ids = known_as(entities, &text, None);
        if !ids.is_empty() {
            self.units.push(Unit { occur: Occur::Should, text, wanted: Wanted::Names(ids), filter: false });
        }
    }

    fn add_filters(&mut self, query: &Query, entities: &Entities) {
        for (kind, name) in &query.filters.names {
            let ids = known_as(entities, name, Some(*kind));
            self.impossible |= ids.is_empty();
            let text = name.clone();
            self.units.push(Unit { occur: Occur::Must, text, wanted: Wanted::Names(ids), filter: true });
        }
        for source in &query.filters.sources {
            for term in Analyzer::terms(source, Span::new(0, source.len())) {
                for part in term.text.split('.').filter(|part| !part.is_empty()) {
                    let wanted = Wanted::Source(part.to_owned());
                    self.units.push(Unit { occur: Occur::Must, text: source.clone(), wanted, filter: true });
                }
            }
        }
    }
}

/// The sequences that a clause's terms make: its words one after the other,
/// and each variant by itself.
fn sequences(terms: &[Term], exact: bool, phrase: bool, stemmer: &mut Stemmer) -> Vec<Sequence> {
    let words: Vec<String> = terms
        .iter()
        .filter(|term| term.kind == TermKind::Word)
        .map(|term| if exact { term.text.clone() } else { stemmer.stem(&term.text).to_owned() })
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let whole = words.len() as u32;
    let mut found = vec![Sequence { terms: words, exact }];
    if phrase && whole > 1 {
        return found;
    }
    // Glued parts make one sequence; other variants stand for the whole clause.
    let parts: Vec<&Term> = terms.iter().filter(|t| t.kind == TermKind::Variant).collect();
    let glued = whole == 1 && parts.len() > 2;
    if glued {
        let mut ordered: Vec<&Term> = parts.clone();
        ordered.sort_by_key(|term| term.span);
        ordered.dedup_by_key(|term| term.span);
        found.push(Sequence { terms: ordered.iter().map(|t| t.text.clone()).collect(), exact: true });
    } else {
        let alone = parts.iter().filter(|term| whole == 1 || term.position == 0);
        found.extend(alone.map(|term| Sequence { terms: vec![term.text.clone()], exact: true }));
    }
    found
}

/// All names of the entities written so, those first that are mostly called so.
fn known_as(entities: &Entities, text: &str, kind: Option<EntityKind>) -> Vec<NameId> {
    let mut found: Vec<EntityId> = entities.written_as(text, kind).into_iter().map(|(id, _)| id).collect();
    found.truncate(MAX_NAMES);
    found.into_iter().flat_map(|entity| entities.members(entity)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, phrase: bool, expected: &[&[&str]]) {
        let terms = Analyzer::terms(text, Span::new(0, text.len()));
        let found = sequences(&terms, phrase, phrase, &mut Stemmer::default());
        let found: Vec<Vec<&str>> = found.iter().map(|s| s.terms.iter().map(String::as_str).collect()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn clauses_make_sequences() {
        check("films", false, &[&["film"]]);
        check("Spider-Man", false, &[&["spider", "man"], &["spiderman"]]);
        check("Paramount+", false, &[&["paramount"], &["paramount+"]]);
        check("PomKlementieff", false, &[&["pomklementieff"], &["pom", "klementieff"]]);
        check("Ving Rhames", true, &[&["ving", "rhames"]]);
    }
}
