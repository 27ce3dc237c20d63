//! Notes: what of a query is read otherwise than typed, or not at all.

use rustc_hash::FxHashSet;
use serde::Serialize;

/// Notes of one query; of more, the number is told.
const MOST: usize = 10;
/// Characters of a query that a note quotes.
const QUOTED: usize = 60;

/// What a note says of `^3`.
pub(crate) const NO_WEIGHTS: &str = "is left out: parts have no weights";

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub enum NoteKind {
    /// A quotation mark that is not closed is left out.
    UnclosedQuote,
    /// A parenthesis that is not closed is left out.
    UnclosedParenthesis,
    /// An operator of another search engine is read as one of ours.
    Operator,
    /// What looks like an operator is read as a word.
    OperatorAsWord,
    /// A field of another name is read as one of ours.
    Field,
    /// A field that the archive does not have is read as words.
    UnknownField,
    /// A value that a field does not have is read as a word.
    UnknownValue,
    /// Something that is not supported: what is searched in its place.
    Unsupported,
    /// An address is searched by its words.
    Url,
    /// A date in words that may be a filter: `query` is the query with it.
    Date,
    /// Further notes are left out.
    More,
}

/// A note on how a query was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[non_exhaustive]
pub struct QueryNote {
    /// What it is about.
    pub kind: NoteKind,
    /// A sentence for people.
    pub text: String,
    /// Another query that it offers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The part of the query it is about, as typed.
    #[serde(skip)]
    pub(crate) about: String,
}

impl QueryNote {
    /// A note about a part of the query; `text` goes on after the part in quotation marks.
    pub(crate) fn new(kind: NoteKind, about: &str, text: &str) -> Self {
        let text = format!("“{}” {text}", shortened(about));
        Self { kind, text, query: None, about: about.to_owned() }
    }

    /// A note that offers another query.
    pub(crate) fn offer(kind: NoteKind, about: &str, query: String) -> Self {
        let text = offer_text(about, &query);
        Self { kind, text, query: Some(query), about: about.to_owned() }
    }

    /// The same note with another query.
    pub(crate) fn with_query(self, query: String) -> Self {
        Self { text: offer_text(&self.about, &query), query: Some(query), ..self }
    }
}

fn offer_text(about: &str, query: &str) -> String {
    format!("“{}” as a filter: {query}", shortened(about))
}

/// The beginning of a long part of a query.
fn shortened(text: &str) -> String {
    let text = text.replace(char::is_control, " ");
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Each note once, and at most [`MOST`] of them.
pub(crate) fn distinct(notes: Vec<QueryNote>) -> Vec<QueryNote> {
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut kept: Vec<QueryNote> = notes.into_iter().filter(|note| known.insert(note.text.clone())).collect();
    let more = kept.len().saturating_sub(MOST);
    kept.truncate(MOST);
    if more > 0 {
        let text = format!("{more} more parts of the query are read otherwise than typed");
        kept.push(QueryNote { kind: NoteKind::More, text, query: None, about: String::new() });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_once_and_not_without_end() {
        let note = |about: &str| QueryNote::new(NoteKind::Field, about, "is read as person:");
        let many: Vec<QueryNote> = (0..50).flat_map(|nth| [note(&nth.to_string()), note(&nth.to_string())]).collect();
        let kept = distinct(many);
        assert_eq!(kept.len(), MOST + 1);
        assert_eq!(kept[MOST].text, "40 more parts of the query are read otherwise than typed");
        assert_eq!(distinct(vec![note("a"), note("a")]), [note("a")]);
    }

    #[test]
    fn notes_quote_the_beginning_of_long_parts() {
        let note = QueryNote::new(NoteKind::UnknownField, &"x".repeat(100), "is no field");
        assert_eq!(note.text, format!("“{}…” is no field", "x".repeat(QUOTED)));
        let offer = QueryNote::offer(NoteKind::Date, "in 2014", "oscars published:2014".to_owned());
        let json = serde_json::to_value(&offer).expect("JSON");
        let expected = serde_json::json!({
            "kind": "date", "text": "“in 2014” as a filter: oscars published:2014", "query": "oscars published:2014",
        });
        assert_eq!(json, expected);
        assert_eq!(offer.with_query("oscars".to_owned()).text, "“in 2014” as a filter: oscars");
    }
}
