//! Answers to questions: what credits and statements of articles say, above the hits,
//! only where it is sure.
//!
//! `question` reads the question, `subject` finds the names it is about, `evidence` are
//! the sentences, `credit_answer` and `release_answer` judge them.

pub(crate) mod ask;
mod credit_answer;
mod credit_evidence;
mod credit_shape;
mod evidence;
pub(crate) mod question;
mod question_forms;
mod release_answer;
mod release_shape;
mod subject;
#[cfg(test)]
mod tests;

use crate::search::error::SearchError;
use crate::search::hits::question_answer::{QuestionAnswer, QuestionKind};
use crate::search::query::search_query::Query;

use ask::Ask;
use credit_answer::credit_answer;
use question::Question;
use release_answer::release_answer;

/// The answer to a query that is a question. Only for the first page of a search of the
/// whole archive; a query of another form costs nothing.
pub(crate) fn answer(ask: Ask<'_>, query: &Query) -> Result<Option<QuestionAnswer>, SearchError> {
    if query.offset > 0 || !query.filters.is_empty() {
        return Ok(None);
    }
    let Some(question) = Question::parse(&query.text) else { return Ok(None) };
    match question.kind {
        QuestionKind::Release | QuestionKind::Premiere => release_answer(ask, &question),
        _ => credit_answer(ask, &question),
    }
}
