//! Texts that are kept as blocks: a tree of objects with the text in its leaves, as
//! editors and content systems have it.

use serde_json::{Map, Value};

use crate::field_names::normalized;

use super::markup::field_text;

/// Keys of a text, in the order in which they are looked for: one object may have the
/// same text in several forms.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "text", "plaintext", "value", "insert", "content", "rendered", "processed", "innerhtml", "bodyhtml", "html",
    "body", "main", "basic", "bodytextsummary", "code", "default", "name",
];

/// Keys of the parts of a block, which follow one another.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "headline", "heading", "summary", "root", "document", "doc", "data", "fields", "body", "content", "value",
    "richtext", "text", "paragraph", "blocks", "sections", "children", "nodes", "innerblocks", "items", "elements",
    "paragraphs", "ops",
];

/// Types of parts of a line.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "text", "span", "link", "hyperlink", "a", "inline", "mention", "strong", "em", "b", "i", "u", "code", "autolink",
    "entryhyperlink", "assethyperlink", "emoji",
];

/// Types of line breaks.
const BREAKS: &[&str] = &["hardbreak", "linebreak", "br", "break"];

/// Types of blocks that repeat other fields or hold no text of the article.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "title", "byline", "author", "date", "kicker", "image", "video", "gallery", "oembedresponse", "ad", "rawhtml",
    "interstitiallink", "imagelink", "embed",
];

/// The text of a value: paragraphs with a blank line between them.
pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => string_text(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(text_of).filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
        }
        Value::Array(items) => match main_rendition(items) {
            Some(value) => text_of(value),
            None => blocks_text(value),
        },
        Value::Object(map) => match (blocks_text(value), map.values().next()) {
            // A language: `{"en": "It opens."}`.
            (text, Some(only)) if text.is_empty() && map.len() == 1 => text_of(only),
            (text, _) => text,
        },
        Value::Null | Value::Bool(_) => String::new(),
    }
}

/// A string that may be plain, HTML, or blocks written as JSON.
fn string_text(text: &str) -> String {
    let start = text.trim_start();
    if (start.starts_with("{\"") || start.starts_with("[{\""))
        && let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(start)
    {
        let found = blocks_text(&value);
        if !found.is_empty() {
            return found;
        }
    }
    field_text(text).into_owned()
}

fn blocks_text(value: &Value) -> String {
    let mut out = Paragraphs::default();
    out.add(value, false);
    out.text.trim().to_owned()
}

/// Of renditions of one text, each with its role or type, the main one: `bodies` of
/// ninjs.
fn main_rendition(items: &[Value]) -> Option<&Value> {
    let renditions = items.iter().map(|item| {
        let map = item.as_object()?;
        let text = member(map, "value").or(member(map, "content")).filter(|value| value.is_string())?;
        let role = member(map, "role").and_then(Value::as_str);
        (role.is_some() || member(map, "contenttype").is_some()).then_some((role.unwrap_or("main"), text))
    });
    let renditions: Vec<_> = renditions.collect::<Option<_>>()?;
    renditions.iter().find(|(role, _)| *role == "main" || *role == "body").or(renditions.first()).map(|found| found.1)
}

/// The member with this name, whatever its spelling.
pub(super) fn member<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    map.get(name).or_else(|| map.iter().find(|(key, _)| normalized(key) == name).map(|(_, value)| value))
}

/// The type of a block.
fn type_of(map: &Map<String, Value>) -> String {
    let name = ["type", "_type", "nodeType", "blockName", "object"].iter().find_map(|key| map.get(*key)?.as_str());
    name.map(normalized).unwrap_or_default()
}

/// A text under construction.
#[derive(Default)]
struct Paragraphs {
    text: String,
}

