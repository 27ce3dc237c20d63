//! Sentences to mentions: a gazetteer, patterns of the language of news, and
//! the evidence of the whole article.
//!
//! Every run of capitalized words is cut into the names that together score
//! highest; what speaks for a name (its words in the gazetteer, its head word,
//! its quotation marks, the words around it, the same words elsewhere in the
//! article) is added up in `evidence`. The pass runs twice: the second one
//! knows what the first one found.

mod classes;
mod decode;
mod evidence;
mod gazetteer;
mod lexicon;
mod memory;
mod view;

pub use classes::{Classes, NameClass};
pub use gazetteer::Gazetteer;

use crate::article::{Article, Mention};
use crate::segment::Segmented;

use memory::Memory;
use view::View;

/// Finds the names in articles.
///
/// ```
/// use newsearch::article::{Article, EntityKind, Span};
/// use newsearch::recognize::EntityRecognizer;
/// let text = "Director Christopher McQuarrie praised Simon Pegg as Benji Dunn.".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let found: Vec<_> = mentions.iter().map(|m| (m.span.of(&article.text), m.kind)).collect();
/// assert_eq!(found, [
///     ("Christopher McQuarrie", EntityKind::Person),
///     ("Simon Pegg", EntityKind::Person),
///     ("Benji Dunn", EntityKind::Character),
/// ]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct EntityRecognizer {
    gazetteer: Gazetteer,
}

impl EntityRecognizer {
    /// A recognizer with the gazetteer that newsearch ships with.
    pub fn new() -> Self {
        Self::default()
    }

    /// The names of an article: in text order, not overlapping, each with its
    /// surface as its name.
    pub fn recognize(&self, article: &Article) -> Vec<Mention> {
        self.recognize_segmented(article, &Segmented::new(article))
    }

    /// Like [`EntityRecognizer::recognize`], for an article that is already cut.
    pub fn recognize_segmented(&self, article: &Article, segmented: &Segmented) -> Vec<Mention> {
        let view = View::new(&article.text, segmented, self.gazetteer);
        let first = decode::decode(&view, &Memory::default());
        let memory = Memory::of(&view, &first);
        let found = decode::decode(&view, &memory);
        found.iter().map(|name| name.mention(&view)).collect()
    }
}
