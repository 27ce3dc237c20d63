//! Linking within one article.

use crate::article::{Article, Mention};
use crate::segment::name_parts;

use super::acronyms;
use super::known::canonical_known;
use super::people;
use super::remakes;
use super::shorter;
use super::titles;
use super::works;

/// Gives every mention of an article the fullest name it stands for.
///
/// ```
/// use newsearch::article::{Article, Span};
/// use newsearch::link::EntityLinker;
/// use newsearch::recognize::EntityRecognizer;
/// let text = "Tom Cruise runs. Later, Cruise said that he ran.".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let mut mentions = EntityRecognizer::new().recognize(&article);
/// EntityLinker::new().link(&article, &mut mentions);
/// assert!(mentions.iter().all(|m| m.name == "Tom Cruise"));
/// assert_eq!(mentions.len(), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct EntityLinker {}

impl EntityLinker {
    /// A linker.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the `name` of every mention; what stays ambiguous keeps its surface.
    pub fn link(&self, article: &Article, mentions: &mut [Mention]) {
        for mention in mentions.iter_mut() {
            mention.name = written_out(mention.span.of(&article.text), mention.kind.is_human());
        }
        let introduced = acronyms::link(article, mentions);
        titles::precede(&article.text, mentions);
        let mut ambiguous = vec![false; mentions.len()];
        people::link(mentions, &mut ambiguous);
        titles::join(&article.text, mentions);
        works::link(mentions);
        shorter::link(mentions);
        // What the article calls it itself comes before what it is known as.
        let open = |mention: &Mention| !introduced.contains(&mention.name);
        for (mention, _) in mentions.iter_mut().zip(ambiguous).filter(|(m, ambiguous)| !ambiguous && open(m)) {
            if let Some(canonical) = canonical_known(mention.kind, &mention.name) {
                mention.name = canonical.to_owned();
            }
        }
        remakes::tell_apart(article, mentions);
    }
}

/// A surface as a name is written: one line, the glued words of people parted.
fn written_out(surface: &str, human: bool) -> String {
    let mut name = String::with_capacity(surface.len() + 2);
    for word in surface.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        match name_parts(word).filter(|_| human) {
            Some(parts) => {
                let parts: Vec<_> = parts.iter().map(|span| span.of(word)).collect();
                name.push_str(&parts.join(" "));
            }
            None => name.push_str(word),
        }
    }
    name
}
