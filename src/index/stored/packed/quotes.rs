//! Packed quotes: where they begin and end, and their speakers: 0 for none, else
//! one more than the rank among the names of mentions, behind which come all
//! other names by their ids.

use crate::index::names::NameId;
use crate::index::stored::article::StoredQuote;

use super::boundaries::{QuoteEnd, QuoteStart, push_spans, read_spans};
use super::columns::{ColumnReader, ColumnWriter};

pub(super) fn pack(packed: &mut ColumnWriter, text: &[u8], names: &[NameId], quotes: &[StoredQuote]) {
    push_spans::<QuoteStart, QuoteEnd>(packed, text, 0, quotes.iter().map(|quote| quote.span));
    for quote in quotes {
        packed.push(quote.speaker.map_or(0, |speaker| match names.binary_search(&speaker) {
            Ok(rank) => 1 + rank as u64,
            Err(_) => 1 + names.len() as u64 + u64::from(speaker),
        }));
    }
}

pub(super) fn unpack(numbers: &mut ColumnReader<'_>, text: &[u8], names: &[NameId]) -> Option<Vec<StoredQuote>> {
    let spans = read_spans::<QuoteStart, QuoteEnd>(numbers, text, 0)?;
    let mut quotes = Vec::with_capacity(spans.len());
    for span in spans {
        let speaker = match numbers.size()?.checked_sub(1) {
            None => None,
            Some(rank) => match names.get(rank) {
                Some(name) => Some(*name),
                None => Some(NameId::try_from(rank - names.len()).ok()?),
            },
        };
        quotes.push(StoredQuote { span, speaker });
    }
    Some(quotes)
}
