//! A word replacing transform: the frequent words of texts become codes of one
//! to three bytes, so that Zstandard sees sequences of words rather than of
//! letters (Skibiński, Grabowski and Deorowicz, “Revisiting
//! dictionary-based compression”, Software: Practice and Experience 35, 2005).
//!
//! In a coded text most ASCII characters are themselves, a byte from
//! [`FIRST_CODE`] begins the code of a word, [`ESCAPE`] and a number come before
//! that many bytes of anything else. The space before a word that follows another
//! word, or the end of a clause, is implied; [`GLUE`] says where there is none.

mod codes;
mod tokens;
mod word_codes;

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use codes::{ESCAPE, FIRST_CODE, GLUE, MOST, push_bytes, push_code, read_code};
use tokens::{Tokens, is_word, leaves_gap};
use word_codes::WordCodes;

/// The fewest occurrences of a word of a lexicon in the texts it is trained on.
const LEAST: usize = 5;
/// The longest word of a lexicon, in bytes.
const LONGEST: usize = 60;
/// Bytes of a word that are copied at once.
const COPIED: usize = 16;
/// The usual ratio of the length of a text to that of its codes.
const USUAL: usize = 3;

/// The words that have codes, the most frequent first.
#[derive(Default)]
pub(super) struct Lexicon {
    /// Each word behind its [`Entry`] byte, and [`COPIED`] bytes.
    words: Vec<u8>,
    entries: Vec<Entry>,
    codes: WordCodes,
}

/// The place of a word in `words`, and the byte before it there: its length, and
/// the two flags below.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    byte: u8,
}

/// A space before it may be implied.
const IS_WORD: u8 = 64;
/// A space before a word behind it is implied.
const LEAVES_GAP: u8 = 128;

impl Entry {
    fn length(self) -> usize {
        usize::from(self.byte % IS_WORD)
    }
}

impl Lexicon {
    /// Trains the lexicon of an archive on some of its texts.
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
            let flag = |is: bool, flag: u8| if is { flag } else { 0 };
            let flags = flag(is_word(word), IS_WORD) | flag(leaves_gap(word.as_bytes()), LEAVES_GAP);
            bytes.push(word.len() as u8 | flags);
            bytes.extend_from_slice(word.as_bytes());
        }
        Self::read(bytes).unwrap_or_default().with_codes()
    }

    /// The lexicon of [`Lexicon::bytes`], which decodes texts; `None` where they
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

    /// Adds what is needed to encode texts.
    pub fn with_codes(mut self) -> Self {
        let mut codes = WordCodes::default();
        for (code, entry) in (0..).zip(&self.entries) {
            let start = entry.start as usize;
            codes.insert(&self.words[start..start + entry.length()], code);
        }
        self.codes = codes;
        self
    }

    /// All words, each behind its length and flags.
    pub fn bytes(&self) -> &[u8] {
        &self.words[..self.words.len().saturating_sub(COPIED)]
    }

    /// Encodes a text.
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

    /// Decodes a text; `None` where it is damaged.
    pub fn decode(&self, coded: &[u8]) -> Option<String> {
        let mut text = Vec::with_capacity(coded.len() * USUAL);
        let mut rest = coded;
        // Whether the space before a word that follows is implied.
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

    /// Appends a word. Copying a fixed number of bytes takes a few instructions,
    /// copying as many as the word has takes a call.
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
    fn damaged_texts_are_no_texts() {
        let lexicon = Lexicon::train(std::iter::repeat_n("and film The", LEAST));
        for coded in [&[255, 0, 0][..], &[255, 0], &[ESCAPE, 3, 0], &[ESCAPE], &[ESCAPE, 1, 0xff], &[200]] {
            assert_eq!(lexicon.decode(coded), None, "{coded:?}");
        }
        assert!(Lexicon::read(vec![5, 65]).is_none());
    }
}
