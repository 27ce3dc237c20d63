//! NewsML-G2: items, alone or in a message.

use super::dialect::Outcome;
use super::nitf;
use super::story::Story;
use super::text::{line, paragraphs};
use super::tree::Element;

/// The elements that are items.
pub(super) const ITEMS: &[&str] =
    &["newsitem", "packageitem", "knowledgeitem", "conceptitem", "planningitem", "catalogitem"];

/// What an item gives: only news items with text are articles.
pub(super) fn record(item: Element<'_>) -> Outcome {
    let kind = match item.name() {
        "newsitem" => None,
        "packageitem" => Some("package"),
        "knowledgeitem" => Some("knowledge item"),
        "conceptitem" => Some("concept"),
        "planningitem" => Some("planning item"),
        _ => Some("catalog"),
    };
    if let Some(kind) = kind {
        return Outcome::left_out(kind);
    }
    let meta = item.child("itemmeta").unwrap_or(item);
    let code = |name: &str| meta.child(name).and_then(code_of).unwrap_or_default();
    if let status @ ("canceled" | "cancelled" | "withheld") = code("pubstatus") {
        return Outcome::left_out(status);
    }
    let story = story(item, meta);
    match code("itemclass") {
        class @ ("picture" | "graphic" | "video" | "audio" | "animation") if story.text.is_none() => {
            Outcome::left_out(class)
        }
        _ => Outcome::Record(with_description(story, item).into_fields()),
    }
}

/// A code without its scheme: `text` of `ninat:text`.
fn code_of(element: Element<'_>) -> Option<&str> {
    let code = element.attr("qcode").or_else(|| element.attr("uri"))?;
    code.rsplit([':', '/']).next()
}

fn story<'t>(item: Element<'t>, meta: Element<'t>) -> Story {
    let content = item.child("contentmeta").unwrap_or(item);
    let day = |of: Element<'_>, name: &str| of.child(name).and_then(line);
    let is_second =
        |headline: &Element<'_>| headline.attr("role").is_some_and(|role| role.to_lowercase().contains("sub"));
    let guid = item.attr("guid").map(str::to_owned);
    let mut story = Story {
        url: guid.clone().filter(|guid| guid.contains("://")),
        id: guid,
        title: content.all("headline").find(|headline| !is_second(headline)).and_then(line),
        subtitle: content.all("headline").find(is_second).and_then(line),
        dateline: content.child("dateline").and_then(line),
        text: text(item),
        date: day(meta, "firstcreated")
            .or_else(|| day(content, "contentcreated"))
            .or_else(|| day(meta, "versioncreated")),
        modified: day(meta, "versioncreated").or_else(|| day(content, "contentmodified")),
        source: source(item, meta, content),
        authors: authors(content),
        section: None,
        tags: content
            .children()
            .filter(|child| matches!(child.name(), "subject" | "keyword"))
            .flat_map(names)
            .collect(),
    };
    // What the text states itself fills gaps.
    if let Some(inner) = item.find("nitf") {
        story.fill_from(nitf::story(inner));
    } else if let Some(page) = item.find("html") {
        let heading = page.find("h1").or_else(|| page.find("title"));
        story.fill_from(Story { title: heading.and_then(line), ..Story::default() });
    }
    story
}

/// The text of the first rendition that has some.
fn text(item: Element<'_>) -> Option<String> {
    let set = item.child("contentset")?;
    let inline = set.children().filter(|child| child.name() == "inlinexml").map(|xml| inline_text(xml));
    let data = set.children().filter(|child| child.name() == "inlinedata" && is_text(*child)).map(paragraphs);
    inline.chain(data).find(|text| !text.trim().is_empty())
}

fn inline_text(xml: Element<'_>) -> String {
    if let Some(inner) = xml.find("nitf") {
        return nitf::story(inner).text.unwrap_or_default();
    }
    paragraphs(xml.find("body").unwrap_or(xml))
}

fn is_text(data: Element<'_>) -> bool {
    data.attr("encoding").is_none()
        && data.attr("contenttype").is_none_or(|kind| kind.starts_with("text/") || kind.contains("xml"))
}

/// An item without a text has its description as such.
fn with_description(mut story: Story, item: Element<'_>) -> Story {
    if story.text.is_none() {
        story.text = item.child("contentmeta").and_then(|content| content.child("description")).map(paragraphs);
    }
    story
}

/// Who gives the news: the source of information, else the provider.
fn source(item: Element<'_>, meta: Element<'_>, content: Element<'_>) -> Option<String> {
    let stated = [content.child("infosource"), meta.child("provider"), item.find("copyrightholder")];
    stated.into_iter().flatten().find_map(named)
}

/// The name of a party: stated, or its code.
fn named(party: Element<'_>) -> Option<String> {
    let name = party.child("name").and_then(line);
    name.or_else(|| party.attr("literal").map(str::to_owned)).or_else(|| code_of(party).map(str::to_owned))
}

/// The byline, else the creators that are not organizations.
fn authors(content: Element<'_>) -> Vec<String> {
    let bylines: Vec<String> = content.all("by").filter_map(line).collect();
    if !bylines.is_empty() {
        return bylines;
    }
    let creators = content.children().filter(|child| child.name() == "creator");
    let people = creators.filter(|creator| !creator.attr("type").is_some_and(|kind| kind.contains("org")));
    people.filter_map(|creator| creator.child("name").and_then(line)).collect()
}

/// The names of a subject, or a keyword itself.
fn names(subject: Element<'_>) -> Vec<String> {
    if subject.name() == "keyword" {
        return line(subject).into_iter().collect();
    }
    // Of a name in several languages, the first.
    let name = subject.child("name").and_then(line);
    name.or_else(|| subject.attr("literal").map(str::to_owned)).into_iter().collect()
}
