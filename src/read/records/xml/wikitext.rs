//! Wikitext to plain text, in one pass and without recursion: templates, tables, notes
//! and files go, links leave their words.

use quick_xml::escape::{resolve_html5_entity, unescape_with};

/// What a page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wikitext {
    pub(super) text: String,
    pub(super) categories: Vec<String>,
    /// The date that a page of news states: `{{date|March 5, 2019}}`.
    pub(super) date: Option<String>,
    /// Elements that are removed, but of which no end tag follows any more.
    unclosed: Vec<&'static str>,
}

/// The most templates, links and tables within one another.
const MAX_DEPTH: usize = 40;

/// Templates that stand for the words in them, and which argument has these.
const WORDS: &[(&str, Argument)] = &[
    ("w", Argument::Last),
    ("wikipedia", Argument::Last),
    ("lang", Argument::Last),
    ("nowrap", Argument::First),
    ("nobr", Argument::First),
    ("quote", Argument::First),
    ("blockquote", Argument::First),
    ("cquote", Argument::First),
    ("haveyoursay", Argument::None),
    ("convert", Argument::FirstTwo),
    ("ndash", Argument::Dash),
    ("mdash", Argument::Dash),
    ("snd", Argument::Dash),
];

#[derive(Debug, Clone, Copy)]
enum Argument {
    First,
    FirstTwo,
    Last,
    Dash,
    None,
}

/// Elements that are removed with what is in them.
const REMOVED: &[&str] = &[
    "ref",
    "gallery",
    "math",
    "timeline",
    "score",
    "syntaxhighlight",
    "source",
    "imagemap",
    "templatestyles",
    "dynamicpagelist",
    "nowiki",
];

/// Namespaces of links, in lower case: pictures, and other languages and projects are
/// told by a table of their own.
const FILES: &[&str] = &["file", "image", "media"];

/// What is open: text is gathered for each until it closes.
struct Open {
    kind: Kind,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Template,
    Link,
    Table,
    Page,
}

impl Wikitext {
    pub(super) fn of(source: &str) -> Self {
        let mut page = Self::default();
        let mut open = vec![Open { kind: Kind::Page, text: String::with_capacity(source.len()) }];
        let mut rest = source;
        while let Some(at) = rest.find(['{', '}', '[', ']', '<', '|']) {
            push(&mut open, &rest[..at]);
            rest = &rest[at..];
            let taken = page.step(&mut open, rest);
            rest = &rest[taken..];
        }
        push(&mut open, rest);
        // What is not closed is text.
        while let Some(last) = open.pop() {
            match open.last_mut() {
                Some(outer) => outer.text.push_str(&last.text),
                None => page.text = lines(&last.text),
            }
        }
        page
    }

    /// Takes the markup at the start of `rest`; returns its length.
    fn step(&mut self, open: &mut Vec<Open>, rest: &str) -> usize {
        let innermost = open.last().map_or(Kind::Page, |open| open.kind);
        let starts = |mark: &str| rest.starts_with(mark);
        if starts("<") {
            return match self.tag_length(rest) {
                0 => {
                    push(open, "<");
                    1
                }
                length => {
                    push(open, tag_text(&rest[..length]));
                    length
                }
            };
        }
        let opening = [("{{", Kind::Template), ("{|", Kind::Table), ("[[", Kind::Link)];
        if let Some((_, kind)) = opening.into_iter().find(|(mark, _)| starts(mark)) {
            if open.len() > MAX_DEPTH {
                push(open, &rest[..2]);
            } else {
                open.push(Open { kind, text: String::new() });
            }
            return 2;
        }
        let closes = starts("}}") && innermost == Kind::Template
            || starts("|}") && innermost == Kind::Table
            || starts("]]") && innermost == Kind::Link;
        if closes {
            if let Some(closed) = open.pop() {
                let words = self.words_of(&closed);
                push(open, &words);
            }
            return 2;
        }
        if starts("[")
            && let Some((words, length)) = external_link(rest)
        {
            push(open, words);
            return length;
        }
        push(open, &rest[..1]);
        1
    }

