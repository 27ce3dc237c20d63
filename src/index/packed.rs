//! Lists of an article in few bytes: column by column, each number as its
//! distance from the one before, so that Zstandard finds what repeats.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};

/// Writes numbers as little-endian base 128 (LEB128).
#[derive(Default)]
struct Packed(Vec<u8>);

impl Packed {
    fn push(&mut self, number: u64) {
        let mut rest = number;
        while rest >= 0x80 {
            self.0.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.0.push(rest as u8);
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
        let mut number = 0;
        for (at, byte) in self.0.iter().enumerate().take(10) {
            number |= u64::from(byte & 0x7f) << (at * 7);
            if byte & 0x80 == 0 {
                self.0 = &self.0[at + 1..];
                return Some(number);
            }
        }
        None
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

/// Reads packed bytes by `unpack`.
fn unpacked<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    unpack: fn(&mut Numbers<'_>) -> Option<T>,
) -> Result<T, D::Error> {
    struct Bytes<T>(fn(&mut Numbers<'_>) -> Option<T>);
    impl<T> Visitor<'_> for Bytes<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("packed numbers")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<T, E> {
            (self.0)(&mut Numbers(bytes)).ok_or_else(|| E::custom("packed numbers end early"))
        }
    }
    deserializer.deserialize_bytes(Bytes(unpack))
}

/// Sentences as gaps with paragraph marks, lengths, and words beside what their
/// length makes expect.
pub(super) mod sentences {
    use serde::{Deserializer, Serializer};

    use super::{Numbers, Packed, unpacked};
    use crate::article::Span;
    use crate::index::StoredSentence;

    /// Bytes of a usual word with the space behind it.
    const WORD: usize = 6;

    pub fn serialize<S: Serializer>(sentences: &[StoredSentence], serializer: S) -> Result<S::Ok, S::Error> {
        let mut packed = Packed::default();
        packed.push(sentences.len() as u64);
        let mut end = 0;
        for sentence in sentences {
            packed.push(((sentence.span.start - end) << 1 | usize::from(sentence.opens_paragraph)) as u64);
            end = sentence.span.end;
        }
        packed.column(sentences.iter().map(|sentence| sentence.span.len() as u64));
        let mut expected = 0;
        for sentence in sentences {
            packed.push_signed(i64::from(sentence.first_word) - expected);
            expected = i64::from(sentence.first_word) + (sentence.span.len() / WORD) as i64;
        }
        serializer.serialize_bytes(&packed.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredSentence>, D::Error> {
        unpacked(deserializer, unpack)
    }

    fn unpack(numbers: &mut Numbers<'_>) -> Option<Vec<StoredSentence>> {
        let count = numbers.count()?;
        let mut sentences = Vec::with_capacity(count);
        for _ in 0..count {
            let gap = numbers.size()?;
            let span = Span::new(gap >> 1, 0);
            sentences.push(StoredSentence { span, first_word: 0, opens_paragraph: gap & 1 == 1 });
        }
        let mut end = 0_usize;
        for sentence in &mut sentences {
            let start = end.checked_add(sentence.span.start)?;
            end = start.checked_add(numbers.size()?)?;
            sentence.span = Span::new(start, end);
        }
        let mut expected = 0_i64;
        for sentence in &mut sentences {
            let first = expected.checked_add(numbers.next_signed()?)?;
            sentence.first_word = u32::try_from(first).ok()?;
            expected = first.checked_add((sentence.span.len() / WORD) as i64)?;
        }
        Some(sentences)
    }
}

/// Mentions as the article's names, then gaps, lengths, and which name.
pub(super) mod mentions {
    use std::collections::BTreeSet;

    use serde::{Deserializer, Serializer};

    use super::{Numbers, Packed, unpacked};
    use crate::article::Span;
    use crate::index::{NameId, StoredMention};

    pub fn serialize<S: Serializer>(mentions: &[StoredMention], serializer: S) -> Result<S::Ok, S::Error> {
        let names: BTreeSet<NameId> = mentions.iter().map(|mention| mention.name).collect();
        let names: Vec<NameId> = names.into_iter().collect();
        let mut packed = Packed::default();
        packed.push(names.len() as u64);
        let mut before = 0;
        for name in &names {
            packed.push(u64::from(name - before));
            before = *name;
        }
        packed.push(mentions.len() as u64);
        let mut end = 0;
        for mention in mentions {
            packed.push((mention.span.start - end) as u64);
            end = mention.span.end;
        }
        packed.column(mentions.iter().map(|mention| mention.span.len() as u64));
        packed.column(mentions.iter().map(|mention| names.partition_point(|name| *name < mention.name) as u64));
        serializer.serialize_bytes(&packed.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredMention>, D::Error> {
        unpacked(deserializer, unpack)
    }

    fn unpack(numbers: &mut Numbers<'_>) -> Option<Vec<StoredMention>> {
        let count = numbers.count()?;
        let mut names: Vec<NameId> = Vec::with_capacity(count);
        let mut before: NameId = 0;
        for _ in 0..count {
            before = before.checked_add(NameId::try_from(numbers.next()?).ok()?)?;
            names.push(before);
        }
        let count = numbers.count()?;
        let mut mentions = Vec::with_capacity(count);
        for _ in 0..count {
            mentions.push(StoredMention { span: Span::new(numbers.size()?, 0), name: 0 });
        }
        let mut end = 0_usize;
        for mention in &mut mentions {
            let start = end.checked_add(mention.span.start)?;
            end = start.checked_add(numbers.size()?)?;
            mention.span = Span::new(start, end);
        }
        for mention in &mut mentions {
            mention.name = *names.get(numbers.size()?)?;
        }
        Some(mentions)
    }
}

/// Quotes as gaps, lengths, and speakers plus one, 0 for none.
pub(super) mod quotes {
    use serde::{Deserializer, Serializer};

    use super::{Numbers, Packed, unpacked};
    use crate::article::Span;
    use crate::index::{NameId, StoredQuote};

    pub fn serialize<S: Serializer>(quotes: &[StoredQuote], serializer: S) -> Result<S::Ok, S::Error> {
        let mut packed = Packed::default();
        packed.push(quotes.len() as u64);
        let mut end = 0;
        for quote in quotes {
            packed.push((quote.span.start - end) as u64);
            end = quote.span.end;
        }
        packed.column(quotes.iter().map(|quote| quote.span.len() as u64));
        packed.column(quotes.iter().map(|quote| quote.speaker.map_or(0, |speaker| u64::from(speaker) + 1)));
        serializer.serialize_bytes(&packed.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredQuote>, D::Error> {
        unpacked(deserializer, unpack)
    }

    fn unpack(numbers: &mut Numbers<'_>) -> Option<Vec<StoredQuote>> {
        let count = numbers.count()?;
        let mut quotes = Vec::with_capacity(count);
        for _ in 0..count {
            quotes.push(StoredQuote { span: Span::new(numbers.size()?, 0), speaker: None });
        }
        let mut end = 0_usize;
        for quote in &mut quotes {
            let start = end.checked_add(quote.span.start)?;
            end = start.checked_add(numbers.size()?)?;
            quote.span = Span::new(start, end);
        }
        for quote in &mut quotes {
            quote.speaker = numbers.next()?.checked_sub(1).map(NameId::try_from).transpose().ok()?;
        }
        Some(quotes)
    }
}

/// Mentioned dates as gaps, which may be negative since dates overlap, lengths,
/// first years and days, and how much later the last day is.
pub(super) mod dates {
    use serde::{Deserializer, Serializer};

    use super::{Numbers, Packed, unpacked};
    use crate::article::{MentionedDate, Span};

    /// Parts years from months and days.
    const YEAR: u64 = 10_000;

    pub fn serialize<S: Serializer>(dates: &[MentionedDate], serializer: S) -> Result<S::Ok, S::Error> {
        let mut packed = Packed::default();
        packed.push(dates.len() as u64);
        let mut end = 0;
        for date in dates {
            packed.push_signed(date.span.start as i64 - end);
            end = date.span.end as i64;
        }
        packed.column(dates.iter().map(|date| date.span.len() as u64));
        packed.column(dates.iter().map(|date| date.first / YEAR));
        packed.column(dates.iter().map(|date| date.first % YEAR));
        packed.column(dates.iter().map(|date| date.last.saturating_sub(date.first)));
        serializer.serialize_bytes(&packed.0)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<MentionedDate>, D::Error> {
        unpacked(deserializer, unpack)
    }

    fn unpack(numbers: &mut Numbers<'_>) -> Option<Vec<MentionedDate>> {
        let count = numbers.count()?;
        let mut gaps = Vec::with_capacity(count);
        for _ in 0..count {
            gaps.push(numbers.next_signed()?);
        }
        let mut dates = Vec::with_capacity(count);
        let mut end = 0_i64;
        for gap in gaps {
            let start = usize::try_from(end.checked_add(gap)?).ok()?;
            let span = Span::new(start, start.checked_add(numbers.size()?)?);
            end = i64::try_from(span.end).ok()?;
            dates.push(MentionedDate { span, first: 0, last: 0 });
        }
        for date in &mut dates {
            date.first = numbers.next()?.checked_mul(YEAR)?;
        }
        for date in &mut dates {
            date.first = date.first.checked_add(numbers.next()?)?;
        }
        for date in &mut dates {
            date.last = date.first.checked_add(numbers.next()?)?;
        }
        Some(dates)
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
}
