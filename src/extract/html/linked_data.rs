//! What a page says of itself in JSON-LD (schema.org).

use serde_json::Value;

use super::page::{Page, one_line};

/// Types of schema.org that are articles, the best first.
const ARTICLES: &[&str] = &[
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

/// An article as JSON-LD describes it.
#[derive(Debug, Default)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    /// People, and what is not said to be a company.
    pub(super) authors: Vec<String>,
    /// Companies that are given as authors.
    pub(super) companies: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) section: Option<String>,
    /// The whole text, where it is given.
    pub(super) body: Option<String>,
}

impl LinkedData {
    /// The best article among the page's objects; broken scripts are passed
    /// over.
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
        let (companies, people): (Vec<&Value>, Vec<&Value>) = each(author).into_iter().partition(|one| is_company(one));
        let named = |them: Vec<&Value>| {
            let mut found = Vec::new();
            them.into_iter().for_each(|one| names(one, all, &mut found));
            found
        };
        let mut publishers = Vec::new();
        names(object.get("publisher").unwrap_or(&Value::Null), all, &mut publishers);
        Self {
            headline: text("headline").or_else(|| text("name")),
            published: text("datePublished").or_else(|| text("dateCreated")),
            modified: text("dateModified"),
            authors: named(people),
            companies: named(companies),
            publisher: publishers.into_iter().next(),
            url: text("url").or_else(|| text("mainEntityOfPage")),
            section: text("articleSection"),
            body: object.get("articleBody").and_then(string),
        }
    }
}

/// JSON that pages write: some with comments of CDATA around, or raw line ends
/// within strings.
fn parse(script: &str) -> Option<Value> {
    let script =
        script.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let script =
        script.trim_end_matches("-->").trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " ")).ok())
}

/// All objects with a type, at any depth that makes sense.
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
            // People and companies that others refer to.
            for key in ["author", "publisher"] {
                if let Some(inner @ (Value::Object(_) | Value::Array(_))) = map.get(key) {
                    flatten(inner, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn rank(object: &Value) -> Option<usize> {
    let rank_of = |name: &str| ARTICLES.iter().position(|known| *known == name);
    match object.get("@type")? {
        Value::String(name) => rank_of(name),
        Value::Array(names) => names.iter().filter_map(|name| rank_of(name.as_str()?)).min(),
        _ => None,
    }
}

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

fn is_company(value: &Value) -> bool {
    value.get("@type").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("Organization"))
}

/// Names of people or companies: strings, objects with a name, or references
/// to such objects elsewhere.
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
