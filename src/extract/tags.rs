//! Tags, keywords and subjects of an article, from lists, objects or one text.

use serde_json::Value;

#[cfg(feature = "pages")]
use super::dom::plain_text;
use super::entities::unescape;
use super::markup::is_markup;
#[cfg(not(feature = "pages"))]
use super::markup::plain_text;

/// The most tags of an article. Editors give up to some dozens; pages that are made for
/// search engines list hundreds.
const MOST: usize = 50;
/// The longest tag, in characters; longer ones are sentences.
const LONGEST: usize = 100;
/// The most values of a user's field in an article, and the longest, in characters.
const MOST_VALUES: usize = 100;
const LONGEST_VALUE: usize = 200;
/// The deepest nesting of lists and objects.
const MAX_DEPTH: usize = 4;
/// The keys of an object that is a tag, best first. `value` stands before `name`, which is
/// the kind of the keyword in `{"name": "subject", "value": "Movies"}`.
const NAMES: &[&str] = &["label", "webTitle", "value", "name", "term", "title", "literal", "tag", "keyword", "text"];
/// Types of objects in lists of tags that are no tags.
const OTHER_TYPES: &[&str] = &["contributor", "author", "byline", "publication"];

/// Adds tags that are not there yet, up to [`MOST`]. Blank ones, numbers (ids of a content
/// system), addresses and ones that are too long are left out.
pub(super) fn add(tags: &mut Vec<String>, found: impl IntoIterator<Item = String>) {
    for tag in found {
        if tags.len() >= MOST {
            return;
        }
        let words: Vec<&str> = tag.split_whitespace().collect();
        let tag = words.join(" ");
        let tag = tag.trim_start_matches('#').trim();
        let is_text = tag.contains(char::is_alphabetic) || tag.len() == 4 && tag.parse::<u16>().is_ok();
        let is_address = tag.contains("://");
        if is_text && !is_address && tag.chars().count() <= LONGEST && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
}

/// The tags in a text: parts at semicolons, else at commas, else at bars. A list as JSON or
/// Python writes it, as tables have it, gives its items.
pub(super) fn split(text: &str) -> Vec<String> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        if let Ok(list @ Value::Array(_)) = serde_json::from_str(text) {
            return of(&list);
        }
        let unquoted = |part: &str| part.trim().trim_matches(['\'', '"']).to_owned();
        return inner.split(',').map(unquoted).collect();
    }
    let text = plain(text);
    let separator = [';', ',', '|', '\n'].into_iter().find(|separator| text.contains(*separator)).unwrap_or(';');
    text.split(separator).map(|part| part.trim().trim_matches('"').to_owned()).collect()
}

/// The tags of a value: the strings and names of a list, or the parts of a text.
pub(super) fn of(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        Value::String(text) => found = split(text),
        other => collect(other, &mut found, 0),
    }
    found
}

/// The text of what may be HTML or have entities.
fn plain(text: &str) -> String {
    if is_markup(text) { plain_text(text) } else { unescape(text).into_owned() }
}

/// Collects the strings of a list, and of its objects the names.
fn collect(value: &Value, out: &mut Vec<String>, depth: usize) {
    match value {
        Value::String(text) => out.push(plain(text)),
        Value::Array(items) if depth < MAX_DEPTH => items.iter().for_each(|item| collect(item, out, depth + 1)),
        Value::Object(map) if depth < MAX_DEPTH => {
            let kind = map.get("type").and_then(Value::as_str).unwrap_or_default();
            let name = NAMES.iter().find_map(|key| map.get(*key).filter(|name| is_name(name)));
            match name {
                _ if OTHER_TYPES.contains(&kind) => {}
                Some(name) => collect(name, out, depth + 1),
                // Lists by kind: {"people": ["Ann Lee"], "places": […]}.
                None => map.values().filter(|inner| inner.is_array()).for_each(|inner| collect(inner, out, depth + 1)),
            }
        }
        _ => {}
    }
}

/// The values of a field of the user: those of a list or of its objects' names, or one text;
/// nothing is split.
pub(super) fn values_of(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    match value {
        Value::Number(number) => found.push(number.to_string()),
        Value::Bool(yes) => found.push(yes.to_string()),
        Value::Array(items) => {
            for item in items {
                match item {
                    Value::Number(number) => found.push(number.to_string()),
                    item => collect(item, &mut found, 1),
                }
            }
        }
        other => collect(other, &mut found, 0),
    }
    let mut values: Vec<String> = Vec::new();
    for value in found {
        let value: Vec<&str> = value.split_whitespace().collect();
        let value: String = value.join(" ").chars().take(LONGEST_VALUE).collect();
        if !value.is_empty() && values.len() < MOST_VALUES && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// Whether a value can name a tag: text, or an object such as `{"default": …}`.
fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &[&str]) {
        let value = serde_json::from_str(value).expect("JSON");
        let mut tags = Vec::new();
        add(&mut tags, of(&value));
        assert_eq!(tags, expected, "{value}");
    }

    #[test]
    fn lists_and_objects() {
        check(r#"["Film Noir", " film  noir ", "Film Noir", "", null, 12]"#, &["Film Noir", "film noir"]);
        check(r#"["Lee, Ann", "Lighthouse"]"#, &["Lee, Ann", "Lighthouse"]);
        check(
            r#"[{"name":"Film"},{"term":"TV"},{"label":"Awards","value":"aw-1"},{"value":"Music"}]"#,
            &["Film", "TV", "Awards", "Music"],
        );
        check(
            r#"[{"name":"subject","value":"Movies","rank":1},{"name":"persons","value":"Lee, Ann"}]"#,
            &["Movies", "Lee, Ann"],
        );
        check(
            r#"[{"id":"film/film","type":"keyword","webTitle":"Film"},{"type":"contributor","webTitle":"Ann Lee"}]"#,
            &["Film"],
        );
        check(r#"{"people":["Ann Lee"],"places":[{"name":"Oslo"}],"count":2}"#, &["Ann Lee", "Oslo"]);
        check(r#"{"name":"Film"}"#, &["Film"]);
        check("[12, 40]", &[]);
        check("true", &[]);
        check(r#"["Law &amp; Order", "<b>Film</b>"]"#, &["Law & Order", "Film"]);
    }

    #[test]
    fn text_is_split() {
        check(r#""film, awards season ,TV""#, &["film", "awards season", "TV"]);
        check(r#""Lee, Ann; Ray, Bo""#, &["Lee, Ann", "Ray, Bo"]);
        check(r#""film|tv""#, &["film", "tv"]);
        check(r##""#film, #tv""##, &["film", "tv"]);
        check(r#""film noir""#, &["film noir"]);
        check(r#""['film noir', 'tv']""#, &["film noir", "tv"]);
        check(r#""[\"film noir\", \"Lee, Ann\"]""#, &["film noir", "Lee, Ann"]);
        check(r#""[]""#, &[]);
        check(r#"" , ;""#, &[]);
        check(r#""2019, https://reel.example/tag/film""#, &["2019"]);
    }

    #[test]
    fn tags_are_bounded() {
        let many: Vec<String> = (0..300).map(|at| format!("tag {at}")).collect();
        let mut tags = Vec::new();
        add(&mut tags, split(&many.join(",")));
        assert_eq!(tags.len(), MOST);
        check(&format!("[\"{}\", \"a\"]", "x".repeat(LONGEST + 1)), &["a"]);
        check(&format!("{}\"a\"{}", "[".repeat(90), "]".repeat(90)), &[]);
    }
}
