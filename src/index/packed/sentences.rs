//! Sentences: where they begin and end, whether that begins a paragraph as line
//! breaks say, and words beside what the text makes expect.

use crate::article::Span;
use crate::index::StoredSentence;

use super::places::{EndsSentence, Places, Written, words};
use super::{Numbers, Packed};

pub(super) fn pack(packed: &mut Packed, text: &[u8], body: usize, sentences: &[StoredSentence]) {
    let (mut starts, mut ends) = (Places::default(), Places::default());
    let mut end = body;
    for sentence in sentences {
        let span = sentence.span;
        starts.push::<Written>(text, (end, span.start));
        ends.push::<EndsSentence>(text, (span.start + 1, span.end));
        end = span.end;
    }
    packed.push(sentences.len() as u64);
    starts.write(packed);
    ends.write(packed);
    let (mut end, mut expected) = (body, 0);
    for sentence in sentences {
        let span = sentence.span;
        packed.push(u64::from(sentence.opens_paragraph != has_break(text, end, span.start)));
        packed.push_signed(i64::from(sentence.first_word) - expected);
        expected = i64::from(sentence.first_word) + words(of(text, span));
        end = span.end;
    }
}

pub(super) fn unpack(numbers: &mut Numbers<'_>, text: &[u8], body: usize) -> Option<Vec<StoredSentence>> {
    let count = numbers.count()?;
    let (mut starts, mut ends) = (Places::read(numbers, count)?, Places::read(numbers, count)?);
    let mut sentences = Vec::with_capacity(count);
    let (mut end, mut expected) = (body, 0_i64);
    for _ in 0..count {
        let start = starts.next::<Written>(text, end)?;
        let span = Span::new(start, ends.next::<EndsSentence>(text, start.checked_add(1)?)?);
        let opens_paragraph = has_break(text, end, start) != (numbers.next()? == 1);
        let first = expected.checked_add(numbers.next_signed()?)?;
        sentences.push(StoredSentence { span, first_word: u32::try_from(first).ok()?, opens_paragraph });
        expected = first.checked_add(words(of(text, span)))?;
        end = span.end;
    }
    Some(sentences)
}

/// Whether a line ends there, or nothing stands before.
fn has_break(text: &[u8], from: usize, to: usize) -> bool {
    from == 0 || text.get(from..to).is_some_and(|gap| gap.contains(&b'\n'))
}

fn of(text: &[u8], span: Span) -> &[u8] {
    text.get(span.start..span.end).unwrap_or_default()
}
