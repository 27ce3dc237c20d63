//! Packed mentions: the names of the article, where mentions begin and end, and
//! the name of each, unless the last mention with the same text had it too.

use std::collections::BTreeSet;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::index::names::NameId;
use crate::index::stored::article::StoredMention;

use super::boundaries::{NameStart, WordEnd, push_spans, read_spans};
use super::columns::{ColumnReader, ColumnWriter};

/// Packs mentions; gives the article's names, sorted.
pub(super) fn pack(packed: &mut ColumnWriter, text: &[u8], mentions: &[StoredMention]) -> Vec<NameId> {
    let names: BTreeSet<NameId> = mentions.iter().map(|mention| mention.name).collect();
    let names: Vec<NameId> = names.into_iter().collect();
    packed.push(names.len() as u64);
    let mut before = 0;
    for name in &names {
        packed.push(u64::from(name - before));
        before = *name;
    }
    push_spans::<NameStart, WordEnd>(packed, text, 0, mentions.iter().map(|mention| mention.span));
    let mut last = FxHashMap::default();
    for mention in mentions {
        let known = last.insert(text.get(mention.span.start..mention.span.end), mention.name);
        let rank = || names.partition_point(|name| *name < mention.name) as u64;
        packed.push(if known == Some(mention.name) { 0 } else { 1 + rank() });
    }
    names
}

/// Reads the names, sorted, and the mentions.
pub(super) fn unpack(numbers: &mut ColumnReader<'_>, text: &[u8]) -> Option<(Vec<NameId>, Vec<StoredMention>)> {
    let count = numbers.count()?;
    let mut names: Vec<NameId> = Vec::with_capacity(count);
    let mut before: NameId = 0;
    for _ in 0..count {
        before = before.checked_add(NameId::try_from(numbers.next()?).ok()?)?;
        names.push(before);
    }
    let spans = read_spans::<NameStart, WordEnd>(numbers, text, 0)?;
    let mut mentions = Vec::with_capacity(spans.len());
    let mut last = FxHashMap::with_capacity_and_hasher(spans.len(), FxBuildHasher);
    for span in spans {
        let surface = text.get(span.start..span.end);
        let name = match numbers.size()?.checked_sub(1) {
            Some(rank) => *names.get(rank)?,
            None => *last.get(&surface)?,
        };
        last.insert(surface, name);
        mentions.push(StoredMention { span, name });
    }
    Some((names, mentions))
}
