//! Query text to tokens.

use crate::article::{EntityKind, FieldName, Language};
use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{FieldScope, Label};

/// `+` or `-` before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    None,
    Plus,
    Minus,
}

/// A known name before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prefix {
    FieldScope(FieldScope),
    Label(Label),
    Kind(EntityKind),
    Published,
    Mentions,
    Is,
    Has,
    Said,
    QuoteBy,
    States,
}

/// A token, with the byte where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub at: usize,
    pub token: Lexeme,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lexeme {
    /// `(`, with its sign and prefix.
    Open {
        sign: Sign,
        prefix: Option<Prefix>,
    },
    Close,
    /// A word or quoted text, with its sign, its prefix, and `~N` after the quote.
    Text {
        sign: Sign,
        prefix: Option<Prefix>,
        text: String,
        quoted: bool,
        tail: String,
    },
    And,
    Or,
    Not,
    /// `NEAR/N`, or `ADJ/N` in order.
    Near {
        gap: u32,
        ordered: bool,
    },
}

/// Words from which on a query all in capitals has no operators.
const ALL_CAPS_WORDS: usize = 4;
/// Bytes of the longest known prefix, a field of the user.
const MAX_PREFIX: usize = FieldName::LONGEST;
/// The largest gap of `NEAR/N` and `ADJ/N`, in words.
const MAX_GAP: u32 = 1000;

/// Cuts a query into tokens; `fields` are those of the archive. The only error is a
/// quotation mark that is not closed.
pub(crate) fn lex(query: &str, fields: &[FieldName]) -> Result<Vec<Token>, SearchError> {
    let operators = operators(query);
    let mut tokens = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = query[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c == ')' && depth > 0 {
            depth -= 1;
            tokens.push(Token { at, token: Lexeme::Close });
            at += 1;
        } else {
            let (token, end) = part(query, (at, depth), operators, fields)?;
            depth += usize::from(matches!(token, Lexeme::Open { .. }));
            tokens.push(Token { at, token });
            at = end;
        }
    }
    Ok(tokens)
}

/// Which words in capitals are operators in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operators {
    /// All of them.
    All,
    /// `NOT`, `NEAR/N`, and signs: a query in capitals throughout, where “AND” is a word.
    Unmistakable,
    /// A headline in capitals: the same, but “NOT” is a word too.
    Headline,
}

impl Operators {
    fn include(self, operator: &Lexeme, text: &str) -> bool {
        match operator {
            Lexeme::And | Lexeme::Or => self == Self::All || !text.starts_with(char::is_alphabetic),
            Lexeme::Not => self != Self::Headline,
            _ => true,
        }
    }
}

/// The operators of a query. In one that is all in capitals, “AND” may be any word; a
/// function word tells a headline from names between operators.
fn operators(query: &str) -> Operators {
    let mut words = query.split_whitespace().filter(|word| operator(word).is_none());
    let is_function = |word: &str| Language::default().is_function_word(&word.to_lowercase());
    let is_mixed = query.contains(|c: char| c.is_lowercase() || c == '(' || is_quote(c));
    let has_capitals = words.clone().any(|word| word.contains(char::is_uppercase));
    if is_mixed || !has_capitals || words.clone().count() < ALL_CAPS_WORDS {
        Operators::All
    } else if words.any(is_function) {
        Operators::Headline
    } else {
        Operators::Unmistakable
    }
}

/// A word, quoted text or `(` with its sign and prefix, and the byte where it ends.
fn part(
    query: &str,
    (at, depth): (usize, usize),
    operators: Operators,
    fields: &[FieldName],
) -> Result<(Lexeme, usize), SearchError> {
    let (sign, start) = sign(query, at);
    let (prefix, start) = prefix(query, start, fields);
    let next = query[start..].chars().next().unwrap_or(' ');
    if next == '(' {
        return Ok((Lexeme::Open { sign, prefix }, start + 1));
    }
    if is_quote(next) {
        let (text, end) = quoted(query, start)?;
        let tail = tail(&query[end..], depth);
        return Ok((Lexeme::Text { sign, prefix, text, quoted: true, tail: tail.to_owned() }, end + tail.len()));
    }
    let end = start + word_length(&query[start..], depth);
    let text = &query[start..end];
    let lexeme = match (sign, prefix, operator(text)) {
        (Sign::None, None, Some(operator)) if operators.include(&operator, text) => operator,
        _ => Lexeme::Text { sign, prefix, text: text.to_owned(), quoted: false, tail: String::new() },
    };
    Ok((lexeme, end))
}

