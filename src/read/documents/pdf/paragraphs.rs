//! The paragraphs of a document, from the lines of its pages.

use std::collections::{HashMap, HashSet};

use super::layout::Line;

/// Lines at the top and at the bottom of a page that may be repeated on others.
const EDGE_LINES: usize = 3;
/// Pages that have to show a line before it counts as repeated.
const REPEATED: usize = 3;

/// The text of all pages: paragraphs with blank lines between them.
pub(super) fn text(pages: &[Vec<Line>]) -> String {
    let words = Words::of(pages);
    let mut text = String::new();
    let mut last: Option<&Line> = None;
    for page in pages {
        let leading = leading(page);
        for (index, line) in page.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| page.get(index));
            let starts = match (before, last) {
                (Some(before), _) if before.column == line.column => {
                    let outdent = page.get(index + 1).filter(|next| next.column == line.column).map(|next| next.x0);
                    starts_paragraph(before, line, outdent, leading)
                }
                // Of two columns or pages.
                (_, Some(last)) => !continues(last, line),
                (_, None) => true,
            };
            append(&mut text, &line.text, starts, &words);
            last = Some(line);
        }
    }
    text
}

/// The distance of lines within paragraphs, in sizes of the font: the lower quartile of
/// all within columns.
fn leading(page: &[Line]) -> f64 {
    let neighbors = page.windows(2).filter(|two| two[0].column == two[1].column);
    let mut distances: Vec<f64> = neighbors.map(|two| (two[1].y - two[0].y) / two[1].size).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len() / 4).copied().unwrap_or_default()
}

/// Whether a line begins a paragraph, by the gap above it, its size or its indent.
fn starts_paragraph(before: &Line, line: &Line, next: Option<f64>, leading: f64) -> bool {
    let size = line.size.max(before.size);
    let gap = (line.y - before.y) / line.size;
    let indent = line.x0 - before.x0;
    gap > leading.max(1.0) * 1.25
        || (line.size - before.size).abs() > 0.12 * size
        || line.text.contains('\t')
        || before.text.contains('\t')
        || is_list_item(&line.text)
        // An indent that the next line does not have.
        || indent > 0.7 * size && indent < 6.0 * size && next.is_some_and(|next| line.x0 - next > 0.7 * size)
}

fn is_list_item(text: &str) -> bool {
    text.starts_with(['•', '◦', '▪', '‣', '●', '■', '–', '—']) && text.chars().nth(1) == Some(' ')
}

/// Whether a line goes on in the next column or on the next page.
fn continues(last: &Line, line: &Line) -> bool {
    let open = !last.text.trim_end().ends_with(['.', '!', '?', ':', '”', '"', '\'', '’', ')']);
    let begins_inside = line.text.starts_with(|c: char| c.is_lowercase());
    open && begins_inside && (last.size - line.size).abs() < 0.12 * line.size
}

/// Adds a line to the text, with what stands between the two.
fn append(text: &mut String, line: &str, starts_paragraph: bool, words: &Words) {
    let line = line.trim();
    if text.is_empty() || line.is_empty() {
        text.push_str(line);
        return;
    }
    if starts_paragraph {
        text.push_str("\n\n");
    } else if text.ends_with(['-', '\u{ad}', '\u{2010}']) && line.starts_with(char::is_lowercase) {
        if words.is_one(last_word(text), first_word(line)) {
            text.pop();
        }
    } else if !text.ends_with(['\u{2014}', '\u{2013}', '/']) || line.starts_with(char::is_whitespace) {
        text.push(' ');
    }
    text.push_str(line);
}

fn last_word(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

fn first_word(line: &str) -> &str {
    line.split(char::is_whitespace).next().unwrap_or_default()
}

/// The words with a hyphen that stand within lines.
struct Words(HashSet<String>);

impl Words {
    fn of(pages: &[Vec<Line>]) -> Self {
        let lines = pages.iter().flatten();
        let words = lines.flat_map(|line| line.text.split(char::is_whitespace));
        Self(words.filter(|word| word.contains('-') && !word.ends_with('-')).map(bare).collect())
    }

    /// Whether a word was only divided at the end of a line: elsewhere it is not
    /// written with a hyphen.
    fn is_one(&self, start: &str, end: &str) -> bool {
        let divided = start.strip_suffix(['-', '\u{ad}', '\u{2010}']).unwrap_or(start);
        let letters = divided.ends_with(char::is_alphabetic);
        letters && !self.0.contains(&bare(&format!("{divided}-{end}")))
    }
}

/// A word in lower case without the punctuation around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Leaves out page numbers, and lines at the edges of pages that are repeated.
pub(super) fn without_running_lines(pages: Vec<Vec<Line>>) -> Vec<Vec<Line>> {
    if pages.len() < 2 {
        return pages;
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let shown: HashSet<String> = edges(page).into_iter().map(|index| shape(&page[index].text)).collect();
        for shape in shown {
            *counts.entry(shape).or_default() += 1;
        }
    }
    // Left and right pages may differ, and chapters change.
    let needed = REPEATED.max(pages.len() / 5);
    let clean = |page: Vec<Line>| {
        let edges = edges(&page);
        let running = |index: usize, line: &Line| {
            edges.contains(&index)
                && (counts.get(&shape(&line.text)).is_some_and(|count| *count >= needed) || is_page_number(&line.text))
        };
        page.iter().enumerate().filter(|(index, line)| !running(*index, line)).map(|(_, line)| line.clone()).collect()
    };
    pages.into_iter().map(clean).collect()
}

/// The lines at the top and at the bottom of a page.
fn edges(page: &[Line]) -> HashSet<usize> {
    let mut by_height: Vec<usize> = (0..page.len()).collect();
    by_height.sort_by(|a, b| page[*a].y.total_cmp(&page[*b].y));
    let last = by_height.len().saturating_sub(EDGE_LINES);
    by_height.iter().take(EDGE_LINES).chain(&by_height[last..]).copied().collect()
}

/// A line with its numbers made equal.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_numeric() { '#' } else { c };
        if c != '#' || !shape.ends_with('#') {
            shape.extend(c.to_lowercase());
        }
    }
    shape
}

