//! Quotes: where they begin and end, and whose they are: 0 for nobody's, else a
//! place among the names of mentions, behind which all other names are.

use crate::index::{NameId, StoredQuote};

use super::places::{BeginsQuote, EndsQuote, push_spans, read_spans};
use super::{Numbers, Packed};

pub(super) fn pack(packed: &mut Packed, text: &[u8], names: &[NameId], quotes: &[StoredQuote]) {
    push_spans::<BeginsQuote, EndsQuote>(packed, text, 0, quotes.iter().map(|quote| quote.span));
    for quote in quotes {
        packed.push(quote.speaker.map_or(0, |speaker| match names.binary_search(&speaker) {
            Ok(place) => 1 + place as u64,
            Err(_) => 1 + names.len() as u64 + u64::from(speaker),
        }));
    }
}

pub(super) fn unpack(numbers: &mut Numbers<'_>, text: &[u8], names: &[NameId]) -> Option<Vec<StoredQuote>> {
    let spans = read_spans::<BeginsQuote, EndsQuote>(numbers, text, 0)?;
    let mut quotes = Vec::with_capacity(spans.len());
    for span in spans {
        let speaker = match numbers.size()?.checked_sub(1) {
            None => None,
            Some(place) => match names.get(place) {
                Some(name) => Some(*name),
                None => Some(NameId::try_from(place - names.len()).ok()?),
            },
        };
        quotes.push(StoredQuote { span, speaker });
    }
    Some(quotes)
}
