//! `/help`: the query language and the keys.

use maud::html;

use crate::article::EntityKind;

use super::super::handler::{Request, Response};
use super::super::problem::Problem;
use super::layout::{self, Frame};

/// What can be written, and what it finds. `OTHER_KINDS` stands for the prefixes
/// of the kinds of names but the first.
const LANGUAGE: [(&str, &str); 17] = [
    ("red carpet", "words, in any of their forms; articles that lack some rank lower"),
    ("\"red carpet\"", "a phrase, word for word"),
    ("\"red carpet\"~3", "these words in any order, with at most 3 others between them"),
    ("+premiere -london", "must be there; must not"),
    ("a AND (b OR c) NOT d", "conditions, in capitals"),
    ("prem*", "words that begin so"),
    ("spielbreg~", "words that differ by a typo or two"),
    ("title:\"top gun\"", "in the title; also body:"),
    ("person:\"Tom Cruise\"", "a name by any of its spellings; also OTHER_KINDS"),
    ("person:\"Hayley Atwell\" NEAR/8 work:\"Captain America\"", "close to each other; ADJ/8 in this order"),
    ("source:cnn author:\"Jane Doe\" section:film tag:\"film noir\"", "by label"),
    ("published:2021..2022-03", "published then; also 2021-03-25, \"last week\""),
    ("mentions:2023-07-14", "speaks of that day, month, year or range"),
    ("said:\"never again\"", "is part of a quotation"),
    ("quote-by:\"Tom Cruise\"", "quotes that person"),
    ("states:release", "states a release, delay, casting, award …"),
    ("is:duplicate has:date has:source", "a copy of an earlier article; a label at all"),
];

const KEYS: [(&str, &str); 5] = [
    ("/", "to the search box"),
    ("↑ ↓", "through completions, or through hits"),
    ("Enter", "takes a completion, opens a hit"),
    ("← →", "to the page of hits before and after"),
    ("Esc", "closes completions, leaves the box"),
];

fn other_kinds() -> String {
    EntityKind::ALL[1..].iter().map(|kind| format!("{kind}:")).collect::<Vec<_>>().join(" ")
}

/// The help page.
pub(super) fn help(_: &Request) -> Result<Response, Problem> {
    let body = html! {
        div.help {
            h1 { "What can be asked" }
            p { "Type names and words. Names are noticed by any of their spellings; what you choose from the list that "
                "opens becomes a filter. Every snippet is the article's own words, and a click leads to its place." }
            table {
                caption { "The query language" }
                thead { tr { th scope="col" { "Write" } th scope="col" { "To find" } } }
                tbody {
                    @for (query, finds) in LANGUAGE {
                        @let address = serde_html_form::to_string([("q", query)]).unwrap_or_default();
                        tr { td { a href=(format!("/search?{address}")) { code { (query) } } } td { (finds.replace("OTHER_KINDS", &other_kinds())) } }
                    }
                }
            }
            table {
                caption { "Keys" }
                thead { tr { th scope="col" { "Key" } th scope="col" { "Does" } } }
                tbody { @for (key, does) in KEYS { tr { td { kbd { (key) } } td { (does) } } } }
            }
            h2 { "For programs" }
            p { "The same searches as JSON: " code { "/api/search?q=…" } ", described by " a href="/api/openapi.json" { "OpenAPI" }
                ". Every search has a feed of its newest hits: " code { "/feed?q=…" } "." }
        }
    };
    Ok(Response::html(layout::page(Frame { title: "Help", ..Frame::default() }, body)))
}
