//! Answers of news APIs and exports of content systems: an object that is no article
//! but has a list of them.

use super::raw::{items, members};
use crate::field_names::{Field, WRAPPERS, field_named, is_summary, normalized};

/// How deep in an object a list of articles may be.
const MAX_DEPTH: usize = 4;
/// Items of a list that are looked at.
const SAMPLE: usize = 5;
/// Lists of an object that are looked at.
const MAX_LISTS: usize = 100;
/// Words of a string that may be a text.
const PROSE_WORDS: usize = 8;

/// What names of lists of articles contain, and what those of other lists do. They
/// count where the object around the list has a title itself, as feeds do.
const LISTS: &[&str] = &[
    "article",
    "item",
    "entr",
    "post",
    "result",
    "doc",
    "stor",
    "news",
    "hit",
    "data",
    "record",
    "row",
    "feed",
    "node",
    "edge",
    "graph",
    "page",
    "publication",
];
const OTHERS: &[&str] =
    &["relat", "recommend", "similar", "tag", "comment", "link", "popular", "trend", "read", "more"];

/// The lists of articles in an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Envelope<'t> {
    pub(super) lists: Vec<&'t str>,
    /// Their names, with dots for those of objects within.
    pub(super) names: Vec<String>,
    /// The names of other lists of objects.
    pub(super) others: Vec<String>,
}

/// The lists of articles in an object, unless it is an article itself.
pub(super) fn open(object: &str) -> Option<Envelope<'_>> {
    open_within(object, 0)
}

fn open_within(object: &str, nesting: usize) -> Option<Envelope<'_>> {
    // Most articles have no list of objects, and no objects within.
    if nesting == MAX_DEPTH || !has_list(object) && memchr::memchr_iter(b'{', object.as_bytes()).take(3).count() < 3 {
        return None;
    }
    let mut lists = Vec::new();
    let mut own = look(object, "", 0, Some(&mut lists));
    if own.title && own.text || lists.is_empty() {
        return None;
    }
    lists.iter_mut().for_each(|list| list.level = level(list.items, nesting));
    // Blocks of a text.
    own.text |= lists.iter().any(|list| list.is_body() && list.level < Level::Title);
    if own.title && own.text {
        return None;
    }
    let best = lists.iter().filter(|list| list.may_be_read(&own)).map(|list| list.level).max();
    let chosen = |list: &List<'_>| match best {
        Some(best) if best > Level::Unknown => list.may_be_read(&own) && list.level == best,
        // Names that are not known: it must be the only list.
        _ => own.is_bare() && lists.len() == 1 && list.may_be_records(),
    };
    let (read, other): (Vec<_>, Vec<_>) = lists.iter().partition(|list| chosen(list));
    // Where one is named as a list of articles, the others are of something else.
    let is_named = read.iter().any(|list| list.is_named());
    let (read, unnamed): (Vec<_>, Vec<_>) = read.into_iter().partition(|list| list.is_named() || !is_named);
    let names = |lists: &[&List<'_>]| lists.iter().map(|list| list.name.clone()).collect::<Vec<_>>();
    let others = names(&[other, unnamed].concat());
    (!read.is_empty()).then(|| Envelope {
        names: names(&read),
        lists: read.iter().map(|list| list.items).collect(),
        others,
    })
}

/// Whether a text has a list of objects.
fn has_list(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'[', bytes).any(|at| bytes[at + 1..].trim_ascii_start().starts_with(b"{"))
}

/// How much the items of a list are like articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Unknown,
    /// Only a title or a text.
    Piece,
    /// A text with another field.
    Text,
    /// A title with another field.
    Title,
    /// Both, or a list of articles in turn.
    Article,
}

/// A list of objects.
struct List<'t> {
    name: String,
    key: &'t str,
    items: &'t str,
    level: Level,
}

