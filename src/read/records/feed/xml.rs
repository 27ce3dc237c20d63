//! RSS, Atom, RDF and CDF: a walk over their elements.

use std::ops::ControlFlow;
use std::rc::Rc;

use super::address::{is_web_address, joined};
use super::capture::Capture;
use super::item::{FeedFacts, Item, one_line};
use super::person::name_of;
use super::references::Entities;
use super::tokens::{Token, Tokens, attribute, local};
use super::vocabulary::{Namespaces, Part, Vocabulary, is_item, part_of};

/// Elements within one another; deeper ones are not kept apart.
const MAX_DEPTH: usize = 100;
/// The rank of an id that is an address, among links.
const ADDRESS_OF_ID: usize = 10;

/// What is known of a feed at its end.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) facts: FeedFacts,
    /// `RSS 0.93`; empty if the first element is not that of a feed.
    pub(super) version: String,
    /// The name of the first element.
    pub(super) root: String,
    /// Whether elements are open at the end.
    pub(super) is_cut: bool,
}

/// Calls `each` with every item, in order, and with whether the document ends in it.
pub(super) fn walk(text: &str, each: &mut dyn FnMut(Item, bool) -> ControlFlow<()>) -> Outcome {
    let mut walk = Walk {
        entities: Entities::default(),
        namespaces: Namespaces::default(),
        open: Vec::new(),
        capture: None,
        item: None,
        outcome: Outcome::default(),
        each,
        done: false,
    };
    for token in Tokens::new(text) {
        match token {
            Token::Start { name, attributes, empty } => walk.start(name, attributes, empty),
            Token::End(name) => walk.end(name),
            Token::Text(part) => walk.text(part),
            Token::Literal(part) => walk.literal(part),
            Token::Doctype(part) => walk.entities.declare(part, text.len()),
        }
        if walk.done {
            return walk.outcome;
        }
    }
    walk.outcome.is_cut = !walk.open.is_empty();
    while !walk.open.is_empty() {
        walk.pop(true);
    }
    walk.outcome
}

struct Walk<'t, 'f> {
    entities: Entities<'t>,
    namespaces: Namespaces<'t>,
    open: Vec<Open<'t>>,
    capture: Option<Capture>,
    item: Option<Item>,
    outcome: Outcome,
    each: &'f mut dyn FnMut(Item, bool) -> ControlFlow<()>,
    done: bool,
}

/// An open element.
struct Open<'t> {
    name: &'t str,
    role: Role,
    /// How many namespaces were in force before it.
    namespaces: usize,
    base: Option<Rc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// What has the title of the feed.
    Feed,
    Item,
    /// `media:group`, `media:content`.
    Group,
    Other,
}

