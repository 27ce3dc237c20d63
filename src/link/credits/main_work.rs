//! The work that an article is about.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::article::{Article, EntityKind, Mention};

/// How many times as often as any other a work must be mentioned for the article to
/// be about it.
const DOMINANCE: usize = 2;

/// The work that an article is about, as the index of a mention: the only one in the
/// title, else the one that is mentioned far more often than any other.
pub fn main_work(article: &Article, mentions: &[Mention]) -> Option<usize> {
    let is_work = |m: &Mention| m.kind == EntityKind::Work;
    let mut titled = mentions.iter().enumerate().filter(|(_, m)| is_work(m) && article.title_span.contains(m.span));
    if let (Some((at, _)), None) = (titled.next(), titled.next()) {
        return Some(at);
    }
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| is_work(m)) {
        counts.entry(&mention.name).or_insert((0, at)).0 += 1;
    }
    let mut ranked: Vec<(usize, usize)> = counts.into_values().collect();
    ranked.sort_unstable_by_key(|(count, at)| (Reverse(*count), *at));
    match ranked[..] {
        [(_, at)] => Some(at),
        [(most, at), (second, _), ..] if most >= DOMINANCE * second => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    /// Checks the main work of an article with a title of 20 bytes and a mention every
    /// 10 bytes.
    fn check(names: &[&str], expected: Option<&str>) {
        let mention = |(at, name): (usize, &&str)| Mention {
            span: Span::new(at * 10, at * 10 + 5),
            kind: if name.is_empty() { EntityKind::Person } else { EntityKind::Work },
            name: (*name).to_owned(),
            confidence: 1.0,
            listed: 0,
            year: None,
        };
        let mentions: Vec<Mention> = names.iter().enumerate().map(mention).collect();
        let article = Article { title_span: Span::new(0, 20), ..Article::default() };
        let found = main_work(&article, &mentions).map(|at| mentions[at].name.as_str());
        assert_eq!(found, expected, "{names:?}");
    }

    #[test]
    fn an_article_is_about_the_work_of_its_title() {
        check(&["Dune", "", "Jaws", "Jaws", "Jaws"], Some("Dune"));
        check(&["Dune", "Jaws", "Jaws"], Some("Jaws"));
        check(&["Dune", "Jaws"], None);
    }

    #[test]
    fn else_about_the_work_that_it_mentions_most() {
        check(&["", "", "Jaws"], Some("Jaws"));
        check(&["", "", "Jaws", "Dune", "Jaws"], Some("Jaws"));
        check(&["", "", "Jaws", "Dune", "Jaws", "Dune", "Jaws"], None);
        check(&["", "", ""], None);
    }
}
