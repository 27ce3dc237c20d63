//! Query text to tokens.

use crate::article::EntityKind;

use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{FieldScope, Label};

/// `+` or `-` before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    None,
    Plus,
    Minus,
}

/// What stands before a colon.
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
    /// A sign, what stands before a colon, and whether `(` follows.
    Open {
        sign: Sign,
        prefix: Option<Prefix>,
    },
    Close,
    /// A word or what stands in quotation marks, with what stands before it.
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

/// So many words in capitals are not written so for the sake of operators.
const SHOUTED: usize = 4;
/// Words farther apart than this are not near.
const MOST_GAP: u32 = 1000;

/// Cuts a query. Only a quotation mark without its partner is an error.
pub(crate) fn lex(query: &str) -> Result<Vec<Token>, SearchError> {
    let shouts = is_shouted(query);
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
            let (token, end) = part(query, at, depth, shouts)?;
            depth += usize::from(matches!(token, Lexeme::Open { .. }));
            tokens.push(Token { at, token });
            at = end;
        }
    }
    Ok(tokens)
}

/// Whether a query is written in capitals throughout: “AND” is a word then.
fn is_shouted(query: &str) -> bool {
    let words = query.split_whitespace().filter(|word| operator(word).is_none());
    words.count() >= SHOUTED && !query.contains(|c: char| c.is_lowercase() || c == '(' || is_quote(c))
}

/// A part with its sign and prefix, and where it ends.
fn part(query: &str, at: usize, depth: usize, shouts: bool) -> Result<(Lexeme, usize), SearchError> {
    let (sign, start) = sign(query, at);
    let (prefix, start) = prefix(query, start);
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
        (Sign::None, None, Some(operator)) if !shouts => operator,
        _ => Lexeme::Text { sign, prefix, text: text.to_owned(), quoted: false, tail: String::new() },
    };
    Ok((lexeme, end))
}

/// `+` or `-` right before a part.
fn sign(query: &str, at: usize) -> (Sign, usize) {
    let mut chars = query[at..].chars();
    let (sign, mark) = match chars.next() {
        Some('+') => (Sign::Plus, '+'),
        Some(mark @ ('-' | '−')) => (Sign::Minus, mark),
        _ => return (Sign::None, at),
    };
    let applies = chars.next().is_some_and(|c| c.is_alphanumeric() || c == '(' || is_quote(c));
    if applies { (sign, at + mark.len_utf8()) } else { (Sign::None, at) }
}

/// A known name before a colon, where something follows right behind it.
fn prefix(query: &str, at: usize) -> (Option<Prefix>, usize) {
    let rest = &query[at..];
    let Some(colon) = rest.find(':').filter(|colon| *colon <= 12) else { return (None, at) };
    let follows = rest[colon + 1..]
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '.' | '-') || is_quote(c));
    match known_prefix(&rest[..colon]).filter(|_| follows) {
        Some(prefix) => (Some(prefix), at + colon + 1),
        None => (None, at),
    }
}

fn known_prefix(name: &str) -> Option<Prefix> {
    Some(match name.to_ascii_lowercase().as_str() {
        "title" => Prefix::FieldScope(FieldScope::Title),
        "body" => Prefix::FieldScope(FieldScope::Body),
        "source" => Prefix::Label(Label::Source),
        "author" => Prefix::Label(Label::Author),
        "section" => Prefix::Label(Label::Section),
        "published" => Prefix::Published,
        "mentions" => Prefix::Mentions,
        "is" => Prefix::Is,
        "has" => Prefix::Has,
        "said" => Prefix::Said,
        "quote-by" => Prefix::QuoteBy,
        "states" => Prefix::States,
        "organisation" => Prefix::Kind(EntityKind::Organization),
        name => Prefix::Kind(name.parse().ok()?),
    })
}

/// Operators are written in capitals; anything else is a word.
fn operator(text: &str) -> Option<Lexeme> {
    let near = |gap: &str, ordered| {
        let gap: u32 = gap.parse().ok()?;
        Some(Lexeme::Near { gap: gap.min(MOST_GAP), ordered })
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

/// Words end at white space and, within parentheses, at the closing one.
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

fn quoted(query: &str, start: usize) -> Result<(String, usize), SearchError> {
    let open = query[start..].chars().next().map_or(0, char::len_utf8);
    let inner = start + open;
    let Some((length, close)) = query[inner..].char_indices().find(|(_, c)| is_quote(*c)) else {
        return Err(SearchError::syntax(query, start, "this quotation mark is not closed; close it, or leave it out"));
    };
    Ok((query[inner..inner + length].to_owned(), inner + length + close.len_utf8()))
}
