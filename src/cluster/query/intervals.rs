//! Conditions on positions.

use serde_json::{Value, json};

use crate::cluster::mapping::TERMS;
use crate::cluster::query::terms::sequence_intervals;
use crate::cluster::query::translator::{QueryTranslator, base_field};
use crate::cluster::requests::MatchSpec;
use crate::index::LONGEST_NAME;
use crate::search::language::syntax_tree::FieldScope;
use crate::search::plan::tree::{Node, Unit, UnitKind};

impl QueryTranslator<'_> {
    /// The intervals of a node in title or body; `None` where it can have none.
    pub(super) fn intervals(&self, node: &Node, spec: MatchSpec<'_>, scope: FieldScope) -> Option<Value> {
        match node {
            Node::Unit(unit) => self.unit_intervals(&spec.plan.units[*unit], scope),
            Node::Near { left, right, gap, ordered } => {
                // A name is at the position of its first word; its others are gaps.
                let spread = [left, right].map(|side| spread_of(side, spec)).iter().sum::<u32>();
                let sides = [self.intervals(left, spec, scope)?, self.intervals(right, spec, scope)?];
                Some(json!({"all_of": {"ordered": ordered, "max_gaps": gap + spread, "intervals": sides}}))
            }
            Node::Sloppy { units, gap } => {
                let words = units.iter().map(|unit| self.intervals(&Node::Unit(*unit), spec, scope));
                let words: Option<Vec<Value>> = words.collect();
                Some(json!({"all_of": {"ordered": false, "max_gaps": gap, "intervals": words?}}))
            }
            Node::InQuote { inner, marks } => {
                let marks = marks.map(|mark| self.unit_intervals(&spec.plan.units[mark], FieldScope::Body));
                let [Some(opens), Some(closes)] = marks else { return None };
                let quote = json!({"all_of": {"ordered": true, "intervals": [opens, closes]}});
                let inner = self.intervals(inner, spec, FieldScope::Body)?;
                Some(json!({"all_of": {"intervals": [inner], "filter": {"contained_by": quote}}}))
            }
            Node::And(parts) => {
                let parts: Option<Vec<Value>> = parts.iter().map(|part| self.intervals(part, spec, scope)).collect();
                Some(json!({"all_of": {"ordered": false, "intervals": parts?}}))
            }
            Node::Or(parts) => {
                let parts: Vec<Value> = parts.iter().filter_map(|part| self.intervals(part, spec, scope)).collect();
                (!parts.is_empty()).then(|| json!({"any_of": {"intervals": parts}}))
            }
            Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => None,
        }
    }

    /// The intervals of a unit.
    fn unit_intervals(&self, unit: &Unit, scope: FieldScope) -> Option<Value> {
        if unit.scope != FieldScope::All && unit.scope != scope {
            return None;
        }
        let at = |term: &String, field: &str| json!({"match": {"query": term, "max_gaps": 0, "ordered": true, "analyzer": TERMS, "use_field": field}});
        let base = base_field(scope);
        let intervals: Vec<Value> = match &unit.kind {
            UnitKind::Words(sequences) => sequences.iter().map(|sequence| sequence_intervals(base, sequence)).collect(),
            UnitKind::Any(terms) => terms.iter().map(|term| at(term, base)).collect(),
            kind => {
                let field = self.field_in(kind, scope)?;
                let name = self.schema.schema.get_field_name(field);
                self.terms(kind, field).iter().map(|term| at(term, name)).collect()
            }
        };
        (!intervals.is_empty()).then(|| json!({"any_of": {"intervals": intervals}}))
    }
}

/// How many words a name may have after its first.
fn spread_of(node: &Node, spec: MatchSpec<'_>) -> u32 {
    let mut spread = 0;
    node.each_unit(&mut |unit| {
        if matches!(spec.plan.units[unit].kind, UnitKind::Names(_)) {
            // As many words as were typed, or as names have.
            let typed = spec.plan.units[unit].text.split_whitespace().count() as u32;
            spread = spread.max(typed.clamp(4, LONGEST_NAME) - 1);
        }
    });
    spread
}
