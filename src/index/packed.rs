//! Sentences and mentions in few bytes: each as its distance from the one
//! before.

/// Sentences as (gap and paragraph mark, length, words since the last).
pub(super) mod sentences {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::article::Span;
    use crate::index::StoredSentence;

    pub fn serialize<S: Serializer>(sentences: &[StoredSentence], serializer: S) -> Result<S::Ok, S::Error> {
        let (mut end, mut word) = (0, 0);
        let packed = sentences.iter().map(|sentence| {
            let gap = (sentence.span.start - end) << 1 | usize::from(sentence.opens_paragraph);
            let step = sentence.first_word - word;
            (end, word) = (sentence.span.end, sentence.first_word);
            (gap, sentence.span.len(), step)
        });
        serializer.collect_seq(packed.collect::<Vec<_>>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredSentence>, D::Error> {
        let (mut end, mut word) = (0_usize, 0_u32);
        let packed: Vec<(usize, usize, u32)> = Vec::deserialize(deserializer)?;
        let unpack = |(gap, length, step): (usize, usize, u32)| {
            let start = end.saturating_add(gap >> 1);
            end = start.saturating_add(length);
            word = word.saturating_add(step);
            StoredSentence { span: Span::new(start, end), first_word: word, opens_paragraph: gap & 1 == 1 }
        };
        Ok(packed.into_iter().map(unpack).collect())
    }
}

/// Mentions as (gap, length, name).
pub(super) mod mentions {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::article::Span;
    use crate::index::{NameId, StoredMention};

    pub fn serialize<S: Serializer>(mentions: &[StoredMention], serializer: S) -> Result<S::Ok, S::Error> {
        let mut end = 0;
        let packed = mentions.iter().map(|mention| {
            let gap = mention.span.start - end;
            end = mention.span.end;
            (gap, mention.span.len(), mention.name)
        });
        serializer.collect_seq(packed.collect::<Vec<_>>())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StoredMention>, D::Error> {
        let mut end = 0_usize;
        let packed: Vec<(usize, usize, NameId)> = Vec::deserialize(deserializer)?;
        let unpack = |(gap, length, name): (usize, usize, NameId)| {
            let start = end.saturating_add(gap);
            end = start.saturating_add(length);
            StoredMention { span: Span::new(start, end), name }
        };
        Ok(packed.into_iter().map(unpack).collect())
    }
}
