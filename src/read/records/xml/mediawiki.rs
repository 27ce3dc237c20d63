//! MediaWiki exports: the newest revision of each article.

use super::dialect::{Dialect, Outcome};
use super::story::Story;
use super::text::line;
use super::tree::{Child, Element};
use super::wikitext::Wikitext;

/// What holds for all pages.
#[derive(Debug, Default)]
pub(super) struct MediaWiki {
    site: Option<String>,
    /// The address of pages, up to their title.
    base: Option<String>,
}

impl Dialect for MediaWiki {
    fn records(&self) -> Vec<&str> {
        vec!["page"]
    }

    fn start(&mut self, head: Element<'_>) {
        self.site = head.find("sitename").and_then(line);
        // The address of the main page.
        let base = head.find("base").and_then(line).filter(|base| base.contains("://"));
        self.base = base.and_then(|base| Some(base.rsplit_once('/')?.0.to_owned()));
    }

    fn record(&self, page: Element<'_>) -> Outcome {
        let child = |name: &str| page.child(name).and_then(line);
        match child("ns").as_deref() {
            None | Some("0") => {}
            Some(namespace) => return Outcome::LeftOut(namespace_name(namespace)),
        }
        let Some(newest) = newest(page) else { return Outcome::left_out("page without revisions") };
        let source: String = newest.child("text").map(verbatim).unwrap_or_default();
        if page.child("redirect").is_some() || is_redirect(&source) {
            return Outcome::left_out("redirect");
        }
        if source.trim().is_empty() {
            return Outcome::left_out("page without text");
        }
        let title = child("title");
        let text = Wikitext::of(&source);
        let address = |title: &String| Some(format!("{}/{}", self.base.as_deref()?, title.replace(' ', "_")));
        let story = Story {
            id: child("id"),
            url: title.as_ref().and_then(address),
            title,
            text: Some(text.text),
            date: text.date.or_else(|| created(page)),
            modified: newest.child("timestamp").and_then(line),
            source: self.site.clone(),
            tags: text.categories,
            ..Story::default()
        };
        Outcome::Record(story.into_fields())
    }
}

/// The revision with the latest time; of equals, the last one.
fn newest(page: Element<'_>) -> Option<Element<'_>> {
    let revisions = page.children().filter(|child| child.name() == "revision");
    revisions.max_by_key(|revision| revision.child("timestamp").and_then(line))
}

/// When the page was made, if the export has its first revision beside others. The
/// only revision of a page is its last one.
fn created(page: Element<'_>) -> Option<String> {
    let revisions: Vec<_> = page.children().filter(|child| child.name() == "revision").collect();
    let first = revisions.iter().find(|revision| revision.child("parentid").is_none())?;
    if revisions.len() > 1 { first.child("timestamp").and_then(line) } else { None }
}

fn verbatim(text: Element<'_>) -> String {
    let pieces = text.contents().filter_map(|child| match child {
        Child::Text(text) => Some(text),
        Child::Element(_) => None,
    });
    pieces.collect()
}

fn is_redirect(source: &str) -> bool {
    let start = source.trim_start();
    start.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("#redirect"))
}

fn namespace_name(number: &str) -> String {
    let name = match number {
        "1" | "3" | "5" | "7" | "9" | "11" | "13" | "15" => "talk page",
        "2" => "user page",
        "4" => "project page",
        "6" => "file",
        "8" => "message",
        "10" => "template",
        "12" => "help page",
        "14" => "category",
        _ => return format!("page of namespace {number}"),
    };
    name.to_owned()
}
