//! Gathers duplicates among ranked articles: one article shown, the others
//! listed with it.

use rustc_hash::FxHashMap;

use crate::index::DuplicateClusters;
use crate::search::exec::ranked::Ranked;
use crate::search::query::sort::Duplicates;

/// Articles of one text: the one that is shown, and its copies.
#[derive(Debug, Clone)]
pub(crate) struct DuplicateCluster {
    pub shown: Ranked,
    pub copies: Vec<Ranked>,
}

impl DuplicateCluster {
    /// An article without duplicates.
    pub fn alone(shown: Ranked) -> Self {
        Self { shown, copies: Vec::new() }
    }
}

/// The clusters of ranked articles: duplicates gathered, or each by itself.
pub(crate) fn cluster_of(
    copies: &DuplicateClusters,
    duplicates: Duplicates,
    ranked: Vec<Ranked>,
) -> Vec<DuplicateCluster> {
    match duplicates {
        Duplicates::Collapse => collapse(copies, ranked),
        Duplicates::Show => ranked.into_iter().map(DuplicateCluster::alone).collect(),
    }
}

/// Gathers duplicates under the earliest of them, each cluster at its best rank.
pub(crate) fn collapse(copies: &DuplicateClusters, ranked: Vec<Ranked>) -> Vec<DuplicateCluster> {
    let mut clusters: Vec<DuplicateCluster> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for article in ranked {
        let cluster = copies.cluster_of(article.tie);
        match cluster.and_then(|cluster| known.get(&cluster)).map(|at| &mut clusters[*at]) {
            Some(cluster) if is_earlier(&article, &cluster.shown) => {
                cluster.copies.push(std::mem::replace(&mut cluster.shown, article));
            }
            Some(cluster) => cluster.copies.push(article),
            None => {
                known.extend(cluster.map(|cluster| (cluster, clusters.len())));
                clusters.push(DuplicateCluster::alone(article));
            }
        }
    }
    clusters
}

/// Articles without a date come after all others.
fn is_earlier(a: &Ranked, b: &Ranked) -> bool {
    let when = |article: &Ranked| (article.published == 0, article.published, article.tie);
    when(a) < when(b)
}