impl<'t> Walk<'t, '_> {
    fn start(&mut self, name: &'t str, attributes: &'t str, empty: bool) {
        let declared = self.namespaces.declare(attributes);
        let vocabulary = self.namespaces.of(name);
        if self.outcome.root.is_empty() {
            self.outcome.root = name.to_owned();
            self.outcome.version = version(name, attributes);
        }
        if is_item(vocabulary, name) {
            self.start_item(name, attributes, declared);
            if empty && self.open.last().is_some_and(|open| open.name == name) {
                self.pop(false);
            }
            return;
        }
        let part = part_of(vocabulary, name);
        if self.capture.is_some() && !self.interrupts(part, vocabulary, name) {
            self.start_within_capture(name, attributes, empty, declared);
            return;
        }
        let parent = self.open.last().map_or(Role::Feed, |open| open.role);
        let taken = part.filter(|_| parent != Role::Other);
        if !self.push(name, attributes, declared, role(vocabulary, name)) {
            return;
        }
        if let Some((part, rank)) = taken {
            self.start_part(part, rank, name, attributes);
        }
        if empty {
            self.pop(false);
        }
    }

    /// Begins an item. One that is open ends here.
    fn start_item(&mut self, name: &'t str, attributes: &'t str, declared: usize) {
        if let Some(at) = self.open.iter().position(|open| open.role == Role::Item) {
            self.pop_to(at);
        }
        if !self.push(name, attributes, declared, Role::Item) {
            return;
        }
        self.item = Some(Item::default());
        let base = self.base();
        for (key, part, rank) in
            [("href", Part::Link, 1), ("about", Part::Link, ADDRESS_OF_ID + 1), ("lastmod", Part::Modified, 2)]
        {
            if let (Some(value), Some(item)) = (attribute(attributes, key), &mut self.item) {
                let value = resolved(&self.entities.resolve(value), part, base.as_deref());
                if part != Part::Link || key == "href" || is_web_address(&value) {
                    item.put(part, rank, &value);
                }
            }
        }
    }

    /// Whether a start tag ends the element whose value is read, since that cannot
    /// hold it.
    fn interrupts(&mut self, part: Option<(Part, usize)>, vocabulary: Vocabulary, name: &str) -> bool {
        let Some(capture) = &self.capture else { return false };
        let Some((new, _)) = part.filter(|_| vocabulary != Vocabulary::Xhtml) else { return false };
        let name = local(name);
        let in_person = matches!(capture.part, Part::Author | Part::Origin);
        let is_html = || {
            let names = ["title", "link", "summary", "source", "body", "a", "abstract", "content", "description"];
            vocabulary != Vocabulary::DublinCore && names.iter().any(|known| known.eq_ignore_ascii_case(name))
        };
        let interrupts = match capture.part {
            Part::Body => !is_html(),
            Part::Title => !name.eq_ignore_ascii_case("a"),
            _ if in_person => matches!(new, Part::Body | Part::Published) && self.item.is_some(),
            _ => true,
        };
        if interrupts {
            let depth = capture.depth;
            self.pop_to(depth - 1);
        }
        interrupts
    }

    fn start_within_capture(&mut self, name: &'t str, attributes: &'t str, empty: bool, declared: usize) {
        let Some(capture) = &mut self.capture else { return };
        let inner = match capture.part {
            Part::Author => "name",
            Part::Origin => "title",
            _ => "",
        };
        if !inner.is_empty() && local(name).eq_ignore_ascii_case(inner) && !empty {
            let (part, rank) = (capture.part, capture.rank);
            if self.push(name, attributes, declared, Role::Other) {
                self.capture = Some(Capture::new(part, rank, self.open.len(), attributes));
            }
            return;
        }
        if capture.open(name, empty) {
            self.push(name, attributes, declared, Role::Other);
        } else {
            self.namespaces.restore(declared);
        }
    }

    /// Begins the value of a part, or takes it from an attribute.
    fn start_part(&mut self, part: Part, rank: usize, name: &str, attributes: &str) {
        let keys: &[&str] = match part {
            Part::Link => &["href"],
            Part::Category => &["label", "term", "text"],
            _ => &[],
        };
        let stated = keys.iter().find_map(|key| attribute(attributes, key).filter(|value| !value.trim().is_empty()));
        match stated {
            Some(value) if part == Part::Link => {
                let value = self.entities.resolve(value).into_owned();
                if let Some(worse) = rank_of_relation(attributes) {
                    self.put(part, rank + worse, &value);
                }
            }
            Some(value) => {
                let value = self.entities.resolve(value).into_owned();
                self.put(part, rank, &value);
            }
            // An `a` without an address is no link.
            None if part == Part::Link && local(name).eq_ignore_ascii_case("a") => {}
            None => self.capture = Some(Capture::new(part, rank, self.open.len(), attributes)),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            capture.push_text(text, self.open.len(), &mut self.entities);
        }
    }

    fn literal(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            capture.push_literal(text, self.open.len());
        }
    }

    fn end(&mut self, name: &str) {
        // An end tag without its start is passed over.
        if let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) {
            self.pop_to(at);
        }
    }

    fn push(&mut self, name: &'t str, attributes: &str, namespaces: usize, role: Role) -> bool {
        if self.open.len() >= MAX_DEPTH {
            self.namespaces.restore(namespaces);
            return false;
        }
        let outer = self.base();
        let stated = attributes.contains("base").then(|| attribute(attributes, "base")).flatten();
        let base = match (stated, &outer) {
            (Some(base), Some(outer)) => joined(outer, base).map(Rc::from).or(Some(Rc::from(base))),
            (Some(base), None) => Some(Rc::from(base)),
            (None, _) => outer,
        };
        self.open.push(Open { name, role, namespaces, base });
        true
    }

    fn base(&self) -> Option<Rc<str>> {
        self.open.last().and_then(|open| open.base.clone())
    }

    /// Closes elements until this many are open.
    fn pop_to(&mut self, count: usize) {
        while self.open.len() > count {
            self.pop(false);
        }
    }

    fn pop(&mut self, is_cut: bool) {
        let depth = self.open.len();
        let base = self.base();
        let Some(open) = self.open.pop() else { return };
        self.namespaces.restore(open.namespaces);
        match self.capture.take() {
            Some(capture) if capture.depth == depth => self.finish(capture, base.as_deref()),
            Some(mut capture) => {
                capture.close(open.name);
                self.capture = Some(capture);
            }
            None => {}
        }
        if open.role == Role::Item
            && let Some(item) = self.item.take()
        {
            self.done |= (self.each)(item, is_cut).is_break();
        }
    }

    fn finish(&mut self, capture: Capture, base: Option<&str>) {
        let (part, rank, is_address) = (capture.part, capture.rank, capture.is_address);
        let value = resolved(&capture.finish(), part, base);
        if part == Part::Id && is_address && is_web_address(&value) {
            self.put(Part::Link, ADDRESS_OF_ID, &value);
        }
        self.put(part, rank, &value);
    }

    /// Adds a value to the item, or to what is known of the feed.
    fn put(&mut self, part: Part, rank: usize, value: &str) {
        let base = self.base();
        let value = resolved(value, part, base.as_deref());
        if let Some(item) = &mut self.item {
            item.put(part, rank, &value);
            return;
        }
        let facts = &mut self.outcome.facts;
        match part {
            Part::Title if facts.title.is_empty() => facts.title = one_line(&value),
            Part::Link if facts.site.is_empty() && is_web_address(&value) => facts.site = value,
            Part::Author if self.outcome.version.starts_with("Atom") && facts.authors.len() < MAX_DEPTH => {
                facts.authors.extend(name_of(&value));
            }
            _ => {}
        }
    }
}

