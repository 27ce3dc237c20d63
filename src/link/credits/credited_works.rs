//! The work that a credit belongs to.

use crate::article::{Article, EntityKind, Mention};

use super::credit_sentence::CreditSentence;
use super::main_work::main_work;

/// The works that credits may belong to, updated sentence by sentence.
pub(super) struct CreditedWorks {
    /// The work that the article is about.
    main: Option<usize>,
    /// The last work of the paragraph before the current sentence.
    paragraph: Option<usize>,
    /// The last work of the current sentence.
    sentence: Option<usize>,
}

impl CreditedWorks {
    /// The state before the first sentence.
    pub fn new(article: &Article, mentions: &[Mention]) -> Self {
        Self { main: main_work(article, mentions), paragraph: None, sentence: None }
    }

    /// Moves to the next sentence.
    pub fn enter(&mut self, view: &CreditSentence<'_>, opens_paragraph: bool) {
        self.paragraph = if opens_paragraph { None } else { self.sentence.or(self.paragraph) };
        self.sentence = (view.from..view.to).rev().find(|at| view.is(*at, EntityKind::Work));
    }

    /// The work of a credit that ends with a mention: “… in ‘Dune’” right behind it,
    /// else the last one before it, else the next, else that of the paragraph or the
    /// article.
    pub fn of(&self, view: &CreditSentence<'_>, at: usize) -> Option<usize> {
        let is_work = |at: &usize| view.is(*at, EntityKind::Work);
        let next = (at + 1..view.to).find(is_work);
        let right_after = next.filter(|work| {
            let gap = view.gap(at, *work).trim_end_matches(|c: char| !c.is_alphanumeric());
            matches!(gap, " in" | " in the" | " on" | " in the film" | " in the series")
        });
        let before = (view.from..at).rev().find(is_work);
        right_after.or(before).or(next).or(self.paragraph).or(self.main)
    }
}
