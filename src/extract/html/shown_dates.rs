//! The lines of a page that show a date, with what says whose date it is.

use trafilatura::dom::{Document, NodeId};

use super::page::Page;
use super::text::{one_line, same_words};
use crate::article::char_boundary;
use crate::extract::date::{Reading, first_in, read};
use crate::read::DateOrder;

/// The longest line that is searched for a date, in bytes.
const MAX_LINE: usize = 300;
/// The start of a longer line that is searched, in bytes.
const MAX_START: usize = 60;
/// The start of a line whose date is the first thing in it, in bytes.
const MAX_LEAD: usize = 20;
/// The longest line that may label the date in the next one, in bytes.
const MAX_LABEL: usize = 30;
/// Attributes that have a date in place of the one that is shown, best first.
const ATTRIBUTES: &[&str] = &[
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "data-published",
    "data-published-date",
    "data-publish-date",
    "data-pubdate",
    "data-timestamp",
    "data-time",
    "data-utime",
    "title",
];
/// Elements whose text is not shown.
const HIDDEN: &[&str] = &["script", "style", "noscript", "template", "head", "svg", "iframe", "select", "textarea"];
/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "em", "font", "i", "label", "mark", "nobr", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u",
];
/// Those of them that hold words of their own: styles put space between them.
const SEPARATE: &[&str] = &["a", "abbr", "label", "span", "strong", "time"];
/// How many elements within a labeled one have its label.
const MAX_LABEL_AGE: u8 = 3;
/// Marks of comments.
const COMMENTS: &[&str] = &["comment", "disqus", "respond", "reply", "kommentar", "guestbook"];
/// Marks of other parts of a page that are not the article.
const ELSEWHERE: &[&str] = &[
    "related",
    "recommend",
    "sidebar",
    "widget",
    "teaser",
    "most-read",
    "mostread",
    "popular",
    "trending",
    "latest",
    "recent",
    "newsletter",
    "copyright",
    "weather",
    "calendar",
    "ticker",
    "see-also",
    "read-more",
    "readmore",
    "similar",
    "advert",
    "promo",
    "carousel",
    "slider",
    "swiper",
    "cookie",
    "navbar",
    "-nav",
    "menu",
    "search",
    "login",
    "event-list",
    "archive-list",
    "upcoming",
];
/// Footers of articles, in which their dates may stand.
const ARTICLE_FOOTERS: &[&str] =
    &["post-footer", "entry-footer", "article-footer", "asset-footer", "postfooter", "content-footer"];

/// What a part with comments adds to the parts that are not the article.
pub(super) const COMMENT: u16 = 100;

/// What the labels of an element and of those around it say of its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    Changed,
    None,
    /// Among the facts about an article: “byline”, “meta”.
    Facts,
    Date,
    Published,
}

/// A date that a page shows.
#[derive(Debug)]
pub(super) struct ShownDate {
    pub(super) reading: Reading,
    pub(super) label: Label,
    /// Whether it stands in a `time` element.
    pub(super) is_time: bool,
    /// Whether it is the first thing in its line.
    pub(super) starts_line: bool,
    /// The line it stands in, in lower case, with the label in the line before.
    pub(super) line: String,
    /// Bytes of its line alone.
    pub(super) length: usize,
    /// Bytes of text in front of its line.
    pub(super) at: usize,
    /// Parts around it that are not the article, such as a sidebar or a footer; one of
    /// comments counts as [`COMMENT`].
    pub(super) elsewhere: u16,
}

/// The dates of a page in its order, and where its headline is.
#[derive(Debug, Default)]
pub(super) struct ShownDates {
    pub(super) dates: Vec<ShownDate>,
    pub(super) headline: Option<Headline>,
}

/// Where the headline is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Headline {
    /// Bytes of text in front of it.
    pub(super) at: usize,
    /// Parts around it that have the label of one that is not the article.
    pub(super) elsewhere: u16,
}

/// What an element passes on to those within.
#[derive(Clone, Copy)]
struct Context {
    label: Label,
    /// Elements between this one and the one that has the label.
    label_age: u8,
    elsewhere: u16,
    is_time: bool,
}

enum Step {
    Enter(NodeId, Context),
    /// The end of an element that is a line of its own.
    EndLine,
    /// The end of an element that holds words of its own.
    EndWord,
    /// The end of a heading.
    EndHeading(bool),
}

