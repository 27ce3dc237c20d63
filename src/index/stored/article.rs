//! An article as the index stores it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::{Article, FieldName, Mention, MentionedDate, Span};
use crate::index::names::NameId;
use crate::link::{Credit, Job};
use crate::report::{Certainty, EventKind, Quote, Statement};
use crate::segment::Segmented;

/// An article with what is needed to show it: its sentences with the positions
/// of their first words, which map a match at a position to bytes, and its names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// The article's id.
    pub id: String,
    /// What identifies it; kept in a column, not with the other fields.
    #[serde(skip)]
    pub key: u64,
    /// The file it came from.
    pub path: String,
    /// What to show as its title.
    pub title: String,
    /// The title in `text`; empty where it is not part of it.
    pub title_span: Span,
    /// The whole decoded text; stored apart from the other fields.
    #[serde(skip)]
    pub text: String,
    /// The article itself in `text`.
    pub body: Span,
    /// ISO date of publication.
    pub published: Option<String>,
    /// ISO date of its last change.
    pub modified: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The outlet's section.
    pub section: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The values of the user's fields.
    pub fields: BTreeMap<FieldName, Vec<String>>,
    /// The sentences of the body.
    #[serde(skip)]
    pub sentences: Vec<StoredSentence>,
    /// The names, in text order.
    #[serde(skip)]
    pub mentions: Vec<StoredMention>,
    /// Who did what in which work.
    pub credits: Vec<StoredCredit>,
    /// The dates it mentions, in text order.
    #[serde(skip)]
    pub dates: Vec<MentionedDate>,
    /// Who said what, in text order.
    #[serde(skip)]
    pub quotes: Vec<StoredQuote>,
    /// What it states, in text order.
    pub statements: Vec<StoredStatement>,
}

/// A quote, by the id of its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredQuote {
    /// Bytes into the article's text, marks included.
    pub span: Span,
    /// Who speaks.
    pub speaker: Option<NameId>,
}

impl StoredQuote {
    /// A quote of an article whose mentions have these names.
    pub fn new(quote: &Quote, names: &[NameId]) -> Self {
        Self { span: quote.span, speaker: quote.speaker.map(|at| names[at]) }
    }
}

/// A statement, by the ids of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredStatement {
    /// What it is about.
    pub what: EventKind,
    /// The work.
    pub work: Option<NameId>,
    /// The person.
    pub person: Option<NameId>,
    /// The role or award.
    pub object: Option<NameId>,
    /// When.
    pub date: Option<MentionedDate>,
    /// Whether it was planned once and no longer is.
    pub former: bool,
    /// How certain the article is.
    pub sure: Certainty,
    /// The place: bytes into the article's text.
    pub place: Option<Span>,
    /// The sentence that says so.
    pub sentence: Span,
}

impl StoredStatement {
    /// A statement of a work, of an article whose mentions have these names.
    pub fn new(statement: &Statement, work: Option<NameId>, names: &[NameId]) -> Self {
        let Statement { kind: what, person, object, date, former, certainty: sure, place, sentence, .. } = *statement;
        let name = |at: Option<usize>| at.map(|at| names[at]);
        Self { what, work, person: name(person), object: name(object), date, former, sure, place, sentence }
    }

    /// The names that it says something of.
    pub fn names(&self) -> impl Iterator<Item = NameId> {
        [self.work, self.person].into_iter().flatten()
    }
}

/// A credit, by the ids of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCredit {
    /// The person.
    pub person: NameId,
    /// What they did.
    pub job: Job,
    /// The character they play.
    pub role: Option<NameId>,
    /// The work.
    pub work: Option<NameId>,
    /// The sentence that says so: bytes into the article's text.
    pub sentence: Span,
}

impl StoredCredit {
    /// A credit of an article whose mentions have these names.
    pub fn new(credit: &Credit, names: &[NameId]) -> Self {
        Self {
            person: names[credit.person],
            job: credit.job,
            role: credit.role.map(|at| names[at]),
            work: credit.work.map(|at| names[at]),
            sentence: credit.sentence,
        }
    }

    /// The names it joins.
    pub fn names(&self) -> impl Iterator<Item = NameId> {
        [Some(self.person), self.role, self.work].into_iter().flatten()
    }
}

/// A sentence, and the position of its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredSentence {
    /// Bytes into the article's text.
    pub span: Span,
    /// Position of its first word in the body.
    pub first_word: u32,
    /// Whether it starts a paragraph.
    pub opens_paragraph: bool,
}

/// A mention of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredMention {
    /// Bytes into the article's text.
    pub span: Span,
    /// The name.
    pub name: NameId,
}

impl StoredArticle {
    /// What to store of an article; `names` are the ids of `mentions`.
    pub fn new(
        article: Article,
        segmented: &Segmented,
        (mentions, names): (&[Mention], &[NameId]),
        (credits, dates): (Vec<StoredCredit>, Vec<MentionedDate>),
        (quotes, statements): (Vec<StoredQuote>, Vec<StoredStatement>),
    ) -> Self {
        let title = segmented.title_len();
        let sentences = segmented
            .sentences
            .iter()
            .zip(&segmented.first_word)
            .skip(usize::from(segmented.has_title))
            .map(|(sentence, first)| StoredSentence {
                span: sentence.span,
                first_word: (first - title) as u32,
                opens_paragraph: sentence.opens_paragraph,
            })
            .collect();
        let mentions = mentions
            .iter()
            .zip(names)
            .map(|(mention, name)| StoredMention { span: mention.span, name: *name })
            .collect();
        Self {
            id: article.id,
            key: article.key,
            path: article.path,
            title: article.title,
            title_span: article.title_span,
            text: article.text,
            body: article.body,
            published: article.published,
            modified: article.modified,
            source: article.source,
            url: article.url,
            authors: article.authors,
            section: article.section,
            tags: article.tags,
            fields: article.fields,
            sentences,
            mentions,
            credits,
            dates,
            quotes,
            statements,
        }
    }
}