/// `+` or `-` directly before a part, and the byte after it.
fn sign(query: &str, at: usize) -> (Sign, usize) {
    let mut chars = query[at..].chars();
    let (sign, mark) = match chars.next() {
        Some('+') => (Sign::Plus, '+'),
        Some(mark @ ('-' | '−')) => (Sign::Minus, mark),
        _ => return (Sign::None, at),
    };
    // Also of a tag: -#metoo, -@handle, -$uicideboy$.
    let mut next = chars.next();
    if next.is_some_and(|c| matches!(c, '#' | '@' | '$')) {
        next = chars.next().filter(|c| c.is_alphanumeric());
    }
    let applies = next.is_some_and(|c| c.is_alphanumeric() || c == '(' || is_quote(c));
    if applies { (sign, at + mark.len_utf8()) } else { (Sign::None, at) }
}

/// A known name and a colon directly before a part, and the byte after it.
fn prefix(query: &str, at: usize, fields: &[FieldName]) -> (Option<Prefix>, usize) {
    let rest = &query[at..];
    // Only near: a search of the rest at every word takes quadratic time.
    let Some(colon) = rest.bytes().take(MAX_PREFIX + 1).position(|b| b == b':') else { return (None, at) };
    let follows = rest[colon + 1..]
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '.' | '-') || is_quote(c));
    match known_prefix(&rest[..colon], fields).filter(|_| follows) {
        Some(prefix) => (Some(prefix), at + colon + 1),
        None => (None, at),
    }
}

fn known_prefix(name: &str, fields: &[FieldName]) -> Option<Prefix> {
    let of_user = || fields.iter().find(|field| field.as_str().eq_ignore_ascii_case(name));
    Some(match name.to_ascii_lowercase().as_str() {
        "title" => Prefix::FieldScope(FieldScope::Title),
        "body" => Prefix::FieldScope(FieldScope::Body),
        "source" => Prefix::Label(Label::Source),
        "author" => Prefix::Label(Label::Author),
        "section" => Prefix::Label(Label::Section),
        "tag" => Prefix::Label(Label::Field(FieldName::TAG)),
        "published" => Prefix::Published,
        "mentions" => Prefix::Mentions,
        "is" => Prefix::Is,
        "has" => Prefix::Has,
        "said" => Prefix::Said,
        "quote-by" => Prefix::QuoteBy,
        "states" => Prefix::States,
        "organisation" => Prefix::Kind(EntityKind::Organization),
        lower => match lower.parse() {
            Ok(kind) => Prefix::Kind(kind),
            Err(_) => Prefix::Label(Label::Field(*of_user()?)),
        },
    })
}

/// Operators are in capitals; anything else is a word.
fn operator(text: &str) -> Option<Lexeme> {
    let near = |gap: &str, ordered| {
        let gap: u32 = gap.parse().ok()?;
        Some(Lexeme::Near { gap: gap.min(MAX_GAP), ordered })
    };
    match text {
        "AND" | "&&" => Some(Lexeme::And),
        "OR" | "||" => Some(Lexeme::Or),
        "NOT" => Some(Lexeme::Not),
        _ => match text.split_once('/') {
            Some(("NEAR", gap)) => near(gap, false),
            Some(("ADJ", gap)) => near(gap, true),
            _ => None,
        },
    }
}

/// Bytes of a word, which ends at white space, at a typographic quotation mark
/// and, within parentheses, at `)`.
fn word_length(rest: &str, depth: usize) -> usize {
    let ends = |c: char| c.is_whitespace() || c == ')' && depth > 0 || matches!(c, '“' | '”' | '„' | '«' | '»');
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.find(ends).unwrap_or(rest.len()).max(first)
}