impl List<'_> {
    /// Whether an object with these fields can be something around it.
    fn may_be_read(&self, own: &Own) -> bool {
        if own.text {
            return false;
        }
        let least = match () {
            () if own.title && !self.is_named() => return false,
            () if own.title || own.summary || self.is_body() => Level::Title,
            () => Level::Piece,
        };
        self.level >= least && !(own.title && self.is_body())
    }

    /// Whether its key is that of a text, which may consist of blocks.
    fn is_body(&self) -> bool {
        matches!(field_named(self.key), Some((Field::Text, _))) || matches!(self.key, "children" | "nodes")
    }

    fn is_named(&self) -> bool {
        let key = normalized(self.key);
        LISTS.iter().any(|word| key.contains(word)) && !OTHERS.iter().any(|word| key.contains(word))
    }

    /// Whether its items may be records with names of their own.
    fn may_be_records(&self) -> bool {
        let is_record = |item: &str| {
            let keys = members(item).take(20).collect::<Vec<_>>();
            keys.len() > 1
                && !keys.iter().any(|(key, _)| normalized(key) == "type")
                && keys.iter().any(|(_, value)| is_prose(value))
        };
        !self.is_body() && items_of(self.items).take(SAMPLE).any(is_record)
    }
}

/// What an object has of an article.
#[derive(Debug, Default)]
struct Own {
    title: bool,
    text: bool,
    summary: bool,
    /// Other fields.
    other: bool,
    /// Strings of many words under other names.
    prose: bool,
}

impl Own {
    fn is_bare(&self) -> bool {
        !self.title && !self.text && !self.summary && !self.prose
    }

    fn has_none(&self) -> bool {
        !self.title && !self.text && !self.summary
    }

    fn add(&mut self, other: &Own) {
        self.title |= other.title;
        self.text |= other.text;
        self.summary |= other.summary;
        self.other |= other.other;
        self.prose |= other.prose;
    }

    /// Adds what objects within have: of those that wrap fields, of any where there is
    /// nothing else, and of a whole article.
    fn add_within(&mut self, within: &[(&str, Own)]) {
        let has_none = self.has_none();
        for (key, found) in within {
            if has_none || is_wrapper(key) {
                self.add(found);
            } else if found.title && found.text {
                (self.title, self.text) = (true, true);
            }
        }
    }

    fn add_field(&mut self, key: &str, value: &str) {
        match field_named(key) {
            Some((Field::Title, _)) => self.title = true,
            Some((Field::Text, rank)) if is_summary(rank) => self.summary = true,
            Some((Field::Text, _)) => self.text |= value.starts_with('{') || value.contains([' ', '\\']),
            Some(_) => self.other = true,
            None => self.prose |= is_prose(value),
        }
    }

    fn level(&self) -> Level {
        let text = self.text || self.summary;
        match (self.title, text, self.other) {
            (true, true, _) => Level::Article,
            (true, false, true) => Level::Title,
            (false, true, true) => Level::Text,
            (true, false, false) | (false, true, false) => Level::Piece,
            (false, false, _) => Level::Unknown,
        }
    }
}

/// What an object has; its lists of objects are added to `lists`.
fn look<'t>(object: &'t str, path: &str, depth: usize, mut lists: Option<&mut Vec<List<'t>>>) -> Own {
    let mut own = Own::default();
    let mut within = Vec::new();
    let before = lists.as_ref().map_or(0, |lists| lists.len());
    for (key, value) in members(object) {
        match value.as_bytes()[0] {
            b'[' => {
                let is_field =
                    !matches!(field_named(key), None | Some((Field::Text | Field::Section | Field::Tags, _)));
                let is_list = !is_field && items(value).next().is_some_and(|item| item.starts_with(['{', '[']));
                match lists.as_deref_mut().filter(|lists| is_list && lists.len() < MAX_LISTS) {
                    Some(lists) => {
                        lists.push(List { name: format!("{path}{key}"), key, items: value, level: Level::Unknown })
                    }
                    None if items(value).next().is_some() => own.add_field(key, value),
                    None => {}
                }
            }
            b'{' if depth + 1 < MAX_DEPTH && leads_inside(key, value) => {
                let path = format!("{path}{key}.");
                within.push((key, look(value, &path, depth + 1, lists.as_deref_mut())));
            }
            b'{' => own.add_field(key, value),
            b'"' if value.len() > 2 => own.add_field(key, value),
            b'0'..=b'9' | b'-' => own.other |= field_named(key).is_some(),
            _ => {}
        }
    }
    match lists.filter(|_| own.has_none() && is_dictionary(&within)) {
        Some(lists) => {
            lists.truncate(before);
            let name = if path.is_empty() { "the whole object" } else { path.trim_end_matches('.') };
            lists.push(List { name: name.to_owned(), key: "", items: object, level: Level::Unknown });
        }
        None => own.add_within(&within),
    }
    own
}

