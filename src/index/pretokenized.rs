//! Pretokenized fields: terms with their positions, encoded in a string.
//!
//! Articles are analyzed once, in parallel, before they reach tantivy's
//! threads. These get a string that [`TermTokenizer`] only has to cut: each term
//! once, so that its dictionary entry is still in the cache for the next
//! occurrence, and behind it the gaps from position to position.

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which the tokenizer is registered.
pub(super) const TOKENIZER: &str = "terms";

/// Bits of a gap in one control character.
const DIGIT: u32 = 4;
/// Added to a digit where another one follows.
const MORE: u8 = 1 << DIGIT;
/// The first character that is part of a term.
const LETTER: u8 = MORE << 1;

/// The terms of a field, each once, in order of their first occurrences.
#[derive(Debug, Default)]
pub(super) struct TermGroups<'t> {
    terms: Vec<Group<'t>>,
    occurrences: Vec<Occurrence>,
}

#[derive(Debug)]
struct Group<'t> {
    term: &'t str,
    first: usize,
    last: usize,
}

/// A position of a term, and the index of the term's next occurrence; its own
/// where there is none.
#[derive(Debug)]
struct Occurrence {
    position: u32,
    next: usize,
}

impl<'t> FromIterator<(u32, &'t str)> for TermGroups<'t> {
    /// Groups terms that come in order of position.
    fn from_iter<I: IntoIterator<Item = (u32, &'t str)>>(terms: I) -> Self {
        let terms = terms.into_iter();
        let count = terms.size_hint().0;
        let mut known: FxHashMap<&str, usize> = FxHashMap::with_capacity_and_hasher(count, Default::default());
        let mut grouped = Self { terms: Vec::with_capacity(count), occurrences: Vec::with_capacity(count) };
        for (position, term) in terms.filter(|(_, term)| !term.is_empty()) {
            let here = grouped.occurrences.len();
            grouped.occurrences.push(Occurrence { position, next: here });
            let group = *known.entry(term).or_insert(grouped.terms.len());
            match grouped.terms.get_mut(group) {
                Some(Group { last, .. }) => {
                    grouped.occurrences[*last].next = here;
                    *last = here;
                }
                None => grouped.terms.push(Group { term, first: here, last: here }),
            }
        }
        grouped
    }
}

impl<'t> TermGroups<'t> {
    /// Each term once.
    pub fn terms(&self) -> impl Iterator<Item = &'t str> {
        self.terms.iter().map(|group| group.term)
    }

    /// The terms and their positions as a string. A gap is encoded in digits of
    /// [`DIGIT`] bits, the lowest first, as control characters; terms hold none.
    pub fn encode(&self) -> String {
        let mut text = String::with_capacity(self.terms.len() * 7 + self.occurrences.len() * 2);
        for Group { term, first, .. } in &self.terms {
            text.push_str(term);
            let (mut before, mut at) = (0, *first);
            loop {
                let Occurrence { position, next } = self.occurrences[at];
                push_gap(&mut text, position.saturating_sub(before));
                before = position.max(before);
                if next == at {
                    break;
                }
                at = next;
            }
        }
        text
    }
}

fn push_gap(text: &mut String, mut gap: u32) {
    while gap >= u32::from(MORE) {
        text.push(char::from((gap as u8 % MORE) | MORE));
        gap >>= DIGIT;
    }
    text.push(char::from(gap as u8));
}

/// Takes a gap off the digits behind a term; `None` at the next term or the end.
fn take_gap(rest: &mut &str) -> Option<u32> {
    let mut gap = 0;
    for (at, digit) in rest.bytes().take_while(|byte| *byte < LETTER).enumerate() {
        gap |= u32::from(digit % MORE).checked_shl(at as u32 * DIGIT).unwrap_or(0);
        if digit < MORE {
            *rest = &rest[at + 1..];
            return Some(gap);
        }
    }
    None
}

/// Takes the next term off the rest of a field.
fn take_term<'t>(rest: &mut &'t str) -> &'t str {
    let (term, behind) = rest.split_at(rest.bytes().position(|byte| byte < LETTER).unwrap_or(rest.len()));
    *rest = behind;
    term
}

/// The positions of a term.
#[derive(Debug, Clone)]
pub(super) struct Positions<'t> {
    rest: &'t str,
    position: u32,
}

impl Iterator for Positions<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.position += take_gap(&mut self.rest)?;
        Some(self.position)
    }
}

/// Hands each term of an encoded field to `each`, with its positions.
pub(super) fn each_term<'t>(text: &'t str, mut each: impl FnMut(&'t str, Positions<'t>)) {
    let mut rest = text;
    while !rest.is_empty() {
        let term = take_term(&mut rest);
        each(term, Positions { rest, position: 0 });
        rest = rest.trim_start_matches(|c: char| c < char::from(LETTER));
    }
}

/// The terms of an encoded field in order of position.
pub fn decode_terms(text: &str) -> Vec<(u32, &str)> {
    let mut found = Vec::new();
    each_term(text, |term, positions| found.extend(positions.map(|position| (position, term))));
    found.sort_by_key(|(position, _)| *position);
    found
}

/// Cuts the strings of [`TermGroups::encode`] into terms.
#[derive(Debug, Clone, Default)]
pub(super) struct TermTokenizer {
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { positions: Positions { rest: text, position: 0 }, token: &mut self.token }
    }
}

/// The terms of one field, each as often as it has positions.
pub(super) struct TermStream<'a> {
    positions: Positions<'a>,
    token: &'a mut Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let position = self.positions.next().or_else(|| {
            let mut rest = self.positions.rest;
            let term = take_term(&mut rest);
            self.token.text.clear();
            self.token.text.push_str(term);
            self.positions = Positions { rest, position: 0 };
            self.positions.next()
        });
        self.token.position = position.unwrap_or(0) as usize;
        position.is_some()
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
    fn encoded_terms_come_back() {
        let terms = [(0, "tom"), (0, "tomcruise"), (1, "cruise"), (2, "tom"), (33, "far"), (500, "tom"), (70_000, "é")];
        let grouped: TermGroups = terms.into_iter().collect();
        assert_eq!(grouped.terms().collect::<Vec<_>>(), ["tom", "tomcruise", "cruise", "far", "é"]);
        let text = grouped.encode();
        assert_eq!(decode_terms(&text), terms);
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(&text);
        let mut read = Vec::new();
        while let Some(token) = stream.next() {
            read.push((token.position as u32, token.text.clone()));
        }
        read.sort_by_key(|(position, _)| *position);
        assert_eq!(read, terms.map(|(position, term)| (position, term.to_owned())));
        assert!(decode_terms(&TermGroups::default().encode()).is_empty());
    }

    #[test]
    fn gaps_take_a_character_for_four_bits() {
        let check = |positions: &[u32], encoded: &str| {
            let grouped: TermGroups = positions.iter().map(|position| (*position, "a")).collect();
            assert_eq!(grouped.encode(), encoded, "{positions:?}");
            assert_eq!(decode_terms(encoded), positions.iter().map(|p| (*p, "a")).collect::<Vec<_>>());
        };
        check(&[0], "a\u{0}");
        check(&[15], "a\u{f}");
        check(&[16], "a\u{10}\u{1}");
        check(&[3, 3, 20], "a\u{3}\u{0}\u{11}\u{1}");
        let empty: TermGroups = [(0, "")].into_iter().collect();
        assert_eq!(empty.encode(), "");
    }
}
