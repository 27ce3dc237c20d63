//! Reuters Corpus Volume 1: a `<newsitem>` a file, or several.

use super::story::Story;
use super::text::{line, paragraphs};
use super::tree::Element;

pub(super) fn story(item: Element<'_>) -> Story {
    let child = |name: &str| item.child(name).and_then(line);
    let stated = |name: &str| item.all("dc").find(|dc| dc.attr("element") == Some(name))?.attr("value");
    let codes = item.all("code").filter_map(|code| code.attr("code"));
    Story {
        id: item.attr("itemid").map(str::to_owned),
        title: child("headline").or_else(|| child("title")),
        dateline: child("dateline"),
        text: item.child("text").map(paragraphs),
        date: item
            .attr("date")
            .or_else(|| stated("dc.date.published"))
            .or_else(|| stated("dc.date.created"))
            .map(str::to_owned),
        source: stated("dc.publisher").map(str::to_owned),
        authors: child("byline").into_iter().collect(),
        tags: codes.map(str::to_owned).collect(),
        ..Story::default()
    }
}
