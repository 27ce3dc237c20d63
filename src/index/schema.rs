//! The tantivy fields, and the terms that stand for names, quotes and events.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::report::EventKind;

use super::names::NameId;
use super::pretokenized::TOKENIZER;

/// The fields of an index.
///
/// Title and body are indexed by their words as they are written, with lengths
/// for ranking; [`Inflections`](super::Inflections) has the words of each stem.
/// Names are in fields of their own, at the positions of the words they cover.
#[derive(Debug, Clone)]
pub struct IndexSchema {
    /// The tantivy schema.
    pub schema: Schema,
    /// The article's id, as one term.
    pub id: Field,
    /// The number of the file it came from, 0 for standard input.
    pub file: Field,
    /// The words of the source, folded.
    pub source: Field,
    /// The words of the authors' names, folded.
    pub author: Field,
    /// The words of the section, folded.
    pub section: Field,
    /// The words of tags and of the user's fields, folded, each as
    /// [`FieldName::labeled`](crate::article::FieldName::labeled) makes it.
    pub labels: Field,
    /// Tags and values of the user's fields as facets show them, likewise with their field.
    pub label_values: Field,
    /// The source as facets show it.
    pub source_name: Field,
    /// The section as facets show it.
    pub section_name: Field,
    /// Words of the title.
    pub title: Field,
    /// Words of the body.
    pub body: Field,
    /// Names in the title, by their ids.
    pub title_names: Field,
    /// Names in the body, by their ids; where a name of several words begins,
    /// also their number, see [`length_term`]; at the first and last word of a
    /// quote, [`QUOTE_START`] and [`QUOTE_END`].
    pub body_names: Field,
    /// Dates that the title mentions: `20230714`, or `20230701-20230731`.
    pub title_dates: Field,
    /// Dates that the body mentions.
    pub body_dates: Field,
    /// Day of publication as a number `YYYYMMDD`, 0 where unknown.
    pub published: Field,
    /// The commit that the article came with.
    pub commit: Field,
    /// The ids of the article's names, each once.
    pub names: Field,
    /// The ids of all names in its credits.
    pub credits: Field,
    /// What it reports: who is quoted, which events are stated, and of what; see
    /// [`speaker_term`], [`event_term`] and [`about_term`].
    pub reports: Field,
    /// The article's key, which identifies it in all commits and orders hits that are
    /// otherwise equal. Called `tie` on disk.
    pub doc_key: Field,
    /// The eight words of the article's [`super::Signature`].
    pub signature: Field,
    /// The numbers of the article's [`crate::meaning::ArticleVector`].
    pub meaning: Field,
    /// The stored article, packed by the archive's [`Codec`](super::stored::Codec).
    pub article: Field,
}

impl IndexSchema {
    /// The schema of this format version.
    pub fn new() -> Self {
        let mut builder = Schema::builder();
        let ranked = |builder: &mut SchemaBuilder, name| text_field(builder, name, true);
        let plain = |builder: &mut SchemaBuilder, name| text_field(builder, name, false);
        Self {
            id: builder.add_text_field("id", STRING),
            file: builder.add_u64_field("file", INDEXED | FAST),
            source: plain(&mut builder, "source"),
            author: plain(&mut builder, "author"),
            section: plain(&mut builder, "section"),
            labels: plain(&mut builder, "labels"),
            label_values: column(&mut builder, "label_values"),
            source_name: column(&mut builder, "source_name"),
            section_name: column(&mut builder, "section_name"),
            title: ranked(&mut builder, "title"),
            body: ranked(&mut builder, "body"),
            title_names: plain(&mut builder, "title_names"),
            body_names: plain(&mut builder, "body_names"),
            title_dates: plain(&mut builder, "title_dates"),
            body_dates: plain(&mut builder, "body_dates"),
            published: builder.add_u64_field("published", FAST),
            commit: builder.add_u64_field("commit", FAST),
            names: builder.add_u64_field("names", FAST),
            credits: builder.add_u64_field("credits", INDEXED),
            reports: plain(&mut builder, "reports"),
            doc_key: builder.add_u64_field("tie", FAST),
            signature: builder.add_u64_field("signature", FAST),
            meaning: builder.add_u64_field("meaning", FAST),
            article: builder.add_bytes_field("article", STORED),
            schema: builder.build(),
        }
    }

    /// Removes from a document what a catalog does not hold: all but ids and
    /// columns.
    pub(super) fn keep_columns(&self, document: &mut TantivyDocument) {
        let kept = [
            self.id,
            self.file,
            self.label_values,
            self.source_name,
            self.section_name,
            self.published,
            self.commit,
            self.names,
            self.doc_key,
            self.signature,
        ];
        let mut columns = TantivyDocument::default();
        for (field, value) in document.field_values().filter(|(field, _)| kept.contains(field)) {
            columns.add_field_value(field, value);
        }
        *document = columns;
    }
}

impl Default for IndexSchema {
    fn default() -> Self {
        Self::new()
    }
}

/// The longest name, in words, whose length is indexed; longer ones count as
/// this long.
pub const LONGEST_NAME: u32 = 12;

/// The term at the first word of a name of `words` words.
pub fn length_term(words: u32) -> String {
    format!("#{words}")
}

/// The term at the first word of a quote.
pub const QUOTE_START: &str = "“";
/// The term at the last word of a quote.
pub const QUOTE_END: &str = "”";

/// The term of articles that quote somebody.
pub fn speaker_term(name: NameId) -> String {
    format!("by {name}")
}

/// The term of articles that state such an event.
pub fn event_term(what: EventKind) -> String {
    format!("states {}", what.as_str())
}

/// The term of articles that state an event of a work or person.
pub fn about_term(name: NameId) -> String {
    format!("of {name}")
}

fn column(builder: &mut SchemaBuilder, name: &str) -> Field {
    builder.add_text_field(name, TextOptions::default().set_fast("raw"))
}

fn text_field(builder: &mut SchemaBuilder, name: &str, with_lengths: bool) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(with_lengths);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_names_and_order() {
        let schema = IndexSchema::new();
        let names: Vec<&str> = schema.schema.fields().map(|(_, entry)| entry.name()).collect();
        let expected = "id file source author section labels label_values source_name section_name title body title_names body_names \
                        title_dates body_dates published commit names credits reports tie signature meaning article";
        assert_eq!(names.join(" "), expected);
        assert_eq!(schema.schema.get_field_name(schema.doc_key), "tie");
    }

    #[test]
    fn a_catalog_keeps_ids_and_columns() {
        let schema = IndexSchema::new();
        let mut document = TantivyDocument::default();
        document.add_text(schema.id, "a");
        document.add_text(schema.body, "words");
        document.add_u64(schema.doc_key, 7);
        document.add_u64(schema.credits, 1);
        schema.keep_columns(&mut document);
        let kept: Vec<Field> = document.field_values().map(|(field, _)| field).collect();
        assert_eq!(kept, [schema.id, schema.doc_key]);
    }

    #[test]
    fn terms_of_reports_cannot_be_confused() {
        assert_eq!([length_term(3), speaker_term(3), about_term(3)], ["#3", "by 3", "of 3"]);
    }
}
