//! The file of positions among those of a segment, and the fields it is about.

use tantivy::index::SegmentComponent;
use tantivy::schema::{Field, FieldType, Schema};

use crate::index::pretokenized::TOKENIZER;

/// The extension of such files.
pub(super) const EXTENSION: &str = "rice";

/// The file of positions among those of a segment.
pub(in crate::index) fn component() -> SegmentComponent {
    SegmentComponent::Custom(EXTENSION.to_owned())
}

/// The pretokenized fields.
pub(super) fn fields(schema: &Schema) -> impl Iterator<Item = Field> {
    let is_pretokenized = |kind: &FieldType| match kind {
        FieldType::Str(options) => {
            options.get_indexing_options().is_some_and(|indexing| indexing.tokenizer() == TOKENIZER)
        }
        _ => false,
    };
    schema.fields().filter(move |(_, entry)| is_pretokenized(entry.field_type())).map(|(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::schema::IndexSchema;

    #[test]
    fn fields_of_ready_terms_have_positions() {
        let schema = IndexSchema::new().schema;
        let names: Vec<&str> = fields(&schema).map(|field| schema.get_field_name(field)).collect();
        let expected = "source author section labels title body title_names body_names title_dates body_dates reports";
        assert_eq!(names.join(" "), expected);
    }
}
