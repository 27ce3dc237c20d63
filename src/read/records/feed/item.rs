//! An item of a feed as the fields of an article.

use super::address::{is_web_address, joined};
use super::person::name_of;
use super::vocabulary::{Part, WEAK_BODY};
use crate::read::records::named_fields::NamedFields;

/// What a feed says of all its items.
#[derive(Debug, Default)]
pub(super) struct FeedFacts {
    pub(super) title: String,
    pub(super) authors: Vec<String>,
    /// The address of its site, which links of items may be relative to.
    pub(super) site: String,
}

/// An item under construction.
#[derive(Debug, Default)]
pub(super) struct Item {
    /// Parts of which one counts, with their rank.
    values: Vec<(Part, usize, String)>,
    authors: Vec<(usize, String)>,
    tags: Vec<String>,
}

/// The most values of an item: what comes after is left out.
const MAX_VALUES: usize = 10_000;

impl Item {
    /// Adds a value as it stands in the feed.
    pub(super) fn put(&mut self, part: Part, rank: usize, value: &str) {
        let value = value.trim();
        if value.is_empty() || self.values.len() + self.authors.len() + self.tags.len() >= MAX_VALUES {
            return;
        }
        match part {
            Part::Author => self.authors.extend(name_of(value).map(|name| (rank, name))),
            Part::Category => self.tags.push(one_line(value)),
            Part::Keywords => self.tags.extend(value.split(',').map(one_line).filter(|tag| !tag.is_empty())),
            Part::Title | Part::Body if visible_length(value) == 0 => {}
            _ => self.values.push((part, rank, value.to_owned())),
        }
    }

    /// Whether there is anything to read in it.
    pub(super) fn has_text(&self) -> bool {
        self.values.iter().any(|(part, ..)| part.has_markup())
    }

    /// The value with the lowest rank.
    fn best(&self, part: Part) -> Option<&str> {
        let values = self.values.iter().filter(|(known, ..)| *known == part);
        values.min_by_key(|(_, rank, _)| *rank).map(|(.., value)| value.as_str())
    }

    /// The longest body: some feeds give the full text in the summary.
    fn body(&self) -> Option<&str> {
        let bodies = self.values.iter().filter(|(part, ..)| *part == Part::Body);
        // Of equal ones the first.
        let key = |(_, rank, value): &&(Part, usize, String)| {
            (*rank < WEAK_BODY, if *rank < WEAK_BODY { visible_length(value) } else { 0 }, std::cmp::Reverse(*rank))
        };
        bodies.max_by_key(key).map(|(.., value)| value.as_str())
    }

    /// The authors of the vocabulary that ranks first, else of the feed.
    fn authors(&self, feed: &FeedFacts) -> Option<String> {
        let best = self.authors.iter().map(|(rank, _)| *rank).min();
        let mut names: Vec<&str> = Vec::new();
        for (_, name) in self.authors.iter().filter(|(rank, _)| Some(*rank) == best) {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        let names = if names.is_empty() { feed.authors.iter().map(String::as_str).collect() } else { names };
        (!names.is_empty()).then(|| names.join("; "))
    }

    /// The address of the article. Without one the id, if it is an address.
    fn address(&self, feed: &FeedFacts) -> Option<String> {
        let link = self.best(Part::Link)?;
        if is_web_address(link) { Some(link.to_owned()) } else { joined(&feed.site, link).or(Some(link.to_owned())) }
    }

    pub(super) fn into_fields(self, feed: &FeedFacts) -> NamedFields {
        let mut fields = NamedFields::default();
        fields.put("id", self.best(Part::Id));
        fields.put("title", self.best(Part::Title));
        fields.put("text", self.body());
        fields.put("date", self.best(Part::Published).or(self.best(Part::Modified)));
        fields.put("modified", self.best(Part::Modified));
        fields.put("url", self.address(feed));
        fields.put("authors", self.authors(feed));
        fields.put("source", self.best(Part::Origin).or(Some(&feed.title)));
        fields.put("section", self.tags.first().map(String::as_str));
        fields.put_list("tags", self.tags);
        fields
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many bytes there are outside of tags and white space.
pub(super) fn visible_length(text: &str) -> usize {
    let visible = |text: &str| text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
    let (mut count, mut rest) = (0, text);
    while let Some(at) = rest.find('<') {
        count += visible(&rest[..at]);
        let tail = &rest[at + 1..];
        if !tail.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            count += 1;
            rest = tail;
            continue;
        }
        let Some(end) = tail.find('>') else { return count + visible(&rest[at..]) };
        rest = &tail[end + 1..];
    }
    count + visible(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_not_visible() {
        for (text, expected) in
            [("<p>A b</p>", 2), ("a < b", 3), ("<img src=x>", 0), ("<open", 5), ("< <", 2), ("", 0), ("é<br/>é", 4)]
        {
            assert_eq!(visible_length(text), expected, "{text}");
        }
    }
}
