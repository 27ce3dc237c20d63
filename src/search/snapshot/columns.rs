//! The fast fields of a segment, opened once.

use std::collections::BTreeSet;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::article::FieldName;
use crate::index::{Entities, NameId};
use crate::meaning::ArticleVector;
use crate::search::error::SearchError;

/// The columns of a segment.
pub(crate) struct SegmentColumns {
    /// Publication as `YYYYMMDD`, 0 where unknown.
    pub published: Column<u64>,
    /// The number of the commit that added an article.
    pub commit: Column<u64>,
    /// The key of an article; it orders equally good hits.
    pub tie: Column<u64>,
    /// Sources as shown in facets; `None` where no article has one.
    pub source: Option<StrColumn>,
    /// Sections; `None` where no article has one.
    pub section: Option<StrColumn>,
    /// Tags and values of the user's fields, with their field; `None` where no article
    /// has one.
    pub labels: Option<StrColumn>,
    /// Ids of the names of an article.
    pub names: Column<u64>,
    /// The numbers of the vector of an article; none in a catalog.
    meaning: Column<u64>,
}

impl SegmentColumns {
    pub fn open(segment: &SegmentReader) -> Result<Self, SearchError> {
        let fast = segment.fast_fields();
        Ok(Self {
            published: fast.u64("published").map_err(SearchError::read)?,
            commit: fast.u64("commit").map_err(SearchError::read)?,
            tie: fast.u64("tie").map_err(SearchError::read)?,
            source: fast.str("source_name").map_err(SearchError::read)?,
            section: fast.str("section_name").map_err(SearchError::read)?,
            labels: fast.str("label_values").map_err(SearchError::read)?,
            names: fast.u64("names").map_err(SearchError::read)?,
            meaning: fast.u64("meaning").map_err(SearchError::read)?,
        })
    }

    /// Adds the fields that articles of the segment have values of.
    pub fn add_fields(&self, fields: &mut BTreeSet<FieldName>) -> std::io::Result<()> {
        let Some(labels) = &self.labels else { return Ok(()) };
        let mut from = String::new();
        loop {
            let mut terms = labels.dictionary().range().ge(&from).limit(1).into_stream()?;
            let name = terms.advance().then(|| FieldName::of_labeled(terms.key())).flatten();
            let Some(name) = name else { return Ok(()) };
            fields.insert(name);
            from = name.after();
        }
    }

    /// The vector of an article; nothing is near to one without.
    pub fn meaning(&self, doc: DocId) -> ArticleVector {
        let mut words = [0; ArticleVector::WORDS];
        let rows = self.meaning.index.value_row_ids(doc);
        if rows.len() == words.len() {
            self.meaning.values.get_range(u64::from(rows.start), &mut words);
        }
        ArticleVector::from_words(words)
    }

    /// Fills `buffer` with the entities of an article, each once.
    pub fn read_entities(&self, doc: DocId, entities: &Entities, buffer: &mut Vec<u64>) {
        let rows = self.names.index.value_row_ids(doc);
        buffer.resize(rows.len(), 0);
        self.names.values.get_range(u64::from(rows.start), buffer);
        let mut linked = false;
        for id in buffer.iter_mut() {
            let entity = u64::from(entities.of(*id as NameId));
            linked |= entity != *id;
            *id = entity;
        }
        if linked {
            buffer.sort_unstable();
            buffer.dedup();
        }
    }
}
