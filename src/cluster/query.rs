//! Plans to OpenSearch's query language.
//!
//! What matches is said exactly; how well, by a bound: the most that an article
//! can score once closeness and places are known. Ranking itself is done from
//! the articles that come back.

use serde_json::{Value, json};
use tantivy::schema::Field;

use crate::article::EntityKind;
use crate::index::{IndexSchema, LONGEST_NAME};
use crate::search::{
    Label, Node, Occur, Places, Role, Sequence, Sort, Trait, Unit, Wanted, WantedOf, is_noticed, is_together,
};
use crate::segment::with_stemmer;

use super::keys::{NameKeys, with_hashes};
use super::mapping::TERMS;

/// BM25's saturation of term frequency, as newsearch ranks.
const K1: f32 = 1.2;
/// What an occurrence in the title counts.
const TITLE: f32 = 3.0;
/// The most that standing at the beginning adds.
const LEAD: f32 = 1.1;
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
    pub fn filter(&self, wanted: Wanted<'_>) -> Value {
        let plan = wanted.plan;
        let (mut must, mut not) = (Vec::new(), Vec::new());
        for clause in &plan.clauses {
            match clause.occur {
                Occur::Must => must.push(self.node(&clause.node, wanted)),
                Occur::Not => not.push(self.node(&clause.node, wanted)),
                Occur::Should => {}
            }
        }
        must.extend(self.enough_words(wanted));
        json!({"bool": {"filter": must, "must_not": not}})
    }

    /// That enough of the words are there.
    fn enough_words(&self, wanted: Wanted<'_>) -> Option<Value> {
        let (plan, demand) = (wanted.plan, wanted.demand);
        if !demand.has_words {
            return None;
        }
        let mut conditions: Vec<(f32, Value)> = Vec::new();
        let mut noticed: Vec<Value> = Vec::new();
        for (at, clause) in plan.clauses.iter().enumerate().filter(|(_, clause)| clause.occur != Occur::Not) {
            if is_noticed(clause) {
                noticed.push(self.node(&clause.node, wanted));
            }
            if demand.weights[at] > 0.0 {
                conditions.push((demand.weights[at], self.condition(at, wanted)));
            }
        }
        let sum: f32 = conditions.iter().map(|(weight, _)| weight).sum();
        let least = conditions.iter().map(|(weight, _)| *weight).fold(f32::INFINITY, f32::min);
        let needed = demand.needed * ENOUGH;
        let queries =
            |conditions: Vec<(f32, Value)>| conditions.into_iter().map(|(_, query)| query).collect::<Vec<_>>();
        Some(if conditions.is_empty() || needed <= least && demand.share <= f32::MIN_POSITIVE {
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
    fn condition(&self, at: usize, wanted: Wanted<'_>) -> Value {
        let (plan, clause) = (wanted.plan, &wanted.plan.clauses[at]);
        let Some(name) = clause.covered_by else { return self.node(&clause.node, wanted) };
        let mut any = vec![self.node(&Node::Unit(name), wanted)];
        if wanted.demand.tied[name] {
            let together =
                plan.clauses.iter().filter(|other| is_together(plan, other) && other.covered_by == Some(name));
            any.extend(together.map(|other| self.node(&other.node, wanted)));
        } else {
            any.push(self.node(&clause.node, wanted));
        }
        json!({"bool": {"should": any, "minimum_should_match": 1}})
    }

    fn node(&self, node: &Node, wanted: Wanted<'_>) -> Value {
        let all = |parts: Vec<Value>| json!({"bool": {"filter": parts}});
        match node {
            Node::Unit(unit) => self.unit(&wanted.plan.units[*unit]),
            Node::Published(days) => {
                let last = days.last.min(99_999_999);
                json!({"range": {"published": {"gte": days.first.max(1), "lte": last}}})
            }
            Node::Since(commit) => json!({"range": {"run": {"gt": commit}}}),
            Node::Has(Trait::Date) => json!({"exists": {"field": "published"}}),
            Node::Has(Trait::Source) => json!({"exists": {"field": "source_name"}}),
            Node::Has(Trait::Section) => json!({"exists": {"field": "section_name"}}),
            Node::Has(Trait::Duplicate) => ties(&wanted.copies.duplicates()),
            Node::And(parts) => all(parts.iter().map(|part| self.node(part, wanted)).collect()),
            Node::Or(parts) => any(parts.iter().map(|part| self.node(part, wanted)).collect()),
            Node::Not(inner) => json!({"bool": {"must_not": [self.node(inner, wanted)]}}),
            Node::Near { .. } | Node::Loose { .. } | Node::Said { .. } => {
                let places = [Places::Body, Places::Title].into_iter();
                let places = places.filter(|place| !matches!(node, Node::Said { .. }) || *place == Places::Body);
                any(places
                    .filter_map(|place| {
                        let base = if place == Places::Body { "body" } else { "title" };
                        Some(json!({"intervals": {base: self.intervals(node, wanted, place)?}}))
                    })
                    .collect())
            }
        }
    }

    /// Where a node stands in one place; `None` where it cannot.
    fn intervals(&self, node: &Node, wanted: Wanted<'_>, place: Places) -> Option<Value> {
        match node {
            Node::Unit(unit) => self.unit_intervals(&wanted.plan.units[*unit], place),
            Node::Near { left, right, gap, ordered } => {
                // A name stands at its first word; its others are between.
                let reach = [left, right].map(|side| spread_of(side, wanted)).iter().sum::<u32>();
                let sides = [self.intervals(left, wanted, place)?, self.intervals(right, wanted, place)?];
                Some(json!({"all_of": {"ordered": ordered, "max_gaps": gap + reach, "intervals": sides}}))
            }
            Node::Loose { units, gap } => {
                let words = units.iter().map(|unit| self.intervals(&Node::Unit(*unit), wanted, place));
                let words: Option<Vec<Value>> = words.collect();
                Some(json!({"all_of": {"ordered": false, "max_gaps": gap, "intervals": words?}}))
            }
            Node::Said { inner, marks } => {
                let marks = marks.map(|mark| self.unit_intervals(&wanted.plan.units[mark], Places::Body));
                let [Some(opens), Some(closes)] = marks else { return None };
                let quote = json!({"all_of": {"ordered": true, "intervals": [opens, closes]}});
                let inner = self.intervals(inner, wanted, Places::Body)?;
                Some(json!({"all_of": {"intervals": [inner], "filter": {"contained_by": quote}}}))
            }
            Node::And(parts) => {
                let parts: Option<Vec<Value>> = parts.iter().map(|part| self.intervals(part, wanted, place)).collect();
                Some(json!({"all_of": {"ordered": false, "intervals": parts?}}))
            }
            Node::Or(parts) => {
                let parts: Vec<Value> = parts.iter().filter_map(|part| self.intervals(part, wanted, place)).collect();
                (!parts.is_empty()).then(|| json!({"any_of": {"intervals": parts}}))
            }
            Node::Not(_) | Node::Published(_) | Node::Since(_) | Node::Has(_) => None,
        }
    }

    fn unit_intervals(&self, unit: &Unit, place: Places) -> Option<Value> {
        if unit.places != Places::All && unit.places != place {
            return None;
        }
        let at = |terms: &[String], field: String| json!({"match": {"query": terms.join(" "), "max_gaps": 0, "ordered": true, "analyzer": TERMS, "use_field": field}});
        let base = if place == Places::Body { "body" } else { "title" };
        let stands: Vec<Value> = match &unit.wanted {
            WantedOf::Words(sequences) => sequences.iter().map(|sequence| sequence_intervals(base, sequence)).collect(),
            WantedOf::Any(terms) => terms.iter().map(|term| at(std::slice::from_ref(term), base.to_owned())).collect(),
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
            let place = if title { Places::Title } else { Places::Body };
            if unit.places != Places::All && unit.places != place {
                continue;
            }
            let mut add = |query: Value| found.push(Alternative { query, title });
            match &unit.wanted {
                WantedOf::Words(sequences) => {
                    sequences.iter().flat_map(|sequence| sequence_queries(base, sequence)).for_each(&mut add);
                }
                WantedOf::Any(terms) if terms.len() > MANY => add(json!({"terms": {base: terms}})),
                WantedOf::Any(terms) => {
                    terms.iter().for_each(|term| add(one_after_the_other(base, std::slice::from_ref(term))))
                }
                WantedOf::Label(label, words) if !title => add(one_after_the_other(label_field(*label), words)),
                WantedOf::Label(..) => {}
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
    fn field_in(&self, wanted: &WantedOf, place: Places) -> Option<Field> {
        let schema = self.schema;
        match (wanted, place) {
            (WantedOf::Names(_) | WantedOf::Mark(_), Places::Body) => Some(schema.body_names),
            (WantedOf::Names(_), Places::Title) => Some(schema.title_names),
            (WantedOf::Dates(_), Places::Body) => Some(schema.body_dates),
            (WantedOf::Dates(_), Places::Title) => Some(schema.title_dates),
            (WantedOf::Reports(_), Places::Body) => Some(schema.reports),
            _ => None,
        }
    }

    fn terms(&self, wanted: &WantedOf, field: Field) -> Vec<String> {
        let hashed = |term: &str| with_hashes(self.schema, field, term, |id| self.keys.hash(id));
        match wanted {
            WantedOf::Names(ids) => ids.iter().map(|id| hashed(&id.to_string())).collect(),
            WantedOf::Dates(terms) => terms.clone(),
            WantedOf::Reports(terms) => terms.iter().map(|term| hashed(term)).collect(),
            WantedOf::Mark(mark) => vec![(*mark).to_owned()],
            WantedOf::Words(_) | WantedOf::Any(_) | WantedOf::Label(..) => Vec::new(),
        }
    }

    /// The whole query, in the order that is asked for: by the most that an
    /// article can score, or by what its words score.
    pub fn scored(&self, wanted: Wanted<'_>, sort: Sort, narrowed: Value) -> Value {
        let (plan, demand) = (wanted.plan, wanted.demand);
        let only_filters = plan.searched().next().is_none();
        let bound = sort == Sort::Relevance;
        let mut parts: Vec<Value> = Vec::new();
        for (at, unit) in plan.units.iter().enumerate() {
            let counts = unit.role == Role::Scored || unit.role == Role::Filter && only_filters;
            if !counts
                || !wanted.scoring.occurs[at]
                || matches!(unit.wanted, WantedOf::Label(..) | WantedOf::Reports(_))
            {
                continue;
            }
            let clause = plan.clauses.iter().position(|clause| clause.node == Node::Unit(at));
            let together = if bound { clause.map_or(0.0, |clause| demand.together[clause]) } else { 0.0 };
            let lead = if bound && !only_filters { LEAD } else { 1.0 };
            let weight = unit.weight * wanted.scoring.idf[at] * (K1 + 1.0) * lead;
            parts.push(self.weighed(unit, (weight, together), wanted.scoring.means()));
        }
        let query = if parts.is_empty() {
            json!({"bool": {"filter": [narrowed]}})
        } else {
            json!({"bool": {"filter": [narrowed], "should": parts}})
        };
        match wanted.newest {
            Some(newest) => {
                json!({"script_score": {"query": query, "script": {"source": FRESH, "params": {"newest": days(newest)}}}})
            }
            None => query,
        }
    }

    /// What a unit adds to a score.
    fn weighed(&self, unit: &Unit, (weight, together): (f32, f32), means: (f32, f32)) -> Value {
        let alternatives = self.alternatives(unit);
        let is_words = matches!(unit.wanted, WantedOf::Words(_) | WantedOf::Any(_));
        if alternatives.iter().any(|one| one.query.get("terms").is_some()) {
            return json!({"constant_score": {"filter": any(alternatives.into_iter().map(|one| one.query).collect()), "boost": weight + together}});
        }
        let one = |Alternative { query, title }: Alternative| {
            let factor = if title { TITLE } else { 1.0 };
            if is_words {
                return json!({"bool": {"must": [query], "boost": factor}});
            }
            // Fields of names have no lengths of their own.
            let (field, mean) = if title { ("title_words", means.0) } else { ("body_words", means.1) };
            json!({"script_score": {"query": query, "script": {
                "source": BY_LENGTH, "params": {"factor": factor, "mean": mean, "field": field, "rounded": ROUNDED},
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
const BY_LENGTH: &str = "params.factor * _score / (0.25 + 0.75 * params.rounded * (doc[params.field].size() == 0 ? 1 : doc[params.field].value) / params.mean)";
/// What age takes away, as newsearch reckons it.
const FRESH: &str = "if (doc['published'].size() == 0) { return _score * 0.5; } long day = doc['published'].value; double at = (day / 10000) * 365.25 + ((day / 100) % 100) * 30.44 + day % 100; double age = Math.max(0.0, params.newest - at); return _score * (0.5 + 0.5 * Math.pow(2.0, -age / 365.0));";

/// Days since year 0, a month taken as a twelfth of a year.
fn days(day: u64) -> f64 {
    (day / 10_000) as f64 * 365.25 + (day / 100 % 100) as f64 * 30.44 + (day % 100) as f64
}

/// How many words more than its first a name may have.
fn spread_of(node: &Node, wanted: Wanted<'_>) -> u32 {
    let mut spread = 0;
    node.each_unit(&mut |unit| {
        if matches!(wanted.plan.units[unit].wanted, WantedOf::Names(_)) {
            // As many words as were typed, or as names have.
            let typed = wanted.plan.units[unit].text.split_whitespace().count() as u32;
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
