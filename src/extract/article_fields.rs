//! Sets the fields of an article from strings.

use crate::article::{Article, Span};

use crate::field_names::Field;

use super::tags;

/// Sets a field other than title and text. A blank value sets nothing.
pub(super) fn set(article: &mut Article, field: Field, value: &str) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    match field {
        Field::Id => article.id = value.to_owned(),
        // As written: `date::settle` makes days of them.
        Field::Date => article.published = Some(value.to_owned()),
        Field::Modified => article.modified = Some(value.to_owned()),
        Field::Source => article.source = Some(value.to_owned()),
        Field::Url => article.url = Some(value.to_owned()),
        Field::Authors => article.authors.extend(split_byline(value)),
        Field::Section => article.section = Some(value.to_owned()),
        Field::Tags => tags::add(&mut article.tags, tags::split(value)),
        Field::Title | Field::Text => {}
    }
}

/// The names in a byline: three in “By Ann Lee, Bo Ray and Cy Fox”. Addresses of
/// senders are no names: “ann@reel.example (Ann Lee)”.
pub(super) fn split_byline(byline: &str) -> impl Iterator<Item = String> {
    let byline = byline.strip_prefix("By ").or(byline.strip_prefix("by ")).unwrap_or(byline);
    byline
        .split([',', ';', '&'])
        .flat_map(|part| part.split(" and "))
        .map(without_address)
        .flat_map(|part| split_foreign(&part))
        .filter(|name| !name.is_empty())
}

/// A sender without the address of the mailbox; a sender with nothing but an
/// address stays.
fn without_address(sender: &str) -> String {
    let sender = sender.trim();
    if !sender.contains('@') || !sender.contains(' ') {
        return sender.to_owned();
    }
    let words = sender.split_whitespace().filter(|word| word.find('@').is_none_or(|at| at == 0));
    words.collect::<Vec<_>>().join(" ").trim_matches(['(', ')', '"', '<', '>', '-', '|', ' ']).to_owned()
}

/// Words for “and” of other languages, and a slash.
const CONJUNCTIONS: &[&str] = &[" und ", " y ", " et ", " og ", " och ", " en ", " / ", "/"];

/// Splits at conjunctions of other languages where both sides are names of two or
/// more words, so that “Rosa y Luz Films” and “dpa/AP” stay whole.
fn split_foreign(part: &str) -> Vec<String> {
    let is_name = |side: &str| {
        let words: Vec<&str> = side.split_whitespace().collect();
        words.len() > 1 && [words.first(), words.last()].iter().flatten().all(|w| w.starts_with(char::is_uppercase))
    };
    for conjunction in CONJUNCTIONS {
        let sides: Vec<&str> = part.split(conjunction).map(str::trim).collect();
        if sides.len() > 1 && sides.iter().all(|side| is_name(side)) && !part.contains("//") {
            return sides.into_iter().map(str::to_owned).collect();
        }
    }
    vec![part.trim().to_owned()]
}

/// Sets title and text from separate strings: the text is the title line, a
/// blank line and the body.
pub(super) fn set_text(article: &mut Article, title: &str, body: &str) {
    let (title, body) = (title.trim(), body.trim_end());
    article.title = title.to_owned();
    article.title_span = Span::new(0, title.len());
    article.text = match (title.is_empty(), body.is_empty()) {
        (true, _) => body.to_owned(),
        (false, true) => title.to_owned(),
        (false, false) => format!("{title}\n\n{body}"),
    };
    let end = article.text.len();
    article.body = Span::new(end - body.len(), end).trimmed(&article.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_split() {
        for (byline, expected) in [
            ("By Ann Lee, Bo Ray and Cy Fox", &["Ann Lee", "Bo Ray", "Cy Fox"][..]),
            ("by Ann Lee & Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Ann Lee;", &["Ann Lee"]),
            ("Andy Sand", &["Andy Sand"]),
            (" , ", &[]),
            ("Ann Lee und Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Ana Ruiz y Luz Gil", &["Ana Ruiz", "Luz Gil"]),
            ("Ann Lee et Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Ann Lee og Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("Ann Lee och Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("José Ortega y Gasset", &["José Ortega y Gasset"]),
            ("Ann Lee/Bo Ray", &["Ann Lee", "Bo Ray"]),
            ("dpa/AP", &["dpa/AP"]),
            ("ann@reel.example (Ann Lee)", &["Ann Lee"]),
            ("Ann Lee <ann@reel.example>", &["Ann Lee"]),
            ("ann@reel.example", &["ann@reel.example"]),
            ("@annlee", &["@annlee"]),
        ] {
            assert_eq!(split_byline(byline).collect::<Vec<_>>(), expected, "{byline}");
        }
    }

    #[test]
    fn title_and_body_are_spans_of_the_text() {
        for (title, body, text, body_of) in [
            ("A film", "It opens.\n", "A film\n\nIt opens.", "It opens."),
            ("", "  It opens.", "  It opens.", "It opens."),
            (" A film ", "", "A film", ""),
            ("", "", "", ""),
        ] {
            let mut article = Article::default();
            set_text(&mut article, title, body);
            assert_eq!((article.text.as_str(), article.body.of(&article.text)), (text, body_of));
            assert_eq!(article.title_span.of(&article.text), title.trim());
        }
    }

    #[test]
    fn blank_values_set_nothing() {
        let mut article = Article::default();
        set(&mut article, Field::Section, "Film");
        set(&mut article, Field::Section, "  ");
        set(&mut article, Field::Modified, " 4 January 2019 ");
        assert_eq!((article.section.as_deref(), article.published.as_deref()), (Some("Film"), None));
        assert_eq!(article.modified.as_deref(), Some("4 January 2019"));
    }
}
