//! NewsML 1.x: the text is in the components of an item.

use super::dialect::Outcome;
use super::nitf;
use super::story::Story;
use super::text::{line, paragraphs};
use super::tree::Element;

pub(super) fn record(item: Element<'_>) -> Outcome {
    let status = item.find("status").and_then(formal_name).unwrap_or_default();
    if matches!(status.to_lowercase().as_str(), "canceled" | "cancelled" | "withheld") {
        return Outcome::left_out(&status.to_lowercase());
    }
    let found = |name: &'static str| item.find(name).and_then(line);
    let mut story = Story {
        id: found("publicidentifier").or_else(|| found("newsitemid")),
        title: found("headline"),
        subtitle: found("subheadline"),
        dateline: found("dateline"),
        text: text(item),
        date: found("firstcreated").or_else(|| found("dateid")),
        modified: found("thisrevisioncreated"),
        source: item
            .find("provider")
            .and_then(|provider| provider.find("party"))
            .and_then(formal_name)
            .or_else(|| found("providerid")),
        url: None,
        authors: item
            .all("byline")
            .filter(|byline| !inner(item).is_some_and(|story| byline.is_within(story)))
            .filter_map(line)
            .collect(),
        section: None,
        tags: item.all("keywordline").filter_map(line).collect(),
    };
    if let Some(inner) = inner(item) {
        story.fill_from(nitf::story(inner));
    }
    if !story.has_text() && item.all("mediatype").any(|kind| !is_text(kind)) {
        return Outcome::left_out("item without text");
    }
    Outcome::Record(story.into_fields())
}

fn inner(item: Element<'_>) -> Option<Element<'_>> {
    item.find("nitf")
}

fn formal_name(element: Element<'_>) -> Option<String> {
    element.attr("formalname").map(str::to_owned)
}

fn is_text(media_type: Element<'_>) -> bool {
    formal_name(media_type)
        .is_none_or(|kind| kind.eq_ignore_ascii_case("text") || kind.eq_ignore_ascii_case("complextext"))
}

/// The texts of all content items, each once. Of equivalent ones, the longest.
fn text(item: Element<'_>) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    let groups: Vec<_> = item.all("newscomponent").filter(|part| part.attr("equivalentslist") == Some("yes")).collect();
    let outer = groups.iter().filter(|group| !groups.iter().any(|other| group.is_within(*other)));
    let outer: Vec<_> = outer.copied().collect();
    for group in &outer {
        let longest = contents(*group).map(text_of).max_by_key(String::len);
        texts.extend(longest);
    }
    let others = contents(item).filter(|content| !outer.iter().any(|group| content.is_within(*group)));
    texts.extend(others.map(text_of));
    let mut seen = std::collections::HashSet::new();
    texts.retain(|text| !text.trim().is_empty() && seen.insert(text.clone()));
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// The content items that are text, without captions.
fn contents(within: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let captions: Vec<_> = within.all("newscomponent").filter(|part| is_caption(*part)).collect();
    within.all("contentitem").filter(move |content| {
        content.child("mediatype").is_none_or(is_text) && !captions.iter().any(|caption| content.is_within(*caption))
    })
}

fn is_caption(component: Element<'_>) -> bool {
    let role = component.child("role").and_then(formal_name);
    role.is_some_and(|role| ["caption", "picture", "thumbnail"].iter().any(|other| role.to_lowercase().contains(other)))
}

fn text_of(content: Element<'_>) -> String {
    if let Some(inner) = content.find("nitf") {
        return nitf::story(inner).text.unwrap_or_default();
    }
    let Some(data) = content.find("datacontent") else { return String::new() };
    paragraphs(data.find("body.content").or_else(|| data.find("body")).unwrap_or(data))
}
