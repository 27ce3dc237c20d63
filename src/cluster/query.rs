//! Plans to OpenSearch's query language.
//!
//! What matches is said exactly; how well, by a bound: the most that an article
//! can score once closeness and places are known. Ranking itself is done from
//! the articles that come back.

use serde_json::{Value, json};
use tantivy::schema::Field;

use crate::article::EntityKind;
use crate::cluster::requests::MatchSpec;
use crate::index::{IndexSchema, LONGEST_NAME};
use crate::search::language::syntax_tree::{FieldScope, Label, Occur, Trait};
use crate::search::params::{
    B, DAYS_OF_MONTH, DAYS_OF_YEAR, K1, LEAD_BONUS, RECENCY_FLOOR, RECENCY_HALF_LIFE_DAYS, TITLE_WEIGHT,
};
use crate::search::plan::clauses::{is_linked_entity, is_name_phrase};
use crate::search::plan::tree::{Node, Role, Sequence, Unit, UnitKind};
use crate::search::query::sort::Sort;
use crate::segment::with_stemmer;

use super::keys::{NameKeys, with_hashes};
use super::mapping::TERMS;

/// Lengths are kept in a byte each, and may be so much less than they are.
const ROUNDED: f32 = 0.9;
/// Of more terms than this only whether one is there is asked.
const MANY: usize = 48;
/// The most terms of one condition that a cluster takes.
const MOST: usize = 65_536;
/// Sums are rounded: so little less is still enough.
const ENOUGH: f32 = 0.999_99;

/// Makes queries of plans.
pub(super) struct Dialect<'a> {
    pub schema: &'a IndexSchema,
    pub keys: &'a NameKeys,
}

/// A term or phrase in one field.
struct Alternative {
    query: Value,
    /// In the title: it counts more.
    title: bool,
}

