//! Queries to syntax trees, in a short form.

use super::parser::parse;
use super::syntax_tree::{Expression, Occur};
use crate::search::error::SearchError;

/// A query in a short form: words bare, everything else as calls.
fn short(query: &str) -> String {
    let clauses = parse(query, &[]).expect("a query");
    let sign = |occur| match occur {
        Occur::Should => "",
        Occur::Must => "+",
        Occur::Not => "-",
    };
    clauses.iter().map(|c| format!("{}{}", sign(c.occur), show(&c.expression))).collect::<Vec<_>>().join(" ")
}

fn show(expression: &Expression) -> String {
    let all = |parts: &[Expression], mark: &str| format!("({})", parts.iter().map(show).collect::<Vec<_>>().join(mark));
    match expression {
        Expression::Word(word) => word.clone(),
        Expression::Phrase(words) => format!("“{words}”"),
        Expression::Sloppy { words, gap } => format!("“{words}”~{gap}"),
        Expression::Prefix(word) => format!("{word}*"),
        Expression::Fuzzy { word, edits } => format!("{word}~{edits}"),
        Expression::Entity { kind, name } => format!("{kind}:{name}"),
        Expression::Labeled { label, words } => format!("{label:?}:{words}"),
        Expression::Published(days) => format!("published:{}-{}", days.first, days.last),
        Expression::Mentions(days) => format!("mentions:{}-{}", days.first, days.last),
        Expression::Has(what) => format!("has:{what:?}"),
        Expression::Said(inner) => format!("said:{}", show(inner)),
        Expression::QuotedBy(name) => format!("quote-by:{name}"),
        Expression::States(what) => format!("states:{}", what.as_str()),
        Expression::Within(scope, inner) => format!("{scope:?}:{}", show(inner)),
        Expression::And(parts) => all(parts, " & "),
        Expression::Or(parts) => all(parts, " | "),
        Expression::Not(inner) => format!("!{}", show(inner)),
        Expression::Near { left, right, gap, ordered } => {
            format!("[{} {}{gap} {}]", show(left), if *ordered { "<" } else { "~" }, show(right))
        }
    }
}

#[test]
fn words_phrases_and_signs() {
    for (query, expected) in [
        ("hayley  atwell", "hayley atwell"),
        ("“Mission: Impossible 7”", "“Mission: Impossible 7”"),
        ("+cruise -\"top gun\" Paramount+", "+cruise -“top gun” Paramount+"),
        ("a - b +", "a - b +"),
        ("music -#metoo #film", "music -#metoo #film"),
        ("\u{feff}pascal\u{200e} NOT\u{202c} \u{2066}bella\u{2069} film\u{ad}ography", "pascal -bella filmography"),
        ("\"top gun\"~3 imposs* atwel~ cruze~1 a* 5'10\"", "“top gun”~3 imposs* atwel~1 cruze~1 a* 5'10\""),
    ] {
        assert_eq!(short(query), expected, "{query}");
    }
}

#[test]
fn operators_bind_and_group() {
    for (query, expected) in [
        ("tom cruise OR brad pitt", "+((tom & cruise) | (brad & pitt))"),
        ("a AND b OR c AND NOT d", "+((a & b) | (c & !d))"),
        ("mission (paris OR london)", "mission (paris | london)"),
        ("NOT maverick", "-maverick"),
        ("person:\"Hayley Atwell\" NEAR/8 work:\"Captain America\"", "+[person:Hayley Atwell ~8 work:Captain America]"),
        ("a ADJ/2 b NEAR/3 c", "+[[a <2 b] ~3 c]"),
        ("(a OR b) NEAR/3 c", "+[(a | b) ~3 c]"),
        ("films (of the year) (a OR b) +(c d)", "films of the year (a | b) +(c & d)"),
        ("title:(top gun) -body:fun", "+Title:(top & gun) -Body:fun"),
    ] {
        assert_eq!(short(query), expected, "{query}");
    }
}

#[test]
fn fields_and_days() {
    for (query, expected) in [
        ("title:cruise source:cnn.com", "Title:cruise +Source:cnn.com"),
        ("published:2021..2022-03 mentions:2023-07-14", "+published:20210101-20220331 +mentions:20230714-20230714"),
        ("-is:duplicate has:date", "-has:Duplicate +has:Date"),
        ("author:“Jane Doe” section:film", "+Author:Jane Doe +Section:film"),
    ] {
        assert_eq!(short(query), expected, "{query}");
    }
}

#[test]
fn anything_else_is_a_word() {
    for (query, expected) in [
        ("AND", "and"),
        ("tom AND", "tom and"),
        ("OR what", "or what"),
        ("NOT", "not"),
        ("NEAR NEAR/x", "NEAR NEAR/x"),
        ("Mission: Impossible M:I 7 foo:bar", "Mission: Impossible M:I 7 foo:bar"),
        ("title: :) a) is:fun", "title: :) a) is:fun"),
        ("() ( )", ""),
        ("AC/DC +", "AC/DC +"),
        ("DESIGN AND USE OF FILTERS", "DESIGN AND USE OF FILTERS"),
    ] {
        assert_eq!(short(query), expected, "{query}");
    }
}

#[test]
fn errors_name_the_byte_and_the_remedy() {
    let at = |query: &str| match parse(query, &[]) {
        Err(SearchError::Syntax { at, expected, .. }) => (at, expected),
        other => panic!("{query}: {other:?}"),
    };
    for (query, byte, remedy) in [
        ("tom “cruise", 4, "close it"),
        ("a (b OR", 2, "close it"),
        ("published:never", 0, "write 2021"),
        ("a NEAR/3", 2, "both sides"),
        ("NEAR/3 a", 0, "both sides"),
        ("a NEAR/3 source:cnn", 2, "only words"),
    ] {
        let (found, expected) = at(query);
        assert_eq!(found, byte, "{query}");
        assert!(expected.contains(remedy), "{query}: {expected}");
    }
    let nested = format!("{}a{}", "(".repeat(31), " OR b)".repeat(31));
    assert!(parse(&nested, &[]).is_ok());
    let deep = "(".repeat(10_000);
    assert!(at(&deep).1.contains("flatter"));
    let error = parse("tom “cruise", &[]).expect_err("no query").to_string();
    assert!(error.ends_with("\n  tom “cruise\n      ^"), "{error}");
}
