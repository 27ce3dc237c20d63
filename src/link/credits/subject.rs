//! The work that a credit is about.

use rustc_hash::FxHashMap;

use crate::article::{Article, EntityKind, Mention};

use super::Line;

/// How much oftener a work must be named than any other for the article to be
/// about it.
const DOMINANCE: usize = 2;

/// The works in view while the sentences of an article go by.
pub(super) struct Subjects {
    /// The work that the article is about.
    main: Option<usize>,
    /// The last work of the paragraph, before this sentence.
    paragraph: Option<usize>,
    /// The last work of this sentence.
    sentence: Option<usize>,
}

impl Subjects {
    pub fn new(article: &Article, mentions: &[Mention]) -> Self {
        Self { main: main_work(article, mentions), paragraph: None, sentence: None }
    }

    /// Goes on to the next sentence.
    pub fn enter(&mut self, line: &Line<'_>, opens_paragraph: bool) {
        self.paragraph = if opens_paragraph { None } else { self.sentence.or(self.paragraph) };
        self.sentence = (line.from..line.to).rev().find(|at| line.is(*at, EntityKind::Work));
    }

    /// The work that a credit ending at a mention is about: “… in ‘Dune’” right
    /// after it, else the last one before it, else the next, else the
    /// paragraph's or the article's.
    pub fn of(&self, line: &Line<'_>, at: usize) -> Option<usize> {
        let is_work = |at: &usize| line.is(*at, EntityKind::Work);
        let next = (at + 1..line.to).find(is_work);
        let right_after = next.filter(|work| {
            let gap = line.gap(at, *work).trim_end_matches(|c: char| !c.is_alphanumeric());
            matches!(gap, " in" | " in the" | " on" | " in the film" | " in the series")
        });
        let before = (line.from..at).rev().find(is_work);
        right_after.or(before).or(next).or(self.paragraph).or(self.main)
    }
}

/// The work that an article is about, as the index of a mention: the only one in
/// its title, else the one that is named far oftener than any other.
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
    ranked.sort_unstable_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
    match ranked[..] {
        [(_, at)] => Some(at),
        [(most, at), (second, _), ..] if most >= DOMINANCE * second => Some(at),
        _ => None,
    }
}