impl Dialect<'_> {
    /// What must be there, without a score.
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

    /// That enough of the words are there.
    fn enough_words(&self, spec: MatchSpec<'_>) -> Option<Value> {
        let (plan, requirement) = (spec.plan, spec.requirement);
        if !requirement.has_words {
            return None;
        }
        let mut conditions: Vec<(f32, Value)> = Vec::new();
        let mut noticed: Vec<Value> = Vec::new();
        for (at, clause) in plan.clauses.iter().enumerate().filter(|(_, clause)| clause.occur != Occur::Not) {
            if is_linked_entity(clause) {
                noticed.push(self.node(&clause.node, spec));
            }
            if requirement.weights[at] > 0.0 {
                conditions.push((requirement.weights[at], self.condition(at, spec)));
            }
        }
        let sum: f32 = conditions.iter().map(|(weight, _)| weight).sum();
        let least = conditions.iter().map(|(weight, _)| *weight).fold(f32::INFINITY, f32::min);
        let needed = requirement.needed * ENOUGH;
        let queries =
            |conditions: Vec<(f32, Value)>| conditions.into_iter().map(|(_, query)| query).collect::<Vec<_>>();
        Some(if conditions.is_empty() || needed <= least && requirement.share <= f32::MIN_POSITIVE {
            let mut conditions_of_any = queries(conditions);
            conditions_of_any.extend(noticed);
            any(conditions_of_any)
        } else if needed > sum - least {
            json!({"bool": {"filter": queries(conditions)}})
        } else if needed <= least {
            json!({"bool": {"should": queries(conditions), "minimum_should_match": 1}})
        } else {
            let weighed = conditions.into_iter();
            let weighed: Vec<Value> =
                weighed.map(|(weight, query)| json!({"constant_score": {"filter": query, "boost": weight}})).collect();
            json!({"function_score": {"query": {"bool": {"should": weighed}}, "min_score": needed}})
        })
    }

    /// When a word counts as there: where it stands, or where the name is that
    /// it is part of.
    fn condition(&self, at: usize, spec: MatchSpec<'_>) -> Value {
        let (plan, clause) = (spec.plan, &spec.plan.clauses[at]);
        let Some(name) = clause.covered_by else { return self.node(&clause.node, spec) };
        let mut any = vec![self.node(&Node::Unit(name), spec)];
        if spec.requirement.phrase_only[name] {
            let together =
                plan.clauses.iter().filter(|other| is_name_phrase(plan, other) && other.covered_by == Some(name));
            any.extend(together.map(|other| self.node(&other.node, spec)));
        } else {
            any.push(self.node(&clause.node, spec));
        }
        json!({"bool": {"should": any, "minimum_should_match": 1}})
    }

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
            Node::Has(Trait::Duplicate) => ties(&spec.copies.duplicates()),
            Node::And(parts) => all(parts.iter().map(|part| self.node(part, spec)).collect()),
            Node::Or(parts) => any(parts.iter().map(|part| self.node(part, spec)).collect()),
            Node::Not(inner) => json!({"bool": {"must_not": [self.node(inner, spec)]}}),
            Node::Near { .. } | Node::Sloppy { .. } | Node::InQuote { .. } => {
                let places = [FieldScope::Body, FieldScope::Title].into_iter();
                let places = places.filter(|place| !matches!(node, Node::InQuote { .. }) || *place == FieldScope::Body);
                any(places
                    .filter_map(|place| {
                        let base = if place == FieldScope::Body { "body" } else { "title" };
                        Some(json!({"intervals": {base: self.intervals(node, spec, place)?}}))
                    })
                    .collect())
            }
        }
    }

    /// Where a node stands in one place; `None` where it cannot.
    fn intervals(&self, node: &Node, spec: MatchSpec<'_>, place: FieldScope) -> Option<Value> {
        match node {
            Node::Unit(unit) => self.unit_intervals(&spec.plan.units[*unit], place),
            Node::Near { left, right, gap, ordered } => {
                // A name stands at its first word; its others are between.
                let reach = [left, right].map(|side| spread_of(side, spec)).iter().sum::<u32>();
                let sides = [self.intervals(left, spec, place)?, self.intervals(right, spec, place)?];
                Some(json!({"all_of": {"ordered": ordered, "max_gaps": gap + reach, "intervals": sides}}))
            }
            Node::Sloppy { units, gap } => {
                let words = units.iter().map(|unit| self.intervals(&Node::Unit(*unit), spec, place));
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
                let parts: Option<Vec<Value>> = parts.iter().map(|part| self.intervals(part, spec, place)).collect();
                Some(json!({"all_of": {"ordered": false, "intervals": parts?}}))
            }
            Node::Or(parts) => {
                let parts: Vec<Value> = parts.iter().filter_map(|part| self.intervals(part, spec, place)).collect();
                (!parts.is_empty()).then(|| json!({"any_of": {"intervals": parts}}))
            }
            Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => None,
        }
    }

    fn unit_intervals(&self, unit: &Unit, place: FieldScope) -> Option<Value> {
        if unit.scope != FieldScope::All && unit.scope != place {
            return None;
        }
        let at = |terms: &[String], field: String| json!({"match": {"query": terms.join(" "), "max_gaps": 0, "ordered": true, "analyzer": TERMS, "use_field": field}});
        let base = if place == FieldScope::Body { "body" } else { "title" };
        let stands: Vec<Value> = match &unit.kind {
            UnitKind::Words(sequences) => sequences.iter().map(|sequence| sequence_intervals(base, sequence)).collect(),
            UnitKind::Any(terms) => terms.iter().map(|term| at(std::slice::from_ref(term), base.to_owned())).collect(),
            wanted => {
                let field = self.field_in(wanted, place)?;
                let name = self.schema.schema.get_field_name(field).to_owned();
                self.terms(wanted, field).iter().map(|term| at(std::slice::from_ref(term), name.clone())).collect()
            }
        };
        (!stands.is_empty()).then(|| json!({"any_of": {"intervals": stands}}))
    }

    /// That a unit is there.
    fn unit(&self, unit: &Unit) -> Value {
        any(self.alternatives(unit).into_iter().map(|alternative| alternative.query).collect())
    }

    /// The terms and phrases that satisfy a unit.
    fn alternatives(&self, unit: &Unit) -> Vec<Alternative> {
        let mut found = Vec::new();
        for (title, base) in [(false, "body"), (true, "title")] {
            let place = if title { FieldScope::Title } else { FieldScope::Body };
            if unit.scope != FieldScope::All && unit.scope != place {
                continue;
            }
            let mut add = |query: Value| found.push(Alternative { query, title });
            match &unit.kind {
                UnitKind::Words(sequences) => {
                    sequences.iter().flat_map(|sequence| sequence_queries(base, sequence)).for_each(&mut add);
                }
                UnitKind::Any(terms) if terms.len() > MANY => add(json!({"terms": {base: terms}})),
                UnitKind::Any(terms) => {
                    terms.iter().for_each(|term| add(one_after_the_other(base, std::slice::from_ref(term))))
                }
                UnitKind::Label(label, words) if !title => add(one_after_the_other(label_field(*label), words)),
                UnitKind::Label(..) => {}
                wanted => {
                    let Some(field) = self.field_in(wanted, place) else { continue };
                    let name = self.schema.schema.get_field_name(field);
                    let terms = self.terms(wanted, field);
                    if terms.len() > MANY {
                        let terms = &terms[..terms.len().min(MOST)];
                        add(json!({"terms": {name: terms}}));
                    } else {
                        terms.iter().for_each(|term| add(json!({"term": {name: {"value": term}}})));
                    }
                }
            }
        }
        found
    }

    /// The field of what is no word, in a place.
    fn field_in(&self, wanted: &UnitKind, place: FieldScope) -> Option<Field> {
        let schema = self.schema;
        match (wanted, place) {
            (UnitKind::Names(_) | UnitKind::Mark(_), FieldScope::Body) => Some(schema.body_names),
            (UnitKind::Names(_), FieldScope::Title) => Some(schema.title_names),
            (UnitKind::Dates(_), FieldScope::Body) => Some(schema.body_dates),
            (UnitKind::Dates(_), FieldScope::Title) => Some(schema.title_dates),
            (UnitKind::Reports(_), FieldScope::Body) => Some(schema.reports),
            _ => None,
        }
    }

    fn terms(&self, wanted: &UnitKind, field: Field) -> Vec<String> {
        let hashed = |term: &str| with_hashes(self.schema, field, term, |id| self.keys.hash(id));
        match wanted {
            UnitKind::Names(ids) => ids.iter().map(|id| hashed(&id.to_string())).collect(),
            UnitKind::Dates(terms) => terms.clone(),
            UnitKind::Reports(terms) => terms.iter().map(|term| hashed(term)).collect(),
            UnitKind::Mark(mark) => vec![(*mark).to_owned()],
            UnitKind::Words(_) | UnitKind::Any(_) | UnitKind::Label(..) => Vec::new(),
        }
    }

    /// The whole query, in the order that is asked for: by the most that an
    /// article can score, or by what its words score.
    pub fn scored(&self, spec: MatchSpec<'_>, sort: Sort, narrowed: Value) -> Value {
        let (plan, requirement) = (spec.plan, spec.requirement);
        let only_filters = plan.searched().next().is_none();
        let bound = sort == Sort::Relevance;
        let mut parts: Vec<Value> = Vec::new();
        for (at, unit) in plan.units.iter().enumerate() {
            let counts = unit.role == Role::Scored || unit.role == Role::Filter && only_filters;
            if !counts || !spec.scoring.occurs[at] || matches!(unit.kind, UnitKind::Label(..) | UnitKind::Reports(_)) {
                continue;
            }
            let clause = plan.clauses.iter().position(|clause| clause.node == Node::Unit(at));
            let together = if bound { clause.map_or(0.0, |clause| requirement.proximity[clause]) } else { 0.0 };
            let lead = if bound && !only_filters { 1.0 + LEAD_BONUS } else { 1.0 };
            let weight = unit.weight * spec.scoring.idf[at] * (K1 + 1.0) * lead;
            parts.push(self.weighed(unit, (weight, together), spec.scoring.means()));
        }
        let query = if parts.is_empty() {
            json!({"bool": {"filter": [narrowed]}})
        } else {
            json!({"bool": {"filter": [narrowed], "should": parts}})
        };
        match spec.newest {
            Some(newest) => {
                json!({"script_score": {"query": query, "script": {"source": FRESH, "params": {
                    "newest": days(newest), "floor": RECENCY_FLOOR, "half_life": RECENCY_HALF_LIFE_DAYS,
                    "year": DAYS_OF_YEAR, "month": DAYS_OF_MONTH,
                }}}})
            }
            None => query,
        }
    }

    /// What a unit adds to a score.
    fn weighed(&self, unit: &Unit, (weight, together): (f32, f32), means: (f32, f32)) -> Value {
        let alternatives = self.alternatives(unit);
        let is_words = matches!(unit.kind, UnitKind::Words(_) | UnitKind::Any(_));
        if alternatives.iter().any(|one| one.query.get("terms").is_some()) {
            return json!({"constant_score": {"filter": any(alternatives.into_iter().map(|one| one.query).collect()), "boost": weight + together}});
        }
        let one = |Alternative { query, title }: Alternative| {
            let factor = if title { TITLE_WEIGHT } else { 1.0 };
            if is_words {
                return json!({"bool": {"must": [query], "boost": factor}});
            }
            // Fields of names have no lengths of their own.
            let (field, mean) = if title { ("title_words", means.0) } else { ("body_words", means.1) };
            json!({"script_score": {"query": query, "script": {
                "source": BY_LENGTH, "params": {"factor": factor, "mean": mean, "field": field, "rounded": ROUNDED, "b": B},
            }}})
        };
        let should: Vec<Value> = alternatives.into_iter().map(one).collect();
        json!({"script_score": {
            "query": {"bool": {"should": should}},
            "script": {"source": SATURATED, "params": {"weight": weight, "k1": K1, "together": together}},
        }})
    }
}

