//! Credits: who did what in which work, as in “Simon Pegg as Benji Dunn” or “directed
//! by”.
//!
//! Only what a sentence states between two names is taken. The work is one that the
//! sentence names, else one of the paragraph, else the one that the article is about.

mod credit;
mod credit_sentence;
mod credited_works;
mod jobs;
mod main_work;
mod roles;

pub use credit::{Credit, Job};
pub use main_work::main_work;

use crate::article::{Article, Mention};
use crate::segment::Segmented;

use credit_sentence::CreditSentence;
use credited_works::CreditedWorks;
use jobs::find_jobs;
use roles::find_roles;

/// The credits of an article, in text order.
///
/// ```
/// use newsearch::article::{Article, Span};
/// use newsearch::link::{Job, credits};
/// use newsearch::recognize::EntityRecognizer;
/// use newsearch::segment::Segmented;
/// let text = "“Mission: Impossible 7” stars Tom Cruise as Ethan Hunt.".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let found = credits(&article, &Segmented::new(&article), &mentions);
/// let name = |at: usize| mentions[at].name.as_str();
/// assert_eq!(found[0].job, Job::Actor);
/// assert_eq!((name(found[0].person), found[0].role.map(name)), ("Tom Cruise", Some("Ethan Hunt")));
/// assert_eq!(found[0].work.map(name), Some("Mission: Impossible 7"));
/// ```
pub fn credits(article: &Article, segmented: &Segmented, mentions: &[Mention]) -> Vec<Credit> {
    let mut works = CreditedWorks::new(article, mentions);
    let mut found = Vec::new();
    let mut next = 0;
    for sentence in &segmented.sentences {
        let from = next + mentions[next..].partition_point(|m| m.span.start < sentence.span.start);
        let to = from + mentions[from..].partition_point(|m| m.span.end <= sentence.span.end);
        next = to;
        let view = CreditSentence { text: &article.text, span: sentence.span, mentions, from, to };
        works.enter(&view, sentence.opens_paragraph);
        find_roles(&view, &works, &mut found);
        find_jobs(&view, &mut found);
    }
    found.sort_by_key(|credit| (credit.person, credit.job, credit.role, credit.work));
    found.dedup();
    found
}
