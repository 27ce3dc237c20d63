//! Text, dates and numbers as HTML.

use maud::{Markup, html};

/// Text with the byte ranges of `matches` marked; they are in order and do not
/// overlap. Ranges that are not on character boundaries are ignored.
pub(super) fn marked(text: &str, matches: &[(usize, usize)]) -> Markup {
    let mut pieces: Vec<(&str, bool)> = Vec::with_capacity(2 * matches.len() + 1);
    let mut at = 0;
    for (start, end) in matches {
        let (Some(before), Some(inner)) = (text.get(at..*start), text.get(*start..*end)) else { continue };
        pieces.extend([(before, false), (inner, true)]);
        at = *end;
    }
    pieces.push((text.get(at..).unwrap_or_default(), false));
    html! { @for (piece, is_match) in pieces { @if is_match { mark { (piece) } } @else { (piece) } } }
}

/// An ISO date as a `time` element.
pub(super) fn date(iso: &str) -> Markup {
    let read = iso.parse::<jiff::civil::Date>().map(|date| date.strftime("%b %-d, %Y").to_string());
    html! { time datetime=(iso) { (read.as_deref().unwrap_or(iso)) } }
}

/// The source and date of an article.
pub(super) fn origin(source: Option<&str>, published: Option<&str>) -> Markup {
    html! {
        @if let Some(source) = source { span.source { (source.trim_start_matches("www.")) } " " }
        @if let Some(day) = published { (date(day)) } @else { "undated" }
    }
}

/// An ISO month in words, such as “March 2022”.
pub(super) fn month(iso: &str) -> String {
    let read = format!("{iso}-01").parse::<jiff::civil::Date>();
    read.map_or_else(|_| iso.to_owned(), |date| date.strftime("%B %Y").to_string())
}

/// A number with its noun, in the plural where it is not 1.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// A number with commas between groups of three digits.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_articles_stays_text() {
        let shown = marked("<b>Tom & Co</b>", &[(3, 6), (90, 99)]).into_string();
        assert_eq!(shown, "&lt;b&gt;<mark>Tom</mark> &amp; Co&lt;/b&gt;");
        assert_eq!(date("2022-03-25").into_string(), "<time datetime=\"2022-03-25\">Mar 25, 2022</time>");
        assert_eq!((count(1, "article"), count(1234567, "article")), ("1 article".into(), "1,234,567 articles".into()));
    }
    #[test]
    fn digits_are_grouped() {
        let check = |number, expected: &str| assert_eq!(grouped(number), expected);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(12_345_678, "12,345,678");
    }

    #[test]
    fn dates_that_cannot_be_read_stay() {
        let check = |iso: &str, expected: &str| assert_eq!(month(iso), expected);
        check("2022-03", "March 2022");
        check("2022-13", "2022-13");
        assert_eq!(date("soon").into_string(), "<time datetime=\"soon\">soon</time>");
        assert_eq!(origin(Some("www.cnn.com"), None).into_string(), "<span class=\"source\">cnn.com</span> undated");
    }
}
