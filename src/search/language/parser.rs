//! Tokens to clauses.
//!
//! `NEAR/N` and `ADJ/N` bind tightest and join the operands on either side; then
//! come juxtaposition, `AND`, and `OR`.

use std::borrow::Cow;

use crate::article::FieldName;
use crate::search::error::SearchError;
use crate::search::language::days::{Days, EXPECTED};
use crate::search::language::lexer::{Lexeme, Prefix, Sign, Token, lex};
use crate::search::language::limits;
use crate::search::language::syntax_tree::{Clause, Expression, Occur, Trait};

/// The deepest nesting of parentheses, and the most `NEAR` in a row.
const MAX_DEPTH: usize = 32;
/// The fewest letters before `*`.
const MIN_PREFIX: usize = 2;

const BOTH_SIDES: &str =
    "something must stand on both sides; write it between two words, phrases or names, as in cruise NEAR/5 paris";

/// Parses a query of an archive with these fields of the user.
///
/// # Errors
/// [`SearchError::Syntax`]: a quotation mark or parenthesis that is not closed,
/// `NEAR/N` without an operand on either side, a date or kind that is not valid.
/// [`SearchError::TooLarge`]: more text than [`limits::TEXT`].
pub(crate) fn parse(query: &str, fields: &[FieldName]) -> Result<Vec<Clause>, SearchError> {
    limits::TEXT.check(query.len())?;
    let query = &*visible(query);
    let tokens = lex(query, fields)?;
    let mut parser = Parser { query, tokens: &tokens, at: 0, depth: 0 };
    parser.clauses()
}

/// A query without characters that pasted text may bring along unseen: marks of
/// writing direction, byte order marks, word joiners and soft hyphens. Joiners within
/// words of other scripts stay, and so does all that is a separator.
fn visible(query: &str) -> Cow<'_, str> {
    let is_invisible = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    match query.contains(is_invisible) {
        true => Cow::Owned(query.replace(is_invisible, "")),
        false => Cow::Borrowed(query),
    }
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