/// BM25's saturation.
const SATURATED: &str = "params.weight * _score / (_score + params.k1) + params.together";
/// A frequency over the length of its field.
const BY_LENGTH: &str = "params.factor * _score / (1.0 - params.b + params.b * params.rounded * (doc[params.field].size() == 0 ? 1 : doc[params.field].value) / params.mean)";
/// What age takes away, as newsearch reckons it.
const FRESH: &str = "if (doc['published'].size() == 0) { return _score * params.floor; } long day = doc['published'].value; double at = (day / 10000) * params.year + ((day / 100) % 100) * params.month + day % 100; double age = Math.max(0.0, params.newest - at); return _score * (params.floor + (1.0 - params.floor) * Math.pow(2.0, -age / params.half_life));";

/// Days since year 0, a month taken as a twelfth of a year.
fn days(day: u64) -> f64 {
    (day / 10_000) as f64 * f64::from(DAYS_OF_YEAR)
        + (day / 100 % 100) as f64 * f64::from(DAYS_OF_MONTH)
        + (day % 100) as f64
}

/// How many words more than its first a name may have.
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

/// The fields of a stem: where it is a word of another stem, that word too.
pub(super) fn fields_of_stem(base: &str, stem: &str) -> Vec<String> {
    let is_other = with_stemmer(|stemmer| stemmer.stem(stem) != stem);
    let mut fields = vec![format!("{base}_stems")];
    fields.extend(is_other.then(|| base.to_owned()));
    fields
}

