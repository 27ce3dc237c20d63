//! Answers from credits: who plays, directed, wrote, is in the cast.

use tantivy::schema::Term;

use crate::article::EntityKind;
use crate::index::{EntityId, StoredArticle, StoredCredit};
use crate::link::Job;
use crate::search::error::SearchError;
use crate::search::hits::question_answer::{QuestionAnswer, QuestionKind};

use super::ask::Ask;
use super::credit_shape::{Between, company};
use super::evidence::{Evidence, SentenceText, support};
use super::question::Question;
use super::subject::Subject;

/// Words at a role that make it another one: the young Mia Ray.
const OTHER_AGE: &[&str] = &["young", "younger", "teenage", "older", "old", "adult", "child", "baby", "little", "late"];

/// People that a sentence credits, in its order.
type People = Vec<EntityId>;

/// A subject with the work that it is asked about in, if any.
struct Asked {
    subject: Subject,
    work: Option<Subject>,
}

/// The answer to a question about a credit.
pub(super) fn credit_answer(ask: Ask<'_>, question: &Question) -> Result<Option<QuestionAnswer>, SearchError> {
    let Some(asked) = asked(ask, question) else { return Ok(None) };
    let evidence = gather(ask, question, &asked)?;
    Ok(judge(ask, question, &asked, evidence))
}

/// The names of a question; `None` where the archive does not know them.
fn asked(ask: Ask<'_>, question: &Question) -> Option<Asked> {
    let entities = &ask.archive.entities;
    if question.kind != QuestionKind::Plays {
        return Some(Asked { subject: Subject::new(entities, &question.name, &[EntityKind::Work])?, work: None });
    }
    let kinds: &[EntityKind] =
        if question.of_character { &[EntityKind::Character] } else { &[EntityKind::Character, EntityKind::Person] };
    if let Some(subject) = Subject::new(entities, &question.name, kinds) {
        let known = |kind| entities.written_as(&subject.name, Some(kind)).first().map_or(0, |(_, articles)| *articles);
        // “Who is X?” of somebody who is real asks for something else.
        let real = question.of_character && known(EntityKind::Person) >= known(EntityKind::Character);
        return (!real).then_some(Asked { subject, work: None });
    }
    let cut = [" in ", " on ", " from ", " of "].iter().find_map(|word| question.name.rsplit_once(word))?;
    let subject = Subject::new(entities, cut.0, kinds)?;
    Some(Asked { subject, work: Some(Subject::new(entities, cut.1, &[EntityKind::Work])?) })
}

/// The sentences that answer.
fn gather(ask: Ask<'_>, question: &Question, asked: &Asked) -> Result<Vec<Evidence<People>>, SearchError> {
    let entities = &ask.archive.entities;
    let members = asked.subject.entities.iter().flat_map(|entity| entities.members(*entity));
    let field = ask.archive.schema.credits;
    let terms: Vec<Term> = members.map(|id| Term::from_field_u64(field, u64::from(id))).collect();
    let mut found = Vec::new();
    ask.each_article(&terms, &mut |article| {
        for credit in &article.credits {
            found.extend(evidence_of(ask, question, asked, article, credit));
        }
    })?;
    Ok(found)
}

/// The evidence of a credit, if it is about what was asked.
fn evidence_of(
    ask: Ask<'_>,
    question: &Question,
    asked: &Asked,
    article: &StoredArticle,
    credit: &StoredCredit,
) -> Option<Evidence<People>> {
    let entities = &ask.archive.entities;
    let other = if question.kind == QuestionKind::Plays { credit.role } else { credit.work };
    let other = entities.of(other?);
    let is_asked = asked.subject.entities.contains(&other) && jobs(question.kind).contains(&credit.job);
    let person = entities.of(credit.person);
    if !is_asked || person == other || !entities.is_shown(person) || entities.kind(person) != Some(EntityKind::Person) {
        return None;
    }
    if let Some(work) = &asked.work {
        credit.work.filter(|id| work.entities.contains(&entities.of(*id)))?;
    }
    let sentence = SentenceText::new(article, credit.sentence);
    if sentence.is_doubtful() {
        return None;
    }
    let people = sentence.mentions_of(entities, person);
    let pairs = people.flat_map(|person| sentence.mentions_of(entities, other).map(move |other| (person, other)));
    let (person, other) = pairs.min_by_key(|(person, other)| person.abs_diff(*other))?;
    let written = sentence.mentions[other].span.of(&article.text);
    if question.kind != QuestionKind::Plays && !asked.subject.is_written(written) {
        return None;
    }
    let between = Between::new(&sentence, person, other);
    if !question.kind.fits(between.gap) || is_other(&sentence, other, &between) {
        return None;
    }
    let all = match question.kind {
        QuestionKind::Plays => vec![person],
        _ => company(&sentence, entities, person)?,
    };
    let all: People = all.into_iter().map(|at| entities.of(sentence.mentions[at].name)).collect();
    if all.iter().any(|person| !entities.is_shown(*person)) {
        return None;
    }
    let plain = match question.kind {
        QuestionKind::Stars => is_cast(&between),
        kind => between.is_plain(kind),
    };
    Some(Evidence::new(all, plain, &sentence, ask.cluster_of(article)))
}

