//! An article as a document of the cluster: its terms as text that is only split,
//! its columns, and the packed article.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Map, Value, json};
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value as _};

use crate::article::{file_of, global_key, stable_hash};
use crate::cluster::keys::{OwnNames, hashed_term, token};
use crate::cluster::mapping::{EMPTY_POSITION, SAME_POSITION, kind_field};
use crate::index::{Arrival, ArticleRecord, IndexDocument, IndexSchema, PreparedArticle, decode_terms};
use crate::search::backend::article_ids::suffixed_id;

/// The longest id that a cluster accepts, in bytes.
const LONGEST_ID: usize = 512;

/// The id of an article's document: its own, with a suffix where it is one within its
/// source.
pub(super) fn article_document_id(id: &str, key: u64) -> String {
    match key == global_key(id) {
        true => document_id(id),
        false => document_id(&suffixed_id(id, key)),
    }
}

/// The id of a document.
pub(in crate::cluster) fn document_id(id: &str) -> String {
    // `~` marks a hash, so ids that begin with it are hashed too.
    if id.len() <= LONGEST_ID && !id.starts_with('~') { id.to_owned() } else { format!("~{}", token(hash_of_id(id))) }
}

fn hash_of_id(id: &str) -> u64 {
    stable_hash(id.as_bytes())
}

/// An article as it is sent to a cluster.
pub(super) struct ArticleDocument {
    /// The id of the document.
    pub id: String,
    /// The article's file, with the member of an archive.
    pub path: String,
    /// The document, without the run and the number in it.
    pub document: Map<String, Value>,
}

impl ArticleDocument {
    /// Makes the document.
    ///
    /// # Errors
    /// Why the article cannot be packed, with its path.
    pub fn new(schema: &IndexSchema, article: ArticleRecord) -> Result<Self, String> {
        let packed = article.pack().map_err(|error| format!("{}: {error}", article.article.path))?;
        let mut names = OwnNames::default();
        let arrival = Arrival::default();
        let posted = IndexDocument::new(schema, PreparedArticle::for_ranking(article), arrival, &mut names);
        let IndexDocument { document, stored, .. } = posted;
        let mut fields = Fields { schema, document: &document, names: &names, out: Map::new() };
        fields.add_words();
        fields.add_terms();
        fields.add_columns();
        let mut out = fields.out;
        out.insert("article".to_owned(), BASE64_STANDARD.encode(packed).into());
        out.insert("id".to_owned(), stored.id.clone().into());
        out.insert("file".to_owned(), file_of(&stored.path).into());
        Ok(Self { id: article_document_id(&stored.id, stored.key), path: stored.path, document: out })
    }
}

struct Fields<'a> {
    schema: &'a IndexSchema,
    document: &'a TantivyDocument,
    names: &'a OwnNames,
    out: Map<String, Value>,
}

