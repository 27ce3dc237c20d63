//! Queries to syntax trees, in a short form.

use super::notes::NoteKind;
use super::parser::{parse, read};
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
        ("a - b + !!!", "a b + !!!"),
        ("music -#metoo #film", "music -metoo film"),
        ("\u{feff}pascal\u{200e} NOT\u{202c} \u{2066}bella\u{2069} film\u{ad}ography", "pascal -bella filmography"),
        ("\"top gun\"~3 imposs* atwel~ cruze~1 a* 5'10\"", "“top gun”~3 imposs* atwel~1 cruze~1 a 5'10"),
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
        ("NEAR NEAR/x", "near near/x"),
        ("Mission: Impossible M:I 7 foo:bar", "Mission Impossible M:I 7 foo:bar"),
        ("title: :) a) is:fun", "title a is:fun"),
        ("() ( )", ""),
        ("AC/DC +", "ac/dc +"),
        ("DESIGN AND USE OF FILTERS", "design and use of filters"),
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
    let deep = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(at(&deep).1.contains("flatter"));
    let error = parse("tom NEAR/3", &[]).expect_err("no query").to_string();
    assert!(error.ends_with("\n  tom NEAR/3\n      ^"), "{error}");
}

#[test]
fn what_others_write_is_done_or_told() {
    let Err(SearchError::Syntax { .. }) = parse("published:soon", &[]) else { panic!("no date") };
    for (query, expected, kinds) in [
        ("tom \"cruise", "tom cruise", &[NoteKind::UnclosedQuote][..]),
        ("a (b OR c", "+((a & b) | c)", &[NoteKind::UnclosedParenthesis]),
        ("actor:\"Ann Lee\" show:Dune", "+person:Ann Lee +work:Dune", &[NoteKind::Field, NoteKind::Field]),
        ("date:2020 a", "+published:20200101-20201231 a", &[NoteKind::Field]),
        ("before:2020 a", "+published:0-20191231 a", &[NoteKind::Field]),
        ("since:2020 a", "+published:20200101-18446744073709551615 a", &[NoteKind::Field]),
        ("from:Paris a", "Paris a", &[NoteKind::Field, NoteKind::UnknownValue]),
        ("published:[2020 TO 2021] a", "+published:20200101-20211231 a", &[]),
        ("published:<2020, a", "+published:0-20191231 a", &[]),
        ("lang:en a", "lang:en a", &[NoteKind::UnknownField]),
        ("lang:\"a b\" c", "lang “a b” c", &[NoteKind::UnknownField]),
        ("-lang:\"a b\" c", "-“a b” c", &[NoteKind::UnknownField]),
        ("[a TO b]", "a TO b", &[NoteKind::Unsupported]),
        ("a w/5 b", "+[a ~5 b]", &[NoteKind::Operator]),
        ("(a OR b) pre/3 \"c d\"", "+[(a | b) <3 “c d”]", &[NoteKind::Operator]),
        ("a AROUND(5) b", "+[a ~5 b]", &[NoteKind::Operator]),
        ("w/5 a", "w/5 a", &[NoteKind::OperatorAsWord]),
        ("a NEAR b", "a NEAR b", &[NoteKind::OperatorAsWord]),
        ("a !b !\"c d\"", "a -b -“c d”", &[NoteKind::Operator, NoteKind::Operator]),
        ("a BUTNOT b", "a -b", &[NoteKind::Operator]),
        ("(a OR b)^2 c^3 \"d e\"^4", "(a | b) c “d e”", &[NoteKind::Unsupported; 3]),
        ("miss?on", "misson~1", &[NoteKind::Unsupported]),
        ("has:image a", "has:image a", &[NoteKind::UnknownValue]),
        ("IS:DUPLICATE", "+has:Duplicate", &[]),
        ("a -'b c' -'d' title:'e f'", "a -“b c” -d Title:“e f”", &[]),
        ("event: oscars", "event oscars", &[NoteKind::UnknownField]),
        ("https://a.example/b/the-c-of-dee.html", "the of dee", &[NoteKind::Url]),
        ("see https://a.example/b", "see https://a.example/b", &[]),
        ("he said: no (12:30) Re: x M:I Mission:Impossible", "he said no 12:30 Re x M:I Mission:Impossible", &[]),
    ] {
        assert_eq!(short(query), expected, "{query}");
        let found = read(query, &[]).expect("a query").notes;
        let found: Vec<NoteKind> = found.iter().map(|note| note.kind).collect();
        assert_eq!(found, kinds, "{query}");
    }
}

#[test]
fn operators_in_prose_are_words_and_told() {
    let prose = "what did Tom Cruise AND the others NOT say about it at the end";
    assert_eq!(short(prose), prose.replace("AND", "and").replace("NOT", "not"));
    let notes = read(prose, &[]).expect("a query").notes;
    assert_eq!(notes.len(), 2);
    assert!(notes[0].text.starts_with("“AND” is read as a word"), "{}", notes[0].text);
    let shouted = |query: &str| read(query, &[]).expect("a query").notes.len();
    assert_eq!([shouted("TRICK OR TREAT"), shouted("TOM AND JERRY"), shouted("TO BE OR NOT TO BE")], [1, 0, 0]);
}

#[test]
fn long_queries_are_read_in_linear_time() {
    // Each of these takes minutes if any step scans the whole query again.
    let parts = [
        "(",
        ")",
        "\"",
        "“",
        "” ",
        "a” ",
        "-'a ",
        "-,",
        "!(",
        "foo:(",
        "foo:\"",
        "w/5 ",
        "a w/5 ",
        "AROUND( ",
        "[a TO ",
        "^3 ",
        "a: ",
        "a,",
        "...",
        "*",
        "title:(",
        "since:[",
        "http://",
        "a?",
        "before 2015 ",
        "a AND ",
        "-(",
        "'",
    ];
    for part in parts {
        let query = part.repeat(200_000 / part.len());
        // Some are refused for their levels or for an operator without sides.
        if let Ok(reading) = read(&query, &[]) {
            assert!(reading.notes.len() < 12, "{part}");
        }
    }
}
