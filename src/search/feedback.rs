//! Pseudo-relevance feedback: questions written as sentences are asked again
//! with the words that their best articles share.
//!
//! A relevance model after Lavrenko and Croft, “Relevance-Based Language
//! Models”, SIGIR 2001, mixed with the query as in RM3 (Abdul-Jaleel et al.,
//! TREC 2004), its words weighed by their rarity.

use std::collections::BTreeMap;

use crate::segment::{Analyzer, TermKind, with_stemmer};

use super::candidates::{Candidate, Question};
use super::closeness::{self, Ranked};
use super::language::{Occur, Places};
use super::plan::{Clause, Node, Plan, Role, Sequence, Unit, Wanted};
use super::score::inverse_frequency;
use super::{SearchError, Searcher};

/// The best articles that are looked at.
const ARTICLES: usize = 10;
/// The words that are taken from them.
const WORDS: usize = 20;
/// What the most telling of these words counts beside one of the query.
const WEIGHT: f32 = 0.3;
/// A word of fewer of these articles is one article's own.
const LEAST_ARTICLES: usize = 2;
/// Shorter words say little.
const LEAST_LETTERS: usize = 3;
/// So many words of weight make a sentence.
const SENTENCE: usize = 5;

impl Searcher {
    /// The plan with what the best articles share, where the query is written
    /// as a sentence.
    pub(super) fn with_feedback(
        &self,
        question: Question<'_>,
        articles: &[Candidate],
    ) -> Result<Option<Plan>, SearchError> {
        let telling = question.plan.words().filter(|unit| question.plan.units[*unit].weight >= 1.0).count();
        if telling < SENTENCE || question.plan.clauses.iter().any(|clause| clause.occur != Occur::Should) {
            return Ok(None);
        }
        let best = closeness::best(question, articles, ARTICLES)?;
        let words = self.telling_words(&best)?;
        let most = words.first().map_or(1.0, |(_, weight)| *weight);
        let mut plan = question.plan.clone();
        let weight = super::score::xenv("XFB", WEIGHT);
        for (stem, share) in words {
            let wanted = Wanted::Words(vec![Sequence { terms: vec![stem.clone()], exact: false }]);
            if plan.units.iter().any(|unit| unit.wanted == wanted) {
                continue;
            }
            let unit = plan.units.len();
            let weight = weight * share / most;
            plan.units.push(Unit { text: stem, wanted, places: Places::All, role: Role::Hint, weight });
            plan.clauses.push(Clause { occur: Occur::Should, node: Node::Unit(unit), covered_by: None });
        }
        Ok(Some(plan))
    }

    /// The words that articles share, the most telling first.
    fn telling_words(&self, best: &[Ranked]) -> Result<Vec<(String, f32)>, SearchError> {
        let all: f32 = best.iter().map(|ranked| ranked.score).sum();
        let mut shares: BTreeMap<String, (f32, usize)> = BTreeMap::new();
        for ranked in best {
            let article = self.stored(ranked)?;
            let mut counts: BTreeMap<String, u32> = BTreeMap::new();
            let mut length = 0;
            for span in [article.title_span, article.body] {
                let terms = Analyzer::terms(&article.text, span);
                with_stemmer(|stemmer| {
                    for term in terms.iter().filter(|term| term.kind == TermKind::Word) {
                        length += 1;
                        if term.text.chars().count() >= LEAST_LETTERS && !term.text.chars().all(char::is_numeric) {
                            *counts.entry(stemmer.stem(&term.text).to_owned()).or_default() += 1;
                        }
                    }
                });
            }
            for (stem, count) in counts {
                let share = shares.entry(stem).or_default();
                share.0 += ranked.score / all * count as f32 / length as f32;
                share.1 += 1;
            }
        }
        let mut words = Vec::new();
        for (stem, (share, articles)) in shares.into_iter().filter(|(_, (_, articles))| *articles >= LEAST_ARTICLES) {
            let _ = articles;
            let term = tantivy::Term::from_field_text(self.schema().body, &stem);
            let frequency = self.snapshot().searcher.doc_freq(&term)?;
            let rarity = inverse_frequency(self.snapshot().documents, frequency);
            words.push((stem, share * rarity));
        }
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        words.truncate(super::score::xenv("XFBW", WORDS as f32) as usize);
        Ok(words)
    }
}