/// `~3` after a closing quotation mark.
fn tail(rest: &str, depth: usize) -> &str {
    if rest.starts_with('~') { &rest[..word_length(rest, depth)] } else { "" }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The text in quotation marks, and the byte after the closing one.
fn quoted(query: &str, start: usize) -> Result<(String, usize), SearchError> {
    let open = query[start..].chars().next().map_or(0, char::len_utf8);
    let inner = start + open;
    let Some((length, close)) = query[inner..].char_indices().find(|(_, c)| is_quote(*c)) else {
        return Err(SearchError::syntax(query, start, "this quotation mark is not closed; close it, or leave it out"));
    };
    Ok((query[inner..inner + length].to_owned(), inner + length + close.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[(usize, Lexeme)]) {
        let found: Vec<(usize, Lexeme)> =
            lex(query, &[]).expect("tokens").into_iter().map(|token| (token.at, token.token)).collect();
        assert_eq!(found, expected, "{query}");
    }

    fn word(text: &str) -> Lexeme {
        let (sign, prefix, tail) = (Sign::None, None, String::new());
        Lexeme::Text { sign, prefix, text: text.to_owned(), quoted: false, tail }
    }

    #[test]
    fn tokens_have_their_byte() {
        check("é OR b", &[(0, word("é")), (3, Lexeme::Or), (6, word("b"))]);
        check("a NEAR/5000 b", &[(0, word("a")), (2, Lexeme::Near { gap: 1000, ordered: false }), (12, word("b"))]);
        check(
            "(a) b)",
            &[
                (0, Lexeme::Open { sign: Sign::None, prefix: None }),
                (1, word("a")),
                (2, Lexeme::Close),
                (4, word("b)")),
            ],
        );
        let quoted = |sign, prefix, text: &str, tail: &str| Lexeme::Text {
            sign,
            prefix,
            text: text.to_owned(),
            quoted: true,
            tail: tail.to_owned(),
        };
        check(
            "-title:“top gun”~2",
            &[(0, quoted(Sign::Minus, Some(Prefix::FieldScope(FieldScope::Title)), "top gun", "~2"))],
        );
        check(
            "ALL THE KING AND MEN",
            &["ALL", "THE", "KING", "AND", "MEN"]
                .map(|text| ("ALL THE KING AND MEN".find(text).unwrap_or(0), word(text))),
        );
    }

    #[test]
    fn operators_in_capitals_are_told_from_headlines() {
        let check = |query: &str, expected: Operators| assert_eq!(operators(query), expected, "{query}");
        check("TOM CRUISE NOT ATWELL", Operators::All);
        check("TOM CRUISE NOT HAYLEY ATWELL", Operators::Unmistakable);
        check("TOM CRUISE NEAR/5 HAYLEY ATWELL", Operators::Unmistakable);
        check("TO BE OR NOT TO BE", Operators::Headline);
        check("(TOM CRUISE) NOT HAYLEY ATWELL", Operators::All);
        check("TOM CRUISE NOT Hayley Atwell", Operators::All);
        check("תום AND קרוז היילי אטוול", Operators::All);
        let kinds = |query: &str| -> Vec<bool> {
            let tokens = lex(query, &[]).expect("tokens");
            tokens.iter().map(|token| matches!(token.token, Lexeme::Text { .. })).collect()
        };
        assert_eq!(kinds("TOM CRUISE NOT HAYLEY ATWELL"), [true, true, false, true, true]);
        assert_eq!(kinds("TOM AND CRUISE && HAYLEY ATWELL"), [true, true, true, false, true, true]);
        assert!(kinds("TO BE OR NOT TO BE").iter().all(|is_word| *is_word));
    }

    #[test]
    fn signs_stand_before_words_and_tags() {
        let check = |query: &str, expected: Sign| assert_eq!(sign(query, 0).0, expected, "{query}");
        check("-film", Sign::Minus);
        check("-#metoo", Sign::Minus);
        check("+@handle", Sign::Plus);
        check("-$uicideboy$", Sign::Minus);
        check("−#metoo", Sign::Minus);
        check("-#", Sign::None);
        check("--film", Sign::None);
        check("-#(", Sign::None);
    }

    #[test]
    fn fields_of_the_archive_are_prefixes() {
        let desk: FieldName = "desk".parse().expect("a name");
        let check = |query: &str, expected: Option<FieldName>| {
            let found = prefix(query, 0, &[desk]).0;
            assert_eq!(found, expected.map(|name| Prefix::Label(Label::Field(name))), "{query}");
        };
        check("desk:film", Some(desk));
        check("DESK:\"film noir\"", Some(desk));
        check("tag:film", Some(FieldName::TAG));
        check("desk: film", None);
        check("area:film", None);
    }

    #[test]
    fn names_of_fields_are_none_that_queries_know() {
        let words = "title body source author section tag published mentions is has said quote-by states organisation";
        for name in words.split(' ').chain(EntityKind::ALL.map(EntityKind::as_str)) {
            assert!(known_prefix(name, &[]).is_some(), "{name}");
            assert!(format!("{name}=key").parse::<crate::article::UserField>().is_err(), "{name}");
        }
    }

    #[test]
    fn an_open_quotation_mark_is_an_error() {
        assert!(matches!(lex("tom \"cruise", &[]), Err(SearchError::Syntax { at: 4, .. })));
    }
}
