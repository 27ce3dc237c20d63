//! The people of an article: whom a surname means, and who may be “she”.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention, Span};

use super::given::gender_of;
use super::speaker::Named;

/// The people of an article.
pub(super) struct People {
    /// For each surname a mention of the person it mostly means.
    surnames: FxHashMap<String, usize>,
    /// The person that the article is about: named in its title, or by far the
    /// most often.
    pub topic: Option<usize>,
}

impl People {
    pub fn new(title: Span, mentions: &[Mention]) -> Self {
        let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == EntityKind::Person) {
            // A title counts for more than most of what follows.
            let weight = if title.contains(mention.span) { 5 } else { 1 };
            let entry = counts.entry(mention.name.as_str()).or_insert((at, 0));
            entry.1 += weight;
        }
        let mut ranked: Vec<(&str, usize, usize)> =
            counts.iter().map(|(name, (at, count))| (*name, *at, *count)).collect();
        ranked.sort_unstable_by_key(|(_, at, count)| (Reverse(*count), *at));
        let mut surnames: FxHashMap<String, usize> = FxHashMap::default();
        for (name, at, _) in ranked.iter().filter(|(name, ..)| name.contains(' ')) {
            if let Some(surname) = name.rsplit(' ').next() {
                surnames.entry(surname.to_owned()).or_insert(*at);
            }
        }
        // What a surname alone counts for, its bearer counts for too.
        let count = |(name, at, count): &(&str, usize, usize)| {
            let alone = name.rsplit(' ').next().filter(|surname| surnames.get(*surname) == Some(at));
            (*at, count + alone.and_then(|surname| counts.get(surname)).map_or(0, |(_, count)| *count))
        };
        let mut counted: Vec<(usize, usize)> =
            ranked.iter().filter(|(name, ..)| !surnames.contains_key(*name)).map(count).collect();
        counted.sort_unstable_by_key(|(at, count)| (Reverse(*count), *at));
        let topic = match counted.as_slice() {
            [(at, count)] if *count > 1 => Some(*at),
            [(at, count), (_, second), ..] if *count >= 2 * second => Some(*at),
            _ => None,
        };
        Self { surnames, topic }
    }

    /// The mention, or one of the fuller name that a bare surname mostly means.
    pub fn full(&self, named: Named<'_>, mention: usize) -> usize {
        let Mention { kind, name, .. } = &named.mentions[mention];
        match kind {
            EntityKind::Person if !name.contains(' ') => self.surnames.get(name.as_str()).copied().unwrap_or(mention),
            _ => mention,
        }
    }

    /// Whether somebody may be meant by a pronoun of this gender.
    pub fn may_be(&self, named: Named<'_>, mention: usize, gender: Option<char>) -> bool {
        let given = named.mentions[mention].name.split(' ').next().unwrap_or("").to_lowercase();
        match (gender, gender_of(&given)) {
            (Some(asked), Some(known)) => asked == known,
            _ => true,
        }
    }
}
