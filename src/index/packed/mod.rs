//! Lists of an article in few bytes: column by column, places as what is to be
//! expected in its text, other numbers as their distance from the one before,
//! so that Zstandard finds what repeats.

mod dates;
mod mentions;
mod places;
mod quotes;
mod sentences;

use super::numbers::{push_leb128, take_leb128};
use super::stored::StoredArticle;

/// Packs the lists of an article.
pub(super) fn lists(article: &StoredArticle) -> Vec<u8> {
    let mut packed = Packed::default();
    let text = article.text.as_bytes();
    sentences::pack(&mut packed, text, article.body.start, &article.sentences);
    let names = mentions::pack(&mut packed, text, &article.mentions);
    quotes::pack(&mut packed, text, &names, &article.quotes);
    dates::pack(&mut packed, &article.dates);
    packed.0
}

/// Reads them into an article that has its text; `None` where they are damaged.
pub(super) fn read_lists(bytes: &[u8], article: &mut StoredArticle) -> Option<()> {
    let mut numbers = Numbers(bytes);
    let text = article.text.as_bytes();
    article.sentences = sentences::unpack(&mut numbers, text, article.body.start)?;
    let (names, mentions) = mentions::unpack(&mut numbers, text)?;
    article.quotes = quotes::unpack(&mut numbers, text, &names)?;
    article.mentions = mentions;
    article.dates = dates::unpack(&mut numbers)?;
    numbers.0.is_empty().then_some(())
}

/// Writes numbers as little-endian base 128 (LEB128).
#[derive(Default)]
struct Packed(Vec<u8>);

impl Packed {
    fn push(&mut self, number: u64) {
        push_leb128(&mut self.0, number);
    }

    /// A number that may be negative: in zigzag, small ones in few bytes.
    fn push_signed(&mut self, number: i64) {
        self.push((number << 1 ^ number >> 63) as u64);
    }

    fn column(&mut self, numbers: impl Iterator<Item = u64>) {
        numbers.for_each(|number| self.push(number));
    }
}

/// Reads them.
struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u64> {
        take_leb128(&mut self.0)
    }

    fn next_signed(&mut self) -> Option<i64> {
        self.next().map(|number| (number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.next()?).ok()
    }

    /// How many there are of something that takes a byte or more.
    fn count(&mut self) -> Option<usize> {
        self.size().filter(|count| *count <= self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{MentionedDate, Span};
    use crate::index::{StoredArticle, StoredMention, StoredQuote, StoredSentence};

    #[test]
    fn lists_come_back() {
        let sentence = |start, end, first_word, opens_paragraph| StoredSentence {
            span: Span::new(start, end),
            first_word,
            opens_paragraph,
        };
        let mention = |start, end, name| StoredMention { span: Span::new(start, end), name };
        let date = |start, end, first, last| MentionedDate { span: Span::new(start, end), first, last };
        let article = StoredArticle {
            text: "text".to_owned(),
            sentences: vec![sentence(3, 90, 0, true), sentence(91, 95, 40, false), sentence(400, 700, 41, true)],
            mentions: vec![mention(3, 9, 700), mention(9, 14, 3), mention(70_000, 70_002, 700)],
            dates: vec![date(5, 30, 20_230_714, 20_230_714), date(9, 12, 20_190_101, 20_191_231)],
            quotes: vec![
                StoredQuote { span: Span::new(7, 40), speaker: Some(0) },
                StoredQuote { span: Span::new(41, 50), speaker: None },
            ],
            ..StoredArticle::default()
        };
        let mut stored = article.clone().into_stored();
        assert_eq!(StoredArticle::from_stored(stored.clone()).expect("read"), article);
        stored.rest.truncate(stored.rest.len() - 3);
        assert!(StoredArticle::from_stored(stored).is_err());
    }

    #[test]
    fn what_the_text_makes_expect_takes_a_byte() {
        let text = "Ann Lee’s film isn’t ready. “It needs a year,” Lee said.\n\nBob Ray (of CBS) agrees: Lee is right.";
        let of = |part: &str, from: usize| {
            let start = from + text[from..].find(part).expect("a part of the text");
            Span::new(start, start + part.len())
        };
        let first = of("Ann Lee’s film isn’t ready.", 0);
        let second = of("“It needs a year,” Lee said.", 0);
        let third = of("Bob Ray (of CBS) agrees: Lee is right.", 0);
        let sentence = |span, first_word, opens_paragraph| StoredSentence { span, first_word, opens_paragraph };
        let mention = |span, name| StoredMention { span, name };
        let article = StoredArticle {
            text: text.to_owned(),
            body: Span::new(0, text.len()),
            sentences: vec![sentence(first, 0, true), sentence(second, 5, false), sentence(third, 11, true)],
            mentions: vec![
                mention(of("Ann Lee", 0), 90_000),
                mention(of("Lee", second.start), 90_000),
                mention(of("Bob Ray", 0), 3),
                mention(of("CBS", 0), 70_000),
                mention(of("Lee", third.start), 90_000),
            ],
            quotes: vec![StoredQuote { span: of("“It needs a year,”", 0), speaker: Some(90_000) }],
            ..StoredArticle::default()
        };
        // Counts, 4 numbers of a sentence, 3 of a mention and of a quote, 7 bytes of names.
        assert_eq!(super::lists(&article).len(), 5 + 3 * 4 + 5 * 3 + 3 + 7);
        assert_eq!(StoredArticle::from_stored(article.clone().into_stored()), Ok(article));
    }
}
