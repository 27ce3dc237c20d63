//! The plugin's writer: the positions of new documents.

use std::any::Any;

use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{Segment, SegmentComponent};
use tantivy::indexer::DocIdMapping;
use tantivy::schema::document::ErasedDocument;
use tantivy::schema::{Field, Schema, Value};
use tantivy::{DocId, PluginWriter, TantivyDocument, TantivyError};

use super::component::{component, fields};
use super::field_buffer::FieldBuffer;
use super::file_writer::FileWriter;
use super::gap_model::GapModel;

/// The positions of the documents that are added to a segment.
pub(super) struct PositionsWriter {
    fields: Vec<(Field, FieldBuffer)>,
}

impl PositionsWriter {
    pub fn new(schema: &Schema) -> Self {
        Self { fields: fields(schema).map(|field| (field, FieldBuffer::default())).collect() }
    }
}

impl PluginWriter for PositionsWriter {
    fn add_document(&mut self, doc: DocId, document: &dyn ErasedDocument, _: &Schema) -> tantivy::Result<()> {
        let unknown = || TantivyError::InvalidArgument("documents are expected to be tantivy's own".to_owned());
        let document = document.as_any().downcast_ref::<TantivyDocument>().ok_or_else(unknown)?;
        for (field, terms) in &mut self.fields {
            let mut values = document.get_all(*field);
            let text = values.next().and_then(|value| value.as_str()).unwrap_or_default();
            if values.next().is_some() {
                return Err(TantivyError::InvalidArgument(
                    "a field of terms is expected once in a document".to_owned(),
                ));
            }
            terms.add(text, doc);
        }
        Ok(())
    }

    fn serialize(self: Box<Self>, segment: &Segment, moved: Option<&DocIdMapping>) -> tantivy::Result<()> {
        if moved.is_some() {
            return Err(TantivyError::InvalidArgument(
                "segments are expected to keep the order of documents".to_owned(),
            ));
        }
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let mut file = FileWriter::new(segment.open_write(component())?);
        for (field, terms) in self.fields {
            file.begin(field);
            terms.write(&GapModel::new(&segment.schema(), field, &lengths)?, &mut file)?;
            file.end()?;
        }
        Ok(file.close()?)
    }

    fn mem_usage(&self) -> usize {
        self.fields.iter().map(|(_, terms)| terms.used()).sum()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}
