//! The segment plugin of tantivy.

use tantivy::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};

use super::component::EXTENSION;
use super::merger::merge;
use super::writer::PositionsWriter;

/// Keeps the positions of pretokenized fields in an index.
pub(in crate::index) struct PositionsPlugin;

impl SegmentPlugin for PositionsPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, context: &PluginWriterContext<'_>) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(PositionsWriter::new(&context.segment.schema())))
    }

    fn merge(&self, context: PluginMergeContext<'_>) -> tantivy::Result<()> {
        merge(&context)
    }
}