/// A part of a sequence, with its sign.
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

    /// An `OR` expression whose first sequence is already read, up to the end or `)`.
    fn rest_of_or(&mut self, first: Vec<Item>) -> Result<Option<Expression>, SearchError> {
        let mut branches = Vec::from_iter(self.rest_of_and(first)?);
        while self.peek() == Some(&Lexeme::Or) {
            self.at += 1;
            let items = self.sequence()?;
            branches.extend(self.rest_of_and(items)?);
        }
        Ok(one_or(branches, Expression::Or))
    }

    /// An `AND` expression whose first sequence is already read.
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
                // Without operands on both sides an operator is a word.
                Some(Lexeme::And | Lexeme::Or) if !items.is_empty() && self.is_followed() => return Ok(items),
                Some(Lexeme::And) => items.push(self.take_word("and")),
                Some(Lexeme::Or) => items.push(self.take_word("or")),
                _ => items.append(&mut self.items()?),
            }
        }
    }

    fn take_word(&mut self, word: &str) -> Item {
        self.at += 1;
        Item { occur: Occur::Should, expression: Expression::Word(word.to_owned()) }
    }

    /// Whether an operand follows the current token.
    fn is_followed(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.token);
        matches!(next, Some(Lexeme::Text { .. } | Lexeme::Open { .. } | Lexeme::Not))
    }

    /// A part, with `NOT` before and `NEAR` after it. Several items for a group
    /// without an operator, none for an empty one.
    fn items(&mut self) -> Result<Vec<Item>, SearchError> {
        let mut negated = false;
        while self.peek() == Some(&Lexeme::Not) {
            if !self.is_followed() {
                return Ok(vec![self.take_word("not")]);
            }
            negated = true;
            self.at += 1;
        }
        let mut items = self.primary()?;
        if let Some(&Lexeme::Near { .. }) = self.peek() {
            let occur = if items.len() == 1 { items[0].occur } else { Occur::Should };
            let left = all_of(items).ok_or_else(|| self.error(self.tokens[self.at].at, BOTH_SIDES))?;
            items = vec![Item { occur, expression: self.rest_of_near(left)? }];
        }
        if negated {
            items = Vec::from_iter(all_of(items).map(|expression| Item { occur: Occur::Not, expression }));
        }
        Ok(items)
    }

    /// A chain of `NEAR` and `ADJ` whose first operand is already read.
    fn rest_of_near(&mut self, mut left: Expression) -> Result<Expression, SearchError> {
        let mut joined = 0;
        while let Some(&Lexeme::Near { gap, ordered }) = self.peek() {
            let at = self.tokens[self.at].at;
            self.at += 1;
            joined += 1;
            if joined > MAX_DEPTH {
                return Err(self.error(at, &format!("more than {MAX_DEPTH} NEAR and ADJ in a row; leave some out")));
            }
            let right = match self.peek() {
                Some(Lexeme::Text { .. } | Lexeme::Open { .. }) => all_of(self.primary()?),
                _ => None,
            };
            let right = right.ok_or_else(|| self.error(at, BOTH_SIDES))?;
            if !left.is_positional() || !right.is_positional() {
                let what = "only words, phrases, names and OR between them can be near each other";
                return Err(self.error(at, what));
            }
            left = Expression::Near { left: left.into(), right: right.into(), gap, ordered };
        }
        Ok(left)
    }

    /// A word, phrase, field or group, with its sign.
    fn primary(&mut self) -> Result<Vec<Item>, SearchError> {
        let Some(Token { at, token }) = self.tokens.get(self.at) else { return Ok(Vec::new()) };
        let at = *at;
        self.at += 1;
        match token {
            Lexeme::Open { sign, prefix } => self.group(at, *sign, *prefix),
            Lexeme::Text { sign, prefix, text, quoted, tail } => {
                let expression = self.text(at, *prefix, text, *quoted, tail)?;
                Ok(vec![Item { occur: occur(*sign), expression }])
            }
            _ => Err(self.error(at, BOTH_SIDES)),
        }
    }

    /// A group. Parentheses without sign, prefix or operator are punctuation:
    /// their words join those around them.
    fn group(&mut self, at: usize, sign: Sign, prefix: Option<Prefix>) -> Result<Vec<Item>, SearchError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let what = format!("parentheses are nested more than {MAX_DEPTH} deep; write the query flatter");
            return Err(self.error(at, &what));
        }
        let mut items = self.sequence()?;
        let is_punctuation = self.peek() == Some(&Lexeme::Close) && sign == Sign::None && prefix.is_none();
        if !is_punctuation {
            let inner = self.rest_of_or(items)?;
            items = Vec::from_iter(inner.map(|expression| Item { occur: occur(sign), expression }));
        }
        if self.peek() != Some(&Lexeme::Close) {
            return Err(self.error(at, "this parenthesis is not closed; close it, or leave it out"));
        }
        self.at += 1;
        self.depth -= 1;
        match prefix {
            None => {}
            Some(Prefix::FieldScope(scope)) => {
                for item in &mut items {
                    let inner = std::mem::replace(&mut item.expression, Expression::And(Vec::new()));
                    item.expression = Expression::Within(scope, inner.into());
                }
            }
            Some(Prefix::Said) => {
                for item in &mut items {
                    let inner = std::mem::replace(&mut item.expression, Expression::And(Vec::new()));
                    item.expression = Expression::Said(inner.into());
                }
            }
            Some(_) => {
                let what = "only title:, body: and said: take parentheses; give a word, or words in quotation marks";
                return Err(self.error(at, what));
            }
        }
        Ok(items)
    }

    fn text(
        &self,
        at: usize,
        prefix: Option<Prefix>,
        text: &str,
        quoted: bool,
        tail: &str,
    ) -> Result<Expression, SearchError> {
        let words = text.to_owned();
        let plain = || plain_text(text, quoted, tail);
        Ok(match prefix {
            None => plain(),
            Some(Prefix::FieldScope(scope)) => Expression::Within(scope, plain().into()),
            Some(Prefix::Label(label)) => Expression::Labeled { label, words },
            Some(Prefix::Kind(kind)) => Expression::Entity { kind, name: words },
            Some(Prefix::Published) => Expression::Published(self.days(at, text)?),
            Some(Prefix::Mentions) => Expression::Mentions(self.days(at, text)?),
            Some(Prefix::Said) => Expression::Said(plain().into()),
            Some(Prefix::QuoteBy) => Expression::QuotedBy(words),
            Some(Prefix::States) => Expression::States(text.parse().map_err(|what: String| self.error(at, &what))?),
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

/// Words with their suffix: `word*`, `word~`, `"words"~3`.
fn plain_text(text: &str, quoted: bool, tail: &str) -> Expression {
    let words = text.to_owned();
    if quoted {
        return match tail.strip_prefix('~').and_then(|gap| gap.parse().ok()) {
            Some(gap) => Expression::Sloppy { words, gap },
            None => Expression::Phrase(words),
        };
    }
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count();
    if let Some(word) =
        text.strip_suffix('*').filter(|word| letters(word) >= MIN_PREFIX && word.ends_with(char::is_alphanumeric))
    {
        return Expression::Prefix(word.to_owned());
    }
    if let Some((word, suffix)) = text.rsplit_once('~').filter(|(word, _)| letters(word) > 0) {
        let edits = match suffix {
            "" => Some(if letters(word) < 6 { 1 } else { 2 }),
            "1" => Some(1),
            "2" => Some(2),
            _ => None,
        };
        if let Some(edits) = edits {
            return Expression::Fuzzy { word: word.to_owned(), edits };
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

/// The conjunction of some items; `None` of none.
fn all_of(items: Vec<Item>) -> Option<Expression> {
    let parts = items.into_iter().map(|item| match item.occur {
        Occur::Not => Expression::Not(item.expression.into()),
        _ => item.expression,
    });
    one_or(parts.collect(), Expression::And)
}

/// The only part, or several joined; `None` of none.
fn one_or(mut parts: Vec<Expression>, join: impl Fn(Vec<Expression>) -> Expression) -> Option<Expression> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(join(parts)),
    }
}
