//! Follows the grammar of JSON byte by byte, to see at once where a value ends or
//! is broken.
//!
//! More is let through than the parser takes: commas before a closing bracket, and
//! words such as `NaN`. Which of these are mended is decided where values are parsed.

/// The deepest nesting; the parser has the same limit.
const MAX_DEPTH: usize = 128;
/// Bytes of a word or number that are looked at.
const LONGEST_WORD: usize = 12;

/// Words besides numbers.
const WORDS: &[&[u8]] = &[b"true", b"false", b"null", b"NaN", b"nan", b"Infinity", b"-Infinity", b"inf", b"undefined"];

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// What is open between brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    None,
    Text,
    Escape,
    Word(Vec<u8>),
}

/// What a piece of input brought, with the bytes of it that were taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// All of it belongs to the value, which goes on.
    More,
    /// The value ends before this byte.
    End(usize),
    /// This byte cannot follow.
    Bad(usize),
}

/// One value, of which a part was seen.
#[derive(Debug)]
pub(super) struct Grammar {
    open: Vec<u8>,
    expect: Expect,
    token: Token,
}

impl Grammar {
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), expect: Expect::Value, token: Token::None }
    }

    /// Goes on with the next bytes of the input.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Step {
        let mut at = 0;
        while at < bytes.len() {
            let step = match &mut self.token {
                Token::Text => self.text(bytes, at),
                Token::Escape => {
                    self.token = Token::Text;
                    if bytes[at] == b'\n' { Err(Step::Bad(at)) } else { Ok(at + 1) }
                }
                Token::Word(_) => self.word(bytes, at),
                Token::None => self.next(bytes[at], at),
            };
            match step {
                Ok(next) => at = next,
                Err(step) => return step,
            }
        }
        Step::More
    }

    /// Whether the value is complete if the input ends here: a word or number.
    pub(super) fn ends_here(&self) -> bool {
        self.open.is_empty() && matches!(&self.token, Token::Word(word) if is_word(word))
    }

    fn text(&mut self, bytes: &[u8], at: usize) -> Result<usize, Step> {
        let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..]) else { return Ok(bytes.len()) };
        let at = at + found;
        match bytes[at] {
            b'"' => {
                self.token = Token::None;
                if self.expect == Expect::KeyOrEnd {
                    self.expect = Expect::Colon;
                    return Ok(at + 1);
                }
                self.value_ends(at + 1)
            }
            b'\\' => {
                self.token = Token::Escape;
                Ok(at + 1)
            }
            _ => Err(Step::Bad(at)),
        }
    }

    fn word(&mut self, bytes: &[u8], at: usize) -> Result<usize, Step> {
        let length = bytes[at..].iter().position(|byte| !is_word_byte(*byte)).unwrap_or(bytes.len() - at);
        let Token::Word(word) = &mut self.token else { return Err(Step::Bad(at)) };
        let kept = length.min(LONGEST_WORD.saturating_sub(word.len()));
        word.extend_from_slice(&bytes[at..at + kept]);
        let end = at + length;
        if end == bytes.len() {
            return Ok(end);
        }
        let known = is_word(word);
        self.token = Token::None;
        if known { self.value_ends(end) } else { Err(Step::Bad(end)) }
    }

    /// A byte between strings and words.
    fn next(&mut self, byte: u8, at: usize) -> Result<usize, Step> {
        use Expect::{Colon, CommaOrEnd, KeyOrEnd, Value, ValueOrEnd};
        match (byte, self.expect) {
            (b' ' | b'\t' | b'\r' | b'\n', _) => Ok(at + 1),
            (b'}', KeyOrEnd | CommaOrEnd) if self.open.last() == Some(&b'{') => self.close(at + 1),
            (b']', ValueOrEnd | CommaOrEnd) if self.open.last() == Some(&b'[') => self.close(at + 1),
            (b',', CommaOrEnd) => {
                self.expect = if self.open.last() == Some(&b'{') { KeyOrEnd } else { ValueOrEnd };
                Ok(at + 1)
            }
            (b':', Colon) => {
                self.expect = Value;
                Ok(at + 1)
            }
            (b'"', KeyOrEnd | Value | ValueOrEnd) => {
                self.token = Token::Text;
                Ok(at + 1)
            }
            (b'{' | b'[', Value | ValueOrEnd) if self.open.len() < MAX_DEPTH => {
                self.open.push(byte);
                self.expect = if byte == b'{' { KeyOrEnd } else { ValueOrEnd };
                Ok(at + 1)
            }
            (byte, Value | ValueOrEnd) if is_word_byte(byte) => {
                self.token = Token::Word(Vec::new());
                Ok(at)
            }
            _ => Err(Step::Bad(at)),
        }
    }

    fn close(&mut self, after: usize) -> Result<usize, Step> {
        self.open.pop();
        self.value_ends(after)
    }

    fn value_ends(&mut self, after: usize) -> Result<usize, Step> {
        if self.open.is_empty() {
            return Err(Step::End(after));
        }
        self.expect = Expect::CommaOrEnd;
        Ok(after)
    }
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}

fn is_word(word: &[u8]) -> bool {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    digits.first().is_some_and(u8::is_ascii_digit) || WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Step) {
        assert_eq!(Grammar::new().feed(text.as_bytes()), expected, "{text}");
        // The same in pieces of one byte.
        let mut grammar = Grammar::new();
        let found = text.bytes().enumerate().find_map(|(at, byte)| match grammar.feed(&[byte]) {
            Step::More => None,
            Step::End(taken) => Some(Step::End(at + taken)),
            Step::Bad(taken) => Some(Step::Bad(at + taken)),
        });
        assert_eq!(found.unwrap_or(Step::More), expected, "{text} in pieces");
    }

    #[test]
    fn values_end_where_they_should() {
        check(r#"{"a":1}{"b":2}"#, Step::End(7));
        check(r#"{"a":[1,2,{"b":"}\"]"}]} rest"#, Step::End(24));
        check(r#"{"a":NaN,"b":-Infinity,"c":[1,],}"#, Step::End(33));
        check("[1,2", Step::More);
        check("12 ", Step::End(2));
        check(r#""a" "#, Step::End(3));
        check("{}", Step::End(2));
    }

    #[test]
    fn what_cannot_follow_is_found_at_once() {
        check(r#"{"a": broken}"#, Step::Bad(12));
        check("{\"a\":\"b\nc\"}", Step::Bad(7));
        check(r#"{"a":1 "b"#, Step::Bad(7));
        check(r#"{"a":1]"#, Step::Bad(6));
        check("{a:1}", Step::Bad(1));
        check(&"[".repeat(MAX_DEPTH + 1), Step::Bad(MAX_DEPTH));
        check("oops ", Step::Bad(4));
    }

    #[test]
    fn a_number_may_end_with_the_input() {
        for (text, expected) in [("12", true), ("nul", false), ("[12", false), ("NaN", true)] {
            let mut grammar = Grammar::new();
            assert_eq!(grammar.feed(text.as_bytes()), Step::More);
            assert_eq!(grammar.ends_here(), expected, "{text}");
        }
    }
}
