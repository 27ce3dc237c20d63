//! NITF 2.x and 3.x, also as the New York Times Annotated Corpus writes it.

use super::story::Story;
use super::text::{line, paragraphs, paragraphs_without};
use super::tree::Element;

/// The article of a `<nitf>` element.
pub(super) fn story(nitf: Element<'_>) -> Story {
    let head = nitf.child("head").unwrap_or(nitf);
    let body = nitf.child("body").unwrap_or(nitf);
    let body_head = body.find("body.head").or(nitf.find("body.head"));
    let headline = |name| body_head.and_then(|head| head.all(name).find(|hl| !is_online(*hl))).and_then(line);
    let title = headline("hl1").or_else(|| head.child("title").and_then(line)).or_else(|| headline("hl2"));
    let pubdata = head.find("pubdata");
    let attr_of = |element: Option<Element<'_>>, name: &str| Some(element?.attr(name)?.to_owned());
    let docdata = |name| head.find("docdata").and_then(|docdata| docdata.find(name));
    Story {
        id: attr_of(docdata("doc-id"), "id-string"),
        subtitle: headline("hl2").filter(|second| title.as_ref() != Some(second)),
        title,
        dateline: body_head.and_then(|head| head.find("dateline")).and_then(line),
        text: text(body, body_head),
        date: date(pubdata, &docdata, body_head),
        modified: head.all("revision-history").last().and_then(|last| last.attr("norm")).map(str::to_owned),
        source: source(pubdata, &docdata, body_head),
        url: attr_of(pubdata, "ex-ref").filter(|address| address.contains("://")),
        authors: body_head.map(authors).unwrap_or_default(),
        section: section(head, pubdata),
        tags: tags(head),
    }
}

/// A headline that only the online edition has: often a correction's or an archive's.
fn is_online(headline: Element<'_>) -> bool {
    headline.attr("class").is_some_and(|class| class.contains("online"))
}

/// The text of `<body.content>`. Where it gives the lead by itself and within the full
/// text, that is taken once.
fn text(body: Element<'_>, body_head: Option<Element<'_>>) -> Option<String> {
    let class_is = |element: Element<'_>, class: &str| element.attr("class") == Some(class);
    let content = body.find("body.content");
    let text = match content {
        Some(content) => {
            let has_full = content.children().any(|block| class_is(block, "full_text"));
            paragraphs_without(content, |block| has_full && class_is(block, "lead_paragraph"))
        }
        None => paragraphs_without(body, |part| part.name().starts_with("body.")),
    };
    let abstracts = || body_head.and_then(|head| head.find("abstract")).map(paragraphs);
    Some(text).filter(|text| !text.trim().is_empty()).or_else(abstracts)
}

/// When it was published, else issued, else released.
fn date<'t>(
    pubdata: Option<Element<'t>>,
    docdata: &impl Fn(&'static str) -> Option<Element<'t>>,
    body_head: Option<Element<'t>>,
) -> Option<String> {
    let published = || Some(pubdata?.attr("date.publication")?.to_owned());
    let stated = |element: Option<Element<'_>>| {
        let element = element?;
        element.attr("norm").map(str::to_owned).or_else(|| line(element))
    };
    published()
        .or_else(|| stated(docdata("date.issue")))
        .or_else(|| stated(docdata("date.release")))
        .or_else(|| stated(body_head?.find("story.date")))
}

fn source<'t>(
    pubdata: Option<Element<'t>>,
    docdata: &impl Fn(&'static str) -> Option<Element<'t>>,
    body_head: Option<Element<'t>>,
) -> Option<String> {
    let name = || Some(pubdata?.attr("name")?.to_owned());
    let distributor = || line(body_head?.find("distributor")?);
    let holder = || Some(docdata("doc.copyright")?.attr("holder")?.to_owned());
    name().or_else(distributor).or_else(holder)
}

/// The names in the bylines: those marked as persons, else the byline without the
/// writer's function.
fn authors(body_head: Element<'_>) -> Vec<String> {
    let is_normalized = |byline: &Element<'_>| byline.attr("class").is_some_and(|class| class.contains("normalized"));
    let (normalized, printed): (Vec<_>, Vec<_>) = body_head.all("byline").partition(is_normalized);
    let names: Vec<String> = printed.into_iter().flat_map(names_in).collect();
    if !names.is_empty() {
        return names;
    }
    // `Lee, Ann`.
    let reordered = |name: String| match name.split_once(", ") {
        Some((last, first)) => format!("{first} {last}"),
        None => name,
    };
    normalized.into_iter().filter_map(line).map(reordered).collect()
}

fn names_in(byline: Element<'_>) -> Vec<String> {
    let persons: Vec<String> = byline.all("person").filter_map(line).collect();
    if !persons.is_empty() {
        return persons;
    }
    let text = paragraphs_without(byline, |part| part.name() == "byttl");
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Vec::new() } else { vec![name] }
}

fn section(head: Element<'_>, pubdata: Option<Element<'_>>) -> Option<String> {
    let position = || pubdata?.attr("position.section");
    let meta = |name: &str| head.all("meta").find(|meta| meta.attr("name") == Some(name))?.attr("content");
    let found = position().or_else(|| meta("section")).or_else(|| meta("online_sections")).or_else(|| meta("dsk"));
    // `Arts; Movies`.
    found.and_then(|sections| sections.split(';').next()).map(|section| section.trim().to_owned())
}

/// Keywords, subjects and index terms.
fn tags(head: Element<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for element in head.descendants() {
        let found = match element.name() {
            "keyword" => element.attr("key").map(str::to_owned).or_else(|| line(element)),
            "tobject.subject" => {
                let parts = ["tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type"];
                parts.iter().find_map(|name| element.attr(name)).map(str::to_owned)
            }
            "classifier" => line(element).or_else(|| element.attr("value").map(str::to_owned)),
            "person" | "org" | "location" | "event" | "object.title" => line(element),
            _ => None,
        };
        tags.extend(found);
    }
    tags
}