fn is_page_number(text: &str) -> bool {
    let text = text.trim().trim_matches(['-', '–', '—', '|', '[', ']', ' ']).to_lowercase();
    let text = text.strip_prefix("page").unwrap_or(&text).trim();
    let mut parts =
        text.split(|c: char| c.is_whitespace() || c == '/').filter(|part| *part != "of" && !part.is_empty());
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = |part: &str| part.len() <= 6 && part.bytes().all(|byte| b"ivxlc".contains(&byte));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(one), None, _) => is_number(one) || is_roman(one),
        (Some(one), Some(two), None) => is_number(one) && is_number(two),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f64, y: f64, size: f64) -> Line {
        Line { text: text.to_owned(), x0, x1: x0 + 5.0 * text.len() as f64, y, size, column: 0 }
    }

    fn check(lines: &[(&str, f64, f64)], expected: &str) {
        let page = lines.iter().map(|(text, x, y)| line(text, *x, *y, 10.0)).collect();
        assert_eq!(text(&[page]), expected);
    }

    #[test]
    fn gaps_and_indents_start_paragraphs() {
        check(
            &[("One", 0.0, 0.0), ("two", 0.0, 12.0), ("Three", 0.0, 36.0), ("four", 0.0, 48.0)],
            "One two\n\nThree four",
        );
        check(
            &[("One", 0.0, 0.0), ("two", 0.0, 12.0), ("Three", 15.0, 24.0), ("four", 0.0, 36.0)],
            "One two\n\nThree four",
        );
        check(&[("One", 0.0, 0.0), ("• two", 0.0, 12.0)], "One\n\n• two");
        let heading = [line("Low Tide", 0.0, 0.0, 20.0), line("It opens.", 0.0, 12.0, 10.0)];
        assert_eq!(text(&[heading.to_vec()]), "Low Tide\n\nIt opens.");
    }

    #[test]
    fn divided_words_are_joined() {
        check(&[("a thea-", 0.0, 0.0), ("ter opens", 0.0, 12.0)], "a theater opens");
        check(&[("the well-", 0.0, 0.0), ("known Well-known", 0.0, 12.0)], "the well-known Well-known");
        check(&[("Jean-", 0.0, 0.0), ("Luc", 0.0, 12.0)], "Jean- Luc");
        check(&[("1990-", 0.0, 0.0), ("ies", 0.0, 12.0)], "1990-ies");
    }

    #[test]
    fn sentences_go_on_over_pages() {
        let pages = |first: &str, second: &str| {
            text(&[vec![line(first, 0.0, 700.0, 10.0)], vec![line(second, 0.0, 0.0, 10.0)]])
        };
        assert_eq!(pages("It opens in", "every theater."), "It opens in every theater.");
        assert_eq!(pages("It opens.", "Ada sings."), "It opens.\n\nAda sings.");
    }

    #[test]
    fn running_lines_are_left_out() {
        let page = |number: usize| {
            let body = line(&format!("Text {}", ["a", "b", "c", "d"][number]), 0.0, 50.0, 10.0);
            vec![line(&format!("Reel Desk {number}"), 0.0, 0.0, 8.0), body, line(&number.to_string(), 0.0, 700.0, 8.0)]
        };
        let clean = without_running_lines((0..4).map(page).collect());
        assert_eq!(text(&clean), "Text a\n\nText b\n\nText c\n\nText d");
        let two = without_running_lines((0..2).map(page).collect());
        assert_eq!(text(&two), "Reel Desk 0\n\nText a\n\nReel Desk 1\n\nText b");
    }

    #[test]
    fn page_numbers() {
        for (text, expected) in [
            ("12", true),
            ("- 3 -", true),
            ("Page 3 of 10", true),
            ("iv", true),
            ("3/10", true),
            ("Page turner", false),
            ("2019 12 4", false),
        ] {
            assert_eq!(is_page_number(text), expected, "{text}");
        }
    }
}