impl Paragraphs {
    fn end_paragraph(&mut self) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        if length > 0 {
            self.text.push_str("\n\n");
        }
    }

    /// Adds what is in a value; `in_line` if it is within a block.
    fn add(&mut self, value: &Value, in_line: bool) {
        match value {
            Value::String(text) => {
                self.add_text(text, in_line);
                if !in_line {
                    self.end_paragraph();
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.add(item, in_line)),
            Value::Object(map) => self.add_object(map, in_line),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn add_object(&mut self, map: &Map<String, Value>, in_line: bool) {
        let kind = type_of(map);
        if BREAKS.contains(&kind.as_str()) {
            return self.text.push('\n');
        }
        if OTHERS.contains(&kind.as_str()) {
            return;
        }
        let is_inline = in_line && (kind.is_empty() || INLINE.contains(&kind.as_str())) && !map.contains_key("blocks");
        if !is_inline {
            self.end_paragraph();
        }
        let found = TEXTS.iter().find_map(|name| member(map, name)?.as_str().filter(|text| !text.trim().is_empty()));
        let has_space = || TEXTS.iter().find_map(|name| member(map, name)?.as_str().filter(|text| !text.is_empty()));
        if let Some(text) = found.or_else(has_space) {
            self.add_text(text, true);
        }
        for name in PARTS {
            match member(map, name) {
                // Of a block, these are parts of a line.
                Some(parts @ (Value::Array(_) | Value::Object(_))) => {
                    self.add(parts, is_inline || has_line(name, parts, &kind))
                }
                Some(Value::String(text)) if matches!(*name, "headline" | "heading") && found.is_none() => {
                    self.add(&Value::String(text.clone()), false);
                }
                _ => {}
            }
        }
        if !is_inline {
            self.end_paragraph();
        }
    }

    fn add_text(&mut self, text: &str, in_line: bool) {
        let found = field_text(text);
        // Spaces around the parts of a line are kept, those around HTML are not part of it.
        self.text.push_str(if in_line { &found } else { found.trim() });
    }
}

/// Whether the parts of a block are parts of a line.
fn has_line(name: &str, parts: &Value, kind: &str) -> bool {
    let may_be = matches!(name, "ops" | "richtext" | "children" | "content" | "nodes" | "text");
    let is_root = matches!(kind, "doc" | "document" | "root");
    may_be && !is_root && parts.as_array().is_some_and(|parts| parts.iter().all(is_inline_part))
}

/// Whether a part is text within a line, by its type and by having no blocks.
fn is_inline_part(part: &Value) -> bool {
    match part {
        Value::Object(map) => {
            let kind = type_of(map);
            kind.is_empty() && member(map, "children").is_none()
                || INLINE.contains(&kind.as_str())
                || BREAKS.contains(&kind.as_str())
                || OTHERS.contains(&kind.as_str())
        }
        Value::String(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &str) {
        let value: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(text_of(&value), expected, "{json}");
    }

    #[test]
    fn lists_and_objects() {
        check(r#"["One.","","Two."]"#, "One.\n\nTwo.");
        check(r#"{"rendered":"<p>It <b>opens</b>.</p>","protected":false}"#, "It opens.");
        check(r#"[{"value":"<p>It opens.</p>","format":"html","processed":"<p>It opens.</p>"}]"#, "It opens.");
        check(
            r#"{"en-US":{"nodeType":"document","content":[{"nodeType":"paragraph","content":[{"nodeType":"text","value":"It opens."}]}]}}"#,
            "It opens.",
        );
        check("null", "");
    }

    #[test]
    fn editors() {
        // Portable Text.
        check(
            r#"[{"_type":"block","style":"h2","children":[{"_type":"span","text":"Cast"}]},{"_type":"block","children":[{"_type":"span","text":"Ada "},{"_type":"span","text":"sings","marks":["em"]},{"_type":"span","text":"."}],"markDefs":[]},{"_type":"image","alt":"x"}]"#,
            "Cast\n\nAda sings.",
        );
        // Draft.js.
        check(
            r#"{"blocks":[{"key":"a","text":"Ada sings.","type":"unstyled","entityRanges":[]},{"key":"b","text":"Bo plays.","type":"unordered-list-item"}],"entityMap":{}}"#,
            "Ada sings.\n\nBo plays.",
        );
        // EditorJS.
        check(
            r#"{"time":1,"blocks":[{"type":"header","data":{"text":"Cast","level":2}},{"type":"paragraph","data":{"text":"Ada <b>sings</b> &amp; plays."}},{"type":"list","data":{"style":"ordered","items":["Bo","Cy"]}}],"version":"2"}"#,
            "Cast\n\nAda sings & plays.\n\nBo\n\nCy",
        );
        // ProseMirror.
        check(
            r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Ada "},{"type":"text","text":"sings","marks":[{"type":"bold"}]},{"type":"hardBreak"},{"type":"text","text":"and plays."}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"Bo"}]}]},{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"Cy"}]}]}]}]}"#,
            "Ada sings\nand plays.\n\nBo\n\nCy",
        );
        // Slate.
        check(
            r#"[{"type":"paragraph","children":[{"text":"Ada "},{"text":"sings","bold":true},{"text":" "},{"type":"link","url":"u","children":[{"text":"here"}]},{"text":"."}]},{"type":"paragraph","children":[{"text":"Bo."}]}]"#,
            "Ada sings here.\n\nBo.",
        );
        // Lexical.
        check(
            r#"{"root":{"type":"root","children":[{"type":"paragraph","children":[{"type":"text","text":"Ada sings."}]},{"type":"paragraph","children":[{"type":"text","text":"Bo."}]}]}}"#,
            "Ada sings.\n\nBo.",
        );
        // Rich text of Contentful.
        check(
            r#"{"nodeType":"document","data":{},"content":[{"nodeType":"paragraph","data":{},"content":[{"nodeType":"text","value":"Ada ","marks":[]},{"nodeType":"hyperlink","data":{"uri":"u"},"content":[{"nodeType":"text","value":"sings"}]},{"nodeType":"text","value":"."}]}]}"#,
            "Ada sings.",
        );
        // Quill.
        check(
            r#"{"ops":[{"insert":"Ada "},{"insert":"sings","attributes":{"bold":true}},{"insert":".\nBo.\n"}]}"#,
            "Ada sings.\nBo.",
        );
    }

    #[test]
    fn content_systems() {
        // Gutenberg.
        check(
            r#"[{"blockName":"core/paragraph","attrs":{},"innerBlocks":[],"innerHTML":"\n<p>Ada sings.</p>\n","innerContent":["\n<p>Ada sings.</p>\n"]},{"blockName":"core/group","innerBlocks":[{"blockName":"core/paragraph","innerBlocks":[],"innerHTML":"<p>Bo.</p>"}],"innerHTML":"<div></div>"}]"#,
            "Ada sings.\n\nBo.",
        );
        check(
            r#"{"main":{"bodyHtml":"<figure></figure>"},"body":[{"id":"1","bodyHtml":"<p>Ada sings.</p>","bodyTextSummary":"Ada sings."},{"id":"2","bodyHtml":"<p>Bo.</p>","bodyTextSummary":"Bo."}]}"#,
            "Ada sings.\n\nBo.",
        );
        check(
            r#"[{"type":"title","content":"Ada sings"},{"type":"byline","content":"By Bo"},{"type":"date","content":1},{"type":"sanitized_html","subtype":"paragraph","content":"She <i>sings</i>."},null,{"type":"text","content":"<p>All day.</p>"}]"#,
            "She sings.\n\nAll day.",
        );
        check(
            r#"{"summary":["In short."],"sections":[{"headline":["Cast"],"paragraphs":["Ada.","Bo."]}]}"#,
            "In short.\n\nCast\n\nAda.\n\nBo.",
        );
        check(
            r#"[{"role":"abstract","contentType":"text/plain","value":"Short."},{"role":"main","contentType":"text/html","value":"<p>Long.</p>"}]"#,
            "Long.",
        );
        check(r#""{\"blocks\":[{\"text\":\"Ada sings.\",\"type\":\"unstyled\"}],\"entityMap\":{}}""#, "Ada sings.");
    }
}
