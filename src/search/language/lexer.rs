//! Query text to tokens.

use std::borrow::Cow;

use crate::article::FieldName;
use crate::search::language::extents::{beginning, is_stray, quoted, range, single_quoted, word_length};
use crate::search::language::marks::{is_quote, separator};
use crate::search::language::notes::{NO_WEIGHTS, NoteKind, QueryNote};
use crate::search::language::operators::{Operator, Policy, foreign_operator, operator, policy};
use crate::search::language::prefixes::{Found, Prefix, known_prefix, prefix};
use crate::search::language::signs::{Sign, sign};
use crate::search::language::tokens::{Lexeme, Token};

/// A query in tokens.
#[derive(Debug)]
pub(crate) struct Lexed<'q> {
    /// The query without marks that are not closed; the bytes of tokens are those of it.
    pub query: Cow<'q, str>,
    pub tokens: Vec<Token>,
    pub notes: Vec<QueryNote>,
}

/// Words of a query in which `title: dune` is no sentence.
const MAX_FIELD_WORDS: usize = 6;
/// Bytes of the longest `AROUND(N)`.
const MAX_CALL: usize = 16;

/// Cuts a query into tokens; `fields` are those of the archive. Quotation marks and
/// parentheses that are not closed are left out.
pub(crate) fn lex<'q>(query: &'q str, fields: &[FieldName]) -> Lexed<'q> {
    let policy = policy(query, fields);
    let mut query = Cow::Borrowed(query);
    let mut told = Vec::new();
    loop {
        let mut lexer =
            Lexer { query: &query, fields, policy, tokens: Vec::new(), notes: Vec::new(), opened: Vec::new() };
        let (kind, what, unclosed) = match lexer.run() {
            Ok(()) => (NoteKind::UnclosedParenthesis, "parenthesis", lexer.opened),
            Err(UnclosedQuote(at)) => (NoteKind::UnclosedQuote, "quotation mark", vec![at]),
        };
        let Some(first) = unclosed.first() else {
            told.append(&mut lexer.notes);
            let tokens = lexer.tokens;
            return Lexed { query, tokens, notes: told };
        };
        told.push(QueryNote::new(kind, &query[*first..], &format!("is not closed: the {what} is left out")));
        query = Cow::Owned(without(&query, &unclosed));
    }
}

/// A text without the characters at these bytes, which are sorted.
fn without(text: &str, bytes: &[usize]) -> String {
    text.char_indices().filter(|(at, _)| bytes.binary_search(at).is_err()).map(|(_, c)| c).collect()
}

/// The byte of a quotation mark that is not closed.
struct UnclosedQuote(usize);

struct Lexer<'q> {
    query: &'q str,
    fields: &'q [FieldName],
    policy: Policy,
    tokens: Vec<Token>,
    notes: Vec<QueryNote>,
    /// The bytes of parentheses that are not closed yet.
    opened: Vec<usize>,
}

impl<'q> Lexer<'q> {
    fn run(&mut self) -> Result<(), UnclosedQuote> {
        let mut at = 0;
        while let Some(c) = self.rest(at).chars().next() {
            let before = self.query[..at].chars().next_back();
            let mark = separator(before, self.rest(at));
            if c.is_whitespace() {
                at += c.len_utf8();
            } else if mark > 0 {
                at += mark;
            } else if c == ')' && self.opened.pop().is_some() {
                self.tokens.push(Token { at, end: at + 1, token: Lexeme::Close });
                at += 1;
                at += self.weight(at);
            } else if is_quote(c) && is_stray(before, self.rest(at + c.len_utf8()).chars().next()) {
                self.note(
                    NoteKind::UnclosedQuote,
                    &self.query[at..at + c.len_utf8()],
                    "closes nothing, and is left out",
                );
                at += c.len_utf8();
            } else {
                at = self.part(at)?;
            }
        }
        Ok(())
    }

