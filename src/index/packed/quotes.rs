//! Quotes: where they begin and end, and whose they are: 0 for nobody's, else a
//! place among the names of mentions, behind which all other names are.

use crate::article::Span;
use crate::index::{NameId, StoredQuote};

use super::places::{BeginsQuote, EndsQuote, Places};
use super::{Numbers, Packed};

pub(super) fn pack(packed: &mut Packed, text: &[u8], names: &[NameId], quotes: &[StoredQuote]) {
    let (mut starts, mut ends) = (Places::default(), Places::default());
    let mut end = 0;
    for quote in quotes {
        starts.push::<BeginsQuote>(text, (end, quote.span.start));
        ends.push::<EndsQuote>(text, (quote.span.start + 1, quote.span.end));
        end = quote.span.end;
    }
    packed.push(quotes.len() as u64);
    starts.write(packed);
    ends.write(packed);
    for quote in quotes {
        packed.push(quote.speaker.map_or(0, |speaker| match names.binary_search(&speaker) {
            Ok(place) => 1 + place as u64,
            Err(_) => 1 + names.len() as u64 + u64::from(speaker),
        }));
    }
}

pub(super) fn unpack(numbers: &mut Numbers<'_>, text: &[u8], names: &[NameId]) -> Option<Vec<StoredQuote>> {
    let count = numbers.count()?;
    let (mut starts, mut ends) = (Places::read(numbers, count)?, Places::read(numbers, count)?);
    let mut quotes = Vec::with_capacity(count);
    let mut end = 0;
    for _ in 0..count {
        let start = starts.next::<BeginsQuote>(text, end)?;
        end = ends.next::<EndsQuote>(text, start.checked_add(1)?)?;
        let speaker = match numbers.size()?.checked_sub(1) {
            None => None,
            Some(place) => match names.get(place) {
                Some(name) => Some(*name),
                None => Some(NameId::try_from(place - names.len()).ok()?),
            },
        };
        quotes.push(StoredQuote { span: Span::new(start, end), speaker });
    }
    Some(quotes)
}
