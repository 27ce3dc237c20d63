//! JSON as the contract fixes it.

use std::io::{self, Write};

use serde::Serialize;

use crate::search::{Corrected, Explanation, FacetOrder, Facets, Hit, NearName, QueryNote, QuestionAnswer};

use super::answer::Answer;
use super::versioned::SCHEMA;

/// The answer to a query, as JSON has it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "serve", schema(as = Answer))]
pub struct AnswerJson<'a> {
    /// The version of the output.
    schema: u32,
    /// The query's id in a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    /// The query, as it was asked.
    query: &'a str,
    /// Matching articles in all, copies among them.
    total: usize,
    /// How many of them have all that was asked, but function words. They come first.
    complete: usize,
    /// How long the search took, in milliseconds.
    took_ms: f64,
    /// The page of hits that was asked for.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<Hit>))]
    hits: &'a [Hit],
    /// The facets that were asked for, by kind.
    #[cfg_attr(feature = "serve", schema(value_type = std::collections::BTreeMap<String, Vec<crate::search::FacetCount>>))]
    facets: &'a Facets,
    /// The order of the names of facets.
    facet_order: FacetOrder,
    /// How many articles the facets are counted over: those with all that was asked or,
    /// where none has all, those with the most of it.
    answering: usize,
    /// Words and phrases of the query that no article has.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    missing: &'a [String],
    /// Another query that would find more, or of which these are the hits.
    suggestion: Option<&'a str>,
    /// What of the query was read otherwise than typed, and filters that its words may mean.
    #[serde(skip_serializing_if = "<[QueryNote]>::is_empty")]
    #[cfg_attr(feature = "serve", schema(value_type = Vec<QueryNote>))]
    notes: &'a [QueryNote],
    /// What articles answer, where the query is a question and they are sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "serve", schema(value_type = Option<QuestionAnswer>))]
    answer: Option<&'a QuestionAnswer>,
    /// The query in place of the one that was asked, where no article has all of that.
    #[cfg_attr(feature = "serve", schema(value_type = Option<Corrected>))]
    corrected: Option<&'a Corrected>,
    /// Where no article names the person who was asked for: others of the same given
    /// name or surname, who are no hits.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<NearName>))]
    near: &'a [NearName],
    /// Whether facets count copies; without them where the query says `-is:duplicate`.
    copies_counted: bool,
    /// How the query was understood, where an explanation was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "serve", schema(value_type = Option<Explanation>))]
    explanation: Option<&'a Explanation>,
}

impl<'a> AnswerJson<'a> {
    /// The JSON of an answer.
    pub fn new(answer: &Answer<'a>) -> Self {
        Self {
            schema: SCHEMA,
            id: answer.id,
            query: answer.query,
            total: answer.results.total,
            complete: answer.results.complete,
            took_ms: (answer.took.as_secs_f64() * 1e6).round() / 1e3,
            hits: &answer.results.hits,
            facets: &answer.results.facets,
            facet_order: answer.results.facet_order,
            answering: answer.results.answering,
            missing: &answer.results.missing,
            suggestion: answer.results.suggestion.as_deref(),
            notes: &answer.results.notes,
            answer: answer.results.answer.as_ref(),
            corrected: answer.results.corrected.as_ref(),
            near: &answer.results.near,
            copies_counted: answer.results.copies_counted,
            explanation: answer.results.explanation.as_ref(),
        }
    }
}

/// One object for the whole answer, on several lines or on one.
pub(super) fn answer(out: &mut dyn Write, answer: &Answer<'_>, pretty: bool) -> io::Result<()> {
    let object = AnswerJson::new(answer);
    if pretty {
        serde_json::to_writer_pretty(&mut *out, &object)?;
    } else {
        serde_json::to_writer(&mut *out, &object)?;
    }
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct AlertJson<'a> {
    schema: u32,
    alert: &'a str,
    #[serde(flatten)]
    hit: &'a Hit,
}

/// A hit of an alert, on one line.
///
/// # Errors
/// What `out` says.
pub fn alert_line(out: &mut dyn Write, alert: &str, hit: &Hit) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &AlertJson { schema: SCHEMA, alert, hit })?;
    out.write_all(b"\n")
}

/// One hit per line, the same object as in the `hits` of an answer.
pub(super) fn hits(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    for hit in &answer.results.hits {
        serde_json::to_writer(&mut *out, hit)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct ErrorJson<'a> {
    schema: u32,
    id: &'a str,
    error: &'a str,
}

/// The line printed in place of the answer to a query that failed.
///
/// # Errors
/// What `out` says.
pub fn error_line(out: &mut dyn Write, id: &str, error: &str) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &ErrorJson { schema: SCHEMA, id, error })?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::present::testing::{self, hit, printed, results};

    use super::*;

    #[test]
    fn answers_are_as_the_contract_has_them() {
        let results = results([hit(1, "a", "Dune")]);
        let text = printed(|out| answer(out, &testing::answer(&results), false));
        let expected = json!({
            "schema": 1, "id": "q 1", "query": "film", "total": 1, "complete": 1, "took_ms": 1.5,
            "hits": [{
                "rank": 1, "id": "a", "complete": true, "score": 1.0, "path": "in/a.txt", "title": "Dune", "title_highlights": [],
                "published": null, "source": null, "url": null, "snippets": [], "entities": [], "duplicates": [],
            }],
            "facets": {}, "facet_order": "lift", "answering": 1, "missing": [], "suggestion": null, "corrected": null,
            "near": [], "copies_counted": false,
        });
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), expected);
        assert_eq!(text.lines().count(), 1);
        assert!(text.starts_with(
            "{\"schema\":1,\"id\":\"q 1\",\"query\":\"film\",\"total\":1,\"complete\":1,\"took_ms\":1.5,\"hits\":"
        ));
    }

    #[test]
    fn lines_are_objects() {
        let results = results([hit(1, "a", "Dune"), hit(2, "b", "Top Gun")]);
        let check = |text: String, start: &str| {
            assert!(text.lines().all(|line| line.starts_with(start)), "{text}");
        };
        check(printed(|out| hits(out, &testing::answer(&results))), "{\"rank\":");
        check(
            printed(|out| alert_line(out, "cannes", &results.hits[0])),
            "{\"schema\":1,\"alert\":\"cannes\",\"rank\":1,",
        );
        check(
            printed(|out| error_line(out, "7", "no \"date\"")),
            "{\"schema\":1,\"id\":\"7\",\"error\":\"no \\\"date\\\"\"}",
        );
    }
}
