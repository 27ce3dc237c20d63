//! The people of an article: whose surname a bare one is, and who may be “she”.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention, Span};

use super::gender::Gender;

/// The people of an article.
pub(super) struct People {
    /// For each surname a mention of the person it usually stands for.
    surnames: FxHashMap<String, usize>,
    /// The person that the article is about: named in its title, or far more often
    /// than anybody else.
    pub topic: Option<usize>,
}

impl People {
    /// The people among the mentions of an article with a title at a span.
    pub fn new(title: Span, mentions: &[Mention]) -> Self {
        let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == EntityKind::Person) {
            // A mention in the title counts like several in the body.
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
        // Mentions of a bare surname count for its bearer.
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

    /// A mention of the full name that a bare surname usually stands for, else the mention itself.
    pub fn full_name(&self, mentions: &[Mention], mention: usize) -> usize {
        let Mention { kind, name, .. } = &mentions[mention];
        match kind {
            EntityKind::Person if !name.contains(' ') => self.surnames.get(name.as_str()).copied().unwrap_or(mention),
            _ => mention,
        }
    }

    /// Whether a pronoun of a gender may stand for somebody.
    pub fn may_be(mentions: &[Mention], mention: usize, gender: Option<Gender>) -> bool {
        let given = mentions[mention].name.split(' ').next().unwrap_or("").to_lowercase();
        match (gender, Gender::of_given_name(&given)) {
            (Some(asked), Some(known)) => asked == known,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<Mention> {
        let mention = |(at, name): (usize, &&str)| Mention {
            span: Span::new(at * 10, at * 10 + 5),
            kind: EntityKind::Person,
            name: (*name).to_owned(),
            confidence: 1.0,
            listed: 0,
            year: None,
        };
        names.iter().enumerate().map(mention).collect()
    }

    #[test]
    fn the_topic_is_the_person_named_far_more_often() {
        let check = |title: Span, names: &[&str], expected: Option<&str>| {
            let mentions = people(names);
            let topic = People::new(title, &mentions).topic.map(|at| mentions[at].name.as_str());
            assert_eq!(topic, expected, "{names:?}");
        };
        let untitled = Span::default();
        check(untitled, &["Ann Lee"], None);
        check(untitled, &["Ann Lee", "Ann Lee"], Some("Ann Lee"));
        check(untitled, &["Ann Lee", "Bob Ray"], None);
        check(untitled, &["Ann Lee", "Lee", "Bob Ray"], Some("Ann Lee"));
        check(Span::new(0, 8), &["Bob Ray", "Ann Lee", "Ann Lee"], Some("Bob Ray"));
    }

    #[test]
    fn a_bare_surname_stands_for_its_most_named_bearer() {
        let mentions = people(&["Bob Lee", "Ann Lee", "Ann Lee", "Lee", "Kim"]);
        let people = People::new(Span::default(), &mentions);
        let full = |at: usize| mentions[people.full_name(&mentions, at)].name.as_str();
        assert_eq!((full(3), full(0), full(4)), ("Ann Lee", "Bob Lee", "Kim"));
    }

    #[test]
    fn pronouns_agree_with_given_names() {
        let mentions = people(&["Tom Ray", "Hayley Lee", "Pom Kim"]);
        let check = |at, gender, expected| assert_eq!(People::may_be(&mentions, at, gender), expected, "{at}");
        check(0, Some(Gender::Masculine), true);
        check(0, Some(Gender::Feminine), false);
        check(1, Some(Gender::Feminine), true);
        check(2, Some(Gender::Feminine), true);
        check(0, None, true);
    }
}