/// Whether the name is part of another one, or the role is played by several: “Harbor 2”,
/// “young Mia Ray”.
fn is_other(sentence: &SentenceText<'_>, at: usize, between: &Between<'_>) -> bool {
    let span = sentence.mentions[at].span;
    let before = sentence.text(sentence.span.start, span.start);
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or("").to_lowercase();
    let aged = OTHER_AGE.contains(&last.as_str());
    let gap_aged = super::evidence::words(between.gap).any(|word| OTHER_AGE.contains(&word.as_str()));
    aged || gap_aged || is_continued(sentence.text(span.end, sentence.span.end))
}

/// Whether a name goes on behind what was recognized of it, or only leads to another work.
pub(super) fn is_continued(after: &str) -> bool {
    const OTHERS: &[&str] = &[
        "sequel",
        "sequels",
        "prequel",
        "remake",
        "reboot",
        "revival",
        "spinoff",
        "spin-off",
        "trailer",
        "teaser",
        "part",
        "chapter",
        "volume",
        "vol",
        "ii",
        "iii",
        "iv",
        "soundtrack",
        "musical",
        "parody",
        "franchise",
        "trilogy",
        "episode",
    ];
    let rest = after.trim_start_matches(['"', '”', '’', '\'', ' ', ',', ':']);
    let rest = rest.strip_prefix("s ").filter(|_| after.starts_with(['\'', '’'])).unwrap_or(rest);
    let next = rest.split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    next.len() <= 2 && next.starts_with(|c: char| c.is_ascii_digit()) || OTHERS.contains(&next.to_lowercase().as_str())
}

/// Whether a sentence lists a cast: “stars A, B and C”, “A stars in”.
fn is_cast(between: &Between<'_>) -> bool {
    let all: Vec<String> = super::evidence::words(between.gap).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    match all[..] {
        ["stars" | "starring" | "starred"] | ["which" | "also" | "that" | "and", "stars" | "starred"] => {
            !between.person_first
        }
        ["stars" | "starred" | "star" | "starring", "in"] | ["who", "stars" | "starred", "in"] => between.person_first,
        _ => false,
    }
}

/// The jobs that a question asks for.
fn jobs(question: QuestionKind) -> &'static [Job] {
    match question {
        QuestionKind::Plays => &[Job::Actor, Job::Voice],
        QuestionKind::Stars => &[Job::Actor],
        QuestionKind::Directs => &[Job::Director],
        QuestionKind::Writes | QuestionKind::Creates => &[Job::Writer],
        QuestionKind::Produces => &[Job::Producer],
        QuestionKind::Release | QuestionKind::Premiere => &[],
    }
}

/// The answer, where the evidence leaves no doubt: one sentence that says so plainly, or
/// two articles, and none that says otherwise.
fn judge(ask: Ask<'_>, question: &Question, asked: &Asked, evidence: Vec<Evidence<People>>) -> Option<QuestionAnswer> {
    let longest = evidence.iter().map(|one| &one.answer).max_by_key(|people| people.len())?.clone();
    let agrees = |one: &&Evidence<People>| one.answer.iter().all(|person| longest.contains(person));
    // A cast is never whole; makers are, and a role has one actor.
    if question.kind != QuestionKind::Stars && !evidence.iter().all(|one| agrees(&one)) {
        return None;
    }
    let supporting: Vec<&Evidence<People>> = evidence.iter().filter(agrees).collect();
    let support = support(supporting.iter().copied());
    let shown = supporting.iter().filter(|one| one.answer.len() == longest.len() && one.is_presentable());
    let best = shown.min_by_key(|one| (one.sentence.len(), &one.article))?;
    let entities = &ask.archive.entities;
    let names: Vec<&str> = best.answer.iter().filter_map(|person| entities.name(*person)).collect();
    Some(QuestionAnswer {
        question: question.kind,
        subject: asked.subject.shown(entities),
        answer: names.join(", "),
        sentence: best.sentence.clone(),
        article: best.article.clone(),
        title: best.title.clone(),
        date: best.published.clone(),
        span: (best.span.start, best.span.end),
        support,
    })
}