    /// The length of a comment, of an element that is removed, or of a tag; 0 if there
    /// is none.
    fn tag_length(&mut self, rest: &str) -> usize {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return comment.find("-->").map_or(rest.len(), |end| end + 7);
        }
        let inner = rest[1..].trim_start_matches('/');
        let name = &inner[..inner.bytes().take(20).take_while(u8::is_ascii_alphanumeric).count()];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return 0;
        }
        let Some(end) = memchr::memchr(b'>', &rest.as_bytes()[..rest.len().min(MAX_TAG)]) else { return 0 };
        let is_open = !rest.starts_with("</") && !rest[..end].ends_with('/');
        let removed = REMOVED.iter().find(|removed| removed.eq_ignore_ascii_case(name));
        if let Some(name) = removed.filter(|name| is_open && !self.unclosed.contains(name)) {
            match find_ignoring_case(&rest[end..], &format!("</{name}")) {
                Some(at) => {
                    let after = end + at;
                    return rest[after..].find('>').map_or(rest.len(), |end| after + end + 1);
                }
                None => self.unclosed.push(name),
            }
        }
        end + 1
    }

    /// What a template, link or table leaves in the text.
    fn words_of(&mut self, closed: &Open) -> String {
        match closed.kind {
            Kind::Template => self.template(&closed.text),
            Kind::Link => self.link(&closed.text),
            Kind::Table | Kind::Page => String::new(),
        }
    }

    fn template(&mut self, inner: &str) -> String {
        let mut parts = inner.split('|').map(str::trim);
        let name = parts.next().unwrap_or_default().to_lowercase();
        let arguments: Vec<&str> = parts.collect();
        let named = |key: &str| {
            let is_key =
                |part: &&&str| part.split_once('=').is_some_and(|(found, _)| found.trim().eq_ignore_ascii_case(key));
            arguments.iter().find(is_key).and_then(|part| part.split_once('=')).map(|(_, value)| value.trim())
        };
        let plain: Vec<&str> =
            arguments.iter().copied().filter(|part| !part.contains('=') && !part.is_empty()).collect();
        if matches!(name.as_str(), "date" | "byline" | "dateline") {
            let stated = named("date").or_else(|| plain.first().copied());
            let date = stated.filter(|date| date.contains(|c: char| c.is_ascii_digit()));
            self.date = self.date.take().or_else(|| date.map(str::to_owned));
            return String::new();
        }
        let Some((_, argument)) = WORDS.iter().find(|(known, _)| *known == name) else { return String::new() };
        match argument {
            Argument::First => {
                plain.first().copied().or_else(|| named("1")).or_else(|| named("text")).unwrap_or_default().to_owned()
            }
            Argument::FirstTwo => plain.iter().take(2).copied().collect::<Vec<_>>().join(" "),
            Argument::Last => plain.last().copied().unwrap_or_default().to_owned(),
            Argument::Dash => " – ".to_owned(),
            Argument::None => String::new(),
        }
    }

    fn link(&mut self, inner: &str) -> String {
        let (target, label) =
            inner.split_once('|').map_or((inner, None), |(target, rest)| (target, rest.rsplit('|').next()));
        let is_shown = target.starts_with(':');
        let target = target.trim_start_matches(':').trim();
        let space = target.split_once(':').map(|(space, _)| space.trim().to_lowercase()).unwrap_or_default();
        if !is_shown {
            if space == "category" {
                let name = target.split_once(':').map_or("", |(_, name)| name.trim());
                self.categories.push(name.replace('_', " "));
                return String::new();
            }
            // Pictures with their captions, and the same page in other languages.
            if FILES.contains(&space.as_str()) || is_language(&space) && label.is_none() {
                return String::new();
            }
        }
        match label.map(str::trim) {
            Some(label) if !label.is_empty() => label.to_owned(),
            // `[[w:Ann Lee|]]` shows the page without its project.
            Some(_) => target.rsplit(':').next().unwrap_or(target).to_owned(),
            None => target.trim_start_matches("w:").to_owned(),
        }
    }
}

/// Whether a namespace is the code of a language, as in `[[fr:Film]]`.
fn is_language(space: &str) -> bool {
    matches!(space.len(), 2 | 3) && space.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn push(open: &mut [Open], text: &str) {
    if let Some(last) = open.last_mut() {
        last.text.push_str(text);
    }
}

/// Words and length of `[https://reel.example a page]`; without words it leaves none.
fn external_link(rest: &str) -> Option<(&str, usize)> {
    let is_link = ["http://", "https://", "//", "mailto:", "ftp://"].iter().any(|start| rest[1..].starts_with(start));
    let window = &rest.as_bytes()[..rest.len().min(MAX_TAG)];
    let end = memchr::memchr2(b']', b'\n', window).filter(|end| is_link && rest[*end..].starts_with(']'))?;
    let words = rest[1..end].split_once(' ').map_or("", |(_, words)| words.trim());
    Some((words, end + 1))
}

/// The longest tag, and the longest link to another site.
const MAX_TAG: usize = 2000;

fn find_ignoring_case(text: &str, lower: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', text.as_bytes()).find(|at| {
        text.as_bytes()[*at..].get(..lower.len()).is_some_and(|part| part.eq_ignore_ascii_case(lower.as_bytes()))
    })
}

/// What a tag leaves: a line end for `<br>`, the words of `<nowiki>`.
fn tag_text(tag: &str) -> &str {
    let lower = tag.get(..8).unwrap_or(tag).to_ascii_lowercase();
    if lower.starts_with("<br") || lower.starts_with("</p") || lower.starts_with("<p>") || lower.starts_with("</div") {
        if lower.starts_with("<br") { LINE_END } else { "\n\n" }
    } else if lower.starts_with("<nowiki>") {
        let inner = &tag[8..];
        inner.rfind("</").map_or(inner, |end| &inner[..end])
    } else {
        ""
    }
}

