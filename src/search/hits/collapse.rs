//! Groups ranked articles into duplicate clusters: one article represents a
//! cluster, the others are listed with it.

use rustc_hash::FxHashMap;

use crate::index::DuplicateClusters;
use crate::search::exec::ranked::Ranked;
use crate::search::query::sort::Duplicates;

/// Articles of one text: the representative, and its copies.
#[derive(Debug, Clone)]
pub(crate) struct DuplicateCluster {
    pub representative: Ranked,
    pub copies: Vec<Ranked>,
}

impl DuplicateCluster {
    /// An article without duplicates.
    pub fn alone(representative: Ranked) -> Self {
        Self { representative, copies: Vec::new() }
    }
}

/// The clusters of ranked articles: collapsed, or each article by itself.
pub(crate) fn clusters_of(
    copies: &DuplicateClusters,
    duplicates: Duplicates,
    ranked: Vec<Ranked>,
) -> Vec<DuplicateCluster> {
    match duplicates {
        Duplicates::Collapse => collapse(copies, ranked),
        Duplicates::Show => ranked.into_iter().map(DuplicateCluster::alone).collect(),
    }
}

/// Groups duplicates under the earliest of them, each cluster at its best rank.
pub(crate) fn collapse(copies: &DuplicateClusters, ranked: Vec<Ranked>) -> Vec<DuplicateCluster> {
    collapse_by(|article| copies.cluster_of(article.tie), ranked)
}

/// Collapses by the key of each article's cluster; `None` for articles without
/// duplicates.
fn collapse_by(cluster_key: impl Fn(&Ranked) -> Option<u64>, ranked: Vec<Ranked>) -> Vec<DuplicateCluster> {
    let mut clusters: Vec<DuplicateCluster> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for article in ranked {
        let cluster = cluster_key(&article);
        match cluster.and_then(|cluster| known.get(&cluster)).map(|at| &mut clusters[*at]) {
            Some(cluster) if is_earlier(&article, &cluster.representative) => {
                cluster.copies.push(std::mem::replace(&mut cluster.representative, article));
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

/// Whether an article represents a cluster rather than another: the earlier one;
/// articles without a date come last.
fn is_earlier(a: &Ranked, b: &Ranked) -> bool {
    let when = |article: &Ranked| (article.published == 0, article.published, article.tie);
    when(a) < when(b)
}

#[cfg(test)]
mod tests {
    use crate::search::exec::candidate::Candidate;
    use crate::search::exec::ranked::PositionBonus;

    use super::*;

    #[test]
    fn clusters_stay_at_their_best_rank_under_the_earliest() {
        // Input: key, day and cluster of each article, best first.
        let check = |articles: &[(u64, u64, Option<u64>)], expected: &[(u64, &[u64])]| {
            let ranked = articles.iter().map(|(tie, published, _)| Ranked {
                candidate: Candidate {
                    segment: 0,
                    doc: 0,
                    score: 1.0,
                    max_score: 1.0,
                    matched: 1.0,
                    is_complete: true,
                },
                score: 1.0,
                published: *published,
                tie: *tie,
                bonus: PositionBonus { proximity: 0.0, lead: 0.0 },
            });
            let cluster_of = |article: &Ranked| articles.iter().find(|(tie, ..)| *tie == article.tie)?.2;
            let clusters = collapse_by(cluster_of, ranked.collect());
            let found: Vec<(u64, Vec<u64>)> = clusters
                .iter()
                .map(|cluster| (cluster.representative.tie, cluster.copies.iter().map(|copy| copy.tie).collect()))
                .collect();
            let expected: Vec<(u64, Vec<u64>)> = expected.iter().map(|(tie, copies)| (*tie, copies.to_vec())).collect();
            assert_eq!(found, expected);
        };
        check(&[], &[]);
        check(&[(1, 20_240_101, None), (2, 20_240_102, None)], &[(1, &[]), (2, &[])]);
        let day = 20_240_101;
        check(&[(1, day, Some(9)), (2, day, None), (3, day - 1, Some(9))], &[(3, &[1]), (2, &[])]);
        check(&[(1, day, Some(9)), (2, 0, Some(9)), (3, day + 1, Some(9))], &[(1, &[2, 3])]);
        check(&[(2, day, Some(9)), (1, day, Some(9))], &[(1, &[2])]);
    }
}
