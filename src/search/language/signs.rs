//! `+` and `-` before parts.

use crate::search::language::marks::is_quote;

/// `+` or `-` before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    None,
    Plus,
    Minus,
}

/// Characters of a part in which something to exclude is looked for.
const NEAR: usize = 16;

/// A sign directly before a part at the start of `rest`, and its bytes. `!` is that of
/// other search engines. An exclusion holds whatever stands behind it, if only
/// there is a word or symbol: `-#metoo`, `-$uicideboy$`, `-…`.
pub(crate) fn sign(rest: &str) -> (Sign, usize) {
    let mut chars = rest.chars();
    let Some(mark) = chars.next() else { return (Sign::None, 0) };
    let next = chars.next();
    let opens = |c: char| c.is_alphanumeric() || c == '(' || is_quote(c);
    let (sign, applies) = match mark {
        '+' => (Sign::Plus, next.is_some_and(opens) || is_tag(&rest[1..])),
        '!' => (Sign::Minus, next.is_some_and(opens)),
        '-' | '−' => (Sign::Minus, next.is_some_and(opens) || has_content(&rest[mark.len_utf8()..])),
        _ => (Sign::None, false),
    };
    if applies { (sign, mark.len_utf8()) } else { (Sign::None, 0) }
}

fn is_tag(rest: &str) -> bool {
    rest.strip_prefix(['#', '@', '$']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// Whether a part has a letter, a digit or a symbol behind any marks but dashes, or is one of
/// several marks of exclamation.
fn has_content(rest: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '−' | '–' | '—' | '+' | '>');
    let is_symbol = |c: char| !c.is_ascii() && !matches!(c, '\u{2010}'..='\u{2060}' | '·' | '¿' | '¡') && !is_quote(c);
    let mut chars = rest.chars().take(NEAR).take_while(|c| !c.is_whitespace());
    let has_content = chars.any(|c| c.is_alphanumeric() || is_symbol(c));
    !rest.starts_with(is_dash) && (has_content || rest.starts_with("!!"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_before_words_and_tags() {
        let check = |query: &str, expected: Sign| assert_eq!(sign(query).0, expected, "{query}");
        for excluded in
            ["film", "#metoo", "@x", "$uicideboy$", "\"a b\"", "“a”", "(a", "'a'", "‘a’", "…a", "÷", "🎬", "*a*"]
        {
            check(&format!("-{excluded}"), Sign::Minus);
            check(&format!("−{excluded}"), Sign::Minus);
        }
        check("+@handle", Sign::Plus);
        check("!film", Sign::Minus);
        check("!!!", Sign::None);
        check("-#", Sign::None);
        check("--film", Sign::None);
        check("-!!!", Sign::Minus);
        check("-!", Sign::None);
        check("->", Sign::None);
        check("- film", Sign::None);
        check("-#(", Sign::None);
        check("-…", Sign::None);
        check("+", Sign::None);
    }
}
