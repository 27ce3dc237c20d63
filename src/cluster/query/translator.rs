//! Translates units of a plan to the fields and terms of the cluster.

use serde_json::{Value, json};
use tantivy::schema::Field;

use crate::cluster::keys::{NameKeys, hashed_term};
use crate::cluster::query::clauses::{MAX_TERMS, any};
use crate::cluster::query::terms::{label_field, phrase, sequence_queries};
use crate::index::IndexSchema;
use crate::search::language::syntax_tree::FieldScope;
use crate::search::plan::tree::{Unit, UnitKind};

/// Of more terms than this only their presence is asked, not their frequencies.
pub(super) const MANY: usize = 48;

/// Translates plans to OpenSearch's query language.
#[derive(Clone, Copy)]
pub(in crate::cluster) struct QueryTranslator<'a> {
    pub schema: &'a IndexSchema,
    pub keys: &'a NameKeys,
}

/// A term or phrase in one field.
pub(super) struct Alternative {
    pub query: Value,
    /// Whether it is in the title, which weighs more.
    pub title: bool,
}

impl QueryTranslator<'_> {
    /// That a unit matches.
    pub(super) fn unit(&self, unit: &Unit) -> Value {
        any(self.alternatives(unit).into_iter().map(|alternative| alternative.query).collect())
    }

    /// The terms and phrases that match a unit.
    pub(super) fn alternatives(&self, unit: &Unit) -> Vec<Alternative> {
        let mut alternatives = Vec::new();
        for (title, scope) in [(false, FieldScope::Body), (true, FieldScope::Title)] {
            if unit.scope == FieldScope::All || unit.scope == scope {
                let queries = self.queries_in(&unit.kind, scope).into_iter();
                alternatives.extend(queries.map(|query| Alternative { query, title }));
            }
        }
        alternatives
    }

    /// The queries that match a unit in title or body.
    fn queries_in(&self, kind: &UnitKind, scope: FieldScope) -> Vec<Value> {
        let base = base_field(scope);
        match kind {
            UnitKind::Words(sequences) => {
                sequences.iter().flat_map(|sequence| sequence_queries(base, sequence)).collect()
            }
            UnitKind::Any(terms) if terms.len() > MANY => vec![json!({"terms": {base: terms}})],
            UnitKind::Any(terms) => terms.iter().map(|term| phrase(base, std::slice::from_ref(term))).collect(),
            UnitKind::Label(label, words) if scope == FieldScope::Body => vec![phrase(label_field(*label), words)],
            UnitKind::Label(..) => Vec::new(),
            kind => {
                let Some(field) = self.field_in(kind, scope) else { return Vec::new() };
                let name = self.schema.schema.get_field_name(field);
                let terms = self.terms(kind, field);
                if terms.len() > MANY {
                    vec![json!({"terms": {name: &terms[..terms.len().min(MAX_TERMS)]}})]
                } else {
                    terms.iter().map(|term| json!({"term": {name: {"value": term}}})).collect()
                }
            }
        }
    }

    /// The field of a unit that is no word, in title or body.
    pub(super) fn field_in(&self, kind: &UnitKind, scope: FieldScope) -> Option<Field> {
        let schema = self.schema;
        match (kind, scope) {
            (UnitKind::Names(_) | UnitKind::Mark(_), FieldScope::Body) => Some(schema.body_names),
            (UnitKind::Names(_), FieldScope::Title) => Some(schema.title_names),
            (UnitKind::Dates(_), FieldScope::Body) => Some(schema.body_dates),
            (UnitKind::Dates(_), FieldScope::Title) => Some(schema.title_dates),
            (UnitKind::Reports(_), FieldScope::Body) => Some(schema.reports),
            _ => None,
        }
    }

    /// The terms of a unit that is no word, as the cluster has them.
    pub(super) fn terms(&self, kind: &UnitKind, field: Field) -> Vec<String> {
        let hashed = |term: &str| hashed_term(self.schema, field, term, |id| self.keys.hash(id));
        match kind {
            UnitKind::Names(ids) => ids.iter().map(|id| hashed(&id.to_string())).collect(),
            UnitKind::Dates(terms) => terms.clone(),
            UnitKind::Reports(terms) => terms.iter().map(|term| hashed(term)).collect(),
            UnitKind::Mark(mark) => vec![(*mark).to_owned()],
            UnitKind::Words(_) | UnitKind::Any(_) | UnitKind::Label(..) => Vec::new(),
        }
    }
}

/// The field of words as they are written.
pub(super) fn base_field(scope: FieldScope) -> &'static str {
    if scope == FieldScope::Title { "title" } else { "body" }
}
