//! Keys of a record that are not known, under which its text may be.

use serde_json::{Map, Value};

use super::blocks::text_of;

/// A text shorter than this, in bytes, may not be the whole one.
const SHORT: usize = 400;
/// Words of a string that may be a text.
const PROSE_WORDS: usize = 12;
/// Keys that are named at most.
const MAX_KEYS: usize = 8;
/// Bytes of a string that are looked for in the text of the article.
const PROBE: usize = 60;

/// The keys of strings that may be the text of a record, of which `text` was read with a
/// body of `length` bytes. `[]` stands for the items of a list.
pub(super) fn prose_keys(map: &Map<String, Value>, text: &str, length: usize) -> Vec<String> {
    let mut keys = Vec::new();
    if length < SHORT {
        map.iter().for_each(|(key, value)| look(key, value, text, length, &mut keys));
    }
    keys
}

fn look(path: &str, value: &Value, text: &str, length: usize, keys: &mut Vec<String>) {
    if keys.len() == MAX_KEYS {
        return;
    }
    match value {
        Value::String(string)
            if is_prose(string, length) && !is_read(string, text) && !keys.iter().any(|key| key == path) =>
        {
            keys.push(path.to_owned());
        }
        Value::Array(items) => items.iter().for_each(|item| look(&format!("{path}[]"), item, text, length, keys)),
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| look(&format!("{path}.{key}"), value, text, length, keys));
        }
        _ => {}
    }
}

/// Whether a string is much longer than the body, and of many words.
fn is_prose(string: &str, length: usize) -> bool {
    string.len() > 2 * length && string.split_whitespace().take(PROSE_WORDS).count() == PROSE_WORDS
}

/// Whether the text begins as the string does, or has it.
fn is_read(string: &str, text: &str) -> bool {
    let string = text_of(&Value::String(string.to_owned()));
    let line = string.trim().lines().next().unwrap_or_default();
    let start: String = line.chars().take(PROBE).collect();
    text.contains(start.trim())
}

/// The keys of a record, some of them.
pub(super) fn some_keys(map: &Map<String, Value>) -> Vec<String> {
    let prose = prose_keys(map, "\0", 0);
    if prose.is_empty() { map.keys().take(MAX_KEYS).cloned().collect() } else { prose }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, text: &str, expected: &[&str]) {
        let map: Map<String, Value> = serde_json::from_str(json).expect("an object");
        assert_eq!(prose_keys(&map, text, text.len()), expected, "{json}");
    }

    const PROSE: &str = "Ada sings in the hall of the town on every day of the week.";

    #[test]
    fn prose_is_named_by_its_key() {
        check(&format!(r#"{{"title":"Ada","story_x":"{PROSE}","url":"u"}}"#), "", &["story_x"]);
        check(
            &format!(r#"{{"a":{{"b":["{PROSE}","{PROSE}"],"c":[{{"d":"<p>{PROSE}</p>"}}]}}}}"#),
            "",
            &["a.b[]", "a.c[].d"],
        );
        check(&format!(r#"{{"body":"<p>{PROSE}</p>"}}"#), PROSE, &[]);
        check(&format!(r#"{{"x":"{PROSE}"}}"#), &PROSE.replace("Ada", "Bo"), &[]);
        check(&format!(r#"{{"x":"{PROSE}"}}"#), &"Long. ".repeat(100), &[]);
        check(r#"{"x":"Few words."}"#, "", &[]);
    }

    #[test]
    fn keys_of_a_record() {
        let map = |json: &str| serde_json::from_str::<Map<String, Value>>(json).expect("an object");
        assert_eq!(some_keys(&map(r#"{"mood":1,"color":"red"}"#)).len(), 2);
        assert_eq!(some_keys(&map(&format!(r#"{{"mood":1,"story_x":"{PROSE}"}}"#))), ["story_x"]);
    }
}
