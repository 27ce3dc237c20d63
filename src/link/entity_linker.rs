//! Links the mentions of one article to full names.

use std::borrow::Cow;

use crate::article::{Article, Mention};
use crate::segment::{is_invisible, name_parts};

use super::acronyms::link_acronyms;
use super::known_names::canonical_known;
use super::nobility::{add_regnal_titles, join_noble_titles};
use super::partial_names::link_partial_names;
use super::people::link_people;
use super::remakes::tell_apart;
use super::stage_names::link_stage_names;
use super::work_titles::link_titles;

/// Gives every mention of an article the fullest name that it stands for.
///
/// ```
/// use newsearch::{Article, Span};
/// use newsearch::internals::link::EntityLinker;
/// use newsearch::internals::recognize::EntityRecognizer;
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
    /// Creates a linker.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the `name` of every mention; ambiguous ones keep their surface.
    pub fn link(&self, article: &Article, mentions: &mut [Mention]) {
        for mention in mentions.iter_mut() {
            mention.name = written_out(mention.span.of(&article.text), mention.kind.is_human());
        }
        let introduced = link_acronyms(article, mentions);
        add_regnal_titles(&article.text, mentions);
        link_stage_names(article, mentions);
        let mut ambiguous = vec![false; mentions.len()];
        link_people(mentions, &mut ambiguous);
        join_noble_titles(&article.text, mentions);
        link_titles(mentions);
        link_partial_names(mentions);
        // Names that the article introduces itself take precedence over known names.
        let open = |mention: &Mention| !introduced.contains(&mention.name);
        for (mention, _) in mentions.iter_mut().zip(ambiguous).filter(|(m, ambiguous)| !ambiguous && open(m)) {
            if let Some(canonical) = canonical_known(mention.kind, &mention.name) {
                mention.name = canonical.to_owned();
            }
        }
        tell_apart(article, mentions);
    }
}

/// A surface in one line, with the glued words of people separated.
fn written_out(surface: &str, human: bool) -> String {
    let mut name = String::with_capacity(surface.len() + 2);
    let surface =
        if surface.is_ascii() { Cow::Borrowed(surface) } else { Cow::Owned(surface.replace(is_invisible, "")) };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surfaces_are_normalized() {
        let check = |surface: &str, human: bool, expected: &str| assert_eq!(written_out(surface, human), expected);
        check("Tom\n  Cruise", true, "Tom Cruise");
        check("TomCruise", true, "Tom Cruise");
        check("StudioCanal", false, "StudioCanal");
        check("", false, "");
        check("Hay\u{ad}ley At\u{200b}well", true, "Hayley Atwell");
    }
}
