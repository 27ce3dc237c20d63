//! Annotated text for unit tests.

use super::{Article, Mention, MentionedDate, Span};

/// An article with its mentions and dates.
pub(crate) struct Annotated {
    pub article: Article,
    pub mentions: Vec<Mention>,
    pub dates: Vec<MentionedDate>,
}

/// Reads text with mentions as `[person|Tom Cruise]` and dates as `[20230714|July 14]`
/// or `[20230701-20230731|July]`. There is no title; the whole text is the body.
///
/// A mention of one word is named after the last full name that ends with it.
pub(crate) fn annotated(marked: &str) -> Annotated {
    let (mut text, mut mentions, mut dates) = (String::new(), Vec::new(), Vec::new());
    let mut parts = marked.split('[');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (inner, rest) = part.split_once(']').expect("a closing bracket");
        let (label, surface) = inner.split_once('|').expect("a label");
        let span = Span::new(text.len(), text.len() + surface.len());
        text.push_str(surface);
        text.push_str(rest);
        if label.starts_with(|c: char| c.is_ascii_digit()) {
            let (first, last) = label.split_once('-').unwrap_or((label, label));
            let number = |day: &str| day.parse().expect("YYYYMMDD");
            dates.push(MentionedDate { span, first: number(first), last: number(last) });
        } else {
            let name = full_name(&mentions, surface);
            let kind = label.parse().expect("a kind");
            mentions.push(Mention { span, kind, name, confidence: 1.0, listed: 0, year: None });
        }
    }
    let body = Span::new(0, text.len());
    Annotated { article: Article { text, body, ..Article::default() }, mentions, dates }
}

fn full_name(mentions: &[Mention], surface: &str) -> String {
    let ending = format!(" {surface}");
    let full = mentions.iter().rev().find(|mention| mention.name.ends_with(&ending) && !surface.contains(' '));
    full.map_or_else(|| surface.to_owned(), |full| full.name.clone())
}
