//! Tokens to clauses.
//!
//! Juxtaposition binds most, then `AND`, then `OR`; `NEAR/N` and `ADJ/N` join
//! what stands right beside them.

use super::super::SearchError;
use super::lex::{Lexeme, Prefix, Sign, Token, lex};
use super::tree::{Clause, Expression, Occur, Trait};
use super::when::{Days, EXPECTED};

/// Parentheses deeper than this are refused.
const MOST_DEPTH: usize = 32;
/// The least letters before `*`.
const LEAST_PREFIX: usize = 2;

/// Parses a query.
///
/// # Errors
/// [`SearchError::Syntax`]: an open quotation mark or parenthesis, `NEAR/N`
/// without something at both sides, a condition that makes no sense.
pub(in crate::search) fn parse(query: &str) -> Result<Vec<Clause>, SearchError> {
    let tokens = lex(query)?;
    let mut parser = Parser { query, tokens: &tokens, at: 0, depth: 0 };
    parser.clauses()
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

/// A part of a sequence.
struct Item {
    occur: Occur,
    expression: Expression,
}

impl Parser<'_> {
    /// The whole query: its parts side by side, or one expression with operators.
    fn clauses(&mut self) -> Result<Vec<Clause>, SearchError> {
        let items = self.sequence()?;
        if self.at >= self.tokens.len() {
            let clause = |item: Item| {
                let must = item.occur == Occur::Should && item.expression.is_condition();
                Clause { occur: if must { Occur::Must } else { item.occur }, expression: item.expression }
            };
            return Ok(items.into_iter().map(clause).collect());
        }
        let expression = self.rest_of_or(items)?;
        Ok(expression.map(|expression| Clause { occur: Occur::Must, expression }).into_iter().collect())
    }

    /// What follows a sequence that is already read, up to the end or `)`.
    fn rest_of_or(&mut self, first: Vec<Item>) -> Result<Option<Expression>, SearchError> {
        let mut branches = Vec::from_iter(self.rest_of_and(first)?);
        while self.peek() == Some(&Lexeme::Or) {
            self.at += 1;
            let items = self.sequence()?;
            branches.extend(self.rest_of_and(items)?);
        }
        Ok(one_or(branches, Expression::Or))
    }

    fn rest_of_and(&mut self, first: Vec<Item>) -> Result<Option<Expression>, SearchError> {
        let mut parts = Vec::from_iter(all_of(first));
        while self.peek() == Some(&Lexeme::And) {
            self.at += 1;
            let items = self.sequence()?;
            parts.extend(all_of(items));
        }
        Ok(one_or(parts, Expression::And))
    }

    fn peek(&self) -> Option<&Lexeme> {
        self.tokens.get(self.at).map(|token| &token.token)
    }

    /// Parts side by side, up to `AND`, `OR`, `)` or the end.
    fn sequence(&mut self) -> Result<Vec<Item>, SearchError> {
        let mut items = Vec::new();
        loop {
            match self.peek() {
                None | Some(Lexeme::Close) => return Ok(items),
                // Where nothing stands on one side it is a word.
                Some(Lexeme::And | Lexeme::Or) if !items.is_empty() && self.is_followed() => return Ok(items),
                Some(Lexeme::And) => items.push(self.take_word("and")),
                Some(Lexeme::Or) => items.push(self.take_word("or")),
                _ => items.extend(self.item()?),
            }
        }
    }

    fn take_word(&mut self, word: &str) -> Item {
        self.at += 1;
        Item { occur: Occur::Should, expression: Expression::Word(word.to_owned()) }
    }

    /// Whether something that can be an operand follows the current token.
    fn is_followed(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.token);
        matches!(next, Some(Lexeme::Text { .. } | Lexeme::Open { .. } | Lexeme::Not))
    }

    fn item(&mut self) -> Result<Option<Item>, SearchError> {
        let mut negated = false;
        while self.peek() == Some(&Lexeme::Not) {
            if !self.is_followed() {
                return Ok(Some(self.take_word("not")));
            }
            negated = true;
            self.at += 1;
        }
        let Some((occur, mut left)) = self.primary()? else { return Ok(None) };
        let mut joined = 0;
        while let Some(&Lexeme::Near { gap, ordered }) = self.peek() {
            let at = self.tokens[self.at].at;
            self.at += 1;
            joined += 1;
            if joined > MOST_DEPTH {
                return Err(self.error(at, &format!("more than {MOST_DEPTH} NEAR and ADJ in a row; leave some out")));
            }
            let missing = "nothing follows; write it between two words, phrases or names, as in cruise NEAR/5 paris";
            let right = match self.peek() {
                Some(Lexeme::Text { .. } | Lexeme::Open { .. }) => self.primary()?,
                _ => None,
            };
            let (_, right) = right.ok_or_else(|| self.error(at, missing))?;
            if !left.is_positional() || !right.is_positional() {
                let what = "only words, phrases, names and OR between them can be near each other";
                return Err(self.error(at, what));
            }
            left = Expression::Near { left: left.into(), right: right.into(), gap, ordered };
        }
        Ok(Some(Item { occur: if negated { Occur::Not } else { occur }, expression: left }))
    }

    /// A word, phrase, field or group, with its sign; none where it is empty.
    fn primary(&mut self) -> Result<Option<(Occur, Expression)>, SearchError> {
        let Some(Token { at, token }) = self.tokens.get(self.at) else { return Ok(None) };
        let at = *at;
        self.at += 1;
        match token {
            Lexeme::Open { sign, prefix } => self.group(at, *sign, *prefix),
            Lexeme::Text { sign, prefix, text, quoted, tail } => {
                let expression = self.text(at, *prefix, text, *quoted, tail)?;
                Ok(Some((occur(*sign), expression)))
            }
            _ => Err(self.error(at, "nothing stands before it; write it between two words, phrases or names, as in cruise NEAR/5 paris")),
        }
    }

    fn group(&mut self, at: usize, sign: Sign, prefix: Option<Prefix>) -> Result<Option<(Occur, Expression)>, SearchError> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(self.error(at, &format!("parentheses are nested more than {MOST_DEPTH} deep; write the query flatter")));
        }
        let items = self.sequence()?;
        let inner = self.rest_of_or(items)?;
        if self.peek() != Some(&Lexeme::Close) {
            return Err(self.error(at, "this parenthesis is not closed; close it, or leave it out"));
        }
        self.at += 1;
        self.depth -= 1;
        let Some(inner) = inner else { return Ok(None) };
        let expression = match prefix {
            None => inner,
            Some(Prefix::Places(places)) => Expression::Within(places, inner.into()),
            Some(_) => return Err(self.error(at, "only title: and body: take parentheses; give a word, or words in quotation marks")),
        };
        Ok(Some((occur(sign), expression)))
    }

    fn text(&self, at: usize, prefix: Option<Prefix>, text: &str, quoted: bool, tail: &str) -> Result<Expression, SearchError> {
        let words = text.to_owned();
        let plain = || plain_text(text, quoted, tail);
        Ok(match prefix {
            None => plain(),
            Some(Prefix::Places(places)) => Expression::Within(places, plain().into()),
            Some(Prefix::Label(label)) => Expression::Labeled { label, words },
            Some(Prefix::Kind(kind)) => Expression::Entity { kind, name: words },
            Some(Prefix::Published) => Expression::Published(self.days(at, text)?),
            Some(Prefix::Mentions) => Expression::Mentions(self.days(at, text)?),
            Some(Prefix::Is) => match text {
                "duplicate" | "copy" => Expression::Has(Trait::Duplicate),
                _ => Expression::Word(format!("is:{text}")),
            },
            Some(Prefix::Has) => match text {
                "date" => Expression::Has(Trait::Date),
                "source" => Expression::Has(Trait::Source),
                "section" => Expression::Has(Trait::Section),
                _ => Expression::Word(format!("has:{text}")),
            },
        })
    }

    fn days(&self, at: usize, text: &str) -> Result<Days, SearchError> {
        Days::parse(text).ok_or_else(|| self.error(at, &format!("“{text}” is no date; {EXPECTED}")))
    }

    fn error(&self, at: usize, expected: &str) -> SearchError {
        SearchError::syntax(self.query, at, expected)
    }
}

