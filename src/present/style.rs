//! Styles and lengths of human output.

use anstyle::{AnsiColor, Style};

pub(super) use super::plain::plain;

/// Matches.
pub(super) const MATCH: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// Titles.
pub(super) const TITLE: Style = Style::new().bold();
/// Dates, paths and other details.
pub(super) const DIM: Style = Style::new().dimmed();

/// `text` with the byte ranges of `matches` styled as matches, on top of `base`.
pub(super) fn marked(text: &str, matches: &[(usize, usize)], base: Style) -> String {
    let mut styled = String::with_capacity(text.len() + 32);
    let mut at = 0;
    for (start, end) in matches {
        let (Some(before), Some(inner)) = (text.get(at..*start), text.get(*start..*end)) else { continue };
        if !before.is_empty() {
            styled.push_str(&format!("{base}{}{base:#}", plain(before)));
        }
        styled.push_str(&format!("{MATCH}{}{MATCH:#}", plain(inner)));
        at = *end;
    }
    let rest = text.get(at..).unwrap_or("");
    if rest.is_empty() { styled } else { format!("{styled}{base}{}{base:#}", plain(rest)) }
}

/// At most `width` characters of a text, with an ellipsis where it is cut.
pub(super) fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let cut: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_a_width() {
        let check = |text: &str, width, expected: &str| assert_eq!(fit(text, width), expected);
        check("premiere", 8, "premiere");
        check("premiere", 5, "prem…");
        check("red carpet", 5, "red…");
        check("日本語版", 3, "日本…");
        check("ab", 0, "…");
    }

    #[test]
    fn matches_are_styled_in_order() {
        let strong = |text: &str| format!("{MATCH}{text}{MATCH:#}");
        let check = |matches: &[(usize, usize)], expected: String| {
            assert_eq!(marked("Tom é Cruise", matches, Style::new()), expected);
        };
        check(&[], "Tom é Cruise".to_owned());
        check(&[(0, 3), (7, 13)], format!("{} é {}", strong("Tom"), strong("Cruise")));
        check(&[(0, 3), (5, 6), (7, 99)], format!("{} é Cruise", strong("Tom")));
    }
}