    fn rest(&self, at: usize) -> &'q str {
        &self.query[at..]
    }

    fn note(&mut self, kind: NoteKind, about: &str, text: &str) {
        self.notes.push(QueryNote::new(kind, about, text));
    }

    /// The bytes of the weight of a group, as in `^3`, which is told.
    fn weight(&mut self, at: usize) -> usize {
        let Some(number) = self.rest(at).strip_prefix('^') else { return 0 };
        let length = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        if length == 0 {
            return 0;
        }
        self.note(NoteKind::Unsupported, &self.query[at..=at + length], NO_WEIGHTS);
        length + 1
    }

    /// Reads a word, quoted text or `(` with its sign and prefix, and gives the byte where
    /// it ends.
    fn part(&mut self, at: usize) -> Result<usize, UnclosedQuote> {
        let (sign, after_sign) = self.sign(at);
        let (prefix, start) = match self.prefix(after_sign, sign) {
            Ok(found) => found,
            Err(end) => {
                self.push_text(at, end, (sign, None), &self.query[after_sign..end - 1], None);
                return Ok(end);
            }
        };
        let next = self.rest(start).chars().next().unwrap_or(' ');
        if next == '(' {
            self.opened.push(start);
            self.tokens.push(Token { at, end: start + 1, token: Lexeme::Open { sign, prefix } });
            return Ok(start + 1);
        }
        if is_quote(next) {
            let (text, length) = quoted(self.rest(start)).ok_or(UnclosedQuote(start))?;
            let end = start + length;
            let tail = self.tail(end);
            self.push_text(at, end + tail.len(), (sign, prefix), text, Some(tail));
            return Ok(end + tail.len());
        }
        let is_marked = sign != Sign::None || prefix.is_some();
        let takes_ranges = matches!(prefix, Some(Prefix::Published | Prefix::Mentions | Prefix::Dated(_)));
        let enclosed = match next {
            '[' | '{' if takes_ranges => range(self.rest(start)),
            '\'' | '‘' if is_marked => single_quoted(self.rest(start)),
            _ => None,
        };
        if let Some((text, length)) = enclosed {
            let end = start + length;
            let quote = text.contains(char::is_whitespace).then_some("");
            self.push_text(at, end, (sign, prefix), text, quote);
            return Ok(end);
        }
        let end = start + self.word_length(start, prefix.is_none());
        let text = &self.query[start..end];
        if is_marked {
            self.push_text(at, end, (sign, prefix), text, None);
            return Ok(end);
        }
        Ok(self.word(at, end, text))
    }

    /// A word without sign and prefix, which may be an operator; gives its end.
    fn word(&mut self, at: usize, end: usize, text: &'q str) -> usize {
        let call = match text.starts_with("AROUND(") {
            true => self.rest(at).bytes().take(MAX_CALL).position(|byte| byte == b')').map(|close| at + close + 1),
            false => None,
        };
        if let Some(operator) = operator(text).filter(|operator| self.policy.includes(*operator, text)) {
            self.push_operator(at, end, operator);
            return end;
        }
        for end in [call, Some(end)].into_iter().flatten() {
            let text = &self.query[at..end];
            if let Some(operator) = foreign_operator(text).filter(|_| self.stands_between(end)) {
                let read = match operator {
                    Operator::Near { gap, ordered: false } => format!("is read as NEAR/{gap}"),
                    Operator::Near { gap, ordered: true } => format!("is read as ADJ/{gap}"),
                    _ => "is read as NOT".to_owned(),
                };
                self.note(NoteKind::Operator, text, &read);
                self.push_operator(at, end, operator);
                return end;
            }
        }
        self.tell_word(at, end, text);
        self.push_text(at, end, (Sign::None, None), text, None);
        end
    }

    /// Notes of words that look like something else.
    fn tell_word(&mut self, at: usize, end: usize, text: &str) {
        let Policy { shouted, told, .. } = self.policy;
        let is_operator = operator(text).is_some_and(|operator| operator == Operator::Or || !shouted);
        if is_operator && told && self.stands_between(end) {
            let how = if shouted { "as all is in capitals" } else { "as in a sentence" };
            self.note(
                NoteKind::OperatorAsWord,
                text,
                &format!("is read as a word, {how}; parentheses make it an operator: (a {text} b) AND c"),
            );
        } else if matches!(text, "NEAR" | "ADJ") && !shouted && self.stands_between(end) {
            self.note(
                NoteKind::OperatorAsWord,
                text,
                &format!("is read as a word; with a number it is an operator: {text}/5"),
            );
        } else if foreign_operator(text).is_some() {
            self.note(NoteKind::OperatorAsWord, text, "is read as a word: it does not stand between two words");
        } else if text.contains(['[', '{']) && self.rest(end).starts_with(" TO ") {
            self.note(NoteKind::Unsupported, text, "is read as words: only published: and mentions: have ranges");
        } else if let Some(name) = text.strip_suffix(':')
            && !matches!(
                known_prefix(name, self.fields),
                None | Some(Prefix::Is | Prefix::Has | Prefix::Said | Prefix::States)
            )
            && name.bytes().all(|byte| byte.is_ascii_lowercase())
            && self.query.split_whitespace().take(MAX_FIELD_WORDS + 1).count() <= MAX_FIELD_WORDS
            && at + text.len() < self.query.trim_end().len()
        {
            self.note(
                NoteKind::UnknownField,
                text,
                "is read as a word: the value of a field stands directly behind the colon",
            );
        } else if text.ends_with('"')
            && text.matches('"').count() == 1
            && text.trim_end_matches('"').ends_with(char::is_alphabetic)
        {
            self.note(NoteKind::UnclosedQuote, text, "closes no quotation: the mark is left out");
        }
    }

    /// Whether something that an operator can join stands on either side.
    fn stands_between(&self, end: usize) -> bool {
        let before = self.tokens.last().map(|token| &token.token);
        matches!(before, Some(Lexeme::Text { .. } | Lexeme::Close))
            && self.rest(end).trim_start().starts_with(|c: char| c != ')')
    }

    /// A sign, and the byte after it.
    fn sign(&mut self, at: usize) -> (Sign, usize) {
        let (sign, length) = sign(self.rest(at));
        if length > 0 && self.rest(at).starts_with('!') {
            let end = at + 1 + word_length(beginning(self.rest(at + 1)), !self.opened.is_empty(), true);
            self.note(NoteKind::Operator, &self.query[at..end], "is read as an exclusion, as with -");
        }
        let mut start = at + length;
        if sign == Sign::None {
            return (sign, start);
        }
        loop {
            match separator(None, self.rest(start)) {
                0 => return (sign, start),
                mark => start += mark,
            }
        }
    }

    /// A field, and the byte after its colon; `Err` with that byte of a name that is no
    /// field before a phrase or group.
    fn prefix(&mut self, at: usize, sign: Sign) -> Result<(Option<Prefix>, usize), usize> {
        match prefix(self.rest(at), self.fields) {
            None => Ok((None, at)),
            Some((Found::Known(prefix), length)) => Ok((Some(prefix), at + length)),
            Some((Found::Alias(prefix, _, read), length)) => {
                self.note(NoteKind::Field, &self.query[at..at + length], &format!("is read as {read}"));
                Ok((Some(prefix), at + length))
            }
            Some((Found::Unknown(name), length)) => {
                let value = at + length;
                let end = value + word_length(beginning(self.rest(value)), !self.opened.is_empty(), false);
                let text = format!("is searched as words: the archive has no field “{name}”");
                self.note(NoteKind::UnknownField, &self.query[at..end], &text);
                let is_long = self.rest(value).starts_with(|c: char| c == '(' || is_quote(c));
                match (is_long, sign) {
                    (false, _) => Ok((None, at)),
                    (true, Sign::None) => Err(value),
                    // What is left out is the phrase, not the name.
                    (true, _) => Ok((None, value)),
                }
            }
        }
    }

    fn word_length(&self, start: usize, splits: bool) -> usize {
        word_length(self.rest(start), !self.opened.is_empty(), splits)
    }

    /// `~3` or `^3` after a closing quotation mark.
    fn tail(&self, at: usize) -> &'q str {
        match self.rest(at).starts_with(['~', '^']) {
            true => &self.query[at..at + self.word_length(at, true)],
            false => "",
        }
    }

    fn push_operator(&mut self, at: usize, end: usize, operator: Operator) {
        self.tokens.push(Token { at, end, token: Lexeme::Operator(operator) });
    }

    /// Adds a word, or quoted text with its tail.
    fn push_text(
        &mut self,
        at: usize,
        end: usize,
        (sign, prefix): (Sign, Option<Prefix>),
        text: &str,
        quote: Option<&str>,
    ) {
        let is_word = operator(text).is_some() && quote.is_none();
        let text = if self.policy.shouted || is_word { text.to_lowercase() } else { text.to_owned() };
        let (quoted, tail) = (quote.is_some(), quote.unwrap_or_default().to_owned());
        self.tokens.push(Token { at, end, token: Lexeme::Text { sign, prefix, text, quoted, tail } });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::syntax_tree::FieldScope;

    fn check(query: &str, expected: &[(usize, Lexeme)]) {
        let tokens = lex(query, &[]).tokens;
        let found: Vec<(usize, Lexeme)> = tokens.into_iter().map(|token| (token.at, token.token)).collect();
        assert_eq!(found, expected, "{query}");
    }

    fn word(text: &str) -> Lexeme {
        let (sign, prefix, tail) = (Sign::None, None, String::new());
        Lexeme::Text { sign, prefix, text: text.to_owned(), quoted: false, tail }
    }

    #[test]
    fn tokens_have_their_byte() {
        check("é OR b", &[(0, word("é")), (3, Lexeme::Operator(Operator::Or)), (6, word("b"))]);
        let near = Lexeme::Operator(Operator::Near { gap: 1000, ordered: false });
        check("a NEAR/5000 b", &[(0, word("a")), (2, near), (12, word("b"))]);
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
        let headline = "ALL THE KING AND MEN";
        let words = headline.split(' ').map(|text| (headline.find(text).unwrap_or(0), word(&text.to_lowercase())));
        check(headline, &words.collect::<Vec<_>>());
    }

    #[test]
    fn operators_in_capitals_are_told_from_headlines() {
        let kinds = |query: &str| -> Vec<bool> {
            let tokens = lex(query, &[]).tokens;
            tokens.iter().map(|token| matches!(token.token, Lexeme::Text { .. })).collect()
        };
        assert_eq!(kinds("TOM CRUISE NOT HAYLEY ATWELL"), [true, true, false, true, true]);
        assert_eq!(kinds("TOM AND CRUISE && HAYLEY ATWELL"), [true, false, true, false, true, true]);
        assert_eq!(kinds("TOM && CRUISE HAYLEY"), [true, false, true, true]);
        assert!(kinds("TO BE OR NOT TO BE").iter().all(|is_word| *is_word));
    }

    #[test]
    fn marks_that_part_words_are_no_words() {
        let texts = |query: &str| -> String {
            let tokens = lex(query, &[]).tokens.into_iter();
            let text = |token: Token| match token.token {
                Lexeme::Text { text, .. } => text,
                other => format!("{other:?}"),
            };
            tokens.map(text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(texts("cruise,atwell…pegg — rhames | 3,000 M:I AC/DC"), "cruise atwell pegg rhames 3,000 M:I AC/DC");
        assert_eq!(texts("https://x.example/a,b;c d"), "https://x.example/a,b;c d");
        assert_eq!(texts("cruise” ran “top"), "cruise ran top");
    }

    #[test]
    fn what_is_not_closed_is_left_out() {
        for (query, expected, kind) in [
            ("tom \"cruise hayley", "tom cruise hayley", NoteKind::UnclosedQuote),
            ("tom (cruise (hayley)", "tom cruise (hayley)", NoteKind::UnclosedParenthesis),
            ("title:(top gun", "title:top gun", NoteKind::UnclosedParenthesis),
            ("-“top gun", "-top gun", NoteKind::UnclosedQuote),
        ] {
            let Lexed { query: found, notes, .. } = lex(query, &[]);
            assert_eq!((&*found, notes.len(), notes[0].kind), (expected, 1, kind), "{query}");
        }
        assert_eq!(lex(&"(".repeat(100_000), &[]).tokens, []);
        assert_eq!(lex("\"(\"(", &[]).notes.len(), 1);
    }
}
