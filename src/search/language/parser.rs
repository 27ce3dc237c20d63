//! Tokens to clauses.
//!
//! `NEAR/N` and `ADJ/N` bind tightest and join the operands on either side; then
//! come juxtaposition, `AND`, and `OR`.

use jiff::Zoned;
use jiff::civil::Date;

use crate::article::FieldName;
use crate::search::error::SearchError;
use crate::search::language::dates_in_words;
use crate::search::language::days::{Days, EXPECTED};
use crate::search::language::lexer::{Lexed, lex};
use crate::search::language::limits;
use crate::search::language::marks::{is_address, is_idle, visible, words_of_address};
use crate::search::language::notes::{NoteKind, QueryNote, distinct};
use crate::search::language::operators::Operator;
use crate::search::language::prefixes::{Bound, Prefix};
use crate::search::language::signs::Sign;
use crate::search::language::syntax_tree::{Clause, Expression, Occur, Trait};
use crate::search::language::tokens::{Lexeme, Token};
use crate::search::language::words::{phrase, word};

/// The deepest nesting of parentheses, and the most `NEAR` in a row.
const MAX_DEPTH: usize = 32;

const BOTH_SIDES: &str =
    "something must stand on both sides; write it between two words, phrases or names, as in cruise NEAR/5 paris";

/// A query as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub clauses: Vec<Clause>,
    /// What is read otherwise than typed.
    pub notes: Vec<QueryNote>,
}

/// The clauses of a query; see [`read`].
///
/// # Errors
/// As those of [`read`].
pub(crate) fn parse(query: &str, fields: &[FieldName]) -> Result<Vec<Clause>, SearchError> {
    Ok(read(query, fields)?.clauses)
}

/// Reads a query of an archive with these fields of the user.
///
/// # Errors
/// [`SearchError::Syntax`]: `NEAR/N` without an operand on either side, a date or kind
/// that is not valid, too many levels.
/// [`SearchError::TooLarge`]: more text than [`limits::TEXT`].
pub(crate) fn read(query: &str, fields: &[FieldName]) -> Result<Reading, SearchError> {
    read_on(query, fields, Zoned::now().date())
}

/// As [`read`], on a given day.
pub(crate) fn read_on(query: &str, fields: &[FieldName], today: Date) -> Result<Reading, SearchError> {
    limits::TEXT.check(query.len())?;
    let query = &*visible(query);
    let Lexed { query, tokens, notes } = lex(query, fields);
    let mut parser = Parser { query: &query, tokens: &tokens, at: 0, depth: 0, notes, today };
    let clauses = parser.clauses()?;
    let mut notes = parser.notes;
    notes.extend(dates_in_words::offer(&query, &tokens, today));
    let clauses = with_words_of_address(clauses, &mut notes);
    Ok(Reading { clauses, notes: distinct(notes) })
}

