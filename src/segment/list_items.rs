//! Items of lists, by the marker at the beginning of a line.

/// The marker that begins an item of a list: “•”, “-”, “3.”, “(b)”.
pub(crate) fn item_marker(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let first = line.chars().next()?;
    if matches!(first, '•' | '◦' | '▪' | '■' | '●' | '○' | '‣' | '·' | '*' | '-' | '–' | '►' | '▶' | '✓')
    {
        let marker = &line[..first.len_utf8()];
        let spaced = line[marker.len()..].starts_with(char::is_whitespace);
        return (spaced || !first.is_ascii() && first != '–').then_some(marker);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits) && line[digits..].starts_with(['.', ')']);
    (numbered && line[digits + 1..].starts_with(char::is_whitespace)).then(|| &line[..=digits])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_have_markers() {
        let check = |line: &str, expected: Option<&str>| assert_eq!(item_marker(line), expected, "{line}");
        check("", None);
        check("• a", Some("•"));
        check("  - a", Some("-"));
        check("-a", None);
        check("12. a", Some("12."));
        check("3) a", Some("3)"));
        check("3.5 a", None);
        check("1984. a", None);
        check("– a", Some("–"));
    }
}
