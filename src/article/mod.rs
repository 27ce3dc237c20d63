//! The types that all stages share: articles, spans, sentences, mentions, kinds
//! of names, dates and the language.
//!
//! Owns no behavior beyond what keeps these types sound; imports nothing.

#[cfg(test)]
pub(crate) mod annotated;
mod calendar;
mod day;
mod entity_kind;
mod field_name;
mod hash;
mod identity;
mod language;
mod mentioned_date;
mod span;
mod user_fields;

pub(crate) use calendar::{date_number, month_from, week_from, year_from};
pub use day::{day_number, iso_day};
pub use entity_kind::EntityKind;
pub use field_name::FieldName;
pub use hash::stable_hash;
pub use identity::{IdRules, IdScope, content_hash};
pub(crate) use identity::{
    file_of, global_key, is_known_by_path, is_under, key_suffix, made_id, path_key, root_of, scoped_key,
};
pub use language::{Language, LanguageTables, ROMAN_NUMERALS};
pub use mentioned_date::{Granularity, MentionedDate};
pub use span::Span;
pub(crate) use span::char_boundary;
pub use user_fields::{UserField, UserFields};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What an article is called: its record's own id, or one made from its address, its
/// content or its path.
pub type ArticleId = String;

/// One news article: its decoded, unchanged text and the fields found in it.
///
/// Every span and offset of an article is a half-open range of UTF-8 bytes
/// into [`Article::text`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Article {
    /// The record's own id, or one made from its address, its content or its path.
    pub id: ArticleId,
    /// What identifies it in an archive: a hash of its id and of what the id is one
    /// within; see [`IdScope`].
    pub key: u64,
    /// The absolute path of the file it came from, and after `!/` the member of an
    /// archive. Bytes that are not UTF-8 are written as `\xHH`.
    pub path: String,
    /// The title to show; shortened from the first sentence if the article has
    /// none.
    pub title: String,
    /// The title within `text`; empty if the article has none.
    pub title_span: Span,
    /// The whole decoded text, the title line first.
    pub text: String,
    /// The main text within `text`, without title and headers.
    pub body: Span,
    /// ISO date (`YYYY-MM-DD`) of publication.
    pub published: Option<String>,
    /// ISO date of the last change, if stated.
    pub modified: Option<String>,
    /// The outlet it came from.
    pub source: Option<String>,
    /// The URL it came from.
    pub url: Option<String>,
    /// Its authors, as the article names them.
    pub authors: Vec<String>,
    /// The outlet's section, such as `Film`.
    pub section: Option<String>,
    /// Its tags, keywords or subjects, as written, each once.
    pub tags: Vec<String>,
    /// The values of the fields that the user named; see [`UserFields`].
    pub fields: BTreeMap<FieldName, Vec<String>>,
}

impl Article {
    /// The fields with values: its tags, and what the user named.
    pub fn labels(&self) -> impl Iterator<Item = (FieldName, &Vec<String>)> {
        let named = self.fields.iter().map(|(name, values)| (*name, values));
        std::iter::once((FieldName::TAG, &self.tags)).chain(named).filter(|(_, values)| !values.is_empty())
    }
}

/// One sentence of an article, or its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes into the article's text, without surrounding white space.
    pub span: Span,
    /// Whether it starts a paragraph.
    pub opens_paragraph: bool,
}

/// One word of a text, without punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes into the text.
    pub span: Span,
}

/// A name found in an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Bytes into the article's text.
    pub span: Span,
    /// What it names.
    pub kind: EntityKind,
    /// The canonical name once linked, the surface before.
    pub name: String,
    /// The confidence of the recognizer, 0 to 1.
    pub confidence: f32,
    /// How well the gazetteer knows the surface as a name of this kind: 0 (not at
    /// all) to 3.
    pub listed: u8,
    /// The year of the film it means, if several films have its title.
    pub year: Option<u16>,
}
