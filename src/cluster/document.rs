//! An article as a cluster holds it: its postings as text that needs only
//! cutting, its columns, and all of it packed.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Map, Value, json};
use tantivy::TantivyDocument;
use tantivy::schema::{Field, Value as _};

use crate::article::stable_hash;
use crate::index::{ArticleRecord, IndexDocument, IndexSchema, PreparedArticle, decode_terms};
use crate::segment::with_stemmer;

use super::keys::{OwnNames, token, with_hashes};
use super::mapping::{NOTHING, TOGETHER, kind_field};

/// The longest id that a cluster takes, in bytes.
const LONGEST_ID: usize = 512;

/// What an article is called in a cluster.
pub(super) fn document_id(id: &str) -> String {
    // What begins so is a hash: ids that do are taken for long ones.
    if id.len() <= LONGEST_ID && !id.starts_with('~') { id.to_owned() } else { format!("~{}", token(hash_of_id(id))) }
}

fn hash_of_id(id: &str) -> u64 {
    stable_hash(id.as_bytes())
}

/// An article on its way to a cluster.
pub(super) struct Outgoing {
    /// The article's id.
    pub id: String,
    /// The file, or the member of one, that it came from.
    pub path: String,
    /// The document, but for run and number.
    pub document: Map<String, Value>,
}

impl Outgoing {
    /// Makes the document.
    ///
    /// # Errors
    /// What cannot be packed, and why.
    pub fn new(schema: &IndexSchema, article: ArticleRecord) -> Result<Self, String> {
        let packed = article.pack().map_err(|error| format!("{}: {error}", article.article.path))?;
        let mut names = OwnNames::default();
        let posted = IndexDocument::new(schema, PreparedArticle::for_ranking(article), 0, &mut names);
        let IndexDocument { document, stored, .. } = posted;
        let mut fields = Fields { schema, document: &document, names: &names, out: Map::new() };
        fields.add_words();
        fields.add_marks();
        fields.add_columns();
        let mut out = fields.out;
        out.insert("article".to_owned(), BASE64_STANDARD.encode(packed).into());
        out.insert("id".to_owned(), stored.id.clone().into());
        Ok(Self { id: stored.id, path: stored.path, document: out })
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

    /// Title and body, as written and by stems.
    fn add_words(&mut self) {
        for (field, name) in [(self.schema.title, "title"), (self.schema.body, "body")] {
            let terms = decode_terms(self.text(field));
            let stems: Vec<(u32, String)> = with_stemmer(|stemmer| {
                terms.iter().map(|(position, term)| (*position, stemmer.stem(term).to_owned())).collect()
            });
            let (written, stemmed, count) = (spaced(&terms), spaced(&stems), terms.len());
            self.put(name, written);
            self.put(&format!("{name}_stems"), stemmed);
            self.put(&format!("{name}_words"), count);
        }
    }

    /// Names, dates, labels and reports.
    fn add_marks(&mut self) {
        let schema = self.schema;
        let fields = [
            schema.title_names,
            schema.body_names,
            schema.title_dates,
            schema.body_dates,
            schema.source,
            schema.author,
            schema.section,
            schema.reports,
        ];
        let hash = |id| self.names.names.get(id as usize).map(|(_, hash)| *hash);
        let spaced: Vec<(String, String)> = fields
            .into_iter()
            .map(|field| {
                let terms = decode_terms(self.text(field)).into_iter();
                let terms: Vec<(u32, String)> =
                    terms.map(|(position, term)| (position, with_hashes(schema, field, term, hash))).collect();
                (schema.schema.get_field_name(field).to_owned(), spaced(&terms))
            })
            .collect();
        for (name, text) in spaced {
            self.put(&name, text);
        }
    }

    fn add_columns(&mut self) {
        let (schema, document) = (self.schema, self.document);
        let number = |field| document.get_first(field).and_then(|value| value.as_u64()).unwrap_or(0);
        self.put("file", self.text(schema.file).to_owned());
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

/// Terms in order of their places, as the cluster cuts them.
fn spaced(terms: &[(u32, impl AsRef<str>)]) -> String {
    let mut text = String::with_capacity(terms.len() * 8);
    let mut next = 0;
    for (position, term) in terms {
        if *position >= next {
            for _ in next..*position {
                text.push(NOTHING);
                text.push(' ');
            }
            next = position + 1;
        } else {
            // The space that was put behind the term before.
            text.pop();
            text.push(TOGETHER);
        }
        text.push_str(term.as_ref());
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_kept() {
        assert_eq!(
            spaced(&[(0, "tom"), (0, "tomcruise"), (1, "cruise"), (4, "far")]),
            "tom\u{2}tomcruise cruise \u{1} \u{1} far "
        );
        assert_eq!(spaced(&[(2, "a")]), "\u{1} \u{1} a ");
    }

    #[test]
    fn long_ids_are_hashed() {
        assert_eq!(document_id("a b/ü"), "a b/ü");
        assert_eq!(document_id(&"x".repeat(513)).len(), 17);
        assert_ne!(document_id("~x"), "~x");
    }
}
