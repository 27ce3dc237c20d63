//! Weighing what stands around two names that look alike.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::Pair;
use super::{ArchiveNames, Company, Link, Links, NameNumber, Rule, Surroundings};

/// From this probability on two names are one.
const ONE: f32 = 0.8;
/// From this probability on they are listed as candidates.
const MAYBE: f32 = 0.2;
/// Names told as evidence.
const TOLD: usize = 3;

/// Links the pairs whose evidence is weighty; returns those that may be one.
pub(super) fn weigh(
    names: &ArchiveNames,
    surroundings: &dyn Surroundings,
    pairs: Vec<Pair>,
    links: &mut Links,
) -> Vec<Link> {
    let mut ids: Vec<NameNumber> = pairs.iter().flat_map(|pair| [pair.from, pair.to]).collect();
    ids.sort_unstable();
    ids.dedup();
    let around = surroundings.around(&ids);
    let scale = Scale { names, around: &around, articles: surroundings.articles() };
    let mut weighed: Vec<Link> = pairs.into_iter().map(|pair| scale.link(pair)).collect();
    weighed.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    let (sure, mut candidates): (Vec<Link>, Vec<Link>) =
        weighed.into_iter().filter(|link| link.score >= MAYBE).partition(|link| link.score >= ONE);
    let mut targets: FxHashMap<NameNumber, usize> = FxHashMap::default();
    sure.iter().for_each(|link| *targets.entry(link.from).or_default() += 1);
    let (single, several): (Vec<Link>, Vec<Link>) = sure.into_iter().partition(|link| targets[&link.from] == 1);
    single.into_iter().for_each(|link| links.add(link));
    // “J. Smith” is nobody while both John and Jane may be meant.
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

struct Scale<'a> {
    names: &'a ArchiveNames,
    around: &'a FxHashMap<NameNumber, Vec<Company>>,
    articles: u32,
}

impl Scale<'_> {
    fn link(&self, pair: Pair) -> Link {
        let first = self.around.get(&pair.from).map_or(&[][..], Vec::as_slice);
        let second = self.around.get(&pair.to).map_or(&[][..], Vec::as_slice);
        let together = Together::new(first, second);
        let (likeness, shared) = self.likeness(pair, &together.only(first), &together.only(second));
        let player = self.shared_player(pair.from, pair.to);
        // Log odds by hand: what a rule is worth by itself, what the company of
        // names in different articles adds, and that two names in one article
        // are mostly two people.
        let score = pair.odds
            + 9.0 * likeness
            + if player.is_some() { 4.0 } else { 0.0 }
            + if pair.rule == Rule::Slip { 0.0 } else { -1.5 * together.articles.len().min(4) as f32 };
        let mut told = Vec::new();
        if let Some(player) = player {
            told.push(format!("both played by {}", self.names.of(player).name));
        }
        if !shared.is_empty() {
            let company: Vec<&str> = shared.iter().map(|id| self.names.of(*id).name.as_str()).collect();
            told.push(format!("both beside {}", company.join(", ")));
        }
        if !together.articles.is_empty() {
            told.push(format!("{} articles name both", together.articles.len()));
        }
        let score = 1.0 / (1.0 + (-score).exp());
        Link { from: pair.from, to: pair.to, rule: pair.rule, score, evidence: told.join("; ") }
    }

    /// How rare a name is: `ln((N + 1) / n)`, as in the vector space model (Salton
    /// and Buckley 1988).
    fn rarity(&self, id: NameNumber) -> f32 {
        ((self.articles + 1) as f32 / self.names.of(id).articles.max(1) as f32).ln().max(0.0)
    }

    /// The cosine of what stands around two names, 0 to 1, and the names that
    /// weigh most in it.
    fn likeness(&self, pair: Pair, first: &Counts, second: &Counts) -> (f32, Vec<NameNumber>) {
        let weight = |id: NameNumber, count: u32| {
            if id == pair.from || id == pair.to { 0.0 } else { self.rarity(id) * (1.0 + (count as f32).ln()) }
        };
        let norm = |around: &Counts| around.iter().map(|(id, count)| weight(*id, *count).powi(2)).sum::<f32>().sqrt();
        let mut shared: Vec<(f32, NameNumber)> = first
            .iter()
            .filter_map(|(id, count)| Some((weight(*id, *count) * weight(*id, *second.get(id)?), *id)))
            .filter(|(product, _)| *product > 0.0)
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let dot: f32 = shared.iter().map(|(product, _)| product).sum();
        let cosine = dot / (norm(first) * norm(second)).max(f32::MIN_POSITIVE);
        (cosine, shared.into_iter().take(TOLD).map(|(_, id)| id).collect())
    }

    fn shared_player(&self, a: NameNumber, b: NameNumber) -> Option<NameNumber> {
        let players = |id| self.names.of(id).players.iter().map(|(player, _)| *player);
        players(a).find(|player| players(b).any(|other| other == *player))
    }
}

/// Names with the number of articles they stand in.
type Counts = FxHashMap<NameNumber, u32>;

/// The articles that have both of two names. They say nothing of what the
/// names have in common.
struct Together {
    articles: FxHashSet<u32>,
}

impl Together {
    fn new(first: &[Company], second: &[Company]) -> Self {
        let of_second: FxHashSet<u32> = second.iter().map(|company| company.article).collect();
        let both = first.iter().map(|company| company.article).filter(|article| of_second.contains(article));
        Self { articles: both.collect() }
    }

    /// The names of the other articles.
    fn only(&self, companies: &[Company]) -> Counts {
        let mut counts = Counts::default();
        for company in companies.iter().filter(|company| !self.articles.contains(&company.article)) {
            company.names.iter().for_each(|id| *counts.entry(*id).or_default() += 1);
        }
        counts
    }
}