/// What `<br>` leaves until lines are joined.
const LINE_END: &str = "\u{b}";

/// The lines of a page as text: those of a paragraph joined, items and headings as lines
/// of their own. A heading with nothing under it goes.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut heading: Option<String> = None;
    // What stands before the next line of a paragraph.
    let mut before = "\n\n";
    for line in unescaped(text).lines() {
        let line = line.replace("'''", "").replace("''", "");
        let line = line.trim();
        let item = line.trim_start_matches(['*', '#', ':', ';']).trim_matches([' ', '\u{b}', '\t']);
        if let Some(title) = heading_of(line) {
            heading = Some(title.to_owned());
        }
        if item.is_empty() || heading_of(line).is_some() || is_mark(line) {
            before = "\n\n";
            continue;
        }
        if let Some(title) = heading.take() {
            paragraph(&mut out, &title, "\n\n");
        }
        let is_item = line.starts_with(['*', '#', ':', ';']);
        paragraph(&mut out, item, if is_item { "\n" } else { before });
        before = if is_item { "\n\n" } else { " " };
    }
    out.replace(LINE_END, "\n")
}

/// Whether a line is a rule or a word that steers the page: `__NOTOC__`.
fn is_mark(line: &str) -> bool {
    line.starts_with("----") || line.len() > 4 && line.starts_with("__") && line.ends_with("__")
}

/// Text with its character references resolved, those that are known.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| character(&rest[..=end]).map(|found| (found, end))) {
            Some((found, end)) => {
                out.push_str(&found);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn character(reference: &str) -> Option<String> {
    unescape_with(reference, resolve_html5_entity).ok().map(std::borrow::Cow::into_owned)
}

fn paragraph(out: &mut String, text: &str, with: &str) {
    if !out.is_empty() {
        out.push_str(with);
    }
    out.push_str(text);
}

fn heading_of(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("==")?.strip_suffix("==")?;
    Some(inner.trim_matches('=').trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &str) {
        assert_eq!(Wikitext::of(source).text, expected, "{source}");
    }

    #[test]
    fn links_leave_their_words() {
        check(
            "[[Ann Lee]] and [[Bo Ray|Ray]] met at [https://reel.example the ''site''].",
            "Ann Lee and Ray met at the site.",
        );
        check("A [[w:Blue Moon (film)|]] and [[w:Reel]].", "A Blue Moon (film) and Reel.");
        check("A[[File:A.jpg|thumb|Ann [[Lee]] at [[Reel]].]] film[[fr:Film]].", "A film.");
        check("[[:Category:Film]] [1] [x]", "Category:Film [1] [x]");
        check("[https://reel.example] opens", "opens");
        check("an [[open link", "an open link");
    }

    #[test]
    fn templates_notes_and_tables_go() {
        check(
            "A{{cite|a={{b}}|c}} film<ref name=\"x\">Note {{c}}</ref><ref name='y'/> opens.<!-- no -->",
            "A film opens.",
        );
        check("{{Infobox\n| a = b\n}}\n'''Blue Moon''' opens.", "Blue Moon opens.");
        check("A\n{| class=\"wikitable\"\n! H\n|-\n| {{x}} || [[b]]\n|}\nB", "A\n\nB");
        check("{{w|Ann Lee}} met {{w|Bo Ray|Ray}} for {{lang|fr|la lune}}.", "Ann Lee met Ray for la lune.");
        check("A {{open", "A open");
        check("a }} b | c {d}", "a }} b | c {d}");
        check("<gallery>\nFile:A.jpg|B\n</gallery>C <nowiki>[[d]]</nowiki>", "C [[d]]");
    }

    #[test]
    fn lines_and_headings() {
        check(
            "One\n\nTwo\n== Heading ==\nThree\n* a\n* b\n== Sources ==\n{{source|x}}\n",
            "One\n\nTwo\n\nHeading\n\nThree\na\nb",
        );
        check("a<br />b &amp; &eacute; &#8217; &x &nbsp;c __TOC__\n__NOTOC__\n----", "a\nb & é ’ &x \u{a0}c __TOC__");
    }

    #[test]
    fn categories_and_dates() {
        let page = Wikitext::of(
            "{{Date|March 5, 2019}}\n{{byline|date=March 6, 2019|location=[[London]]}}A film.\n[[Category:Film_news|x]][[category: Awards]]",
        );
        assert_eq!((page.text.as_str(), page.date.as_deref()), ("A film.", Some("March 5, 2019")));
        assert_eq!(page.categories, ["Film news", "Awards"]);
        assert_eq!(
            Wikitext::of("{{byline|location=[[London]]|date=March 6, 2019}}").date.as_deref(),
            Some("March 6, 2019")
        );
        assert_eq!(Wikitext::of("{{date}} {{date|soon}}").date, None);
    }

    #[test]
    fn any_depth_and_length() {
        for piece in ["{{", "[[", "{|", "<ref>", "<", "[http://", "'''", "==", "{{a|", "&"] {
            Wikitext::of(&piece.repeat(50_000));
        }
    }
}
