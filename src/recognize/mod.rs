//! Sentences to mentions: a trained model, a gazetteer, patterns of the
//! language of news, and the evidence of the whole article.
//!
//! Every run of capitalized words is cut into the names that together score
//! highest. A segment's score is what the patterns say of it (its head word,
//! quotation marks, credits) plus the weights of its features, which were
//! trained on annotated text. The pass runs twice: the second one knows what
//! the first one found.

mod candidates;
mod classes;
mod dates;
mod decode;
mod features;
mod gazetteer;
mod lexicon;
mod memory;
mod model;
mod patterns;
mod scorer;
mod study;
mod sums;
mod view;

pub use classes::{Classes, NameClass};
pub use dates::mentioned_dates;
pub use gazetteer::Gazetteer;
pub use model::{Model, ModelError, Parts, Trained};
pub use study::{Example, FoundName, Study};

use std::borrow::Cow;

use crate::article::{Article, Mention};
use crate::segment::Segmented;

use candidates::Candidate;
use memory::Memory;
use patterns::{Case, Scores};
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
#[derive(Debug, Clone)]
pub struct EntityRecognizer {
    model: Cow<'static, Model>,
}

impl Default for EntityRecognizer {
    fn default() -> Self {
        Self { model: Cow::Borrowed(Model::shipped()) }
    }
}

impl EntityRecognizer {
    /// A recognizer with the model and gazetteer that newsearch ships with.
    pub fn new() -> Self {
        Self::default()
    }

    /// A recognizer with another model.
    pub fn with_model(model: Model) -> Self {
        Self { model: Cow::Owned(model) }
    }

    /// The names of an article: in text order, not overlapping, each with its
    /// surface as its name.
    pub fn recognize(&self, article: &Article) -> Vec<Mention> {
        self.recognize_segmented(article, &Segmented::new(article))
    }

    /// Like [`EntityRecognizer::recognize`], for an article that is already cut.
    pub fn recognize_segmented(&self, article: &Article, segmented: &Segmented) -> Vec<Mention> {
        self.recognize_all(&[(article, segmented)]).into_iter().next().unwrap_or_default()
    }

    /// The same for some articles, one step after the other: the lists of names
    /// and the model's weights are larger than the processor's cache.
    pub fn recognize_all(&self, articles: &[(&Article, &Segmented)]) -> Vec<Vec<Mention>> {
        let gazetteer = Gazetteer::new(self.model.parts().gazetteer);
        let clusters = self.model.clusters();
        let views = articles.iter().map(|(article, cut)| View::new(&article.text, cut, gazetteer, clusters));
        let views: Vec<View<'_>> = views.collect();
        let candidates: Vec<Vec<Candidate>> = views.iter().map(|view| candidates::scan(view, &self.model)).collect();
        views.iter().zip(&candidates).map(|(view, candidates)| self.decode(view, candidates)).collect()
    }

    /// The names among the candidates of an article.
    fn decode(&self, view: &View<'_>, candidates: &[Candidate]) -> Vec<Mention> {
        let mut names = decode::decode(candidates, &self.first_scores(candidates));
        if self.model.parts().article {
            let memory = Memory::of(view, &names);
            names = decode::decode(candidates, &self.second_scores(view, candidates, &memory));
        }
        names.iter().map(|name| name.mention(view, self.model.confidence(name.margin))).collect()
    }

    fn first_scores(&self, candidates: &[Candidate]) -> Vec<Scores> {
        let closed = [f32::NEG_INFINITY; 6];
        let score = |c: &Candidate| if c.gate == patterns::Gate::Open { c.scored.scores } else { closed };
        candidates.iter().map(score).collect()
    }

    fn second_scores(&self, view: &View<'_>, candidates: &[Candidate], memory: &Memory) -> Vec<Scores> {
        let score = |candidate: &Candidate| {
            let case = Case::new(view, candidate.line, &candidate.segment);
            if !case.opens(candidate.gate, memory) {
                return [f32::NEG_INFINITY; 6];
            }
            let more = self.model.recalled(&case, memory, &candidate.scored.words);
            std::array::from_fn(|kind| candidate.scored.scores[kind] + more[kind])
        };
        candidates.iter().map(score).collect()
    }
}
