//! What articles state of works and people: releases, delays, filming,
//! cancellations, casting, exits and awards, each with its date and how sure
//! it is.
//!
//! By rules, a sentence at a time: a statement is taken where the sentence, or
//! what it plainly refers to, has the work, the cue and the value. What could,
//! might or would be is none.

mod cues;
mod dated;
mod line;
mod news;
mod place;
mod releases;
mod subject;
mod sure;
mod tense;
mod works;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::article::{Article, Mention, MentionedDate, Span};
use crate::segment::Segmented;

pub use place::country;

use line::Line;
use subject::Subjects;

/// What is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It comes out: in cinemas, in shops, on air.
    Release,
    /// It is shown for the first time.
    Premiere,
    /// It can be streamed.
    Streaming,
    /// It comes later than planned, and no new date is said.
    Delay,
    /// Filming began, or begins.
    FilmingBegan,
    /// Filming ended.
    FilmingWrapped,
    /// There will be no more of it, or none at all.
    Cancelled,
    /// There will be more of it.
    Renewed,
    /// Somebody will be in it.
    Casting,
    /// Somebody will be in it no more.
    Exit,
    /// It, or somebody, won an award.
    Award,
    /// It, or somebody, is nominated for one.
    Nomination,
}

impl What {
    /// All that can be stated.
    pub const ALL: [Self; 12] = [
        Self::Release,
        Self::Premiere,
        Self::Streaming,
        Self::Delay,
        Self::FilmingBegan,
        Self::FilmingWrapped,
        Self::Cancelled,
        Self::Renewed,
        Self::Casting,
        Self::Exit,
        Self::Award,
        Self::Nomination,
    ];

    /// Its name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Premiere => "premiere",
            Self::Streaming => "streaming",
            Self::Delay => "delay",
            Self::FilmingBegan => "filming-began",
            Self::FilmingWrapped => "filming-wrapped",
            Self::Cancelled => "cancelled",
            Self::Renewed => "renewed",
            Self::Casting => "casting",
            Self::Exit => "exit",
            Self::Award => "award",
            Self::Nomination => "nomination",
        }
    }

    /// Whether it says when something can be seen, heard or read.
    pub fn is_release(self) -> bool {
        matches!(self, Self::Release | Self::Premiere | Self::Streaming)
    }
}

impl std::str::FromStr for What {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|what| what.as_str() == text).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|what| what.as_str()).collect();
            format!("{text:?}: expected one of {}", known.join(", "))
        })
    }
}

/// How sure an article is of what it states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// People say so.
    Rumored,
    /// It is being talked about.
    InTalks,
    /// The article says so, or that others do.
    Reported,
    /// Those who must know have said so.
    Confirmed,
    /// It is said not to be so.
    Denied,
    /// It is past.
    Happened,
}

impl Sureness {
    /// Its name as the command line and JSON spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rumored => "rumored",
            Self::InTalks => "in-talks",
            Self::Reported => "reported",
            Self::Confirmed => "confirmed",
            Self::Denied => "denied",
            Self::Happened => "happened",
        }
    }
}

/// The work that a statement is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A mention of it.
    Mention(usize),
    /// The next one in number after a mention: “a sequel” of “Rocky 3”.
    Next(usize),
    /// The title in a heading: bytes into the article's text.
    Titled(Span),
}

impl Subject {
    /// What the work is called.
    pub fn name(self, text: &str, mentions: &[Mention]) -> String {
        match self {
            Self::Mention(at) => mentions[at].name.clone(),
            Self::Next(at) => subject::next_in_number(&mentions[at].name).unwrap_or_default(),
            Self::Titled(span) => span.of(text).to_owned(),
        }
    }
}

/// Something that an article states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What it is about.
    pub what: What,
    /// The work; some awards have none.
    pub work: Option<Subject>,
    /// Index of a mention of the person, where one is told.
    pub person: Option<usize>,
    /// Index of a mention of the role or award.
    pub object: Option<usize>,
    /// When.
    pub date: Option<MentionedDate>,
    /// Whether it was a plan once and is none any more.
    pub former: bool,
    /// How sure the article is.
    pub sure: Sureness,
    /// Where: a country, platform, festival or “theaters”; bytes into the
    /// article's text.
    pub place: Option<Span>,
    /// The sentence that says so.
    pub sentence: Span,
}

/// What an article states, in text order.
///
/// ```
/// use newsearch::article::{Article, Span};
/// use newsearch::recognize::{EntityRecognizer, mentioned_dates};
/// use newsearch::report::{What, statements};
/// use newsearch::segment::Segmented;
/// let text = "“Mission: Impossible 7” was pushed from May 27, 2022 to July 14, 2023.".to_owned();
/// let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
/// let segmented = Segmented::new(&article);
/// let mentions = EntityRecognizer::new().recognize(&article);
/// let dates = mentioned_dates(&article, &segmented);
/// let found = statements(&article, &segmented, &mentions, &dates);
/// let told: Vec<_> = found.iter().map(|s| (s.what, s.date.unwrap().first, s.former)).collect();
/// assert_eq!(told, [(What::Release, 20_220_527, true), (What::Release, 20_230_714, false)]);
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
        if times.is_empty() && !news::may_tell(&article.text, words) {
            continue;
        }
        let line = Line::new(article, sentence.span, words, (mentions, names), (dates, times), published);
        releases::find(&line, &subjects, &mut found);
        news::find(&line, &subjects, &mut found);
    }
    found
}

/// The items whose spans lie within a sentence.
fn within<T>(items: &[T], sentence: Span, span: impl Fn(&T) -> Span) -> std::ops::Range<usize> {
    let from = items.partition_point(|item| span(item).start < sentence.start);
    let to = from + items[from..].partition_point(|item| span(item).end <= sentence.end);
    from..to
}