/// For each term of a sequence the fields that it may stand in.
fn fields_of_terms(base: &str, sequence: &Sequence) -> Vec<Vec<String>> {
    let fields = |term: &String| if sequence.exact { vec![base.to_owned()] } else { fields_of_stem(base, term) };
    sequence.terms.iter().map(fields).collect()
}

/// The queries, any of which finds a sequence.
fn sequence_queries(base: &str, sequence: &Sequence) -> Vec<Value> {
    let fields = fields_of_terms(base, sequence);
    match (&fields[..], &sequence.terms[..]) {
        ([fields], [term]) => fields.iter().map(|field| json!({"term": {field: {"value": term}}})).collect(),
        ([first, ..], terms) if fields.iter().all(|fields| fields.len() == 1) => {
            vec![one_after_the_other(&first[0], terms)]
        }
        _ => vec![json!({"intervals": {base: sequence_intervals(base, sequence)}})],
    }
}

/// Where the terms of a sequence stand one after the other.
fn sequence_intervals(base: &str, sequence: &Sequence) -> Value {
    let stands = |(fields, term): (Vec<String>, &String)| {
        let fields = fields.into_iter();
        let fields = fields.map(|field| json!({"match": {"query": term, "analyzer": TERMS, "use_field": field}}));
        json!({"any_of": {"intervals": fields.collect::<Vec<_>>()}})
    };
    let terms: Vec<Value> = fields_of_terms(base, sequence).into_iter().zip(&sequence.terms).map(stands).collect();
    json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": terms}})
}

fn label_field(label: Label) -> &'static str {
    match label {
        Label::Source => "source",
        Label::Author => "author",
        Label::Section => "section",
    }
}

fn one_after_the_other(field: &str, terms: &[String]) -> Value {
    match terms {
        [term] => json!({"term": {field: {"value": term}}}),
        terms => json!({"match_phrase": {field: {"query": terms.join(" "), "analyzer": TERMS}}}),
    }
}

/// Any of some conditions; nothing where there are none.
pub(super) fn any(mut conditions: Vec<Value>) -> Value {
    match conditions.len() {
        0 => json!({"match_none": {}}),
        1 => conditions.remove(0),
        _ => json!({"bool": {"should": conditions, "minimum_should_match": 1}}),
    }
}

/// That an article is one of these.
pub(super) fn ties(ties: &[u64]) -> Value {
    let ties: Vec<String> = ties.iter().take(MOST).map(|tie| super::keys::token(*tie)).collect();
    json!({"terms": {"tie": ties}})
}

/// The order that a batch is brought in.
pub(super) fn order(sort: Sort) -> Value {
    let tie = json!({"tie": "asc"});
    match sort {
        Sort::Relevance => json!([{"_score": "desc"}, {"published": {"order": "desc", "missing": "_last"}}, tie]),
        Sort::Newest => json!([{"published": {"order": "desc", "missing": "_last"}}, {"_score": "desc"}, tie]),
        Sort::Oldest => json!([{"published": {"order": "asc", "missing": "_last"}}, {"_score": "desc"}, tie]),
    }
}

/// The kinds of names, each with the field that counts them.
pub(super) fn kinds() -> impl Iterator<Item = (EntityKind, String)> {
    EntityKind::ALL.into_iter().map(|kind| (kind, super::mapping::kind_field(kind)))
}
