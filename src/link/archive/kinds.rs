//! Names with a few stray mentions of another kind than their usual one.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;

use super::links::{Link, Links, Rule};
use super::names::{ArchiveNames, NameNumber};

/// The largest share of the votes of a stray kind.
const STRAY_SHARE: f32 = 0.2;
/// The same for a character that nobody plays in any article.
const UNPLAYED_SHARE: f32 = 0.45;
/// The most articles of a stray kind; one with more is an entity of its own.
const STRAY_ARTICLES: u32 = 20;

/// Links kinds of a name with a small share of its votes to the kind with most. A vote
/// is an article, weighted by confidence. A fair share is an entity of its own:
/// Spider-Man is a character and a work.
pub(super) fn link_stray_kinds(names: &ArchiveNames, links: &mut Links) {
    let mut groups: FxHashMap<&str, Vec<NameNumber>> = FxHashMap::default();
    for (id, facts) in names.mentioned().filter(|(id, _)| !links.is_linked(*id)) {
        groups.entry(&facts.key).or_default().push(id);
    }
    let mut groups: Vec<_> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort_unstable();
    let votes = |id: NameNumber| names.of(id).articles as f32 * names.of(id).confidence;
    for group in groups {
        let all: f32 = group.iter().map(|id| votes(*id)).sum();
        let Some(best) = group.iter().copied().max_by(|a, b| votes(*a).total_cmp(&votes(*b))) else { continue };
        for id in group.into_iter().filter(|id| *id != best) {
            let share = votes(id) / all;
            let unplayed = names.of(id).kind == EntityKind::Character && names.of(id).players.is_empty();
            let most = if unplayed && names.of(id).listed == 0 { UNPLAYED_SHARE } else { STRAY_SHARE };
            if share < most && names.of(id).articles <= STRAY_ARTICLES && may_stray(names, id, best) {
                let (stray, main) = (names.of(id), names.of(best));
                let evidence =
                    format!("{} in {} articles, {} in {}", main.kind, main.articles, stray.kind, stray.articles);
                links.add(Link { from: id, to: best, rule: Rule::Kind, score: 1.0 - share, evidence });
            }
        }
    }
}

/// Whether a kind of a name may be a mistake. A single word may well be a surname in
/// one article and a place in another.
fn may_stray(names: &ArchiveNames, stray: NameNumber, main: NameNumber) -> bool {
    let (stray, main) = (names.of(stray), names.of(main));
    let alike = stray.kind.is_human() == main.kind.is_human();
    stray.name.contains(' ') || alike || stray.articles == 1 && stray.confidence < 0.6
}
