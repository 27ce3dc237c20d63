//! An article as the news formats state it.

use crate::read::records::named_fields::NamedFields;

/// The fields of an article. What a format states several times is taken once.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    /// A second headline; it opens the text.
    pub(super) subtitle: Option<String>,
    /// Where and when it was written; it opens the text.
    pub(super) dateline: Option<String>,
    pub(super) text: Option<String>,
    pub(super) date: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
}

impl Story {
    /// Takes from another story what this one lacks.
    pub(super) fn fill_from(&mut self, other: Self) {
        fn fill(to: &mut Option<String>, from: Option<String>) {
            if to.as_ref().is_none_or(|value| value.trim().is_empty()) {
                *to = from;
            }
        }
        fill(&mut self.id, other.id);
        fill(&mut self.title, other.title);
        fill(&mut self.subtitle, other.subtitle);
        fill(&mut self.dateline, other.dateline);
        fill(&mut self.text, other.text);
        fill(&mut self.date, other.date);
        fill(&mut self.modified, other.modified);
        fill(&mut self.source, other.source);
        fill(&mut self.url, other.url);
        fill(&mut self.section, other.section);
        if self.authors.is_empty() {
            self.authors = other.authors;
        }
        self.tags.extend(other.tags);
    }

    pub(super) fn has_text(&self) -> bool {
        self.text.as_ref().is_some_and(|text| !text.trim().is_empty())
    }

    /// The fields under the names that extraction knows.
    pub(super) fn into_fields(self) -> NamedFields {
        let mut fields = NamedFields::default();
        fields.put("id", self.id);
        let title = self.title.as_deref().unwrap_or_default();
        fields.put("text", self.text.map(|text| opened(&text, title, &self.subtitle, &self.dateline)));
        fields.put("title", self.title);
        fields.put("date", self.date);
        fields.put("modified", self.modified);
        fields.put("source", self.source);
        fields.put("url", self.url);
        fields.put("authors", Some(self.authors.join("; ")));
        fields.put("section", self.section);
        fields.put_list("tags", self.tags);
        fields
    }
}

/// A text with what opens it in front, and without its title.
fn opened(text: &str, title: &str, subtitle: &Option<String>, dateline: &Option<String>) -> String {
    let text = text.trim();
    let is_title = |paragraph: &str| !title.is_empty() && paragraph.trim() == title.trim();
    let text = match text.split_once("\n\n") {
        Some((first, rest)) if is_title(first) => rest,
        _ => text,
    };
    let subtitle = subtitle.as_deref().filter(|subtitle| !is_title(subtitle) && !text.starts_with(subtitle));
    let dateline = dateline.as_deref().filter(|dateline| !text.starts_with(dateline));
    let mut out = String::new();
    for part in [subtitle, dateline].into_iter().flatten() {
        out.push_str(part);
        // A dateline that ends in a dash leads into the first sentence.
        out.push_str(if part.ends_with(['-', '–', '—']) { " " } else { "\n\n" });
    }
    out + text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_a_text() {
        let check = |text: &str, subtitle: &str, dateline: &str, expected: &str| {
            let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
            assert_eq!(opened(text, "A film opens", &some(subtitle), &some(dateline)), expected);
        };
        check("It runs.", "", "", "It runs.");
        check("A film opens\n\nIt runs.", "Second", "LONDON, March 5", "Second\n\nLONDON, March 5\n\nIt runs.");
        check("It runs.", "A film opens", "LONDON —", "LONDON — It runs.");
        check("LONDON, March 5 (Reel) - It runs.", "", "LONDON, March 5", "LONDON, March 5 (Reel) - It runs.");
    }
}
