//! Copies among the ranked: one story, its copies listed.

use tantivy::Searcher;

use crate::index::Signature;

use super::SearchError;
use super::closeness::Ranked;

/// A story: the article that is shown, and its copies.
#[derive(Debug, Clone)]
pub(super) struct Story {
    pub shown: Ranked,
    pub copies: Vec<Ranked>,
}

/// Gathers copies under the earliest of them, each story at its best rank.
pub(super) fn collapse(searcher: &Searcher, ranked: Vec<Ranked>) -> Result<Vec<Story>, SearchError> {
    let mut stories: Vec<(Signature, Story)> = Vec::new();
    for article in ranked {
        let signature = signature_of(searcher, &article)?;
        match stories.iter_mut().find(|(known, _)| known.is_copy_of(signature)) {
            Some((_, story)) if is_earlier(&article, &story.shown) => {
                story.copies.push(std::mem::replace(&mut story.shown, article));
            }
            Some((_, story)) => story.copies.push(article),
            None => stories.push((signature, Story { shown: article, copies: Vec::new() })),
        }
    }
    Ok(stories.into_iter().map(|(_, story)| story).collect())
}

/// Articles without a date come after all others.
fn is_earlier(a: &Ranked, b: &Ranked) -> bool {
    let when = |article: &Ranked| (article.published == 0, article.published, article.tie);
    when(a) < when(b)
}

fn signature_of(searcher: &Searcher, article: &Ranked) -> Result<Signature, SearchError> {
    let column = searcher.segment_reader(article.candidate.segment).fast_fields().u64("signature")?;
    Ok(Signature::from_words(column.values_for_doc(article.candidate.doc)))
}
