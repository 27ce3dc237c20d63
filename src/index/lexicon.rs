//! Texts with their frequent words as codes of one to three bytes, so that
//! Zstandard sees which words follow each other rather than their letters
//! (a word replacing transform: Skibiński, Grabowski and Deorowicz, “Revisiting
//! dictionary-based compression”, Software: Practice and Experience 35, 2005).
//!
//! In a coded text most ASCII stands for itself, a byte from [`FIRST_CODE`]
//! begins the code of a word, [`ESCAPE`] and a number are before that many
//! bytes of anything else. A word that follows another, or the end of a clause,
//! is understood to stand behind a space; [`GLUE`] says where it does not.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::word_codes::WordCodes;

const ESCAPE: u8 = 0;
const GLUE: u8 = 1;
const FIRST_CODE: u8 = 128;
/// First bytes that codes can have.
const FIRSTS: usize = 128;
/// How many of these are a whole code.
const SHORT: usize = 24;
/// How many of these, the last ones, begin a code of three bytes.
const LONG: usize = 4;
/// Words whose code is of one byte or two.
const MIDDLE: usize = SHORT + (FIRSTS - SHORT - LONG) * 256;
/// All words that can have codes.
const MOST: usize = MIDDLE + LONG * 256 * 256;
/// What stands less often is no word of a lexicon.
const LEAST: usize = 5;
/// The longest word of a lexicon, in bytes.
const LONGEST: usize = 60;
/// Bytes of a word that are copied together.
const COPIED: usize = 16;
/// A coded text is seldom shorter than this part of the text.
const USUAL: usize = 3;

/// The words that have codes, the most frequent first.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Each word behind its [`Entry`] byte, and [`COPIED`] bytes.
    words: Vec<u8>,
    entries: Vec<Entry>,
    codes: WordCodes,
}

/// Where a word stands in `words`, and the byte before it there: its bytes, and
/// the two marks below.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    byte: u8,
}

/// A space may be understood before it.
const IS_WORD: u8 = 64;
/// And before a word behind it.
const LEAVES_GAP: u8 = 128;

impl Entry {
    fn length(self) -> usize {
        usize::from(self.byte % IS_WORD)
    }
}

