//! Lists of an article in few bytes: column by column, each number as its
//! distance from the one before, so that Zstandard finds what repeats.

/// Sentences as gaps with paragraph marks, lengths, and words beside what their
/// length makes expect.
pub(super) mod sentences {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::article::Span;
    use crate::index::StoredSentence;

    /// Bytes of a usual word with the space behind it.
    const WORD: usize = 6;

    type Columns = (Vec<usize>, Vec<usize>, Vec<i64>);

    pub fn serialize<S: Serializer>(sentences: &[StoredSentence], serializer: S) -> Result<S::Ok, S::Error> {
        let (mut end, mut word, mut expected) = (0, 0, 0);
        let mut columns = Columns::default();
        for sentence in sentences {
            columns.0.push((sentence.span.start - end) << 1 | usize::from(sentence.opens_paragraph));
            columns.1.push(sentence.span.len());
            columns.2.push(i64::from(sentence.first_word) - i64::from(word) - expected);
            (end, word) = (sentence.span.end, sentence.first_word);
            expected = (sentence.span.len() / WORD) as i64;
        }
        columns.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredSentence>, D::Error> {
        let (gaps, lengths, steps) = Columns::deserialize(deserializer)?;
        let (mut end, mut word, mut expected) = (0_usize, 0_i64, 0_i64);
        let unpack = |((gap, length), step): ((usize, usize), i64)| {
            let start = end.saturating_add(gap >> 1);
            end = start.saturating_add(length);
            word = word.saturating_add(expected).saturating_add(step);
            expected = (length / WORD) as i64;
            let first_word = u32::try_from(word).unwrap_or(u32::MAX);
            StoredSentence { span: Span::new(start, end), first_word, opens_paragraph: gap & 1 == 1 }
        };
        Ok(gaps.into_iter().zip(lengths).zip(steps).map(unpack).collect())
    }
}

/// Mentions as the article's names, then gaps, lengths, and which name.
pub(super) mod mentions {
    use std::collections::BTreeSet;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::article::Span;
    use crate::index::{NameId, StoredMention};

    type Columns = (Vec<NameId>, Vec<usize>, Vec<usize>, Vec<usize>);

    pub fn serialize<S: Serializer>(mentions: &[StoredMention], serializer: S) -> Result<S::Ok, S::Error> {
        let names: BTreeSet<NameId> = mentions.iter().map(|mention| mention.name).collect();
        let names: Vec<NameId> = names.into_iter().collect();
        let (mut end, mut before) = (0, 0);
        let mut columns = Columns::default();
        for name in &names {
            columns.0.push(name - before);
            before = *name;
        }
        for mention in mentions {
            columns.1.push(mention.span.start - end);
            columns.2.push(mention.span.len());
            columns.3.push(names.partition_point(|name| *name < mention.name));
            end = mention.span.end;
        }
        columns.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredMention>, D::Error> {
        let (mut names, gaps, lengths, which) = Columns::deserialize(deserializer)?;
        let (mut end, mut before) = (0_usize, 0);
        for name in &mut names {
            *name = name.wrapping_add(before);
            before = *name;
        }
        let unpack = |((gap, length), which): ((usize, usize), usize)| {
            let start = end.saturating_add(gap);
            end = start.saturating_add(length);
            StoredMention { span: Span::new(start, end), name: names.get(which).copied().unwrap_or(NameId::MAX) }
        };
        Ok(gaps.into_iter().zip(lengths).zip(which).map(unpack).collect())
    }
}

/// Mentioned dates as gaps, lengths, first days, and how much later the last is.
pub(super) mod dates {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::article::{MentionedDate, Span};

    type Columns = (Vec<usize>, Vec<usize>, Vec<u64>, Vec<u16>, Vec<u64>);

    /// Years are told from months and days.
    const YEAR: u64 = 10_000;

    pub fn serialize<S: Serializer>(dates: &[MentionedDate], serializer: S) -> Result<S::Ok, S::Error> {
        let mut end = 0_i64;
        let mut columns = Columns::default();
        for date in dates {
            // Dates may overlap: a gap may be negative.
            columns.0.push(zigzag(date.span.start as i64 - end));
            columns.1.push(date.span.len());
            columns.2.push(date.first / YEAR);
            columns.3.push((date.first % YEAR) as u16);
            columns.4.push(date.last.saturating_sub(date.first));
            end = date.span.end as i64;
        }
        columns.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<MentionedDate>, D::Error> {
        let (gaps, lengths, years, days, later) = Columns::deserialize(deserializer)?;
        let mut end = 0_i64;
        let mut dates = Vec::with_capacity(gaps.len());
        for (at, gap) in gaps.into_iter().enumerate() {
            let number = |column: &[u64]| column.get(at).copied().unwrap_or(0);
            let start = usize::try_from(end.saturating_add(unzigzag(gap))).unwrap_or(0);
            let span = Span::new(start, start.saturating_add(lengths.get(at).copied().unwrap_or(0)));
            end = i64::try_from(span.end).unwrap_or(i64::MAX);
            let day = u64::from(days.get(at).copied().unwrap_or(0));
            let first = number(&years).saturating_mul(YEAR).saturating_add(day);
            dates.push(MentionedDate { span, first, last: first.saturating_add(number(&later)) });
        }
        Ok(dates)
    }

    fn zigzag(number: i64) -> usize {
        ((number << 1) ^ (number >> 63)) as usize
    }

    fn unzigzag(number: usize) -> i64 {
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }
}
