//! The tantivy fields.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use super::postings::TOKENIZER;

/// The fields of an index.
///
/// Title and body are each indexed by stems (ranked, with lengths) and by
/// exact words; names stand in fields of their own, at the positions of the
/// words they cover.
#[derive(Debug, Clone)]
pub struct IndexSchema {
    /// The tantivy schema.
    pub schema: Schema,
    /// The article's id, whole.
    pub id: Field,
    /// The file it came from, whole.
    pub file: Field,
    /// The words of the source, folded.
    pub source: Field,
    /// Stems of the title.
    pub title: Field,
    /// Stems of the body.
    pub body: Field,
    /// Words of the title.
    pub title_exact: Field,
    /// Words of the body.
    pub body_exact: Field,
    /// Names in the title, by their ids.
    pub title_names: Field,
    /// Names in the body, by their ids.
    pub body_names: Field,
    /// Publication as a number `YYYYMMDD`, 0 where unknown.
    pub published: Field,
    /// The ids of the article's names, each once.
    pub names: Field,
    /// The ids of all names in its credits.
    pub credits: Field,
    /// A hash of the article's id: the order of what is otherwise equal.
    pub tie: Field,
    /// The eight words of the article's [`super::Signature`].
    pub signature: Field,
    /// The article's text, stored.
    pub text: Field,
    /// All else of the article, as [`super::StoredArticle`] writes it.
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
            file: builder.add_text_field("file", STRING),
            source: plain(&mut builder, "source"),
            title: ranked(&mut builder, "title"),
            body: ranked(&mut builder, "body"),
            title_exact: plain(&mut builder, "title_exact"),
            body_exact: plain(&mut builder, "body_exact"),
            title_names: plain(&mut builder, "title_names"),
            body_names: plain(&mut builder, "body_names"),
            published: builder.add_u64_field("published", FAST),
            names: builder.add_u64_field("names", FAST),
            credits: builder.add_u64_field("credits", INDEXED),
            tie: builder.add_u64_field("tie", FAST),
            signature: builder.add_u64_field("signature", FAST),
            text: builder.add_text_field("text", STORED),
            article: builder.add_bytes_field("article", STORED),
            schema: builder.build(),
        }
    }
}

impl Default for IndexSchema {
    fn default() -> Self {
        Self::new()
    }
}

fn text_field(builder: &mut SchemaBuilder, name: &str, with_lengths: bool) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(TOKENIZER)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(with_lengths);
    builder.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
