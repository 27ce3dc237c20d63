//! Packed sentences: where they begin and end, whether line breaks and paragraphs
//! disagree, and by how much their words differ from an estimate.

use crate::article::Span;
use crate::index::stored::article::StoredSentence;

use super::boundaries::{NonSpace, SentenceEnd, push_spans, read_spans, words};
use super::columns::{ColumnReader, ColumnWriter};

pub(super) fn pack(packed: &mut ColumnWriter, text: &[u8], body: usize, sentences: &[StoredSentence]) {
    let spans = sentences.iter().map(|sentence| sentence.span);
    push_spans::<NonSpace, SentenceEnd>(packed, text, body, spans);
    let (mut end, mut expected) = (body, 0);
    for sentence in sentences {
        let span = sentence.span;
        packed.push(u64::from(sentence.opens_paragraph != has_break(text, end, span.start)));
        packed.push_signed(i64::from(sentence.first_word) - expected);
        expected = i64::from(sentence.first_word) + words(of(text, span));
        end = span.end;
    }
}

pub(super) fn unpack(numbers: &mut ColumnReader<'_>, text: &[u8], body: usize) -> Option<Vec<StoredSentence>> {
    let spans = read_spans::<NonSpace, SentenceEnd>(numbers, text, body)?;
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

/// Whether there is a line break, or nothing before.
fn has_break(text: &[u8], from: usize, to: usize) -> bool {
    from == 0 || text.get(from..to).is_some_and(|gap| gap.contains(&b'\n'))
}

fn of(text: &[u8], span: Span) -> &[u8] {
    text.get(span.start..span.end).unwrap_or_default()
}