/// A line under construction.
struct Line {
    text: String,
    /// What its parts with a digit have: the best label.
    context: Option<Context>,
    at: usize,
}

impl Line {
    fn at(at: usize) -> Self {
        Self { text: String::new(), context: None, at }
    }
}

/// Walks through a page once.
pub(super) struct Walk<'p> {
    doc: &'p Document,
    order: Option<DateOrder>,
    titles: Vec<String>,
    found: ShownDates,
    line: Line,
    /// The line before, if it may be a label.
    label: String,
    heading: Option<Headline>,
    first_heading: Option<Headline>,
    /// Bytes of text so far.
    at: usize,
}

impl ShownDates {
    /// The dates that a page shows. `titles` are those it may have.
    pub(super) fn of(page: &Page, titles: Vec<String>, order: Option<DateOrder>) -> Self {
        let mut walk = Walk {
            doc: &page.doc,
            order,
            titles,
            found: Self::default(),
            line: Line::at(0),
            label: String::new(),
            heading: None,
            first_heading: None,
            at: 0,
        };
        walk.run();
        walk.found.headline = walk.found.headline.or(walk.first_heading);
        walk.found
    }
}

impl Walk<'_> {
    fn run(&mut self) {
        let context = Context { label: Label::None, label_age: 0, elsewhere: 0, is_time: false };
        let mut waiting = vec![Step::Enter(self.doc.root(), context)];
        while let Some(step) = waiting.pop() {
            match step {
                Step::EndLine => self.end_line(),
                Step::EndWord => self.line.text.push(' '),
                Step::EndHeading(is_first) => self.end_heading(is_first),
                Step::Enter(id, context) if self.doc.is_text(id) => self.push(&self.doc.text_content(id), context),
                Step::Enter(id, context) => self.enter(id, context, &mut waiting),
            }
        }
        self.end_line();
    }

    fn enter(&mut self, id: NodeId, context: Context, waiting: &mut Vec<Step>) {
        let tag = self.doc.tag_name(id);
        if HIDDEN.contains(&tag) {
            return;
        }
        let labels = labels(self.doc, id);
        let own = label(&labels);
        let inherited = if context.label_age < MAX_LABEL_AGE { context.label } else { Label::None };
        let context = Context {
            label: own.unwrap_or(inherited),
            label_age: if own.is_some() { 0 } else { context.label_age.saturating_add(1) },
            elsewhere: context.elsewhere.saturating_add(distance(tag, &labels)),
            is_time: context.is_time || tag == "time",
        };
        if !INLINE.contains(&tag) {
            self.end_line();
            waiting.push(Step::EndLine);
        } else if SEPARATE.contains(&tag) {
            self.line.text.push(' ');
            waiting.push(Step::EndWord);
        }
        if matches!(tag, "h1" | "h2" | "h3") {
            self.heading = Some(Headline { at: self.at, elsewhere: context.elsewhere });
            waiting.push(Step::EndHeading(tag == "h1"));
        }
        if context.label >= Label::Date || tag == "time" || tag == "abbr" || labels.contains("date") {
            self.push_attribute(id, context);
        }
        waiting.extend(self.doc.child_nodes(id).into_iter().rev().map(|child| Step::Enter(child, context)));
    }

    /// Adds the date that an attribute has.
    fn push_attribute(&mut self, id: NodeId, context: Context) {
        let value = |name: &&str| read(&self.doc.get_attribute(id, name)?, self.order);
        let Some(reading) = ATTRIBUTES.iter().find_map(value).filter(|reading| !reading.is_month) else { return };
        // What stands in front of it, but behind another date.
        let line = self.line.text.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_lowercase();
        let length = line.len();
        self.add(reading, context, (line, length), self.line.at, true);
    }

    fn push(&mut self, text: &str, context: Context) {
        if text.trim().is_empty() {
            self.line.text.push(' ');
            return;
        }
        if text.bytes().any(|byte| byte.is_ascii_digit()) {
            let known = self.line.context.get_or_insert(context);
            known.label = known.label.max(context.label);
            known.is_time |= context.is_time;
            known.elsewhere = known.elsewhere.min(context.elsewhere);
        }
        if self.line.text.len() <= 4 * MAX_LINE {
            self.line.text.push_str(text);
        }
        self.at += text.trim().len();
    }

    fn end_line(&mut self) {
        let line = std::mem::replace(&mut self.line, Line::at(self.at));
        let text = one_line(&line.text);
        if text.is_empty() {
            return;
        }
        let lower = text.to_lowercase();
        // “Date:” may be a line of its own.
        let label = if text.len() <= MAX_LABEL { lower.clone() } else { String::new() };
        let label = std::mem::replace(&mut self.label, label);
        let Some(context) = line.context else { return };
        // A long line may have its date at the start, in front of tags or the like.
        let end = if text.len() > MAX_LINE { char_boundary(&text, MAX_START) } else { text.len() };
        if let Some(reading) = first_in(&text[..end], self.order) {
            let start = &text[..char_boundary(&text, MAX_LEAD)];
            let starts_line = first_in(start, self.order).is_some_and(|first| first.day == reading.day);
            self.add(reading, context, (format!("{label} {lower}"), text.len()), line.at, starts_line);
        }
    }

    fn add(
        &mut self,
        reading: Reading,
        context: Context,
        (line, length): (String, usize),
        at: usize,
        starts_line: bool,
    ) {
        let Context { label, elsewhere, is_time, .. } = context;
        self.found.dates.push(ShownDate { reading, label, is_time, starts_line, line, length, at, elsewhere });
    }

    /// Takes the heading for the headline if the page has it as its title.
    fn end_heading(&mut self, is_first_level: bool) {
        let Some(at) = self.heading.take() else { return };
        let text = one_line(&self.line.text);
        if is_first_level && !text.is_empty() && self.first_heading.is_none() {
            self.first_heading = Some(at);
        }
        let is_title =
            text.len() > 8 && self.titles.iter().any(|title| same_words(title, &text) || title.starts_with(&text));
        if is_title && self.found.headline.is_none() {
            self.found.headline = Some(at);
        }
    }
}

