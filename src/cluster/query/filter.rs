//! The condition that matching articles meet.

use serde_json::{Value, json};

use crate::cluster::query::clauses::{any, doc_keys};
use crate::cluster::query::translator::{QueryTranslator, base_field};
use crate::cluster::requests::MatchSpec;
use crate::search::language::syntax_tree::{FieldScope, Occur, Trait};
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase};
use crate::search::plan::tree::Node;

/// Sums are rounded: this share of the needed weight is still enough.
const ENOUGH: f32 = 0.999_99;

impl QueryTranslator<'_> {
    /// The condition that matching articles meet, without a score.
    pub fn filter(&self, spec: MatchSpec<'_>) -> Value {
        let plan = spec.plan;
        let (mut must, mut not) = (Vec::new(), Vec::new());
        for clause in &plan.clauses {
            match clause.occur {
                Occur::Must => must.push(self.node(&clause.node, spec)),
                Occur::Not => not.push(self.node(&clause.node, spec)),
                Occur::Should => {}
            }
        }
        must.extend(self.enough_words(spec));
        json!({"bool": {"filter": must, "must_not": not}})
    }

    /// That enough of the words match; `None` where there are no words.
    fn enough_words(&self, spec: MatchSpec<'_>) -> Option<Value> {
        let (plan, requirement) = (spec.plan, spec.requirement);
        if !requirement.has_words {
            return None;
        }
        let mut conditions: Vec<(f32, Value)> = Vec::new();
        let mut linked: Vec<Value> = Vec::new();
        for (at, clause) in plan.clauses.iter().enumerate().filter(|(_, clause)| clause.occur != Occur::Not) {
            if is_linked_entity(clause) {
                linked.push(self.node(&clause.node, spec));
            }
            if requirement.weights[at] > 0.0 {
                conditions.push((requirement.weights[at], self.condition(at, spec)));
            }
        }
        let all_but_filters = requirement.share <= f32::MIN_POSITIVE;
        Some(weighted(conditions, linked, requirement.needed * ENOUGH, all_but_filters))
    }

    /// When a word matches: by itself, or as part of the linked entity that covers
    /// it.
    fn condition(&self, at: usize, spec: MatchSpec<'_>) -> Value {
        let (plan, clause) = (spec.plan, &spec.plan.clauses[at]);
        let Some(name) = clause.covered_by else { return self.node(&clause.node, spec) };
        let mut clauses = vec![self.node(&Node::Unit(name), spec)];
        if spec.requirement.phrase_only[name] {
            let phrases =
                plan.clauses.iter().filter(|other| is_name_phrase(plan, other) && other.covered_by == Some(name));
            clauses.extend(phrases.map(|other| self.node(&other.node, spec)));
        } else {
            clauses.push(self.node(&clause.node, spec));
        }
        json!({"bool": {"should": clauses, "minimum_should_match": 1}})
    }

    /// The condition of a node.
    fn node(&self, node: &Node, spec: MatchSpec<'_>) -> Value {
        let all = |parts: Vec<Value>| json!({"bool": {"filter": parts}});
        match node {
            Node::Unit(unit) => self.unit(&spec.plan.units[*unit]),
            Node::Published(days) => {
                let last = days.last.min(99_999_999);
                json!({"range": {"published": {"gte": days.first.max(1), "lte": last}}})
            }
            Node::Since(commit) => json!({"range": {"run": {"gt": commit}}}),
            Node::Has(Trait::Date) => json!({"exists": {"field": "published"}}),
            Node::Has(Trait::Source) => json!({"exists": {"field": "source_name"}}),
            Node::Has(Trait::Section) => json!({"exists": {"field": "section_name"}}),
            Node::Has(Trait::Duplicate) => doc_keys(&spec.copies.all()),
            Node::And(parts) => all(parts.iter().map(|part| self.node(part, spec)).collect()),
            Node::Or(parts) => any(parts.iter().map(|part| self.node(part, spec)).collect()),
            Node::Not(inner) => json!({"bool": {"must_not": [self.node(inner, spec)]}}),
            Node::Near { .. } | Node::Sloppy { .. } | Node::InQuote { .. } => self.positional(node, spec),
        }
    }

    /// A condition on positions, in body or title.
    fn positional(&self, node: &Node, spec: MatchSpec<'_>) -> Value {
        let in_quote = matches!(node, Node::InQuote { .. });
        let scopes = if in_quote { &[FieldScope::Body][..] } else { &[FieldScope::Body, FieldScope::Title] };
        let intervals =
            |scope: &FieldScope| Some(json!({"intervals": {base_field(*scope): self.intervals(node, spec, *scope)?}}));
        any(scopes.iter().filter_map(intervals).collect())
    }
}

/// That conditions of at least the `needed` weight are met; where any one is
/// enough, also one of the `linked` entities if `any_word` is allowed.
fn weighted(conditions: Vec<(f32, Value)>, linked: Vec<Value>, needed: f32, any_word: bool) -> Value {
    let sum: f32 = conditions.iter().map(|(weight, _)| weight).sum();
    let least = conditions.iter().map(|(weight, _)| *weight).fold(f32::INFINITY, f32::min);
    let queries = |conditions: Vec<(f32, Value)>| conditions.into_iter().map(|(_, query)| query).collect::<Vec<_>>();
    if conditions.is_empty() || needed <= least && any_word {
        let mut clauses = queries(conditions);
        clauses.extend(linked);
        any(clauses)
    } else if needed > sum - least {
        json!({"bool": {"filter": queries(conditions)}})
    } else if needed <= least {
        json!({"bool": {"should": queries(conditions), "minimum_should_match": 1}})
    } else {
        let scored = |(weight, query)| json!({"constant_score": {"filter": query, "boost": weight}});
        let scored: Vec<Value> = conditions.into_iter().map(scored).collect();
        json!({"function_score": {"query": {"bool": {"should": scored}}, "min_score": needed}})
    }
}
