//! YAML front matter of Markdown files.

use serde_json::{Map, Value};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy};

use super::error::ExtractErrorKind;

/// The deepest nesting of lists and mappings.
const MAX_DEPTH: usize = 128;

/// Splits a text that starts with a `---` line into the lines up to the next
/// `---` line and what follows it; `None` if there is no front matter.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n'))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Parses front matter. Only `true` and `false` are booleans, dates and numbers
/// with leading zeros are strings, and the last of duplicate keys counts.
///
/// # Errors
/// [`ExtractErrorKind::FrontMatter`] if it is not a YAML mapping, or if aliases
/// or nesting exceed the limits of the parser.
pub(super) fn parse(front_matter: &str) -> Result<Map<String, Value>, ExtractErrorKind> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        null_as_string: true,
        ignore_binary_tag_for_string: true,
        bom_inside_document_as_content: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(front_matter, options)
        .map_err(|error| ExtractErrorKind::FrontMatter(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(front_matter: &str, expected: Value) {
        let parsed = parse(front_matter).map(Value::Object).map_err(|error| error.to_string());
        assert_eq!(parsed, Ok(expected), "{front_matter}");
    }

    fn check_malformed(front_matter: &str) {
        let parsed = parse(front_matter);
        let start: String = front_matter.chars().take(40).collect();
        assert!(matches!(parsed, Err(ExtractErrorKind::FrontMatter(_))), "{start}: {parsed:?}");
    }

    #[test]
    fn front_matter_is_between_dashes() {
        for (text, expected) in [
            ("---\na: b\n---\ntext", Some(("a: b\n", "text"))),
            ("\u{feff}---\na: b\n---\n", None),
            ("\n---\r\na: b\r\n---  \r\ntext", Some(("a: b\r\n", "text"))),
            ("---\n---\ntext", Some(("", "text"))),
            ("---\na: b\n", None),
            ("--- a\n---\n", None),
            ("text", None),
        ] {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }

    #[test]
    fn scalars() {
        use serde_json::json;
        check("", json!({}));
        check("date: 2024-03-01", json!({"date": "2024-03-01"}));
        check("date: 2024-03-01 10:00:00", json!({"date": "2024-03-01 10:00:00"}));
        check("a: yes\nb: no\nc: on\nd: true", json!({"a": "yes", "b": "no", "c": "on", "d": true}));
        check(
            "a: 12\nb: 012\nc: 1_000\nd: 1.50\ne: 12:30",
            json!({"a": 12, "b": "012", "c": "1_000", "d": 1.5, "e": "12:30"}),
        );
        check("a: ~\nb:\nc: .nan", json!({"a": null, "b": null, "c": null}));
        check("title: 'Dune: Part Two' # 2024", json!({"title": "Dune: Part Two"}));
        check("a: |\n  x\n  y\nb: >-\n  x\n  y", json!({"a": "x\ny\n", "b": "x y"}));
    }

    #[test]
    fn lists_mappings_and_aliases() {
        use serde_json::json;
        check("authors: [Ann Lee, Bo Ray]", json!({"authors": ["Ann Lee", "Bo Ray"]}));
        check(
            "authors:\n- name: Ann Lee\n- name: Bo Ray",
            json!({"authors": [{"name": "Ann Lee"}, {"name": "Bo Ray"}]}),
        );
        check("a: &x [1, 2]\nb: *x", json!({"a": [1, 2], "b": [1, 2]}));
        check("<<: {a: 1}", json!({"<<": {"a": 1}}));
    }

    #[test]
    fn keys() {
        use serde_json::json;
        check("a: 1\na: 2", json!({"a": 2}));
        check("1: x\ntrue: y\n~: z\n1.5: w", json!({"1": "x", "true": "y", "~": "z", "1.5": "w"}));
        check_malformed("? [a, b]\n: x");
        check_malformed("? {a: b}\n: x");
    }

    #[test]
    fn tabs_separate_but_do_not_indent() {
        check("a:\tb", serde_json::json!({"a": "b"}));
        check_malformed("a:\n\tb: c");
    }

    #[test]
    fn malformed_yaml() {
        for front_matter in
            ["title: [", "title: Dune: Part Two", "title", "- a", "a: \"x", "a: *unknown", "a: @x", "a: b\n---\nc: d"]
        {
            check_malformed(front_matter);
        }
    }

    #[test]
    fn bombs_are_errors() {
        // The frames of an unoptimized parser are large.
        let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(check_bombs).expect("a thread");
        thread.join().expect("bombs are errors");
    }

    fn check_bombs() {
        let mut lists = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..10 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            lists.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        check_malformed(&lists);
        check_malformed(&format!("a: &a {}\nb: [{}]", "x".repeat(100_000), vec!["*a"; 10_000].join(", ")));
        check_malformed(&format!("a: {}", "[".repeat(100_000)));
        check_malformed(&format!("a: {}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)));
    }
}
