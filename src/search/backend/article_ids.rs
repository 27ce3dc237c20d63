//! Articles by their ids. An id is one within its source, so several articles may have
//! the same; they are shown with a suffix each, `7~k3fz2q`, and found by it.

use tantivy::DocAddress;
use tantivy::schema::Term;

use crate::article::{content_hash, key_suffix};
use crate::index::{StoredArticle, documents_with};
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;

/// What separates an id from a suffix.
const MARK: char = '~';

/// An id that others have too, as it is shown.
pub(crate) fn suffixed_id(id: &str, key: u64) -> String {
    format!("{id}{MARK}{}", key_suffix(key))
}

/// The addresses of all articles of an id.
pub(crate) fn addresses_of(archive: &Archive, id: &str) -> Result<Vec<DocAddress>, SearchError> {
    let term = Term::from_field_text(archive.schema.id, id);
    let mut found = Vec::new();
    for (number, segment) in (0..).zip(archive.snapshot.segments.searcher.segment_readers()) {
        let documents = documents_with(segment, &term).map_err(SearchError::read)?;
        found.extend(documents.into_iter().map(|doc| DocAddress::new(number, doc)));
    }
    Ok(found)
}

/// The article of an id, with or without a suffix.
///
/// # Errors
/// [`SearchError::SharedId`] where several articles with different texts have it.
pub(crate) fn article_of(archive: &Archive, id: &str) -> Result<Option<StoredArticle>, SearchError> {
    match &addresses_of(archive, id)?[..] {
        [] => of_suffixed(archive, id),
        [one] => archive.read(*one).map(Some),
        several => {
            let articles: Result<Vec<StoredArticle>, _> = several.iter().map(|at| archive.read(*at)).collect();
            let mut articles = articles?;
            articles.sort_by(|a, b| a.path.cmp(&b.path));
            let content = |article: &StoredArticle| content_hash(&article.text, article.published.as_deref());
            if articles.iter().any(|article| content(article) != content(&articles[0])) {
                let choices = articles.into_iter().map(|article| (article.id, article.title)).collect();
                return Err(SearchError::SharedId { id: id.to_owned(), choices });
            }
            Ok(articles.into_iter().next())
        }
    }
}

fn of_suffixed(archive: &Archive, id: &str) -> Result<Option<StoredArticle>, SearchError> {
    let Some((own, suffix)) = id.rsplit_once(MARK) else { return Ok(None) };
    let key = |at: &DocAddress| archive.snapshot.tie(at.segment_ord, at.doc_id);
    let found = addresses_of(archive, own)?.into_iter().find(|at| key_suffix(key(at)) == suffix);
    found.map(|at| archive.read(at)).transpose()
}
