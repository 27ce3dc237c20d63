//! RTF: the text as it is shown, with the title, author and date that it states.
//! Fonts, styles, images, headers and what is hidden or deleted are left out; notes
//! follow the text.

mod charset;
mod tokens;

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::date_line::date_at_top;
use super::document::{Document, person};
use super::flow::Flow;
use super::properties::is_title;
use crate::read::error::ReadErrorKind;
use tokens::{Token, Tokens};

/// Groups within each other; what is nested deeper is read as if it were not grouped.
const MAX_GROUPS: usize = 2000;
/// Fonts of a file.
const MAX_FONTS: usize = 10_000;

pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadErrorKind> {
    let mut reader = Reader::new();
    for token in Tokens(bytes) {
        reader.token(token);
    }
    let is_whole = reader.groups.len() <= 1;
    let document = reader.finish();
    if document.text.trim().is_empty() && !is_whole {
        let what = "it ends within a group and holds no text; open it and save it anew".to_owned();
        return Err(ReadErrorKind::Malformed { format: "RTF", what });
    }
    Ok(document)
}

/// Where the text of a group goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Body,
    Note,
    Nowhere,
    Fonts,
    Title,
    Author,
    Keywords,
    Created,
    Revised,
}

/// What holds within a group.
#[derive(Debug, Clone, Copy)]
struct Group {
    target: Target,
    /// Characters that stand for one of Unicode in old programs.
    fallback: usize,
    encoding: Option<&'static Encoding>,
    is_hidden: bool,
    is_deleted: bool,
}

/// A moment as RTF writes it.
#[derive(Debug, Default, Clone, Copy)]
struct Moment {
    year: i32,
    month: i32,
    day: i32,
}

impl Moment {
    fn date(self) -> Option<String> {
        let Self { year, month, day } = self;
        let is_date = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        is_date.then(|| format!("{year}-{month:02}-{day:02}"))
    }
}

struct Reader {
    groups: Vec<Group>,
    /// Groups that are open beyond the limit.
    deeper: usize,
    /// Whether the next word may be a destination that old programs do not know.
    starred: bool,
    encoding: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    /// Bytes to be decoded together.
    bytes: Vec<u8>,
    /// The first half of a character beyond 16 bits.
    high: Option<u16>,
    /// Fallback characters that are still to be left out.
    skip: usize,
    in_table: bool,
    body: Flow,
    notes: Flow,
    title: String,
    author: String,
    keywords: String,
    created: Moment,
    revised: Moment,
}

impl Reader {
    fn new() -> Self {
        let group = Group { target: Target::Body, fallback: 1, encoding: None, is_hidden: false, is_deleted: false };
        Self {
            groups: vec![group],
            deeper: 0,
            starred: false,
            encoding: WINDOWS_1252,
            fonts: HashMap::new(),
            font: 0,
            bytes: Vec::new(),
            high: None,
            skip: 0,
            in_table: false,
            body: Flow::default(),
            notes: Flow::default(),
            title: String::new(),
            author: String::new(),
            keywords: String::new(),
            created: Moment::default(),
            revised: Moment::default(),
        }
    }

    fn group(&self) -> Group {
        let outside = Group { target: Target::Body, fallback: 1, encoding: None, is_hidden: false, is_deleted: false };
        self.groups.last().copied().unwrap_or(outside)
    }

    fn change(&mut self, change: impl FnOnce(&mut Group)) {
        if let Some(group) = self.groups.last_mut() {
            change(group);
        }
    }

    fn token(&mut self, token: Token<'_>) {
        if !matches!(token, Token::Hex(_) | Token::Text(_)) {
            self.decode();
        }
        let starred = std::mem::take(&mut self.starred);
        match token {
            Token::Open => {
                self.skip = 0;
                if self.groups.len() < MAX_GROUPS { self.groups.push(self.group()) } else { self.deeper += 1 }
            }
            Token::Close => self.close(),
            Token::Sign(b'*') => self.starred = true,
            Token::Sign(sign) => self.sign(sign),
            Token::Hex(_) if self.skip > 0 => self.skip -= 1,
            Token::Hex(byte) => self.bytes.push(byte),
            Token::Text(text) => {
                let left_out = self.skip.min(text.len());
                self.skip -= left_out;
                self.bytes.extend(&text[left_out..]);
            }
            Token::Word("u", Some(code)) => self.unicode(code),
            Token::Word(..) if self.skip > 0 && !starred => self.skip -= 1,
            Token::Word(word, number) => {
                if !self.destination(word, starred) {
                    self.word(word, number);
                }
            }
        }
    }

    fn close(&mut self) {
        self.skip = 0;
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let closed = self.groups.pop();
        if closed.is_some_and(|group| group.target == Target::Note) && self.group().target != Target::Note {
            self.notes.end_paragraph();
        }
    }