/// Whether most of several objects are articles, under keys that number or date them.
fn is_dictionary(within: &[(&str, Own)]) -> bool {
    let articles = within.iter().filter(|(_, own)| own.level() >= Level::Title).count();
    articles > 1 && articles * 2 > within.len() && !within.iter().any(|(key, _)| is_wrapper(key))
}

fn is_wrapper(key: &str) -> bool {
    WRAPPERS.contains(&normalized(key).as_str())
}

/// The items of a list, or the objects of a dictionary.
pub(super) fn items_of(list: &str) -> impl Iterator<Item = &str> {
    let is_dictionary = list.trim_start().starts_with('{');
    let values =
        members(if is_dictionary { list } else { "" }).map(|(_, value)| value).filter(|value| value.starts_with('{'));
    items(if is_dictionary { "" } else { list }).chain(values)
}

/// Whether an object under this key may hold fields of the article, rather than be one.
fn leads_inside(key: &str, object: &str) -> bool {
    match field_named(key) {
        None => true,
        Some((Field::Text, _)) => members(object)
            .any(|(key, value)| value.starts_with(['{', '[']) || matches!(field_named(key), Some((Field::Title, _)))),
        // The channel of a feed.
        Some((Field::Section, _)) => has_list(object),
        Some(_) => key == "_source",
    }
}

fn level(list: &str, nesting: usize) -> Level {
    let level_of = |item: &str| {
        let level = look(item, "", 0, None).level();
        if level < Level::Text && open_within(item, nesting + 1).is_some() { Level::Article } else { level }
    };
    items_of(list).take(SAMPLE).map(level_of).max().unwrap_or(Level::Unknown)
}