/// A word with what its marks say: `word*`, `word~`, `"words"~3`.
fn plain_text(text: &str, quoted: bool, tail: &str) -> Expression {
    let words = text.to_owned();
    if quoted {
        return match tail.strip_prefix('~').and_then(|gap| gap.parse().ok()) {
            Some(gap) => Expression::Loose { words, gap },
            None => Expression::Phrase(words),
        };
    }
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count();
    if let Some(word) = text.strip_suffix('*').filter(|word| letters(word) >= LEAST_PREFIX && word.ends_with(char::is_alphanumeric)) {
        return Expression::Prefix(word.to_owned());
    }
    if let Some((word, slips)) = text.rsplit_once('~').filter(|(word, _)| letters(word) > 0) {
        let asked = match slips {
            "" => Some(if letters(word) < 6 { 1 } else { 2 }),
            "1" => Some(1),
            "2" => Some(2),
            _ => None,
        };
        if let Some(slips) = asked {
            return Expression::Fuzzy { word: word.to_owned(), slips };
        }
    }
    Expression::Word(words)
}

fn occur(sign: Sign) -> Occur {
    match sign {
        Sign::None => Occur::Should,
        Sign::Plus => Occur::Must,
        Sign::Minus => Occur::Not,
    }
}

/// Parts that must all hold.
fn all_of(items: Vec<Item>) -> Option<Expression> {
    let parts = items.into_iter().map(|item| match item.occur {
        Occur::Not => Expression::Not(item.expression.into()),
        _ => item.expression,
    });
    one_or(parts.collect(), Expression::And)
}

fn one_or(mut parts: Vec<Expression>, join: impl Fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(join(parts)),
    }
}
