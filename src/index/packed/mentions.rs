//! Mentions: the article's names, where mentions begin and end, and which name
//! each is, if not that which was last written so.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::article::Span;
use crate::index::{NameId, StoredMention};

use super::places::{BeginsName, EndsWord, Places};
use super::{Numbers, Packed};

/// Packs mentions, and tells the names in their order.
pub(super) fn pack(packed: &mut Packed, text: &[u8], mentions: &[StoredMention]) -> Vec<NameId> {
    let names: BTreeSet<NameId> = mentions.iter().map(|mention| mention.name).collect();
    let names: Vec<NameId> = names.into_iter().collect();
    packed.push(names.len() as u64);
    let mut before = 0;
    for name in &names {
        packed.push(u64::from(name - before));
        before = *name;
    }
    let (mut starts, mut ends) = (Places::default(), Places::default());
    let mut end = 0;
    for mention in mentions {
        let span = mention.span;
        starts.push::<BeginsName>(text, (end, span.start));
        ends.push::<EndsWord>(text, (span.start + 1, span.end));
        end = span.end;
    }
    packed.push(mentions.len() as u64);
    starts.write(packed);
    ends.write(packed);
    let mut written = FxHashMap::default();
    for mention in mentions {
        let known = written.insert(text.get(mention.span.start..mention.span.end), mention.name);
        let place = || names.partition_point(|name| *name < mention.name) as u64;
        packed.push(if known == Some(mention.name) { 0 } else { 1 + place() });
    }
    names
}

/// Reads the names and the mentions.
pub(super) fn unpack(numbers: &mut Numbers<'_>, text: &[u8]) -> Option<(Vec<NameId>, Vec<StoredMention>)> {
    let count = numbers.count()?;
    let mut names: Vec<NameId> = Vec::with_capacity(count);
    let mut before: NameId = 0;
    for _ in 0..count {
        before = before.checked_add(NameId::try_from(numbers.next()?).ok()?)?;
        names.push(before);
    }
    let count = numbers.count()?;
    let (mut starts, mut ends) = (Places::read(numbers, count)?, Places::read(numbers, count)?);
    let mut mentions = Vec::with_capacity(count);
    let mut written = FxHashMap::default();
    let mut end = 0;
    for _ in 0..count {
        let start = starts.next::<BeginsName>(text, end)?;
        end = ends.next::<EndsWord>(text, start.checked_add(1)?)?;
        let surface = text.get(start..end);
        let name = match numbers.size()?.checked_sub(1) {
            Some(place) => *names.get(place)?,
            None => *written.get(&surface)?,
        };
        written.insert(surface, name);
        mentions.push(StoredMention { span: Span::new(start, end), name });
    }
    Some((names, mentions))
}
