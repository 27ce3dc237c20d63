//! Who did what in which work: “Simon Pegg as Benji Dunn”, “directed by”.
//!
//! Only what a sentence states between two names is taken; the work is one
//! that the sentence names, else one of the paragraph, else the one that the
//! whole article is about.

mod jobs;
mod roles;
mod subject;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::article::{Article, EntityKind, Mention, Span};
use crate::segment::Segmented;

use subject::Subjects;
pub use subject::main_work;

/// What a person did in a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Job {
    /// Played a role, or is in the cast.
    Actor,
    /// Spoke a role.
    Voice,
    /// Directed.
    Director,
    /// Wrote or created.
    Writer,
    /// Produced.
    Producer,
}

impl Job {
    /// The job's name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Voice => "voice",
            Self::Director => "director",
            Self::Writer => "writer",
            Self::Producer => "producer",
        }
    }
}

/// A statement of an article that a person did something in a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// Index of the person's mention.
    pub person: usize,
    /// What they did.
    pub job: Job,
    /// Index of the mention of whom they play.
    pub role: Option<usize>,
    /// Index of a mention of the work.
    pub work: Option<usize>,
    /// The sentence that says so: bytes into the article's text.
    pub sentence: Span,
}

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
    let mut subjects = Subjects::new(article, mentions);
    let mut found = Vec::new();
    let mut next = 0;
    for sentence in &segmented.sentences {
        let from = next + mentions[next..].partition_point(|m| m.span.start < sentence.span.start);
        let to = from + mentions[from..].partition_point(|m| m.span.end <= sentence.span.end);
        next = to;
        let line = Line { text: &article.text, span: sentence.span, mentions, from, to };
        subjects.enter(&line, sentence.opens_paragraph);
        roles::find(&line, &subjects, &mut found);
        jobs::find(&line, &mut found);
    }
    found.sort_by_key(|credit| (credit.person, credit.job, credit.role, credit.work));
    found.dedup();
    found
}

/// A sentence with its mentions `from..to`.
struct Line<'a> {
    text: &'a str,
    span: Span,
    mentions: &'a [Mention],
    from: usize,
    to: usize,
}

impl<'a> Line<'a> {
    fn is(&self, at: usize, kind: EntityKind) -> bool {
        self.mentions[at].kind == kind
    }

    /// The text between two mentions.
    fn gap(&self, before: usize, after: usize) -> &'a str {
        self.text.get(self.mentions[before].span.end..self.mentions[after].span.start).unwrap_or("")
    }

    /// The text of the sentence behind a mention.
    fn after(&self, at: usize) -> &'a str {
        self.text.get(self.mentions[at].span.end..self.span.end).unwrap_or("")
    }

    fn has_possessive(&self, at: usize) -> bool {
        self.after(at).strip_prefix(['\'', '’']).is_some_and(|rest| rest.starts_with('s'))
    }

    fn credit(&self, person: usize, job: Job, role: Option<usize>, work: Option<usize>) -> Credit {
        Credit { person, job, role, work, sentence: self.span }
    }
}

/// The words of a gap, in lower case, without quotation marks.
fn gap_words(gap: &str) -> Vec<String> {
    let word = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    gap.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}
