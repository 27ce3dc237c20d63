//! Articles that were read a moment ago, for queries that find them again.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::DocAddress;

use crate::index::StoredArticle;

/// Places for articles: some 40 MB where all are taken.
const PLACES: usize = 4096;

/// Where one article may stand.
type Place = Mutex<Option<(DocAddress, Arc<StoredArticle>)>>;

/// Each article has one place, which the next one that belongs there takes.
pub(super) struct Shelf {
    places: Vec<Place>,
}

impl Shelf {
    pub fn new() -> Self {
        Self { places: (0..PLACES).map(|_| Mutex::new(None)).collect() }
    }

    fn place(&self, address: DocAddress) -> &Place {
        // Segments begin apart, so that their first articles do not share.
        let number = address.doc_id as usize + address.segment_ord as usize * 701;
        &self.places[number % PLACES]
    }

    /// The article, if it stands at its place.
    pub fn get(&self, address: DocAddress) -> Option<Arc<StoredArticle>> {
        let place = self.place(address).lock().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().filter(|(known, _)| *known == address).map(|(_, article)| article.clone())
    }

    pub fn put(&self, address: DocAddress, article: &Arc<StoredArticle>) {
        let mut place = self.place(address).lock().unwrap_or_else(PoisonError::into_inner);
        *place = Some((address, article.clone()));
    }
}
