//! How things look to people.

use anstyle::{AnsiColor, Style};

/// What matched.
pub(super) const MATCH: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// Titles.
pub(super) const TITLE: Style = Style::new().bold();
/// Dates, paths and other company.
pub(super) const DIM: Style = Style::new().dimmed();

/// Text without the control characters that would drive a terminal.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

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
