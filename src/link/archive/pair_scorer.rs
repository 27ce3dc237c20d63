//! Scores pairs of names that look alike by the names that occur with them.

use std::cell::OnceCell;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::candidate_pairs::Pair;
use super::links::{Link, Links, Rule};
use super::names::{ArchiveNames, ArticleNumber, NameNumber};
use super::surroundings::Surroundings;

/// The probability from which on two names are linked.
const LINKED: f32 = 0.8;
/// The probability from which on they are listed as candidates.
const CANDIDATE: f32 = 0.2;
/// The most names listed as evidence.
const MAX_EVIDENCE: usize = 3;

/// Links the pairs with a high score; returns the candidates.
pub(super) fn link_pairs(
    names: &ArchiveNames,
    surroundings: &dyn Surroundings,
    mut pairs: Vec<Pair>,
    links: &mut Links,
) -> Vec<Link> {
    let mut ids: Vec<NameNumber> = pairs.iter().flat_map(|pair| [pair.from, pair.to]).collect();
    ids.sort_unstable();
    ids.dedup();
    let around = surroundings.around(&ids);
    let scorer = PairScorer { names, surroundings, around: &around };
    // Profiles are large: one is kept only while the pairs of its name are scored.
    pairs.sort_by_key(|pair| pair.from);
    let mut scored: Vec<Link> =
        pairs.par_chunk_by(|a, b| a.from == b.from).flat_map_iter(|pairs| scorer.links(pairs)).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    let (sure, mut candidates): (Vec<Link>, Vec<Link>) = scored.into_iter().partition(|link| link.score >= LINKED);
    let mut targets: FxHashMap<NameNumber, usize> = FxHashMap::default();
    sure.iter().for_each(|link| *targets.entry(link.from).or_default() += 1);
    let (single, several): (Vec<Link>, Vec<Link>) = sure.into_iter().partition(|link| targets[&link.from] == 1);
    single.into_iter().for_each(|link| links.add(link));
    // “J. Smith” is not linked if it may be John or Jane.
    for group in several.iter().map(|link| link.from).collect::<FxHashSet<_>>() {
        let (of_one, _): (Vec<&Link>, Vec<&Link>) = several.iter().partition(|link| link.from == group);
        let root = links.root(of_one[0].to);
        if of_one.iter().all(|link| links.root(link.to) == root) {
            links.add(of_one[0].clone());
        } else {
            candidates.extend(of_one.into_iter().cloned());
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    candidates
}

/// Scores pairs by the names around them.
struct PairScorer<'a> {
    names: &'a ArchiveNames,
    surroundings: &'a dyn Surroundings,
    around: &'a FxHashMap<NameNumber, Vec<ArticleNumber>>,
}

/// The weights of the names around a name, by number: a vector of the vector space
/// model.
#[derive(Default)]
struct Profile {
    weights: Vec<(NameNumber, f32)>,
    norm: f32,
}

impl PairScorer<'_> {
    /// The links of the pairs of one name.
    fn links(&self, pairs: &[Pair]) -> Vec<Link> {
        let whole = OnceCell::new();
        let profile = || whole.get_or_init(|| self.whole_profile(pairs[0].from));
        pairs.iter().filter_map(|pair| self.link(pair, &profile)).collect()
    }

    /// The link of a pair; `None` below the score of candidates. `whole` is the profile
    /// of the first name over all its articles.
    fn link<'p>(&self, pair: &Pair, whole: &dyn Fn() -> &'p Profile) -> Option<Link> {
        let (first, second) = (self.articles_of(pair.from), self.articles_of(pair.to));
        let together = together(first, second);
        let (similarity, shared) = if together.is_empty() {
            cosine(whole(), &self.whole_profile(pair.to))
        } else {
            // Articles with both names do not tell what the names share.
            let apart = |article: &&ArticleNumber| !together.contains(article);
            cosine(
                &self.profile(pair.from, first.iter().filter(apart)),
                &self.profile(pair.to, second.iter().filter(apart)),
            )
        };
        let player = self.shared_player(pair.from, pair.to);
        // Log odds set by hand: the rule, the similarity of the names around, a shared
        // player, and that two names in one article are usually two people.
        let odds = pair.odds
            + 9.0 * similarity
            + if player.is_some() { 4.0 } else { 0.0 }
            + if pair.rule == Rule::OneEdit { 0.0 } else { -1.5 * together.len().min(4) as f32 };
        let score = 1.0 / (1.0 + (-odds).exp());
        (score >= CANDIDATE).then(|| Link {
            from: pair.from,
            to: pair.to,
            rule: pair.rule,
            score,
            evidence: self.evidence(player, &shared, together.len()),
        })
    }

    /// The evidence for a link, for people to read.
    fn evidence(&self, player: Option<NameNumber>, shared: &[NameNumber], together: usize) -> String {
        let name = |id: NameNumber| self.names.of(id).name.as_str();
        let mut parts = Vec::new();
        if let Some(player) = player {
            parts.push(format!("both played by {}", name(player)));
        }
        if !shared.is_empty() {
            let company: Vec<&str> = shared.iter().map(|id| name(*id)).collect();
            parts.push(format!("both beside {}", company.join(", ")));
        }
        match together {
            0 => {}
            1 => parts.push("1 article names both".to_owned()),
            _ => parts.push(format!("{together} articles name both")),
        }
        parts.join("; ")
    }

    /// Some articles with a name, in order.
    fn articles_of(&self, id: NameNumber) -> &[ArticleNumber] {
        self.around.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The profile of a name over all its articles.
    fn whole_profile(&self, id: NameNumber) -> Profile {
        self.profile(id, self.articles_of(id).iter())
    }

    /// The profile of a name over some articles: each other name weighs by the number of
    /// articles and its rarity.
    fn profile<'c>(&self, of: NameNumber, articles: impl Iterator<Item = &'c ArticleNumber>) -> Profile {
        let mut all: Vec<NameNumber> = Vec::new();
        articles.for_each(|article| self.surroundings.names_of(*article, &mut all));
        all.retain(|id| *id != of);
        all.sort_unstable();
        let weights: Vec<(NameNumber, f32)> = all
            .chunk_by(|a, b| a == b)
            .map(|same| (same[0], self.rarity(same[0]) * (1.0 + (same.len() as f32).ln())))
            .collect();
        let norm = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        Profile { weights, norm }
    }

    /// The inverse document frequency `ln((N + 1) / n)` (Salton and Buckley 1988).
    fn rarity(&self, id: NameNumber) -> f32 {
        ((self.surroundings.articles() + 1) as f32 / self.names.of(id).articles.max(1) as f32).ln().max(0.0)
    }

    /// A person who plays both names.
    fn shared_player(&self, a: NameNumber, b: NameNumber) -> Option<NameNumber> {
        let players = |id| self.names.of(id).players.iter().map(|(player, _)| *player);
        players(a).find(|player| players(b).any(|other| other == *player))
    }
}

/// The articles in both of two ordered lists.
fn together(first: &[ArticleNumber], second: &[ArticleNumber]) -> Vec<ArticleNumber> {
    first.iter().copied().filter(|article| second.binary_search(article).is_ok()).collect()
}

/// The cosine similarity of two profiles, 0 to 1, and the names with most weight in it.
fn cosine(first: &Profile, second: &Profile) -> (f32, Vec<NameNumber>) {
    let mut shared: Vec<(f32, NameNumber)> = Vec::new();
    let mut rest = second.weights.as_slice();
    for (id, weight) in &first.weights {
        rest = &rest[rest.partition_point(|(other, _)| other < id)..];
        if let Some((_, other)) = rest.first().filter(|(other, _)| other == id) {
            shared.push((weight * other, *id));
        }
    }
    let dot: f32 = shared.iter().map(|(product, _)| product).sum();
    shared.retain(|(product, _)| *product > 0.0);
    shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    (
        dot / (first.norm * second.norm).max(f32::MIN_POSITIVE),
        shared.into_iter().take(MAX_EVIDENCE).map(|(_, id)| id).collect(),
    )
}
