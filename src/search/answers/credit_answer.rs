//! Answers from credits: who plays, directed, wrote, is in the cast.

use tantivy::schema::Term;

use crate::article::EntityKind;
use crate::search::error::SearchError;
use crate::search::hits::question_answer::{QuestionAnswer, QuestionKind};

use super::ask::Ask;
use super::credit_evidence::{Asked, People};
use super::evidence::{Evidence, support};
use super::question::Question;
use super::subject::Subject;

/// A role in so many articles of which only one says who plays it may have had others. Set
/// by reading answers about news: 18 articles name the Joker, one an actor.
const WELL_KNOWN: u32 = 10;
/// Real people in more articles than this are played by many. Set in the same way.
const REAL: u32 = 5;

/// The answer to a question about a credit.
pub(super) fn credit_answer(ask: Ask<'_>, question: &Question) -> Result<Option<QuestionAnswer>, SearchError> {
    let Some(asked) = asked(ask, question) else { return Ok(None) };
    let evidence = gather(ask, &asked)?;
    Ok(judge(ask, &asked, &evidence))
}

/// The names of a question; `None` where the archive does not know them, or they may be of
/// several.
fn asked(ask: Ask<'_>, question: &Question) -> Option<Asked> {
    let entities = &ask.archive.entities;
    let kind = question.kind;
    if kind != QuestionKind::Plays {
        return Some(Asked { kind, subject: Subject::new(entities, &question.name, &[EntityKind::Work])?, work: None });
    }
    let kinds: &[EntityKind] =
        if question.of_character { &[EntityKind::Character] } else { &[EntityKind::Character, EntityKind::Person] };
    if let Some(subject) = Subject::new(entities, &question.name, kinds) {
        let known = |kind| {
            let named = entities.written_as(&subject.name, Some(kind)).into_iter();
            named.map(|(entity, _)| entities.prominence(entity)).max().unwrap_or(0)
        };
        let (real, made) = (known(EntityKind::Person), known(EntityKind::Character));
        // “Who is X?” of somebody who is real asks for something else.
        let is_real = real > 0 && real >= made && (question.of_character || real > REAL);
        return (!is_real).then_some(Asked { kind, subject, work: None });
    }
    let cuts = [" in ", " on ", " from ", " of "].iter().flat_map(|word| {
        question.name.match_indices(word).map(|(at, word)| (&question.name[..at], &question.name[at + word.len()..]))
    });
    let named = |(role, work): (&str, &str)| {
        let subject = Subject::new(entities, role, kinds)?;
        Some(Asked { kind, subject, work: Some(Subject::new(entities, work, &[EntityKind::Work])?) })
    };
    cuts.into_iter().find_map(named)
}

/// The sentences that answer.
fn gather(ask: Ask<'_>, asked: &Asked) -> Result<Vec<Evidence<People>>, SearchError> {
    let entities = &ask.archive.entities;
    let members = asked.subject.entities.iter().flat_map(|entity| entities.members(*entity));
    let field = ask.archive.schema.credits;
    let terms: Vec<Term> = members.map(|id| Term::from_field_u64(field, u64::from(id))).collect();
    let mut found = Vec::new();
    ask.each_article(&terms, &mut |article| {
        found.extend(article.credits.iter().filter_map(|credit| asked.evidence(ask, article, credit)));
    })?;
    Ok(found)
}

/// The answer, where the evidence leaves no doubt: a sentence says so plainly, and none
/// says otherwise.
fn judge(ask: Ask<'_>, asked: &Asked, evidence: &[Evidence<People>]) -> Option<QuestionAnswer> {
    let plain = evidence.iter().filter(|one| one.plain);
    let most = &plain.max_by_key(|one| one.answer.len())?.answer;
    let agrees = |one: &&Evidence<People>| one.answer.iter().all(|person| most.contains(person));
    // A cast is never whole; makers are, and a role has one actor.
    if asked.kind != QuestionKind::Stars && !evidence.iter().all(|one| agrees(&one)) {
        return None;
    }
    let supporting: Vec<&Evidence<People>> = evidence.iter().filter(agrees).collect();
    let support = support(supporting.iter().copied());
    if asked.kind == QuestionKind::Plays && support < 2 && may_have_others(ask, asked) {
        return None;
    }
    let shown = supporting.iter().filter(|one| one.answer.len() == most.len() && one.is_presentable());
    let best = shown.min_by_key(|one| (one.is_heading, one.sentence.len(), &one.article))?;
    let entities = &ask.archive.entities;
    let names: Vec<&str> = best.answer.iter().filter_map(|person| entities.name(*person)).collect();
    Some(best.answer(asked.kind, asked.subject.shown(entities), names.join(", "), support))
}

/// Whether a role may have had other actors, or there may be other roles of its name.
fn may_have_others(ask: Ask<'_>, asked: &Asked) -> bool {
    let articles = asked.subject.entities.iter().map(|entity| ask.archive.entities.prominence(*entity)).max();
    let is_short = !asked.subject.name.trim().contains(' ');
    articles.unwrap_or(0) >= WELL_KNOWN || is_short && asked.work.is_none()
}
