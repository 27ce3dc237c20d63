//! Statements about works and people: releases, delays, filming, cancellations,
//! casting, exits and awards, each with its date and certainty.
//!
//! Rules, a sentence at a time: a statement is taken if the sentence, or what it
//! clearly refers to, has the work, the cue and the value. What could, might or would
//! be is not stated.

mod awards;
mod casting;
mod certainty;
mod dated_cue;
mod event_kind;
mod heading;
mod modality;
mod place;
mod production;
mod release_cues;
mod release_dates;
mod release_works;
mod releases;
mod rule;
mod rules;
mod sentence_parts;
mod sentence_view;
mod statement;
mod status;
mod subjects;
mod tense;
#[cfg(test)]
mod testing;
mod work_names;

use crate::article::{Article, Mention, MentionedDate, Span};
use crate::segment::Segmented;

pub use certainty::Certainty;
pub use event_kind::EventKind;
pub use place::country;
pub use statement::{Statement, Subject};

use releases::find_releases;
use rules::{apply_rules, has_cue};
use sentence_view::SentenceView;
use subjects::Subjects;

/// The statements of an article, in text order.
///
/// ```
/// use newsearch::{Article, Span};
/// use newsearch::internals::recognize::{EntityRecognizer, mentioned_dates};
/// use newsearch::internals::report::{EventKind, statements};
/// use newsearch::internals::segment::Segmented;
/// let text = "“Mission: Impossible 7” was pushed from May 27, 2022 to July 14, 2023.".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let segmented = Segmented::new(&article);
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let dates = mentioned_dates(&article, &segmented);
/// let found = statements(&article, &segmented, &mentions, &dates);
/// let stated: Vec<_> = found.iter().map(|s| (s.kind, s.date.unwrap().first, s.former)).collect();
/// assert_eq!(stated, [(EventKind::Release, 20_220_527, true), (EventKind::Release, 20_230_714, false)]);
/// ```
pub fn statements(
    article: &Article,
    segmented: &Segmented,
    mentions: &[Mention],
    dates: &[MentionedDate],
) -> Vec<Statement> {
    let mut subjects = Subjects::new(article, mentions);
    let mut found: Vec<Statement> = Vec::new();
    let published = article.published.as_deref().and_then(|day| day.parse().ok());
    let title = usize::from(segmented.has_title);
    for (number, sentence) in segmented.sentences.iter().enumerate().skip(title) {
        let names = within(mentions, sentence.span, |mention| mention.span);
        let times = within(dates, sentence.span, |date| date.span);
        subjects.enter(&article.text, sentence, mentions, names.clone());
        let words = segmented.words_of(number);
        if times.is_empty() && !has_cue(&article.text, words) {
            continue;
        }
        let view = SentenceView::new(article, sentence.span, words, (mentions, names), (dates, times), published);
        find_releases(&view, &subjects, &mut found);
        apply_rules(&view, &subjects, &mut found);
    }
    found
}

/// The range of the items whose spans are within a sentence.
fn within<T>(items: &[T], sentence: Span, span: impl Fn(&T) -> Span) -> std::ops::Range<usize> {
    let from = items.partition_point(|item| span(item).start < sentence.start);
    let to = from + items[from..].partition_point(|item| span(item).end <= sentence.end);
    from..to
}
