//! Mentions: the article's names, where mentions begin and end, and which name
//! each is, if not that which was last written so.

use std::collections::BTreeSet;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::index::{NameId, StoredMention};

use super::places::{BeginsName, EndsWord, push_spans, read_spans};
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
    push_spans::<BeginsName, EndsWord>(packed, text, 0, mentions.iter().map(|mention| mention.span));
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
    let spans = read_spans::<BeginsName, EndsWord>(numbers, text, 0)?;
    let mut mentions = Vec::with_capacity(spans.len());
    let mut written = FxHashMap::with_capacity_and_hasher(spans.len(), FxBuildHasher);
    for span in spans {
        let surface = text.get(span.start..span.end);
        let name = match numbers.size()?.checked_sub(1) {
            Some(place) => *names.get(place)?,
            None => *written.get(&surface)?,
        };
        written.insert(surface, name);
        mentions.push(StoredMention { span, name });
    }
    Some((names, mentions))
}
