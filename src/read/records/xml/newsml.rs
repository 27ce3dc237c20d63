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
        authors: item.all("newslines").flat_map(|lines| lines.all("byline")).filter_map(line).collect(),
        section: None,
        tags: item.all("keywordline").filter_map(line).collect(),
    };
    if let Some(inner) = item.find("nitf") {
        story.fill_from(nitf::story(inner));
    }
    if !story.has_text() && item.all("mediatype").any(|kind| !is_text(kind)) {
        return Outcome::left_out("item without text");
    }
    Outcome::Record(story.into_fields())
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
    let mut group: Option<Element<'_>> = None;
    for part in visible_parts(item) {
        if group.is_some_and(|group| part.is_within(group)) {
            continue;
        }
        if part.attr("equivalentslist").is_some_and(|value| value.eq_ignore_ascii_case("yes")) {
            group = Some(part);
            texts.extend(visible_parts(part).filter_map(text_of).max_by_key(String::len));
        } else {
            texts.extend(text_of(part));
        }
    }
    let mut seen = std::collections::HashSet::new();
    texts.retain(|text| !text.trim().is_empty() && seen.insert(text.clone()));
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// The components and content items within, but for captions.
fn visible_parts(within: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let mut caption: Option<Element<'_>> = None;
    within.descendants().filter(move |part| {
        let is_hidden = caption.is_some_and(|caption| part.is_within(caption));
        match part.name() {
            "newscomponent" if !is_hidden && is_caption(*part) => {
                caption = Some(*part);
                false
            }
            "newscomponent" | "contentitem" => !is_hidden,
            _ => false,
        }
    })
}

fn is_caption(component: Element<'_>) -> bool {
    let role = component.child("role").and_then(formal_name);
    role.is_some_and(|role| ["caption", "picture", "thumbnail"].iter().any(|other| role.to_lowercase().contains(other)))
}

/// The text of a content item; nothing for a component or a picture.
fn text_of(content: Element<'_>) -> Option<String> {
    if content.name() != "contentitem" || !content.child("mediatype").is_none_or(is_text) {
        return None;
    }
    if let Some(inner) = content.find("nitf") {
        return nitf::story(inner).text;
    }
    let data = content.find("datacontent")?;
    Some(paragraphs(data.find("body.content").or_else(|| data.find("body")).unwrap_or(data)))
}