/// What identifies the role of an element, in lower case.
fn labels(doc: &Document, id: NodeId) -> String {
    let attribute = |name: &str| doc.get_attribute(id, name).unwrap_or_default();
    ["class", "id", "itemprop", "property", "data-testid"].map(attribute).join(" ").to_ascii_lowercase()
}

fn has_any(labels: &str, marks: &[&str]) -> bool {
    marks.iter().any(|mark| labels.contains(mark))
}

fn label(labels: &str) -> Option<Label> {
    if labels.trim().is_empty() {
        return None;
    }
    if has_any(
        labels,
        &[
            "datemodified",
            "modified",
            "lastmod",
            "last-update",
            "lastupdate",
            "date-update",
            "updated-date",
            "update-date",
        ],
    ) {
        return Some(Label::Changed);
    }
    if has_any(
        labels,
        &[
            "datepublished",
            "datecreated",
            "pubdate",
            "publish",
            "entry-date",
            "entry_date",
            "post-date",
            "post_date",
            "postdate",
            "article-date",
            "article_date",
            "articledate",
            "article__date",
            "news-date",
            "newsdate",
            "posted",
            "dateline",
            "created",
            "submitted",
            "veroeffentlicht",
            "erstellt",
        ],
    ) {
        // “published updated”: a theme's class of both.
        return Some(Label::Published);
    }
    // A microformat: themes have it whether the date is of the last change or not.
    if labels.split_whitespace().any(|word| word == "updated") {
        return Some(Label::Facts);
    }
    if has_any(labels, &["date", "datum", "fecha", "timestamp", "time-", "-time", "calendar"])
        || labels.split_whitespace().any(|word| word == "time")
    {
        return Some(Label::Date);
    }
    has_any(labels, &["byline", "meta", "author", "info"]).then_some(Label::Facts)
}

/// How far an element is from being part of the article.
fn distance(tag: &str, labels: &str) -> u16 {
    // Classes of the whole page say what it has besides the article.
    if matches!(tag, "html" | "body" | "main") {
        return 0;
    }
    let is_footer = tag == "footer" || labels.contains("footer");
    let is_elsewhere = matches!(tag, "aside" | "nav") || has_any(labels, ELSEWHERE);
    match () {
        () if has_any(labels, COMMENTS) && !labels.contains("no-comment") => COMMENT,
        () if is_elsewhere || is_footer && !has_any(labels, ARTICLE_FOOTERS) => 1,
        () => 0,
    }
}