/// A link on its base; other values as they are.
fn resolved(value: &str, part: Part, base: Option<&str>) -> String {
    let value = value.trim();
    let link = base.filter(|_| part == Part::Link && !is_web_address(value) && !value.is_empty());
    link.and_then(|base| joined(base, value)).unwrap_or_else(|| value.to_owned())
}

/// How much worse a link is than that to the article; `None` if it leads elsewhere.
fn rank_of_relation(attributes: &str) -> Option<usize> {
    let relation = attribute(attributes, "rel").unwrap_or("alternate").trim().to_ascii_lowercase();
    let kind = attribute(attributes, "type").unwrap_or("text/html").to_ascii_lowercase();
    match relation.as_str() {
        "" | "alternate" if kind.contains("html") || kind.is_empty() => Some(0),
        "" | "alternate" => Some(3),
        "canonical" | "bookmark" => Some(4),
        "self" | "via" => Some(ADDRESS_OF_ID),
        _ => None,
    }
}

fn role(vocabulary: Vocabulary, name: &str) -> Role {
    let name = local(name);
    let is = |known: &str| name.eq_ignore_ascii_case(known);
    match vocabulary {
        Vocabulary::Media if is("group") || is("content") => Role::Group,
        Vocabulary::Feed | Vocabulary::Unknown if is("rss") || is("feed") || is("rdf") || is("channel") => Role::Feed,
        _ => Role::Other,
    }
}

/// What kind of feed a document is, by its first element.
fn version(name: &str, attributes: &str) -> String {
    let stated = attribute(attributes, "version").map(str::trim).filter(|version| version.len() <= 20);
    let spaces = attributes.to_ascii_lowercase();
    let has = |part: &str| spaces.contains(part);
    let (kind, version) = match local(name).to_ascii_lowercase().as_str() {
        "rss" => ("RSS", stated.unwrap_or("")),
        "feed" | "entry" if has("2005/atom") => ("Atom", "1.0"),
        "feed" | "entry" => ("Atom", stated.unwrap_or(if has("purl.org/atom") { "0.3" } else { "" })),
        "rdf" if has("purl.org/rss/1.0/") => ("RSS", "1.0"),
        "rdf" if has("simple/0.9") => ("RSS", "0.90"),
        "rdf" => ("RDF", ""),
        "channel" => ("CDF", ""),
        _ => ("", ""),
    };
    format!("{kind} {version}").trim().to_owned()
}
