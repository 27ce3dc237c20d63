//! Merges the positions of several segments into one.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReaders;
use tantivy::index::{InvertedIndexReader, SegmentComponent};
use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::schema::Field;
use tantivy::termdict::TermMerger;
use tantivy::{DocId, PluginMergeContext, TERMINATED, TantivyError};

use super::component::{component, fields};
use super::file_writer::FileWriter;
use super::gap_model::GapModel;
use super::postings::{FoundTerm, Postings};
use super::reader::SegmentPositions;
use super::term_encoder::TermEncoder;

/// Writes the positions of the documents that are not deleted, segment by
/// segment.
pub(super) fn merge(context: &PluginMergeContext<'_>) -> tantivy::Result<()> {
    if context.doc_id_mapping.mapping_type() == MappingType::Shuffled {
        return Err(TantivyError::InvalidArgument("segments are expected to keep the order of documents".to_owned()));
    }
    let target = context.target_segment;
    let positions = context.readers.iter().map(SegmentPositions::open).collect::<tantivy::Result<Vec<_>>>()?;
    let lengths = FieldNormReaders::open(target.open_read(SegmentComponent::FieldNorms)?)?;
    let merger = Merger { context, positions, numbers: new_numbers(context) };
    let mut file = FileWriter::new(target.open_write(component())?);
    for field in fields(context.schema) {
        file.begin(field);
        merger.field(field, &GapModel::new(context.schema, field, &lengths)?, &mut file)?;
        file.end()?;
    }
    Ok(file.close()?)
}

struct Merger<'c> {
    context: &'c PluginMergeContext<'c>,
    /// By segment.
    positions: Vec<SegmentPositions>,
    numbers: Vec<Vec<DocId>>,
}

impl Merger<'_> {
    fn field(&self, field: Field, gaps: &GapModel, file: &mut FileWriter) -> tantivy::Result<()> {
        let indexes = self.context.readers.iter().map(|reader| reader.inverted_index(field));
        let indexes: Vec<Arc<InvertedIndexReader>> = indexes.collect::<tantivy::Result<_>>()?;
        let streams = indexes.iter().map(|index| index.terms().stream()).collect::<std::io::Result<Vec<_>>>()?;
        let mut terms = TermMerger::new(streams);
        let (mut encoder, mut positions, mut out) = (TermEncoder::default(), Vec::new(), Vec::new());
        while terms.advance() {
            for ((segment, ord), (_, info)) in
                terms.matching_segments().zip(terms.current_segment_ords_and_term_infos())
            {
                let (index, numbers) = (&indexes[segment], &self.numbers[segment]);
                let mut postings =
                    Postings::open(index, &FoundTerm { ord: Some(ord), info }, self.positions[segment].field(field))?;
                while postings.doc() != TERMINATED {
                    let doc = numbers[postings.doc() as usize];
                    if doc != TERMINATED {
                        postings.positions(&mut positions);
                        encoder.push(gaps.parameter(doc, positions.len() as u32), &positions);
                    }
                    postings.advance();
                }
            }
            out.clear();
            if encoder.finish(&mut out) > 0 {
                file.term(&out)?;
            }
        }
        Ok(())
    }
}

/// For each segment the new numbers of its documents, [`TERMINATED`] for those
/// that are deleted.
fn new_numbers(context: &PluginMergeContext<'_>) -> Vec<Vec<DocId>> {
    let mut next = 0;
    let mut of_segment = |reader: &tantivy::SegmentReader| {
        let mut numbers = vec![TERMINATED; reader.max_doc() as usize];
        for doc in reader.doc_ids_alive() {
            numbers[doc as usize] = next;
            next += 1;
        }
        numbers
    };
    context.readers.iter().map(&mut of_segment).collect()
}
