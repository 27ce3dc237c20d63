//! Weighing what stands around two names that look alike.

use rustc_hash::FxHashMap;

use super::candidates::Pair;
use super::{ArchiveNames, Link, Links, NameNumber, Rule, Surroundings};

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
    let rivals = rivals(&weighed);
    let mut candidates = Vec::new();
    for link in weighed.into_iter().filter(|link| link.score >= MAYBE) {
        // “J. Smith” is nobody while both John and Jane may be meant.
        if link.score >= ONE && rivals.get(&link.from).copied().unwrap_or(0) < 2 {
            links.add(link);
        } else {
            candidates.push(link);
        }
    }
    candidates
}

/// For each name, of how many others it may well be a form.
fn rivals(weighed: &[Link]) -> FxHashMap<NameNumber, usize> {
    let mut rivals = FxHashMap::default();
    for link in weighed.iter().filter(|link| link.score >= ONE) {
        *rivals.entry(link.from).or_insert(0) += 1;
    }
    rivals
}

struct Scale<'a> {
    names: &'a ArchiveNames,
    around: &'a FxHashMap<NameNumber, FxHashMap<NameNumber, u32>>,
    articles: u32,
}

impl Scale<'_> {
    fn link(&self, pair: Pair) -> Link {
        let (likeness, shared) = self.likeness(pair.from, pair.to);
        let player = self.shared_player(pair.from, pair.to);
        let together = self.together(pair.from, pair.to);
        // Log odds by hand: what a rule is worth by itself, what the company of
        // names adds, and that two names in one article are mostly two people.
        let prior = match pair.rule {
            Rule::Slip => -0.5,
            Rule::MiddleName => -1.5,
            Rule::Nickname => -2.0,
            _ => -3.0,
        };
        let odds = prior + 9.0 * likeness + if player.is_some() { 3.0 } else { 0.0 } - 1.5 * together as f32;
        let score = 1.0 / (1.0 + (-odds).exp());
        let mut told = Vec::new();
        if let Some(player) = player {
            told.push(format!("both played by {}", self.names.of(player).name));
        }
        if !shared.is_empty() {
            let company: Vec<&str> = shared.iter().map(|id| self.names.of(*id).name.as_str()).collect();
            told.push(format!("both beside {}", company.join(", ")));
        }
        if together > 0 {
            told.push(format!("{together} articles name both"));
        }
        Link { from: pair.from, to: pair.to, rule: pair.rule, score, evidence: told.join("; ") }
    }

    /// How rare a name is: `ln(N / n)`, as in the vector space model (Salton
    /// and Buckley 1988).
    fn rarity(&self, id: NameNumber) -> f32 {
        (self.articles.max(1) as f32 / self.names.of(id).articles.max(1) as f32).ln().max(0.0)
    }

    /// The cosine of what stands around two names, 0 to 1, and the names that
    /// weigh most in it.
    fn likeness(&self, a: NameNumber, b: NameNumber) -> (f32, Vec<NameNumber>) {
        let (Some(first), Some(second)) = (self.around.get(&a), self.around.get(&b)) else {
            return (0.0, Vec::new());
        };
        let weight = |id: NameNumber, count: u32| {
            if id == a || id == b { 0.0 } else { self.rarity(id) * (1.0 + (count as f32).ln()) }
        };
        let norm = |around: &FxHashMap<NameNumber, u32>| {
            around.iter().map(|(id, count)| weight(*id, *count).powi(2)).sum::<f32>().sqrt()
        };
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

    /// Articles that have both.
    fn together(&self, a: NameNumber, b: NameNumber) -> u32 {
        self.around.get(&a).and_then(|around| around.get(&b)).copied().unwrap_or(0)
    }
}