impl Lexicon {
    /// The lexicon of an archive that has such texts.
    pub fn train<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for token in texts.flat_map(Tokens) {
            if token != " " && token.len() <= LONGEST && (token.len() > 1 || is_word(token)) {
                *counts.entry(token).or_default() += 1;
            }
        }
        let mut words: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= LEAST).collect();
        words.sort_unstable_by_key(|(word, count)| (Reverse(*count), *word));
        words.truncate(MOST);
        let mut bytes = Vec::new();
        for (word, _) in words {
            let mark = |is: bool, mark: u8| if is { mark } else { 0 };
            let marks = mark(is_word(word), IS_WORD) | mark(leaves_gap(word.as_bytes()), LEAVES_GAP);
            bytes.push(word.len() as u8 | marks);
            bytes.extend_from_slice(word.as_bytes());
        }
        Self::read(bytes).unwrap_or_default().learned()
    }

    /// The lexicon of [`Lexicon::bytes`], to read texts with; `None` where they
    /// are damaged.
    pub fn read(mut bytes: Vec<u8>) -> Option<Self> {
        let (mut entries, mut at) = (Vec::new(), 0);
        while let Some(byte) = bytes.get(at) {
            let entry = Entry { start: u32::try_from(at + 1).ok()?, byte: *byte };
            entries.push(entry);
            at += 1 + entry.length();
        }
        let whole = at == bytes.len();
        bytes.resize(bytes.len() + COPIED, 0);
        whole.then_some(Self { words: bytes, entries, codes: WordCodes::default() })
    }

    /// With what is needed to write texts too.
    pub fn learned(mut self) -> Self {
        let mut codes = WordCodes::default();
        for (code, entry) in (0..).zip(&self.entries) {
            let start = entry.start as usize;
            codes.insert(&self.words[start..start + entry.length()], code);
        }
        self.codes = codes;
        self
    }

    /// All words, each behind its byte.
    pub fn bytes(&self) -> &[u8] {
        &self.words[..self.words.len().saturating_sub(COPIED)]
    }

    /// Writes a text in codes.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        let mut coded = Vec::with_capacity(text.len() / 2);
        let mut gap = false;
        let mut tokens = Tokens(text).peekable();
        while let Some(token) = tokens.next() {
            let code = |token: &str| self.codes.get(token.as_bytes());
            let is_space = token == " ";
            let next = tokens.peek().filter(|next| gap && is_space && is_word(next));
            if let Some(code) = next.and_then(|next| code(next)) {
                push_code(&mut coded, code as usize);
                tokens.next();
                continue;
            }
            match if is_space { None } else { code(token) } {
                Some(code) => {
                    if gap && is_word(token) {
                        coded.push(GLUE);
                    }
                    push_code(&mut coded, code as usize);
                }
                None => push_bytes(&mut coded, token.as_bytes()),
            }
            gap = leaves_gap(token.as_bytes());
        }
        coded
    }

    /// Reads a coded text; `None` where it is damaged.
    pub fn decode(&self, coded: &[u8]) -> Option<String> {
        let mut text = Vec::with_capacity(coded.len() * USUAL);
        let mut rest = coded;
        // Whether a space is understood before a word that follows.
        let mut gap = false;
        while let Some((first, behind)) = rest.split_first() {
            rest = behind;
            match *first {
                GLUE => gap = false,
                ESCAPE => {
                    let (length, behind) = rest.split_first()?;
                    let (bytes, behind) = behind.split_at_checked(usize::from(*length))?;
                    text.extend_from_slice(bytes);
                    rest = behind;
                    gap = leaves_gap(&text);
                }
                byte if byte < FIRST_CODE => {
                    text.push(byte);
                    gap = leaves_gap(&[byte]);
                }
                byte => {
                    let entry = *self.entries.get(read_code(byte, &mut rest)?)?;
                    if gap && entry.byte & IS_WORD != 0 {
                        text.push(b' ');
                    }
                    self.copy(entry, &mut text)?;
                    gap = entry.byte & LEAVES_GAP != 0;
                }
            }
        }
        text.shrink_to_fit();
        String::from_utf8(text).ok()
    }

    /// Appends a word. A copy of always as many bytes is a few instructions, one
    /// of so many as the word has is a call.
    fn copy(&self, entry: Entry, text: &mut Vec<u8>) -> Option<()> {
        let behind = self.words.get(entry.start as usize..)?;
        let end = text.len() + entry.length();
        if entry.length() <= COPIED {
            text.extend_from_slice(behind.first_chunk::<COPIED>()?);
            text.truncate(end);
        } else {
            text.extend_from_slice(behind.get(..entry.length())?);
        }
        Some(())
    }
}

fn push_code(coded: &mut Vec<u8>, code: usize) {
    let first = |number: usize| FIRST_CODE + number as u8;
    if code < SHORT {
        coded.push(first(code));
    } else if code < MIDDLE {
        coded.extend_from_slice(&[first(SHORT + (code - SHORT) / 256), (code - SHORT) as u8]);
    } else {
        let code = code - MIDDLE;
        coded.extend_from_slice(&[first(FIRSTS - LONG + (code >> 16)), (code >> 8) as u8, code as u8]);
    }
}

fn read_code(first: u8, rest: &mut &[u8]) -> Option<usize> {
    let mut next = || {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        Some(usize::from(*byte))
    };
    let first = usize::from(first - FIRST_CODE);
    Some(match first.checked_sub(FIRSTS - LONG) {
        Some(long) => MIDDLE + (long << 16) + (next()? << 8) + next()?,
        None if first < SHORT => first,
        None => SHORT + (first - SHORT) * 256 + next()?,
    })
}

