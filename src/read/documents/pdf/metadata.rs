//! The title, authors and date of a PDF. What its properties say is often wrong: the
//! name of another file, who set up the computer, the day of a scan. So a title counts
//! only if the pages show it, and a date only if they do.

use hayro_interpret::hayro_syntax::metadata::Metadata;

use super::layout::Line;
use crate::read::documents::date_line::date_at_top;
use crate::read::documents::document::{Document, person};

/// Bytes at the start of the text in which a title is looked for.
const START: usize = 6000;
/// How much larger than the text a title is.
const TITLE_SIZE: f64 = 1.2;
/// Characters of the longest title.
const MAX_TITLE: usize = 250;

/// The document, with what its properties and its first page say.
pub(super) fn with_metadata(metadata: &Metadata, pages: &[Vec<Line>], text: String) -> Document {
    let stated = metadata.title.as_deref().map(decoded).filter(|title| is_shown(title, &text));
    let title = stated.or_else(|| largest_lines(pages));
    let authors = metadata.author.as_deref().map(decoded).and_then(|names| person(&names));
    let date = date_at_top(&text);
    Document { title, authors, date, text, ..Document::default() }
}

/// A string of the properties: UTF-16 or UTF-8 with a mark, else Latin letters.
fn decoded(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        _ => match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    };
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether the start of the text has most words of a title, one after the other.
fn is_shown(title: &str, text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let title = words(title);
    let mut end = START.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = words(&text[..end]);
    title.len() > 1 && title.len() <= 40 && start.windows(title.len()).any(|part| part == title)
}

/// The lines of the largest type on the first page that has text, if they stand out.
fn largest_lines(pages: &[Vec<Line>]) -> Option<String> {
    let page = pages.iter().find(|page| !page.is_empty())?;
    let usual = usual_size(pages);
    let letters = |line: &Line| line.text.chars().filter(|c| c.is_alphabetic()).count();
    let large = |line: &&Line| line.size > TITLE_SIZE * usual && letters(line) >= 4;
    let largest = page.iter().filter(large).map(|line| line.size).fold(0.0, f64::max);
    let is_title = |line: &&Line| (line.size - largest).abs() < 0.05 * largest;
    let lines = page.iter().skip_while(|line| !is_title(line)).take_while(is_title);
    let title = lines.map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
    let is_headline = largest > 0.0 && title.contains(' ') && title.chars().count() <= MAX_TITLE;
    is_headline.then_some(title)
}

/// The size in which half of the text is written, or in a smaller one.
fn usual_size(pages: &[Vec<Line>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pages.iter().flatten().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut written = 0;
    let reaches_half = |(_, length): &&(f64, usize)| {
        written += length;
        written > half
    };
    sizes.iter().find(reaches_half).map_or(0.0, |(size, _)| *size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(info: &str, lines: &[(&str, f64)], expected: Option<&str>) {
        let line = |(index, (text, size)): (usize, &(&str, f64))| Line {
            text: (*text).to_owned(),
            x0: 0.0,
            x1: 100.0,
            y: 20.0 * index as f64,
            size: *size,
            column: 0,
        };
        let page: Vec<Line> = lines.iter().enumerate().map(line).collect();
        let text = super::super::paragraphs::text(std::slice::from_ref(&page));
        let metadata = Metadata { title: Some(info.as_bytes().to_vec()), ..Metadata::default() };
        assert_eq!(with_metadata(&metadata, &[page], text).title.as_deref(), expected, "{info}");
    }

    #[test]
    fn titles_are_shown_by_the_page() {
        let page = [("Low Tide opens", 20.0), ("It opens in June.", 10.0), ("Ada sings.", 10.0)];
        check("Low Tide Opens", &page, Some("Low Tide Opens"));
        check("Microsoft Word - tide3.doc", &page, Some("Low Tide opens"));
        check("untitled", &page[1..], None);
        check(
            "",
            &[("T", 40.0), ("Low Tide", 20.0), ("opens", 20.0), ("he film opens in every theater.", 10.0)],
            Some("Low Tide opens"),
        );
    }

    #[test]
    fn strings_of_any_encoding() {
        for (bytes, expected) in [
            (&b"\xfe\xff\0L\0o\0w"[..], "Low"),
            (b"\xef\xbb\xbfs\xc3\xb6ng", "s\u{f6}ng"),
            (b"s\xf6ng\0 ", "s\u{f6}ng"),
        ] {
            assert_eq!(decoded(bytes), expected);
        }
    }
}
