//! Ready-made terms handed to tantivy.
//!
//! Articles are analyzed once, in parallel, before they reach tantivy's
//! threads. What those get is not text but terms with their positions, in a
//! string that [`TermTokenizer`] only has to cut.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub(super) const TOKENIZER: &str = "terms";

/// The highest step a single mark can say; see [`TermWriter`].
const MAX_STEP: u32 = 30;

/// Writes terms in order of position.
///
/// Each term is preceded by one control character, U+0001 plus the step from
/// the position of the term before it; steps over 30 are said by several
/// marks. Terms hold no control characters.
#[derive(Debug, Default)]
pub(super) struct TermWriter {
    text: String,
    position: u32,
}

impl TermWriter {
    pub fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), position: 0 }
    }

    /// Adds a term at a position not before the last one.
    pub fn push(&mut self, position: u32, term: &str) {
        let mut step = position.saturating_sub(self.position);
        self.position += step;
        while step > MAX_STEP {
            self.text.push(mark(MAX_STEP));
            step -= MAX_STEP;
        }
        self.text.push(mark(step));
        self.text.push_str(term);
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// The terms that [`TermWriter`] wrote.
pub(super) fn terms(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c < ' ').filter(|term| !term.is_empty())
}

/// The ready-made terms of a field, each with its position.
pub fn positioned(text: &str) -> Vec<(u32, &str)> {
    let mut found = Vec::new();
    each_positioned(text, |position, term| found.push((position, term)));
    found
}

/// Hands out the ready-made terms of a field with their positions.
pub(super) fn each_positioned<'t>(text: &'t str, mut each: impl FnMut(u32, &'t str)) {
    let (mut position, mut rest) = (0, text);
    while let Some((step, term)) = take_term(&mut rest) {
        position += step;
        each(position, term);
    }
}

/// Takes the next term off what is left of a field, with the step from the
/// position before.
fn take_term<'t>(rest: &mut &'t str) -> Option<(u32, &'t str)> {
    let mut steps = 0;
    loop {
        let step = rest.bytes().next().filter(|mark| (1..32).contains(mark))?;
        steps += u32::from(step - 1);
        let behind = &rest[1..];
        let (term, next) = behind.split_at(behind.bytes().position(|byte| byte < 32).unwrap_or(behind.len()));
        *rest = next;
        if !term.is_empty() {
            return Some((steps, term));
        }
    }
}

fn mark(step: u32) -> char {
    char::from(1 + step as u8)
}

/// Cuts what [`TermWriter`] wrote.
#[derive(Debug, Clone, Default)]
pub(super) struct TermTokenizer {
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { rest: text, position: 0, token: &mut self.token }
    }
}

/// The terms of one field.
pub(super) struct TermStream<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((step, term)) = take_term(&mut self.rest) else { return false };
        self.position += step as usize;
        self.token.position = self.position;
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let terms = [(0, "tom"), (0, "tomcruise"), (1, "cruise"), (31, "far"), (500, "farther")];
        let mut writer = TermWriter::default();
        for (position, term) in terms {
            writer.push(position, term);
        }
        let text = writer.finish();
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(&text);
        let mut read = Vec::new();
        while let Some(token) = stream.next() {
            read.push((token.position as u32, token.text.clone()));
        }
        assert_eq!(read, terms.map(|(position, term)| (position, term.to_owned())));
    }
}