    fn sign(&mut self, sign: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        match sign {
            b'\\' | b'{' | b'}' => self.bytes.push(sign),
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'\n' | b'\r' => self.end_paragraph(),
            _ => {}
        }
    }

    /// Whether a word opens a part of the file that is not, or not only, text.
    fn destination(&mut self, word: &str, starred: bool) -> bool {
        let target = match word {
            "fonttbl" => Target::Fonts,
            "footnote" => Target::Note,
            "title" if self.group().target == Target::Nowhere => Target::Title,
            "author" if self.group().target == Target::Nowhere => Target::Author,
            "keywords" if self.group().target == Target::Nowhere => Target::Keywords,
            "creatim" => Target::Created,
            "revtim" => Target::Revised,
            "colortbl" | "stylesheet" | "info" | "pict" | "object" | "header" | "headerl" | "headerr" | "headerf"
            | "footer" | "footerl" | "footerr" | "footerf" | "nonshppict" | "shprslt" | "fldinst" | "annotation"
            | "xe" | "tc" | "listtext" | "pntext" | "ftnsep" | "ftnsepc" | "aftnsep" | "aftnsepc" => Target::Nowhere,
            "shptxt" | "fldrslt" | "result" => {
                if word == "shptxt" {
                    self.change(|group| group.target = Target::Body);
                }
                return true;
            }
            // The text of a shape is in it.
            _ if starred => Target::Nowhere,
            _ => return false,
        };
        self.change(|group| group.target = target);
        true
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let value = number.unwrap_or(1);
        match word {
            "par" | "sect" | "page" | "column" | "row" | "nestrow" | "cell" | "nestcell" | "trowd" | "pard"
            | "intbl" => self.layout(word),
            "line" | "softline" | "lbr" => self.put("\n"),
            "tab" => self.put("\t"),
            "emdash" => self.put("\u{2014}"),
            "endash" => self.put("\u{2013}"),
            "lquote" => self.put("\u{2018}"),
            "rquote" => self.put("\u{2019}"),
            "ldblquote" => self.put("\u{201c}"),
            "rdblquote" => self.put("\u{201d}"),
            "bullet" => self.put("\u{2022}"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            "uc" => self.change(|group| group.fallback = usize::try_from(value).unwrap_or(0).min(16)),
            "v" | "htmlrtf" => self.change(|group| group.is_hidden = value != 0),
            "deleted" => self.change(|group| group.is_deleted = value != 0),
            "plain" => self.change(|group| (group.is_hidden, group.is_deleted, group.encoding) = (false, false, None)),
            "ansicpg" => self.encoding = charset::of_code_page(value).unwrap_or(self.encoding),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "f" => self.use_font(value),
            "fcharset" if self.group().target == Target::Fonts && self.fonts.len() < MAX_FONTS => {
                if let Some(encoding) = charset::of_font(value) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "yr" => self.moment(|moment| moment.year = value),
            "mo" => self.moment(|moment| moment.month = value),
            "dy" => self.moment(|moment| moment.day = value),
            _ => {}
        }
    }

    /// Ends of paragraphs, cells and rows.
    fn layout(&mut self, word: &str) {
        if self.group().target != Target::Body {
            if word == "par" {
                self.put("\n");
            }
            return;
        }
        match word {
            "trowd" if !self.body.is_in_row() => {
                self.in_table = true;
                self.body.end_paragraph();
                self.body.begin_row();
            }
            "cell" => {
                if !self.body.is_in_row() {
                    let cell = self.body.take_paragraph();
                    self.body.begin_row();
                    self.body.push(&cell);
                }
                self.body.end_cell();
            }
            "row" => self.body.end_row(),
            "nestcell" => self.body.push("\t"),
            "trowd" | "pard" | "intbl" => {}
            _ => self.body.end_paragraph(),
        }
    }

    fn end_paragraph(&mut self) {
        self.layout("par");
    }

    fn use_font(&mut self, font: i32) {
        if self.group().target == Target::Fonts {
            self.font = font;
        } else {
            let encoding = self.fonts.get(&font).copied();
            self.change(|group| group.encoding = encoding);
        }
    }

    fn moment(&mut self, set: impl FnOnce(&mut Moment)) {
        match self.group().target {
            Target::Created => set(&mut self.created),
            Target::Revised => set(&mut self.revised),
            _ => {}
        }
    }

    fn unicode(&mut self, code: i32) {
        self.skip = self.group().fallback;
        // Codes above 32767 are written as negative numbers; some programs write all.
        let unit = if code < 0 { code + 65536 } else { code };
        let Ok(unit) = u32::try_from(unit) else { return };
        let (high, low) = (0xd800..0xdc00, 0xdc00..0xe000);
        if high.contains(&unit) {
            self.high = u16::try_from(unit).ok();
        } else if low.contains(&unit) {
            if let Some(high) = self.high.take() {
                let pair = [high, u16::try_from(unit).unwrap_or_default()];
                self.put(&String::from_utf16_lossy(&pair));
            }
        } else if let Some(character) = char::from_u32(unit).filter(|c| *c != '\0') {
            self.put(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// Writes the bytes that wait to be decoded.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = self.group().encoding.unwrap_or(self.encoding);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        let group = self.group();
        if group.is_hidden || group.is_deleted {
            return;
        }
        match group.target {
            Target::Body => self.body.push(text),
            Target::Note => self.notes.push(text),
            Target::Title => self.title.push_str(text),
            Target::Author => self.author.push_str(text),
            Target::Keywords => self.keywords.push_str(text),
            Target::Nowhere | Target::Fonts | Target::Created | Target::Revised => {}
        }
    }

    fn finish(mut self) -> Document {
        self.decode();
        let (body, notes) = (self.body.finish(), self.notes.finish());
        let text = [body, notes].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        let title = Some(self.title.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|title| is_title(title));
        let keywords = self.keywords.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
        Document {
            title,
            authors: person(&self.author),
            date: date_at_top(&text).or_else(|| self.created.date()),
            modified: self.revised.date(),
            keywords: keywords.map(str::to_owned).collect(),
            text,
            ..Document::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(body: &[u8]) -> Document {
        read(&[b"{\\rtf1\\ansi\\ansicpg1252 ", body, b"}"].concat()).expect("RTF")
    }

    fn check(body: &str, expected: &str) {
        assert_eq!(document(body.as_bytes()).text, expected, "{body}");
    }

    #[test]
    fn text_and_paragraphs() {
        check("Low {\\b Tide}\\par It opens.", "Low Tide\n\nIt opens.");
        check("One\\\ntwo\r\n three", "One\n\ntwo three");
        check("a\\tab b\\line c\\~d\\_e\\-f", "a\tb\nc\u{a0}d-ef");
        check("\\ldblquote Tide\\rdblquote\\emdash end \\{\\}\\\\", "\u{201c}Tide\u{201d}\u{2014}end {}\\");
        check("{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}", "link");
    }

    #[test]
    fn characters_of_all_kinds() {
        check("Bj\\'f6rk", "Bj\u{f6}rk");
        check("\\u233?t\\u233\\'e9", "\u{e9}t\u{e9}");
        check("\\uc2\\u233 ab{\\uc0\\u233 c}", "\u{e9}\u{e9}c");
        check("\\u-10179?\\u-8704?", "\u{1f600}");
        check("{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial Cyr;}}{\\f1\\'cf\\'f0}\\'e9", "\u{41f}\u{440}\u{e9}");
        // The second byte of a character is a letter.
        check("{\\fonttbl{\\f2\\fcharset128 MS;}}\\f2\\'83A\\'83\\'8b", "\u{30a2}\u{30eb}");
    }

    #[test]
    fn what_is_not_shown_is_left_out() {
        check("{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red1;}{\\*\\generator X;}{\\stylesheet{\\s0 Normal;}}A", "A");
        check("{\\pict 89504e47}{\\header Desk}A{\\v no}{\\deleted old}{\\*\\unknown no}B\\v no\\v0 C", "ABC");
        check("{\\pict\\bin4 }}}}x}A", "A");
        check("{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt Box\\par}}{\\shprslt Box}}A", "Box\n\nA");
    }

    #[test]
    fn tables_and_notes() {
        check(
            "\\trowd Film\\intbl\\cell Star\\cell\\row\\trowd Low Tide\\cell Ada Lind\\cell\\row\\pard End",
            "Film\tStar\nLow Tide\tAda Lind\n\nEnd",
        );
        check("Ada{\\super\\chftn}{\\footnote\\pard A note.} sings.", "Ada sings.\n\nA note.");
    }

    #[test]
    fn properties() {
        let found = document(
            b"{\\info{\\title Low Tide}{\\author Ada Lind}{\\keywords film, sea}{\\creatim\\yr2019\\mo3\\dy5\\hr10}{\\revtim\\yr2019\\mo3\\dy6}}Text",
        );
        assert_eq!((found.title.as_deref(), found.authors.as_deref()), (Some("Low Tide"), Some("Ada Lind")));
        assert_eq!((found.date.as_deref(), found.modified.as_deref()), (Some("2019-03-05"), Some("2019-03-06")));
        assert_eq!((found.text.as_str(), found.keywords.len()), ("Text", 2));
    }

    #[test]
    fn depth_is_bounded_and_damage_is_named() {
        let deep = ["{".repeat(100_000), "x".to_owned(), "}".repeat(100_000)].concat();
        check(&deep, "x");
        check(&"}".repeat(1000), "");
        assert!(read(b"{\\rtf1 {\\fonttbl").is_err());
        assert_eq!(read(b"{\\rtf1 Cut of").expect("text").text, "Cut of");
    }
}