fn push_bytes(coded: &mut Vec<u8>, bytes: &[u8]) {
    let plain = |byte: &u8| (GLUE + 1..FIRST_CODE).contains(byte);
    let mut rest = bytes;
    while !rest.is_empty() {
        let (stand, others) = rest.split_at(rest.iter().position(|byte| !plain(byte)).unwrap_or(rest.len()));
        coded.extend_from_slice(stand);
        let length = others.iter().take(255).position(plain).unwrap_or(others.len().min(255));
        if length > 0 {
            coded.extend_from_slice(&[ESCAPE, length as u8]);
            coded.extend_from_slice(&others[..length]);
        }
        rest = &others[length..];
    }
}

/// A text as words, spaces, and what else stands between them. An apostrophe
/// with a letter or two is one token.
struct Tokens<'t>(&'t str);

impl<'t> Iterator for Tokens<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        /// Characters of marks in one token.
        const MARKS: usize = 4;
        let mut chars = self.0.chars();
        let first = chars.next()?;
        let end = if first == ' ' {
            1
        } else if is_letter(first) {
            self.0.find(|c| !is_letter(c)).unwrap_or(self.0.len())
        } else {
            let letters = || chars.clone().take_while(|c| is_letter(*c)).take(3);
            match (first, letters().count()) {
                ('\'' | '’', 1 | 2) => first.len_utf8() + letters().map(char::len_utf8).sum::<usize>(),
                _ => self.0.chars().take(MARKS).take_while(|c| *c != ' ' && !is_letter(*c)).map(char::len_utf8).sum(),
            }
        };
        let (token, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(token)
    }
}

/// Whether it belongs to words: not the marks of General Punctuation.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || c >= '\u{80}' && !('\u{2000}'..='\u{206f}').contains(&c)
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(is_letter)
}

/// Whether a word behind this is understood to stand behind a space.
fn leaves_gap(text: &[u8]) -> bool {
    match text {
        [.., 0xe2, 0x80, last] => matches!(last, 0x99 | 0x9d),
        [.., last] => last.is_ascii_alphanumeric() || *last >= 0x80 || b",.;:?!)".contains(last),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 4] = [
        "The film, she said, isn’t ready: “It’s not.” The film is not ready.\n\nThe end",
        "CNN.com and thefilm  said The\tfilm ,said film’s 'tis rock'n'roll",
        "Beyoncé – 日本語 \u{0}\u{1}\u{7f} 🎬film🎬 and\u{a0}and … “and”and ‘and’and",
        "",
    ];

    #[test]
    fn texts_come_back() {
        let trained = Lexicon::train(std::iter::repeat_n(TEXTS, LEAST).flatten());
        let read = Lexicon::read(trained.bytes().to_vec()).expect("as it was written");
        let poor = Lexicon::train(std::iter::repeat_n("and film The", LEAST));
        for text in TEXTS.iter().chain([&"Nothing that it knows, or: The film"]) {
            let coded = trained.encode(text);
            assert!(coded.len() <= text.len() * 2);
            for (lexicon, coded) in [(&trained, &coded), (&read, &coded), (&poor, &poor.encode(text))] {
                assert_eq!(lexicon.decode(coded).as_deref(), Some(*text));
            }
        }
        assert!(trained.encode(TEXTS[0]).len() * 2 < TEXTS[0].len());
    }

    #[test]
    fn codes_of_every_length_come_back() {
        for code in [0, SHORT - 1, SHORT, MIDDLE - 1, MIDDLE, MIDDLE + 70_000, MOST - 1] {
            let mut coded = Vec::new();
            push_code(&mut coded, code);
            let (first, mut rest) = coded.split_first().expect("a byte or more");
            assert_eq!((read_code(*first, &mut rest), rest), (Some(code), &[][..]));
        }
    }

    #[test]
    fn damaged_texts_are_told() {
        let lexicon = Lexicon::train(std::iter::repeat_n("and film The", LEAST));
        for coded in [&[255, 0, 0][..], &[255, 0], &[ESCAPE, 3, 0], &[ESCAPE], &[ESCAPE, 1, 0xff], &[200]] {
            assert_eq!(lexicon.decode(coded), None, "{coded:?}");
        }
        assert!(Lexicon::read(vec![5, 65]).is_none());
    }
}
