//! The plan for “more like this”: the entities and the rare words of an article.

use std::collections::BTreeMap;

use crate::index::{EntityId, StoredArticle};
use crate::meaning::TextVector;
use crate::search::error::SearchError;
use crate::search::language::syntax_tree::Occur;
use crate::search::params::{SIMILAR_ENTITIES, SIMILAR_MIN_LETTERS, SIMILAR_WORDS};
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Clause, Plan, Sequence, Unit, UnitKind};
use crate::search::snapshot::mentions::mentioned;
use crate::search::snapshot::reader::Snapshot;
use crate::segment::{Analyzer, TermKind, with_stemmer};

/// Plans a search for articles similar to one.
pub(crate) fn plan_like(planner: &Planner<'_>, article: &StoredArticle) -> Result<Plan, SearchError> {
    let (snapshot, entities) = (planner.snapshot, planner.entities);
    let mut weighted =
        words(snapshot, article, |term| snapshot.frequency(planner.schema.body, &snapshot.segments.forms.of(term)))?;
    weighted.truncate(SIMILAR_WORDS);
    let vector = TextVector::of_article(article.title_span.of(&article.text), article.body.of(&article.text));
    let mut plan = Plan { meaning: Some(vector), ..Plan::default() };
    for (stem, weight) in weighted {
        let sequences = vec![Sequence::stems(vec![stem.clone()], &snapshot.segments.forms)];
        add(&mut plan, stem, UnitKind::Words(sequences), weight);
    }
    for (entity, mentions) in most_mentioned(planner, article) {
        let name = entities.name(entity).unwrap_or_default().to_owned();
        let kind = UnitKind::Names(entities.members(entity));
        add(&mut plan, name, kind, 1.0 + (mentions as f32).ln());
    }
    Ok(plan)
}

/// The most mentioned entities of an article, with their mentions.
fn most_mentioned(planner: &Planner<'_>, article: &StoredArticle) -> Vec<(EntityId, usize)> {
    let mentioned = mentioned(planner.entities, article).into_iter();
    let mut counts: Vec<(EntityId, usize)> = mentioned.map(|(entity, (mentions, _))| (entity, mentions)).collect();
    counts.sort_by_key(|(entity, mentions)| (std::cmp::Reverse(*mentions), *entity));
    counts.truncate(SIMILAR_ENTITIES);
    counts
}

fn add(plan: &mut Plan, text: String, kind: UnitKind, weight: f32) {
    let node = plan.push(Unit::scored(text, kind, weight));
    plan.clauses.push(Clause::new(Occur::Should, node));
}

/// The stems of an article by TF-IDF, best first, each with its weight
/// `1 + ln(count)`. Stems of no other article are left out.
fn words(
    snapshot: &Snapshot,
    article: &StoredArticle,
    frequency: impl Fn(&str) -> Result<u64, SearchError>,
) -> Result<Vec<(String, f32)>, SearchError> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    with_stemmer(|stemmer| {
        let terms = Analyzer::terms(&article.text, article.body).into_iter().filter(|term| term.kind == TermKind::Word);
        for term in terms.filter(|term| term.text.chars().count() >= SIMILAR_MIN_LETTERS) {
            *counts.entry(stemmer.stem(&term.text).to_owned()).or_default() += 1;
        }
    });
    let mut weighted = Vec::with_capacity(counts.len());
    for (stem, count) in counts {
        let articles = frequency(&stem)?;
        if articles > 1 {
            let rarity = (snapshot.sizes().0 as f32 / articles as f32).ln();
            let weight = 1.0 + (count as f32).ln();
            weighted.push((weight * rarity, stem, weight));
        }
    }
    weighted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(weighted.into_iter().map(|(_, stem, weight)| (stem, weight)).collect())
}
