//! Answers from statements of release: when a work comes out.

use std::cmp::Reverse;

use tantivy::schema::Term;

use crate::article::{EntityKind, Granularity, MentionedDate, Span, day_number, iso_day};
use crate::index::{Entities, StoredArticle, StoredStatement, about_term};
use crate::report::{Certainty, EventKind};
use crate::search::error::SearchError;
use crate::search::hits::question_answer::{QuestionAnswer, QuestionKind};

use super::ask::Ask;
use super::credit_evidence::is_other_work;
use super::evidence::{Evidence, SentenceText, support, words};
use super::question::{Question, Tense, season_number};
use super::release_shape::{is_of_season, is_past, is_plain, is_plain_after_aside};
use super::subject::Subject;

/// A stated day, or a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stated {
    date: MentionedDate,
    kind: EventKind,
    /// Whether it may be said of a season.
    of_season: bool,
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
    if !fits_season(question, sentence.span.of(&article.text)) {
        return None;
    }
    let mentions: Vec<usize> = sentence.mentions_of(entities, work).collect();
    if mentions.iter().any(|at| is_other_work(&sentence, *at)) {
        return None;
    }
    let nearest = mentions.iter().rev().find(|at| sentence.mentions[**at].span.end <= date.span.start);
    let between = nearest.map_or("", |at| sentence.text(sentence.mentions[*at].span.end, date.span.start));
    let of_season = is_of_season(between);
    // Every season premieres, so that none of them is when the series came out.
    if question.tense == Tense::Past && question.season.is_none() && of_season {
        return None;
    }
    let is_place = |place: Span| {
        let kinds = [EntityKind::Place, EntityKind::Event].map(Some);
        let at = sentence.mentions.iter().find(|mention| mention.span.overlaps(place));
        at.is_some_and(|mention| kinds.contains(&entities.kind(entities.of(mention.name))))
    };
    // A premiere in a city or at a festival is no release.
    if question.kind == QuestionKind::Release
        && statement.what == EventKind::Premiere
        && statement.place.is_some_and(is_place)
    {
        return None;
    }
    let plain = nearest.is_some_and(|at| subject.is_written(sentence.written(*at), entities))
        && statement.place.is_none_or(|place| is_home(place.of(&article.text)))
        && (is_plain(between) || is_plain_after_aside(between) && !is_other_named(nearest, &sentence, entities, &date))
        && is_in_time(article, &date, between);
    let from = nearest.map_or(sentence.span.start, |at| sentence.mentions[*at].span.start).min(date.span.start);
    if sentence.is_doubtful(from, date.span.end) {
        return None;
    }
    let stated = Stated { date, kind: statement.what, of_season };
    Some(Evidence::new(stated, plain, &sentence, ask.cluster_of(article)))
}

/// Whether another work is named between a mention and a date.
fn is_other_named(
    nearest: Option<&usize>,
    sentence: &SentenceText<'_>,
    entities: &Entities,
    date: &MentionedDate,
) -> bool {
    let after = nearest.map_or(0, |at| at + 1);
    let before = sentence.mentions[after..].iter().take_while(|mention| mention.span.start < date.span.start);
    before.into_iter().any(|mention| entities.kind(entities.of(mention.name)) == Some(EntityKind::Work))
}

/// Whether a date fits the tense: what opened did so before the article, what opens after.
fn is_in_time(article: &StoredArticle, date: &MentionedDate, between: &str) -> bool {
    let published = article.published.as_deref().map(day_number);
    published.is_none_or(|day| if is_past(between) { date.first <= day } else { date.last >= day })
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
    // “Season 7”, “the seventh and final season”
    let stated = at.and_then(|at| number(at + 1).or_else(|| (at.saturating_sub(3)..at).rev().find_map(number)));
    match (question.season, question.tense) {
        (Some(asked), _) => stated == Some(asked),
        (None, Tense::Past) => at.is_none() || stated == Some(1),
        (None, Tense::Present) => true,
    }
}

/// The answer, where the evidence leaves no doubt: the newest statement, which a sentence
/// makes plainly, and none says otherwise after it.
fn judge(
    entities: &Entities,
    question: &Question,
    subject: &Subject,
    all: Vec<Evidence<Stated>>,
) -> Option<QuestionAnswer> {
    let mut evidence = of_best_kind(question.kind, all);
    evidence.sort_by_key(|one| (Reverse(one.published.clone()), one.article.clone(), one.span.start));
    let newest = evidence.iter().find(|one| one.answer.is_day())?.answer;
    let days: Vec<&Evidence<Stated>> =
        evidence.iter().filter(|one| one.answer.is_day() && one.answer.agrees(&newest)).collect();
    let first = days.iter().map(|one| &one.published).min()?;
    let contradicts = |one: &Evidence<Stated>| {
        !one.answer.agrees(&newest) && (question.tense == Tense::Past || one.published >= *first)
    };
    if evidence.iter().any(contradicts) {
        return None;
    }
    let shown = days.iter().filter(|one| one.is_presentable());
    let best = shown.min_by_key(|one| (one.is_heading, one.sentence.len(), &one.article))?;
    let day = iso_day(newest.date.first);
    Some(best.answer(question.kind, subject.shown(entities), day, support(days.iter().copied())))
}

/// The statements of the kind that a question asks for first, of which there are any. A
/// film's release is no premiere, but that of a series is.
fn of_best_kind(question: QuestionKind, mut all: Vec<Evidence<Stated>>) -> Vec<Evidence<Stated>> {
    if question == QuestionKind::Premiere {
        all.retain(|one| one.answer.kind == EventKind::Premiere || one.answer.of_season);
        return all;
    }
    let order = [EventKind::Release, EventKind::Streaming, EventKind::Premiere];
    let best = order.into_iter().find(|kind| all.iter().any(|one| one.answer.kind == *kind));
    all.retain(|one| Some(one.answer.kind) == best);
    all
}
