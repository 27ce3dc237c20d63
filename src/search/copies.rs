//! Copies among the ranked: one story, its copies listed.

use crate::index::Signature;

use super::closeness::Ranked;
use super::columns::Snapshot;

/// A story: the article that is shown, and its copies.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub shown: Ranked,
    pub copies: Vec<Ranked>,
}

/// Gathers copies under the earliest of them, each story at its best rank.
pub(super) fn collapse(snapshot: &Snapshot, ranked: Vec<Ranked>) -> Vec<Story> {
    let mut stories: Vec<(Signature, Story)> = Vec::new();
    for article in ranked {
        let signature = signature_of(snapshot, &article);
        match stories.iter_mut().find(|(known, _)| known.is_copy_of(signature)) {
            Some((_, story)) if is_earlier(&article, &story.shown) => {
                story.copies.push(std::mem::replace(&mut story.shown, article));
            }
            Some((_, story)) => story.copies.push(article),
            None => stories.push((signature, Story { shown: article, copies: Vec::new() })),
        }
    }
    stories.into_iter().map(|(_, story)| story).collect()
}

/// Articles without a date come after all others.
fn is_earlier(a: &Ranked, b: &Ranked) -> bool {
    let when = |article: &Ranked| (article.published == 0, article.published, article.tie);
    when(a) < when(b)
}

fn signature_of(snapshot: &Snapshot, article: &Ranked) -> Signature {
    let column = &snapshot.columns(article.candidate.segment).signature;
    Signature::from_words(column.values_for_doc(article.candidate.doc))
}
