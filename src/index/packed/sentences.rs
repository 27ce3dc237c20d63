//! Sentences: where they begin and end, whether that begins a paragraph as line
//! breaks say, and words beside what the text makes expect.

use crate::article::Span;
use crate::index::StoredSentence;

use super::places::{EndsSentence, Written, push_spans, read_spans, words};
use super::{Numbers, Packed};

pub(super) fn pack(packed: &mut Packed, text: &[u8], body: usize, sentences: &[StoredSentence]) {
    let spans = sentences.iter().map(|sentence| sentence.span);
    push_spans::<Written, EndsSentence>(packed, text, body, spans);
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
    let spans = read_spans::<Written, EndsSentence>(numbers, text, body)?;
    let mut sentences = Vec::with_capacity(spans.len());
    let (mut end, mut expected) = (body, 0_i64);
    for span in spans {
        let opens_paragraph = has_break(text, end, span.start) != (numbers.next()? == 1);
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
