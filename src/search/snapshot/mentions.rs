//! The entities that a stored article mentions.

use crate::index::{Entities, EntityId, StoredArticle, StoredMention};

/// The visible entities of an article, each with its number of mentions and the
/// index of the first mention, in no order.
pub(crate) fn mentioned(entities: &Entities, article: &StoredArticle) -> Vec<(EntityId, (usize, usize))> {
    let of = |(at, mention): (usize, &StoredMention)| (entities.of(mention.name), at);
    let mut mentions: Vec<(EntityId, usize)> = article.mentions.iter().enumerate().map(of).collect();
    mentions.sort_unstable();
    let same = mentions.chunk_by(|a, b| a.0 == b.0);
    let counted = same.map(|same| (same[0].0, (same.len(), same[0].1)));
    counted.filter(|(id, _)| entities.is_shown(*id)).collect()
}
