//! Arbitrary text: no panic, spans within the text, and the same answers for any
//! number of threads.

use newsearch::internals::link::EntityLinker;
use newsearch::internals::recognize::EntityRecognizer;
use newsearch::internals::segment::{Analyzer, Segmented};
use newsearch::{Article, Span};

use crate::support::{Archive, Numbers, corpus};

fn check_text(text: String) {
    let article = Article { body: Span::new(0, text.len()), text, ..Article::default() };
    let segmented = Segmented::new(&article);
    let mut end = 0;
    for sentence in &segmented.sentences {
        assert!(sentence.span.start >= end && article.text.get(sentence.span.start..sentence.span.end).is_some());
        assert!(article.text[end..sentence.span.start].trim().is_empty(), "sentences lose text");
        end = sentence.span.end;
    }
    let terms = Analyzer::terms_of(&article.text, segmented.body_words());
    assert!(terms.is_sorted_by_key(|term| term.position));
    let mut mentions = EntityRecognizer::new().recognize(&article);
    EntityLinker::new().link(&article, &mut mentions);
    let mut end = 0;
    for mention in &mentions {
        assert!(mention.span.start >= end && !mention.span.is_empty(), "{mentions:?}");
        assert!(article.text.get(mention.span.start..mention.span.end).is_some(), "{mention:?}");
        end = mention.span.end;
    }
}

#[test]
fn random_text_does_not_panic() {
    const PIECES: &[&str] = &[
        "Tom Cruise",
        "TomCruise",
        "“",
        "”",
        "'",
        "’s",
        "\"",
        " ",
        ". ",
        "\n",
        "\n\n",
        ": ",
        " – ",
        "7",
        "M:I",
        "é",
        "ß",
        "中文",
        "🎬",
        "The ",
        "of ",
        "and ",
        "as ",
        "(",
        ")",
        "!",
        "?",
        "...",
        "…",
        "+",
        "-",
        "McQuarrie",
        "U.S.",
        "Jr.",
        "II",
        "\u{200b}",
        "\t",
        "İ",
        "ﬁ",
        "A$AP",
        "Oscars",
        "Mr. ",
        "\u{301}",
        "&",
        "/",
        "x",
    ];
    for seed in 0..400 {
        let mut numbers = Numbers(seed);
        let length = numbers.below(80);
        check_text((0..length).map(|_| PIECES[numbers.below(PIECES.len())]).collect());
    }
}

#[test]
fn extreme_text_takes_linear_time() {
    check_text("a".repeat(2_000_000));
    check_text("Aa ".repeat(200_000));
    check_text("“".repeat(50_000));
    check_text("“Aa ".repeat(50_000));
    check_text("A. ".repeat(100_000));
    check_text("\n".repeat(200_000));
    check_text("TomCruise".repeat(20_000));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let answers: Vec<String> = ["1", "2", "5"]
        .iter()
        .map(|threads| {
            let archive = Archive::new();
            archive.run(["index".as_ref(), corpus().as_os_str(), "--threads".as_ref(), (*threads).as_ref()]);
            let queries = "Hayley Atwell\nawards\nthe film\n\"top gun\"\n";
            let run = archive.run_with(["batch", "--threads", threads, "--format", "trec"], queries);
            assert!(!run.out.is_empty());
            run.out
        })
        .collect();
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn huge_lines_take_linear_time() {
    // Each of these takes minutes if any step scans the whole line again.
    let size = 400_000;
    for text in [
        "A".repeat(size),
        "A ".repeat(size / 2),
        "Tom Cruise ".repeat(size / 11),
        "“".repeat(size / 3),
        "“Top Gun” ".repeat(size / 12),
        "(((“‘".repeat(size / 9),
        "Mission: ".repeat(size / 9),
        "7 II ".repeat(size / 5),
        "a!".repeat(size / 2),
        "''''".repeat(size / 4) + "End",
    ] {
        check_text(text);
    }
}
