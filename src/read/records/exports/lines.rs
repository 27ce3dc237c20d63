//! What the readers of exports share: fields in lines, and lines as paragraphs.

use crate::read::records::named_fields::NamedFields;
use crate::read::records::people::people;

/// The longest line of a text that programs have broken into lines, in characters.
const BROKEN: usize = 100;

/// Bytes of the longest key.
const LONGEST_KEY: usize = 40;
/// The most subjects of an article.
const MAX_TAGS: usize = 200;

/// Key and value of a line `Key: value` whose key is one of `keys`, which are in lower
/// case.
pub(super) fn field<'t>(line: &'t str, keys: &[&'static str]) -> Option<(&'static str, &'t str)> {
    let (key, value) = line.trim().split_once(':').filter(|(key, _)| key.len() <= LONGEST_KEY)?;
    let key = key.trim().to_lowercase();
    let known = keys.iter().find(|known| **known == key)?;
    Some((known, value.trim()))
}

/// Whether a line states a copyright, or is the line below one.
pub(super) fn is_copyright(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    ["copyright", "(c) ", "©", "all rights reserved", "alle rechte vorbehalten"]
        .iter()
        .any(|start| line.starts_with(start))
}

/// Lines as paragraphs: a blank line ends one. Long lines are one each, and so are
/// short ones without any blank line between them, unless they are known to be `broken`.
pub(super) fn paragraphs(lines: &[&str], broken: bool) -> String {
    let is_blank = |line: &&str| line.trim().is_empty();
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_blank(line)).map_or(first, |last| last + 1);
    let lines = &lines[first..last];
    let joins =
        lines.iter().all(|line| line.trim().chars().count() <= BROKEN) && (broken || lines.iter().any(is_blank));
    let mut out = String::new();
    let mut ended = false;
    for line in lines {
        let words = line.trim();
        if words.is_empty() {
            ended = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if ended || !joins { "\n\n" } else { " " });
        }
        out.push_str(words);
        ended = false;
    }
    out
}

/// The fields of an article under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) section: Option<String>,
    pub(super) url: Option<String>,
    pub(super) id: Option<String>,
    pub(super) dateline: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) tags: Vec<String>,
}

impl Draft {
    pub(super) fn into_fields(self) -> NamedFields {
        let mut fields = NamedFields::default();
        let dateline = self.dateline.filter(|line| !line.is_empty() && !self.text.starts_with(line.as_str()));
        let text = dateline.map_or_else(|| self.text.clone(), |line| format!("{line} {}", self.text));
        // A summary that the text repeats is not put in front of it.
        let summary = self.summary.filter(|summary| !summary.is_empty() && !self.text.contains(summary.as_str()));
        let text = summary.map_or_else(|| text.clone(), |summary| format!("{summary}\n\n{text}"));
        fields.put("title", Some(self.title));
        fields.put("text", Some(text));
        fields.put("date", self.date);
        fields.put("source", self.source);
        fields.put("authors", self.byline.as_deref().and_then(people));
        // `FEATURES; Pg. 6`
        fields.put(
            "section",
            self.section.map(|section| section.split(';').next().unwrap_or_default().trim().to_owned()),
        );
        fields.put("url", self.url.filter(|url| url.starts_with("http")));
        fields.put("id", self.id);
        fields.put_list("tags", self.tags);
        fields
    }

    /// Adds subjects: `FILM (90%); ACTORS (78%)`.
    pub(super) fn add_subjects(&mut self, list: &str) {
        for subject in list.split(';') {
            let name = subject.split(" (").next().unwrap_or_default().trim();
            if !name.is_empty()
                && name.len() <= 100
                && self.tags.len() < MAX_TAGS
                && !self.tags.iter().any(|tag| tag == name)
            {
                self.tags.push(name.to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs() {
        let long = "word ".repeat(30);
        let long = long.trim();
        for (lines, expected) in [
            (vec!["One", "two", "", "three"], "One two\n\nthree".to_owned()),
            (vec!["One", "two"], "One\n\ntwo".to_owned()),
            (vec![long, long, "", "x"], format!("{long}\n\n{long}\n\nx")),
            (vec!["", ""], String::new()),
        ] {
            assert_eq!(paragraphs(&lines, false), expected);
        }
    }

    #[test]
    fn broken_lines_are_joined_without_blank_ones() {
        assert_eq!(paragraphs(&["", "One", "two"], true), "One two");
        assert_eq!(paragraphs(&["", "One", "two"], false), "One\n\ntwo");
    }

    #[test]
    fn fields_of_lines() {
        assert_eq!(field("BYLINE:  Ann Lee ", &["byline"]), Some(("byline", "Ann Lee")));
        assert_eq!(field("Load-Date: x", &["byline", "load-date"]), Some(("load-date", "x")));
        assert_eq!(field("She said: no", &["byline"]), None);
        assert!(is_copyright("  Copyright 2019 Reel") && is_copyright("All Rights Reserved") && !is_copyright("Reel"));
    }
}