impl Fields<'_> {
    fn text(&self, field: Field) -> &str {
        self.document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default()
    }

    fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.out.insert(name.to_owned(), value.into());
    }

    /// The words of title and body, and how many there are.
    fn add_words(&mut self) {
        for (field, name) in [(self.schema.title, "title"), (self.schema.body, "body")] {
            let terms = decode_terms(self.text(field));
            let (written, count) = (spaced(&terms), terms.len());
            self.put(name, written);
            self.put(&format!("{name}_words"), count);
        }
    }

    /// Names, dates, labels and reports.
    fn add_terms(&mut self) {
        let schema = self.schema;
        let fields = [
            schema.title_names,
            schema.body_names,
            schema.title_dates,
            schema.body_dates,
            schema.source,
            schema.author,
            schema.section,
            schema.labels,
            schema.reports,
        ];
        let hash = |id| self.names.names.get(id as usize).map(|(_, hash)| *hash);
        let spaced: Vec<(String, String)> = fields
            .into_iter()
            .map(|field| {
                let terms = decode_terms(self.text(field)).into_iter();
                let terms: Vec<(u32, String)> =
                    terms.map(|(position, term)| (position, hashed_term(schema, field, term, hash))).collect();
                (schema.schema.get_field_name(field).to_owned(), spaced(&terms))
            })
            .collect();
        for (name, text) in spaced {
            self.put(&name, text);
        }
    }

    /// Columns for filters, sorting and facets.
    fn add_columns(&mut self) {
        let (schema, document) = (self.schema, self.document);
        let number = |field| document.get_first(field).and_then(|value| value.as_u64()).unwrap_or(0);
        self.put("tie", token(number(schema.doc_key)));
        if number(schema.published) > 0 {
            self.put("published", number(schema.published));
        }
        for (field, name) in [(schema.source_name, "source_name"), (schema.section_name, "section_name")] {
            let text = self.text(field).to_owned();
            if !text.is_empty() {
                self.put(name, text);
            }
        }
        let labels: Vec<&str> = document.get_all(schema.label_values).filter_map(|value| value.as_str()).collect();
        if !labels.is_empty() {
            self.put("label_values", labels.into_iter().map(str::to_owned).collect::<Vec<_>>());
        }
        let credited = document.get_all(schema.credits).filter_map(|value| value.as_u64());
        let credited: Vec<String> =
            credited.filter_map(|id| self.names.names.get(id as usize)).map(|(_, hash)| token(*hash)).collect();
        self.put("credits", credited);
        let named = document.get_all(schema.names).filter_map(|value| value.as_u64());
        for id in named {
            let Some((kind, hash)) = self.names.names.get(id as usize) else { continue };
            let hashes = self.out.entry(kind_field(*kind)).or_insert_with(|| json!([]));
            if let Value::Array(hashes) = hashes {
                hashes.push(hash.cast_signed().into());
            }
        }
    }
}

/// Terms by position, as the cluster's analyzer splits them.
fn spaced(terms: &[(u32, impl AsRef<str>)]) -> String {
    let mut text = String::with_capacity(terms.len() * 8);
    let mut next = 0;
    for (position, term) in terms {
        if *position >= next {
            for _ in next..*position {
                text.push(EMPTY_POSITION);
                text.push(' ');
            }
            next = position + 1;
        } else {
            // The space after the term before.
            text.pop();
            text.push(SAME_POSITION);
        }
        text.push_str(term.as_ref());
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Span};

    use super::*;

    #[test]
    fn positions_are_kept() {
        let check = |terms: &[(u32, &str)], expected: &str| assert_eq!(spaced(terms), expected, "{terms:?}");
        check(&[], "");
        check(&[(0, "tom"), (0, "tomcruise"), (1, "cruise"), (4, "far")], "tom\u{2}tomcruise cruise \u{1} \u{1} far ");
        check(&[(2, "a")], "\u{1} \u{1} a ");
    }

    #[test]
    fn articles_become_documents() {
        let article = Article {
            id: "a-1".into(),
            key: global_key("a-1"),
            path: "news/a.txt".to_owned(),
            title: "Low Tide".to_owned(),
            title_span: Span::new(0, 8),
            text: "Low Tide\nAda sings.".to_owned(),
            body: Span::new(9, 19),
            published: Some("2024-05-06".to_owned()),
            source: Some("Daily".to_owned()),
            ..Article::default()
        };
        let record = ArticleRecord { article, ..ArticleRecord::default() };
        let made = ArticleDocument::new(&IndexSchema::new(), record).expect("a document");
        assert_eq!((made.id.as_str(), made.path.as_str()), ("a-1", "news/a.txt"));
        let check = |field: &str, expected: Value| assert_eq!(made.document.get(field), Some(&expected), "{field}");
        check("title", "low tide ".into());
        check("body", "ada sings ".into());
        check("title_words", 2.into());
        check("published", 20_240_506.into());
        check("source_name", "Daily".into());
        check("tie", token(hash_of_id("a-1")).into());
        check("credits", json!([]));
        assert!(!made.document.contains_key("section_name"));
    }

    #[test]
    fn long_ids_are_hashed() {
        assert_eq!(document_id("a b/ü"), "a b/ü");
        assert_eq!(document_id(&"x".repeat(513)).len(), 17);
        assert_ne!(document_id("~x"), "~x");
    }
}
