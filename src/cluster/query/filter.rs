//! The condition that matching articles meet.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cluster::query::clauses::{MAX_TERMS, any, doc_keys};
use crate::cluster::query::translator::{MANY, QueryTranslator, base_field};
use crate::cluster::requests::MatchSpec;
use crate::search::language::syntax_tree::{FieldScope, Occur, Trait};
use crate::search::plan::clauses::is_name_phrase;
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
                Occur::Not => not.push(&clause.node),
                Occur::Should => {}
            }
        }
        let mut not = self.nodes(&not, spec);
        must.extend(self.enough_words(spec));
        let before = |requirement| self.enough_words(MatchSpec { requirement, without: None, ..spec });
        not.extend(spec.without.and_then(before));
        json!({"bool": {"filter": must, "must_not": not}})
    }

    /// That enough of the words match; `None` where there are no words.
    fn enough_words(&self, spec: MatchSpec<'_>) -> Option<Value> {
        let (plan, requirement) = (spec.plan, spec.requirement);
        if !requirement.has_words {
            return None;
        }
        if requirement.needed <= 0.0 {
            let telling = plan.clauses.iter().zip(&requirement.is_telling).filter(|(_, is_telling)| **is_telling);
            let telling: Vec<&Node> = telling.map(|(clause, _)| &clause.node).collect();
            return Some(any(self.nodes(&telling, spec)));
        }
        Some(weighted(self.words_by_weight(spec), requirement.needed * ENOUGH))
    }

    /// The condition of each word that counts, with its weight.
    fn words_by_weight(&self, spec: MatchSpec<'_>) -> Vec<(f32, Value)> {
        let weights = spec.requirement.weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
        weights.map(|(at, weight)| (*weight, self.condition(at, spec))).collect()
    }

    /// A query of the articles that meet the condition, whose score is the weight of the
    /// words that they have.
    pub fn by_matched_weight(&self, spec: MatchSpec<'_>) -> Value {
        let scored = |(weight, query)| json!({"constant_score": {"filter": query, "boost": weight}});
        let scored: Vec<Value> = self.words_by_weight(spec).into_iter().map(scored).collect();
        json!({"bool": {"filter": [self.filter(spec)], "should": scored}})
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
            Node::Has(Trait::Duplicate) => doc_keys(&spec.copies.duplicates()),
            Node::And(parts) => all(parts.iter().map(|part| self.node(part, spec)).collect()),
            Node::Or(parts) => any(self.nodes(&parts.iter().collect::<Vec<_>>(), spec)),
            Node::Not(inner) => json!({"bool": {"must_not": [self.node(inner, spec)]}}),
            Node::Near { .. } | Node::Sloppy { .. } | Node::InQuote { .. } => self.positional(node, spec),
        }
    }

    /// Conditions that match where any of some nodes does. Of many nodes the words are
    /// one list for each field, since a cluster bounds the number of conditions.
    fn nodes(&self, nodes: &[&Node], spec: MatchSpec<'_>) -> Vec<Value> {
        if nodes.len() <= MANY {
            return nodes.iter().map(|node| self.node(node, spec)).collect();
        }
        let mut conditions = Vec::new();
        for node in nodes {
            match node {
                Node::Unit(unit) => {
                    let alternatives = self.alternatives(&spec.plan.units[*unit]).into_iter();
                    conditions.extend(alternatives.map(|alternative| alternative.query));
                }
                node => conditions.push(self.node(node, spec)),
            }
        }
        merge_terms(conditions)
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

/// The same conditions with one list of terms for each field.
fn merge_terms(conditions: Vec<Value>) -> Vec<Value> {
    let mut terms: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut merged = Vec::new();
    for condition in conditions {
        let term = condition["term"].as_object().and_then(|term| term.iter().next());
        match term {
            Some((field, term)) => terms.entry(field.clone()).or_default().push(term["value"].clone()),
            None => merged.push(condition),
        }
    }
    for (field, terms) in terms {
        merged.extend(terms.chunks(MAX_TERMS).map(|terms| json!({"terms": {&field: terms}})));
    }
    merged
}

/// That conditions of at least the `needed` weight are met.
fn weighted(conditions: Vec<(f32, Value)>, needed: f32) -> Value {
    let sum: f32 = conditions.iter().map(|(weight, _)| weight).sum();
    let least = conditions.iter().map(|(weight, _)| *weight).fold(f32::INFINITY, f32::min);
    let queries = |conditions: Vec<(f32, Value)>| conditions.into_iter().map(|(_, query)| query).collect::<Vec<_>>();
    if conditions.is_empty() {
        any(Vec::new())
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

#[cfg(test)]
mod tests {
    use crate::cluster::keys::NameKeys;
    use crate::index::{DuplicateClusters, IndexSchema};
    use crate::search::exec::bm25f::Scoring;
    use crate::search::exec::match_requirement::{Coverage, MatchRequirement};
    use crate::search::language::days::Days;
    use crate::search::plan::tree::{Plan, Sequence, Unit, UnitKind};

    use super::*;

    fn unit(places: FieldScope, kind: UnitKind) -> Unit {
        Unit { scope: places, ..Unit::scored(String::new(), kind, 1.0) }
    }

    fn word(text: &str) -> UnitKind {
        UnitKind::Words(vec![Sequence::exact(vec![text.to_owned()])])
    }

    /// The condition of a node over these units: 0 a word of the body, 1 a name of
    /// the title, 2 another word of the body.
    fn translated(node: &Node) -> Value {
        let units = vec![
            unit(FieldScope::Body, word("tide")),
            unit(FieldScope::Title, UnitKind::Names(vec![0])),
            unit(FieldScope::Body, word("film")),
        ];
        let plan = Plan { units, ..Plan::default() };
        let (scoring, schema, copies) = (Scoring::none(), IndexSchema::new(), DuplicateClusters::default());
        let requirement = MatchRequirement::new(&plan, &scoring, Coverage::Any);
        let (schema, newest, copies) = (&schema, None, &copies);
        let spec = MatchSpec {
            plan: &plan,
            scoring: &scoring,
            requirement: &requirement,
            without: None,
            schema,
            newest,
            copies,
        };
        QueryTranslator { schema, keys: &NameKeys::new(vec![0xab]) }.node(node, spec)
    }

    #[test]
    fn nodes_become_conditions() {
        let check = |node: Node, expected: Value| assert_eq!(translated(&node), expected);
        let (tide, film) = (json!({"term": {"body": {"value": "tide"}}}), json!({"term": {"body": {"value": "film"}}}));
        let both = || vec![Node::Unit(0), Node::Unit(2)];
        check(Node::Unit(0), tide.clone());
        check(Node::Unit(1), json!({"term": {"title_names": {"value": "00000000000000ab"}}}));
        check(Node::And(both()), json!({"bool": {"filter": [tide, film]}}));
        check(Node::Or(both()), json!({"bool": {"should": [tide, film], "minimum_should_match": 1}}));
        check(Node::Not(Box::new(Node::Unit(0))), json!({"bool": {"must_not": [tide]}}));
        check(Node::Since(7), json!({"range": {"run": {"gt": 7}}}));
        check(Node::Has(Trait::Date), json!({"exists": {"field": "published"}}));
        check(Node::Has(Trait::Source), json!({"exists": {"field": "source_name"}}));
        check(Node::Has(Trait::Section), json!({"exists": {"field": "section_name"}}));
        check(Node::Has(Trait::Duplicate), json!({"terms": {"tie": []}}));
        let days = Days { first: 0, last: u64::MAX };
        check(Node::Published(days), json!({"range": {"published": {"gte": 1, "lte": 99_999_999}}}));
    }

    #[test]
    fn the_words_of_many_conditions_are_one_list() {
        let many: Vec<Node> = (0..=MANY).map(|at| Node::Unit(if at == 0 { 1 } else { 2 * (at % 2) })).collect();
        let found = translated(&Node::Or(many));
        let conditions = found["bool"]["should"].as_array().expect("conditions");
        assert_eq!(conditions.len(), 2);
        assert_eq!(conditions[0]["terms"]["body"].as_array().map(Vec::len), Some(MANY));
        assert_eq!(conditions[1], json!({"terms": {"title_names": ["00000000000000ab"]}}));
    }

    #[test]
    fn positions_become_intervals() {
        let at = |term: &str| {
            let terms = json!({"match": {"query": term, "analyzer": "terms", "use_field": "body"}});
            let sequence =
                json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": [{"any_of": {"intervals": [terms]}}]}});
            json!({"any_of": {"intervals": [sequence]}})
        };
        let near = json!({"all_of": {"ordered": false, "max_gaps": 3, "intervals": [at("tide"), at("film")]}});
        let expected = json!({"intervals": {"body": near}});
        assert_eq!(translated(&Node::Sloppy { units: vec![0, 2], gap: 3 }), expected);
        let sides = [Node::Unit(0), Node::Unit(2)].map(Box::new);
        let [left, right] = sides;
        assert_eq!(translated(&Node::Near { left, right, gap: 3, ordered: false }), expected);
    }

    #[test]
    fn weights_decide_how_conditions_are_joined() {
        let check = |weights: &[f32], needed: f32, expected: Value| {
            let conditions = weights.iter().map(|weight| (*weight, json!(weight))).collect();
            assert_eq!(weighted(conditions, needed), expected);
        };
        check(&[1.0, 2.0], 3.0, json!({"bool": {"filter": [1.0, 2.0]}}));
        check(&[1.0, 2.0, 3.0], 1.0, json!({"bool": {"should": [1.0, 2.0, 3.0], "minimum_should_match": 1}}));
        let scored = [1.0, 2.0, 3.0].map(|w| json!({"constant_score": {"filter": w, "boost": w}}));
        let function = json!({"function_score": {"query": {"bool": {"should": scored}}, "min_score": 2.5}});
        check(&[1.0, 2.0, 3.0], 2.5, function);
    }
}