/// Whether a value is a string of many words.
fn is_prose(value: &str) -> bool {
    value.starts_with('"') && value.bytes().filter(|byte| *byte == b' ').take(PROSE_WORDS).count() == PROSE_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(object: &str, names: &[&str], others: &[&str]) {
        let found = open(object);
        let found = found.as_ref().map(|found| (found.names.clone(), found.others.clone())).unwrap_or_default();
        assert_eq!(
            (found.0.as_slice(), found.1.as_slice()),
            (strings(names).as_slice(), strings(others).as_slice()),
            "{object}"
        );
    }

    fn strings(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn answers_of_apis() {
        let item = r#"{"title":"Ada sings","url":"https://reel.example/a"}"#;
        check(&format!(r#"{{"status":"ok","totalResults":1,"articles":[{item}]}}"#), &["articles"], &[]);
        check(&format!(r#"{{"response":{{"docs":[{item}],"meta":{{"hits":1}}}}}}"#), &["response.docs"], &[]);
        check(
            &format!(r#"{{"hits":{{"total":{{"value":1}},"hits":[{{"_id":"1","_source":{item}}}]}}}}"#),
            &["hits.hits"],
            &[],
        );
        check(&format!(r#"{{"data":{{"posts":{{"edges":[{{"node":{item}}}]}}}}}}"#), &["data.posts.edges"], &[]);
        check(r#"{"data":[{"id":"1","attributes":{"title":"A","body":"It opens today."}}]}"#, &["data"], &[]);
        check(
            &format!(r#"{{"status":"ok","feed":{{"title":"Reel","description":"All films"}},"items":[{item}]}}"#),
            &["items"],
            &[],
        );
        check(&format!(r#"{{"title":"Reel","link":"https://reel.example","items":[{item}]}}"#), &["items"], &[]);
        check(&format!(r#"{{"rss":{{"channel":{{"title":"Reel","item":[{item}]}}}}}}"#), &["rss.channel.item"], &[]);
        check(&format!(r#"{{"copyright":"All rights are reserved.","results":[{item}]}}"#), &["results"], &[]);
    }

    #[test]
    fn exports() {
        let post = r#"{"title":"A","html":"<p>It opens.</p>"}"#;
        let tag = r#"{"name":"Film","slug":"film"}"#;
        let data = format!(r#"{{"posts":[{post}],"tags":[{tag}]}}"#);
        check(&format!(r#"{{"db":[{{"meta":{{"version":"1"}},"data":{data}}}]}}"#), &["db"], &[]);
        check(&data, &["posts"], &["tags"]);
        check(&format!(r#"{{"posts":[{post}],"pages":[{post}]}}"#), &["posts", "pages"], &[]);
        let unknown = r#"{"hed":"Ada","story_x":"She sings in the hall of the town on every single day."}"#;
        check(&format!(r#"{{"count":1,"rows":[{unknown}]}}"#), &["rows"], &[]);
    }

    #[test]
    fn dictionaries() {
        let post = r#"{"title":"A","text":"It opens.","tags":[{"name":"x"}]}"#;
        check(&format!(r#"{{"1":{post},"2":{post}}}"#), &["the whole object"], &[]);
        check(&format!(r#"{{"data":{{"posts":{{"-Mx":{post},"-My":{post}}}}}}}"#), &["data.posts"], &[]);
        check(&format!(r#"{{"article":{post},"next":{{"title":"B","url":"u"}}}}"#), &[], &[]);
        check(&format!(r#"{{"title":"A","next":{post},"previous":{post}}}"#), &[], &[]);
    }

    #[test]
    fn articles_are_no_envelopes() {
        for object in [
            r#"{"title":"A","text":"It opens today.","images":[{"title":"B","url":"u"}]}"#,
            r#"{"title":"A","url":"u","related":[{"title":"B","url":"u"}]}"#,
            r#"{"title":"A","url":"u","related_articles":[{"title":"B","url":"u"}]}"#,
            r#"{"title":"A","body":[{"_type":"block","children":[{"text":"It opens."}]}]}"#,
            r#"{"title":"A","content":[{"title":"Part one","text":"It opens."}]}"#,
            r#"{"time":1,"blocks":[{"id":"x","type":"paragraph","data":{"text":"It opens."}}]}"#,
            r#"{"text":"It opens today.","comments":[{"author":"Bo","text":"Oh.","date":"2020-01-02"}]}"#,
            r#"{"response":{"content":{"webTitle":"A","fields":{"bodyText":"It opens."},"tags":[{"webTitle":"T","webUrl":"u"}]}}}"#,
            r#"{"article":{"title":"A","text":"It opens."},"related":[{"title":"B","text":"It closes."}]}"#,
            r#"{"headline":{"main":"A"},"abstract":"Ada sings.","multimedia":[{"url":"u","caption":"c"}]}"#,
            r#"{"hed":"A","story_x":"She sings in the hall of the town on every single day.","people":[{"n":"Bo","r":"actor"}]}"#,
            r#"{"headlines":[{"value":"A"}],"bodies":[{"role":"main","value":"It opens."}],"associations":[{"headlines":[{"value":"B"}],"type":"picture"}]}"#,
            r#"{"title":"A"}"#,
            "{}",
        ] {
            check(object, &[], &[]);
        }
    }

    #[test]
    fn hostile_objects_take_little_time() {
        for object in [
            "{\"a\":".repeat(100_000),
            "[{".repeat(100_000),
            format!("{{{}}}", "\"a\":[{}],".repeat(100_000)),
            format!("{{{}}}", "\"a\":{},".repeat(100_000)),
        ] {
            let _ = open(&object);
        }
    }
}
