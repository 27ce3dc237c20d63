//! The article that a page describes in JSON-LD (schema.org).

use serde_json::Value;

use super::lenient_json::parse;
use super::page::Page;
use super::text::one_line;
use crate::extract::tags;

/// Types of schema.org that are articles, best first.
const ARTICLE_TYPES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "BackgroundNewsArticle",
    "Article",
    "LiveBlogPosting",
    "BlogPosting",
    "Review",
    "TechArticle",
    "SocialMediaPosting",
    "Report",
    "VideoObject",
    "WebPage",
];

/// An article as JSON-LD describes it. Dates are as written.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    /// Authors that are not marked as organizations.
    pub(super) authors: Vec<String>,
    /// Authors that are organizations.
    pub(super) organizations: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) section: Option<String>,
    /// Its keywords.
    pub(super) keywords: Vec<String>,
    /// The whole text.
    pub(super) body: Option<String>,
}

impl JsonLd {
    /// The best article among the page's objects. Malformed scripts are ignored.
    pub(super) fn of(page: &Page) -> Self {
        let mut objects = Vec::new();
        for script in page.tagged("script") {
            if page.attribute(script, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) {
                objects.extend(parse(&page.doc.text_content(script.id)));
            }
        }
        let mut flat = Vec::new();
        objects.iter().for_each(|object| flatten(object, &mut flat, 0));
        let best = flat.iter().filter_map(|object| Some((rank(object)?, *object))).min_by_key(|(rank, _)| *rank);
        best.map(|(_, object)| Self::from_object(object, &flat)).unwrap_or_default()
    }

    fn from_object(object: &Value, all: &[&Value]) -> Self {
        let text = |key: &str| string(object.get(key)?).map(|text| one_line(&text)).filter(|text| !text.is_empty());
        let author = object.get("author").or(object.get("creator")).unwrap_or(&Value::Null);
        let (organizations, people): (Vec<&Value>, Vec<&Value>) =
            each(author).into_iter().partition(|one| is_organization(one));
        let named = |authors: Vec<&Value>| {
            let mut found = Vec::new();
            authors.into_iter().for_each(|one| names(one, all, &mut found));
            found
        };
        let mut publishers = Vec::new();
        names(object.get("publisher").unwrap_or(&Value::Null), all, &mut publishers);
        Self {
            headline: text("headline").or_else(|| text("name")),
            published: text("datePublished").or_else(|| text("dateCreated")),
            modified: text("dateModified"),
            authors: named(people),
            organizations: named(organizations),
            publisher: publishers.into_iter().next(),
            url: text("url").or_else(|| text("mainEntityOfPage")),
            section: text("articleSection"),
            keywords: object.get("keywords").map(tags::of).unwrap_or_default(),
            body: object.get("articleBody").and_then(string),
        }
    }
}

/// Collects the objects that may describe the article or its authors.
fn flatten<'v>(value: &'v Value, out: &mut Vec<&'v Value>, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, out, depth + 1)),
        Value::Object(map) => {
            out.push(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                if let Some(inner) = map.get(key) {
                    flatten(inner, out, depth + 1);
                }
            }
            // Others may refer to these by `@id`.
            for key in ["author", "publisher"] {
                if let Some(inner @ (Value::Object(_) | Value::Array(_))) = map.get(key) {
                    flatten(inner, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// The rank of an object's type among [`ARTICLE_TYPES`].
fn rank(object: &Value) -> Option<usize> {
    let rank_of = |name: &str| ARTICLE_TYPES.iter().position(|known| *known == name);
    match object.get("@type")? {
        Value::String(name) => rank_of(name),
        Value::Array(names) => names.iter().filter_map(|name| rank_of(name.as_str()?)).min(),
        _ => None,
    }
}

/// A value as text; for lists the first, for objects their address.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().find_map(string),
        Value::Object(map) => map.get("@id").or(map.get("url")).or(map.get("@value")).and_then(string),
        _ => None,
    }
}

/// The items of a list, or the value itself.
fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        other => vec![other],
    }
}

fn is_organization(value: &Value) -> bool {
    value.get("@type").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("Organization"))
}

/// Names of people or organizations: strings, objects with a name, or references
/// by `@id` to such objects.
fn names(value: &Value, all: &[&Value], out: &mut Vec<String>) {
    match value {
        Value::String(name) => out.push(one_line(name)),
        Value::Array(items) => items.iter().for_each(|item| names(item, all, out)),
        Value::Object(map) => {
            let referred = || {
                let id = map.get("@id")?;
                all.iter().find(|other| other.get("@id") == Some(id) && other.get("name").is_some())?.get("name")
            };
            if let Some(name) = map.get("name").or_else(referred) {
                names(name, all, out);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json_ld(scripts: &[&str]) -> JsonLd {
        let script = |text: &&str| format!("<script type=\"application/ld+json\">{text}</script>");
        JsonLd::of(&Page::parse(&scripts.iter().map(script).collect::<String>()))
    }

    fn check(scripts: &[&str], headline: Option<&str>) {
        assert_eq!(json_ld(scripts).headline.as_deref(), headline, "{scripts:?}");
    }

    #[test]
    fn the_best_article_is_found() {
        let page = r#"{"@type":"WebPage","name":"Site"}"#;
        let news = r#"{"@type":["Thing","NewsArticle"],"headline":" A \n film"}"#;
        check(&[page], Some("Site"));
        check(&[page, news], Some("A film"));
        check(&[&format!("{{\"@graph\":[{page},{news}]}}")], Some("A film"));
        check(&[r#"{"@type":"Product","name":"A"}"#], None);
        check(&["{broken", news], Some("A film"));
        check(&[&format!("//<![CDATA[\n{news}//]]>")], Some("A film"));
        check(&["{\"@type\":\"Article\",\"headline\":\"A\nfilm\"}"], Some("A film"));
    }

    #[test]
    fn authors_publisher_and_dates() {
        let found = json_ld(&[
            r##"[{"@type":"Article","author":[{"@id":"#ann"},"Bo Ray",{"@type":"Organization","name":"Reel"}],"publisher":{"name":"Reel Inc"},"datePublished":"2020-05-04","articleSection":["Film","TV"],"keywords":["film noir","tv"],"mainEntityOfPage":{"@id":"https://reel.example/a"}},{"@graph":[{"@id":"#ann","@type":"Person","name":"Ann Lee"}]}]"##,
        ]);
        assert_eq!(found.authors, ["Ann Lee", "Bo Ray"]);
        assert_eq!((found.organizations, found.publisher.as_deref()), (vec!["Reel".to_owned()], Some("Reel Inc")));
        assert_eq!((found.published.as_deref(), found.section.as_deref()), (Some("2020-05-04"), Some("Film")));
        assert_eq!(found.url.as_deref(), Some("https://reel.example/a"));
        assert_eq!(found.keywords, ["film noir", "tv"]);
    }
}
