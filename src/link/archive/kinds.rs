//! One name, one kind: stray mentions of a kind that the archive mostly does
//! not see in a name.

use rustc_hash::FxHashMap;

use crate::article::EntityKind;

use super::{ArchiveNames, Link, Links, NameNumber, Rule};

/// The most of all votes that a stray kind has.
const STRAY: f32 = 0.2;
/// The same for a character that no article says is played by anyone.
const UNPLAYED: f32 = 0.45;
/// The most articles of a stray kind; more are an entity of their own.
const STRAY_ARTICLES: u32 = 20;

/// Votes by kind are articles times confidence. The kinds of a name with few
/// votes go to the one with most, if that is clear; an entity of a fair share
/// stays, for Spider-Man is a character and a work.
pub(super) fn find(names: &ArchiveNames, links: &mut Links) {
    let mut groups: FxHashMap<&str, Vec<NameNumber>> = FxHashMap::default();
    for (id, facts) in names.living().filter(|(id, _)| !links.is_linked(*id)) {
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
            let most = if unplayed && names.of(id).listed == 0 { UNPLAYED } else { STRAY };
            if share < most && names.of(id).articles <= STRAY_ARTICLES && may_stray(names, id, best) {
                let (stray, main) = (names.of(id), names.of(best));
                let evidence =
                    format!("{} in {} articles, {} in {}", main.kind, main.articles, stray.kind, stray.articles);
                links.add(Link { from: id, to: best, rule: Rule::Kind, score: 1.0 - share, evidence });
            }
        }
    }
}

/// A single word may well be a surname in one article and a place in another.
fn may_stray(names: &ArchiveNames, stray: NameNumber, main: NameNumber) -> bool {
    let (stray, main) = (names.of(stray), names.of(main));
    let alike = stray.kind.is_human() == main.kind.is_human();
    stray.name.contains(' ') || alike || stray.articles == 1 && stray.confidence < 0.6
}
