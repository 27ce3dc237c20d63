//! The tokens of a query.

use crate::search::language::operators::Operator;
use crate::search::language::prefixes::Prefix;
use crate::search::language::signs::Sign;

/// A token, with the bytes where it starts and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub at: usize,
    pub end: usize,
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
    Operator(Operator),
}
