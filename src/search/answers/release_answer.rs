//! Answers from statements of release: when a work comes out.

use std::cmp::Reverse;

use tantivy::schema::Term;

use crate::article::{EntityKind, Granularity, MentionedDate, iso_day};
use crate::index::{Entities, StoredArticle, StoredStatement, about_term};
use crate::report::{Certainty, EventKind};
use crate::search::error::SearchError;
use crate::search::hits::question_answer::{QuestionAnswer, QuestionKind};

use super::ask::Ask;
use super::credit_answer::is_continued;
use super::evidence::{Evidence, SentenceText, support, words};
use super::question::{Question, Tense, season_number};
use super::release_shape::is_plain;
use super::subject::Subject;

/// A stated day, or a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stated {
    date: MentionedDate,
    kind: EventKind,
}

impl Stated {
    /// Whether both may be true: one is within the other.
    fn agrees(&self, other: &Self) -> bool {
        let (a, b) = (&self.date, &other.date);
        a.first <= b.first && b.last <= a.last || b.first <= a.first && a.last <= b.last
    }

    fn is_day(&self) -> bool {
        self.date.granularity() == Granularity::Day
    }
}

/// The answer to a question about a release.
pub(super) fn release_answer(ask: Ask<'_>, question: &Question) -> Result<Option<QuestionAnswer>, SearchError> {
    let Some(subject) = Subject::new(&ask.archive.entities, &question.name, &[EntityKind::Work]) else {
        return Ok(None);
    };
    let evidence = gather(ask, question, &subject)?;
    Ok(judge(&ask.archive.entities, question, &subject, evidence))
}

/// The sentences that answer.
fn gather(ask: Ask<'_>, question: &Question, subject: &Subject) -> Result<Vec<Evidence<Stated>>, SearchError> {
    let entities = &ask.archive.entities;
    let members = subject.entities.iter().flat_map(|entity| entities.members(*entity));
    let field = ask.archive.schema.reports;
    let terms: Vec<Term> = members.map(|id| Term::from_field_text(field, &about_term(id))).collect();
    let mut found = Vec::new();
    ask.each_article(&terms, &mut |article| {
        for statement in &article.statements {
            found.extend(evidence_of(ask, question, subject, article, statement));
        }
    })?;
    Ok(found)
}

/// The evidence of a statement, if it is about what was asked.
fn evidence_of(
    ask: Ask<'_>,
    question: &Question,
    subject: &Subject,
    article: &StoredArticle,
    statement: &StoredStatement,
) -> Option<Evidence<Stated>> {
    let entities = &ask.archive.entities;
    let work = entities.of(statement.work?);
    let date = statement.date?;
    let sure = matches!(statement.sure, Certainty::Reported | Certainty::Confirmed | Certainty::Happened);
    if !subject.entities.contains(&work) || !statement.what.is_release() || statement.former || !sure {
        return None;
    }
    let sentence = SentenceText::new(article, statement.sentence);
    if sentence.is_doubtful() || !fits_season(question, sentence.span.of(&article.text)) {
        return None;
    }
    let named = |at: &usize| subject.is_written(sentence.mentions[*at].span.of(&article.text));
    let mentions: Vec<usize> = sentence.mentions_of(entities, work).filter(named).collect();
    let nearest = mentions.iter().rev().find(|at| sentence.mentions[**at].span.end <= date.span.start);
    let plain = nearest.is_some_and(|at| {
        let span = sentence.mentions[*at].span;
        let between = sentence.text(span.end, date.span.start);
        statement.place.is_none_or(|place| is_home(place.of(&article.text)))
            && is_plain(between)
            && !is_continued(sentence.text(span.end, sentence.span.end))
    });
    if mentions.iter().any(|at| is_continued(sentence.text(sentence.mentions[*at].span.end, sentence.span.end))) {
        return None;
    }
    Some(Evidence::new(Stated { date, kind: statement.what }, plain, &sentence, ask.cluster_of(article)))
}

/// Whether a release in a place is the one that is meant where none is named.
fn is_home(place: &str) -> bool {
    let folded = place.to_lowercase();
    !crate::report::country(place).is_some_and(|country| !matches!(country, "United States" | "US" | "U.S."))
        && !folded.contains("festival")
}

/// Whether a sentence is about the season that was asked for. “When did X premiere?” asks
/// for the first one.
fn fits_season(question: &Question, sentence: &str) -> bool {
    let all: Vec<String> = words(sentence).collect();
    let number = |at: usize| all.get(at).and_then(|word| season_number(word));
    let at = all.iter().position(|word| word == "season");
    let stated = at.and_then(|at| number(at + 1).or_else(|| at.checked_sub(1).and_then(number)));
    match (question.season, question.tense) {
        (Some(asked), _) => stated == Some(asked),
        (None, Tense::Past) => at.is_none() || stated == Some(1),
        (None, Tense::Present) => true,
    }
}

/// The answer, where the evidence leaves no doubt: the newest statement, which one sentence
/// makes plainly, or two articles, and none says otherwise after it.
fn judge(entities: &Entities, question: &Question, subject: &Subject, mut evidence: Vec<Evidence<Stated>>) -> Option<QuestionAnswer> {
    let is_premiere = |one: &Evidence<Stated>| one.answer.kind == EventKind::Premiere;
    let preferred = question.kind == QuestionKind::Premiere;
    if evidence.iter().any(|one| is_premiere(one) == preferred) {
        evidence.retain(|one| is_premiere(one) == preferred);
    }
    evidence.sort_by_key(|one| (Reverse(one.published.clone()), one.article.clone(), one.span.start));
    let newest = evidence.iter().find(|one| one.answer.is_day())?.answer;
    let agreeing: Vec<&Evidence<Stated>> = evidence.iter().filter(|one| one.answer.agrees(&newest)).collect();
    let first = agreeing.iter().filter(|one| one.answer.is_day()).map(|one| &one.published).min()?;
    let contradicts = |one: &Evidence<Stated>| {
        !one.answer.agrees(&newest) && (question.tense == Tense::Past || one.published >= *first)
    };
    if evidence.iter().any(contradicts) {
        return None;
    }
    let days: Vec<&Evidence<Stated>> = agreeing.iter().copied().filter(|one| one.answer.is_day()).collect();
    let best = days.iter().filter(|one| one.is_presentable()).min_by_key(|one| one.sentence.len())?;
    Some(QuestionAnswer {
        question: question.kind,
        subject: subject.shown(entities),
        answer: iso_day(newest.date.first),
        sentence: best.sentence.clone(),
        article: best.article.clone(),
        title: best.title.clone(),
        date: best.published.clone(),
        span: (best.span.start, best.span.end),
        support: support(days.iter().copied()),
    })
}
