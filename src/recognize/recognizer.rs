//! Finds the names in articles: two passes over the candidates of each.

use std::borrow::Cow;

use crate::article::{Article, Mention};
use crate::segment::Segmented;

use super::candidates::{Candidate, find_candidates};
use super::decode::decode;
use super::document_memory::DocumentMemory;
use super::gazetteer::Gazetteer;
use super::model::Model;
use super::patterns::FilterOutcome;
use super::scores::{REJECTED, Scores};
use super::segments::SegmentContext;
use super::tokens::TokenView;

/// Finds the names in articles.
///
/// ```
/// use newsearch::{Article, EntityKind, Span};
/// use newsearch::internals::recognize::EntityRecognizer;
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
    /// A recognizer with the model and gazetteer compiled into newsearch.
    pub fn new() -> Self {
        Self::default()
    }

    /// A recognizer with another model.
    pub fn with_model(model: Model) -> Self {
        Self { model: Cow::Owned(model) }
    }

    /// The names of an article: in text order, without overlaps. The name of a
    /// mention is its surface.
    pub fn recognize(&self, article: &Article) -> Vec<Mention> {
        self.recognize_segmented(article, &Segmented::new(article))
    }

    /// Like [`EntityRecognizer::recognize`], for an article that is already
    /// segmented.
    pub fn recognize_segmented(&self, article: &Article, segmented: &Segmented) -> Vec<Mention> {
        self.recognize_all(&[(article, segmented)]).into_iter().next().unwrap_or_default()
    }

    /// Recognizes several articles. Each step is done for all of them before the
    /// next, because the gazetteer and the model's weights do not fit in the
    /// processor's cache together.
    pub fn recognize_all(&self, articles: &[(&Article, &Segmented)]) -> Vec<Vec<Mention>> {
        let gazetteer = Gazetteer::new(self.model.components().gazetteer);
        let clusters = self.model.clusters();
        let views =
            articles.iter().map(|(article, segmented)| TokenView::new(&article.text, segmented, gazetteer, clusters));
        let views: Vec<TokenView<'_>> = views.collect();
        let candidates: Vec<Vec<Candidate>> = views.iter().map(|view| find_candidates(view, &self.model)).collect();
        views.iter().zip(&candidates).map(|(view, candidates)| self.decode(view, candidates)).collect()
    }

    /// The names among the candidates of an article.
    fn decode(&self, view: &TokenView<'_>, candidates: &[Candidate]) -> Vec<Mention> {
        let mut names = decode(candidates, &first_scores(candidates));
        if self.model.components().article {
            let memory = DocumentMemory::new(view, &names);
            names = decode(candidates, &self.second_scores(view, candidates, &memory));
        }
        names.iter().map(|name| name.mention(view, self.model.confidence(name.margin))).collect()
    }

    fn second_scores(&self, view: &TokenView<'_>, candidates: &[Candidate], memory: &DocumentMemory) -> Vec<Scores> {
        let score = |candidate: &Candidate| {
            let context = SegmentContext::new(view, candidate.sentence, &candidate.segment);
            if !context.passes(candidate.filter, memory) {
                return REJECTED;
            }
            let more = self.model.document_scores(&context, memory, &candidate.base.word_totals);
            std::array::from_fn(|kind| candidate.base.scores[kind] + more[kind])
        };
        candidates.iter().map(score).collect()
    }
}

fn first_scores(candidates: &[Candidate]) -> Vec<Scores> {
    let score = |c: &Candidate| if c.filter == FilterOutcome::Pass { c.base.scores } else { REJECTED };
    candidates.iter().map(score).collect()
}