/// A query that is nothing but an address asks for its words.
fn with_words_of_address(clauses: Vec<Clause>, notes: &mut Vec<QueryNote>) -> Vec<Clause> {
    let address = match &clauses[..] {
        [Clause { occur: Occur::Should, expression: Expression::Word(text) }] if is_address(text) => text,
        _ => return clauses,
    };
    let words = words_of_address(address);
    if words.len() > 1 {
        notes.push(QueryNote::new(NoteKind::Url, address, &format!("is searched by its words: {}", words.join(" "))));
    }
    let word = |word: &str| Clause { occur: Occur::Should, expression: Expression::Word(word.to_owned()) };
    words.into_iter().map(word).collect()
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    notes: Vec<QueryNote>,
    today: Date,
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
        while self.peek() == Some(&Lexeme::Operator(Operator::Or)) {
            self.at += 1;
            let items = self.sequence()?;
            branches.extend(self.rest_of_and(items)?);
        }
        Ok(one_or(branches, Expression::Or))
    }

    /// An `AND` expression whose first sequence is already read.
    fn rest_of_and(&mut self, first: Vec<Item>) -> Result<Option<Expression>, SearchError> {
        let mut parts = Vec::from_iter(all_of(first));
        while self.peek() == Some(&Lexeme::Operator(Operator::And)) {
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
                Some(Lexeme::Operator(Operator::And | Operator::Or)) if !items.is_empty() && self.is_followed() => {
                    return Ok(items);
                }
                Some(Lexeme::Operator(Operator::And)) => items.push(self.take_word("and")),
                Some(Lexeme::Operator(Operator::Or)) => items.push(self.take_word("or")),
                _ => {
                    let mut found = self.items()?;
                    found.retain(|item| !matches!(&item.expression, Expression::Word(word) if is_idle(word)));
                    items.append(&mut found);
                }
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
        matches!(next, Some(Lexeme::Text { .. } | Lexeme::Open { .. } | Lexeme::Operator(Operator::Not)))
    }

    /// A part, with `NOT` before and `NEAR` after it. Several items for a group
    /// without an operator, none for an empty one.
    fn items(&mut self) -> Result<Vec<Item>, SearchError> {
        let mut negated = false;
        while self.peek() == Some(&Lexeme::Operator(Operator::Not)) {
            if !self.is_followed() {
                return Ok(vec![self.take_word("not")]);
            }
            negated = true;
            self.at += 1;
        }
        let mut items = self.primary()?;
        if let Some(&Lexeme::Operator(Operator::Near { .. })) = self.peek() {
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
        while let Some(&Lexeme::Operator(Operator::Near { gap, ordered })) = self.peek() {
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
        let tokens = self.tokens;
        let Some(Token { at, token, .. }) = tokens.get(self.at) else { return Ok(Vec::new()) };
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
        // The lexer leaves no parenthesis open.
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
        &mut self,
        at: usize,
        prefix: Option<Prefix>,
        text: &str,
        quoted: bool,
        tail: &str,
    ) -> Result<Expression, SearchError> {
        let words = || text.to_owned();
        Ok(match prefix {
            None => self.plain(text, quoted, tail),
            Some(Prefix::FieldScope(scope)) => Expression::Within(scope, self.plain(text, quoted, tail).into()),
            Some(Prefix::Label(label)) => Expression::Labeled { label, words: words() },
            Some(Prefix::Kind(kind)) => Expression::Entity { kind, name: words() },
            Some(Prefix::Published) => Expression::Published(self.days(at, text)?),
            Some(Prefix::Dated(bound)) => self.dated(bound, text, quoted, tail),
            Some(Prefix::Mentions) => Expression::Mentions(self.days(at, text)?),
            Some(Prefix::Said) => Expression::Said(self.plain(text, quoted, tail).into()),
            Some(Prefix::QuoteBy) => Expression::QuotedBy(words()),
            Some(Prefix::States) => {
                let kind = text.to_lowercase().parse();
                Expression::States(kind.map_err(|what: String| self.error(at, &what))?)
            }
            Some(Prefix::Is) => match text.to_lowercase().as_str() {
                "duplicate" | "copy" => Expression::Has(Trait::Duplicate),
                _ => self.no_trait("is", text),
            },
            Some(Prefix::Has) => match text.to_lowercase().as_str() {
                "date" => Expression::Has(Trait::Date),
                "source" => Expression::Has(Trait::Source),
                "section" => Expression::Has(Trait::Section),
                _ => self.no_trait("has", text),
            },
        })
    }

    fn plain(&mut self, text: &str, quoted: bool, tail: &str) -> Expression {
        if quoted { phrase(text, tail, &mut self.notes) } else { word(text, &mut self.notes) }
    }

    /// `is:` or `has:` of something that articles neither are nor have.
    fn no_trait(&mut self, name: &str, text: &str) -> Expression {
        let typed = format!("{name}:{text}");
        let known = if name == "is" { "is:duplicate" } else { "has:date, has:source and has:section" };
        let what = format!("is searched as words: articles have only {known}");
        self.notes.push(QueryNote::new(NoteKind::UnknownValue, &typed, &what));
        Expression::Word(typed)
    }

    /// The days of a field that others have; a value that is no date is a word.
    fn dated(&mut self, bound: Bound, text: &str, quoted: bool, tail: &str) -> Expression {
        let Some(days) = days_of(text, self.today) else {
            self.notes.push(QueryNote::new(NoteKind::UnknownValue, text, "is no date, and is searched as words"));
            return self.plain(text, quoted, tail);
        };
        Expression::Published(match bound {
            Bound::Within => days,
            Bound::Before => days.before(),
            Bound::After => days.after(),
            Bound::Since => Days { last: u64::MAX, ..days },
            Bound::Until => Days { first: 0, ..days },
        })
    }

    fn days(&self, at: usize, text: &str) -> Result<Days, SearchError> {
        days_of(text, self.today).ok_or_else(|| self.error(at, &format!("“{text}” is no date; {EXPECTED}")))
    }

    fn error(&self, at: usize, expected: &str) -> SearchError {
        SearchError::syntax(self.query, at, expected)
    }
}

/// Days, with the marks of a sentence behind them.
fn days_of(text: &str, today: Date) -> Option<Days> {
    Days::parse_on(text.trim_end_matches([',', ';', ')', '?']), today)
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
