//! Copies among the ranked: one story, its copies listed.

use rustc_hash::FxHashMap;

use super::closeness::Ranked;
use super::columns::Snapshot;

/// A story: the article that is shown, and its copies.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub shown: Ranked,
    pub copies: Vec<Ranked>,
}

impl Story {
    /// A story without copies.
    pub fn alone(shown: Ranked) -> Self {
        Self { shown, copies: Vec::new() }
    }
}

/// Gathers copies under the earliest of them, each story at its best rank.
pub(super) fn collapse(snapshot: &Snapshot, ranked: Vec<Ranked>) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    let mut known: FxHashMap<u64, usize> = FxHashMap::default();
    for article in ranked {
        let story = snapshot.copies.story(article.tie);
        match story.and_then(|story| known.get(&story)).map(|at| &mut stories[*at]) {
            Some(story) if is_earlier(&article, &story.shown) => {
                story.copies.push(std::mem::replace(&mut story.shown, article));
            }
            Some(story) => story.copies.push(article),
            None => {
                known.extend(story.map(|story| (story, stories.len())));
                stories.push(Story::alone(article));
            }
        }
    }
    stories
}

/// Articles without a date come after all others.
fn is_earlier(a: &Ranked, b: &Ranked) -> bool {
    let when = |article: &Ranked| (article.published == 0, article.published, article.tie);
    when(a) < when(b)
}
