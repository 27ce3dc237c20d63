//! Deleting one article, by what identifies it.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Term;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::term_documents::documents_with;

/// The article of an id and a key: several articles may have the id.
#[derive(Debug, Clone)]
pub(in crate::index) struct OneArticle {
    /// The term of its id.
    pub id: Term,
    pub key: u64,
    /// Only where it is from this file.
    pub file: Option<u64>,
}

impl OneArticle {
    /// Its documents in a segment.
    fn documents(&self, segment: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let fast = segment.fast_fields();
        let (keys, files) = (fast.u64("tie")?, fast.u64("file")?);
        let mut documents = documents_with(segment, &self.id)?;
        documents.retain(|doc| {
            keys.first(*doc) == Some(self.key) && self.file.is_none_or(|file| files.first(*doc) == Some(file))
        });
        Ok(documents)
    }
}

impl Query for OneArticle {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for OneArticle {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Documents { documents: self.documents(segment)?, at: 0 }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument("a deletion has no score".to_owned()))
    }
}

/// A few documents, in order.
struct Documents {
    documents: Vec<DocId>,
    at: usize,
}

impl DocSet for Documents {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.documents.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.documents.len() as u32
    }
}

impl Scorer for Documents {
    fn score(&mut self) -> Score {
        1.0
    }
}
