//! JSON of pages, which often has small faults.

use serde_json::Value;

/// Parses a script. Some pages put comments or CDATA around the JSON, line ends into
/// strings, commas before a closing bracket, or something after the value.
pub(super) fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script =
        script.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    first_value(script).or_else(|| first_value(&repaired(script)))
}

/// The first value of a text, whatever follows it.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

/// The text without line ends and control characters, backslashes that escape
/// nothing, and commas before a closing bracket.
fn repaired(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_string = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_string => match chars.next() {
                Some(next) if "\"\\/bfnrtu".contains(next) => out.extend(['\\', next]),
                Some(next) => out.push(if next.is_control() { ' ' } else { next }),
                None => {}
            },
            '"' => {
                in_string = !in_string;
                out.push('"');
            }
            c if c.is_control() => out.push(' '),
            '}' | ']' if !in_string => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// The string under a key in a text that is JSON in part: after `"key":`.
pub(super) fn string_under<'t>(text: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    let quoted = format!("\"{key}\"");
    let starts: Vec<usize> = text.match_indices(&quoted).map(|(at, found)| at + found.len()).collect();
    starts.into_iter().filter_map(move |at| {
        let value = text[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        value.get(..value.find(['"', '\n'])?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: Option<&str>) {
        assert_eq!(parse(script).map(|value| value.to_string()).as_deref(), expected, "{script}");
    }

    #[test]
    fn faults_are_passed_over() {
        let good = Some(r#"{"a":"b"}"#);
        for script in [
            r#"{"a":"b"}"#,
            r#" <!-- {"a":"b"} --> "#,
            "//<![CDATA[\n{\"a\":\"b\"}\n//]]>",
            r#"{"a":"b"}}"#,
            r#"{"a":"b"};"#,
            r#"{"a":"b",}"#,
            r#"{"a":"b"} trailing"#,
            r#"{"a":"\b","#.replace("\\b\",", "b\",}").as_str(),
        ] {
            check(script, good);
        }
        check("{\"a\":\"b\nc\"}", Some(r#"{"a":"b c"}"#));
        check(r#"{"a":"it\'s"}"#, Some(r#"{"a":"it's"}"#));
        check(r#"[{"a":1,},]"#, Some(r#"[{"a":1}]"#));
        check(r#"{"a":"x,]"}"#, Some(r#"{"a":"x,]"}"#));
        check("{broken", None);
        check("", None);
    }

    #[test]
    fn strings_under_keys() {
        let text = r#"x {"day": "2019", "day":"2020","days":"no","day":3, "day""#;
        assert_eq!(string_under(text, "day").collect::<Vec<_>>(), ["2019", "2020"]);
    }
}
