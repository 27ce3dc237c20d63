//! Near misses: names like one that the archive does not have.
//!
//! For a person that no article names, articles that name others of the same given
//! name or surname are no hits. These others are offered instead.

use crate::article::EntityKind;
use crate::index::{EDIT, spelling_cost};
use crate::search::backend::api::{Answer, Backend};
use crate::search::backend::archive::Archive;
use crate::search::error::SearchError;
use crate::search::hits::hit::NearName;
use crate::search::query::facet_request::{FacetKind, FacetOrder, FacetRequest};
use crate::search::query::search_query::Query;
use crate::search::suggest::edit_cost::frequency_discount;
use crate::search::suggest::query_words::{QueryWord, look_up, plain_words};
use crate::segment::fold;

/// The words of a person's name.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=3;
/// The share of the articles with a word that must have it as a part of a name.
const NAME_SHARE: f32 = 0.4;
/// Names with one word that are looked at, the most frequent.
const MOST_LOOKED_AT: usize = 200;
/// Names that are offered for each word.
const MOST_OFFERED: usize = 5;

/// The shortest word that may be heard as another, in letters of the shorter one.
const MIN_HEARD: usize = 6;
/// The most edits for each letter of the shorter of two words of which one is heard as
/// the other.
const MOST_UNLIKE: f32 = 0.48;

/// Finds near misses.
pub(crate) struct NearMisses<'a> {
    pub archive: &'a Archive,
    pub backend: &'a dyn Backend,
}

/// The name that sounds most like a misspelled one, of those that share a word with
/// it.
pub(super) fn heard_as(typed: &str, near: &[NearName]) -> Option<String> {
    let typed: Vec<String> = typed.split_whitespace().map(fold).collect();
    let costs = near.iter().filter_map(|near| Some((heard_cost(&typed, &near.name)?, near)));
    let rank = |(cost, near): &(f32, &NearName)| cost - frequency_discount(near.articles as usize);
    let best = costs.min_by(|a, b| rank(a).total_cmp(&rank(b)));
    best.map(|(_, near)| near.name.clone())
}

/// The cost of a name for a typed one of as many words, of which one is another:
/// with the same beginning or end, and not much of it unlike.
fn heard_cost(typed: &[String], name: &str) -> Option<f32> {
    let name: Vec<String> = name.split_whitespace().map(fold).collect();
    let mut other = typed.iter().zip(&name).filter(|(typed, known)| typed != known);
    let ((typed_word, known), None) = (other.next()?, other.next()) else { return None };
    let letters = typed_word.chars().count().min(known.chars().count());
    let has_same_end = typed_word.chars().next() == known.chars().next()
        || typed_word.chars().next_back() == known.chars().next_back();
    let cost = f32::from(spelling_cost(typed_word, known)) / f32::from(EDIT);
    let is_near = letters >= MIN_HEARD && cost <= MOST_UNLIKE * letters as f32;
    (typed.len() == name.len() && has_same_end && is_near).then_some(cost)
}

impl NearMisses<'_> {
    /// The people who share a word with the person that a query asks for, most
    /// articles first; `None` where it does not ask for a person. Of a query that
    /// no article matches in full.
    pub fn of(&self, query: &Query) -> Result<Option<Vec<NearName>>, SearchError> {
        let Some(typed) = plain_words(&query.text, &self.archive.fields) else { return Ok(None) };
        if query.exact || !NAME_WORDS.contains(&typed.len()) {
            return Ok(None);
        }
        let is_capitalized = |word: &String| word.chars().next().is_some_and(char::is_uppercase);
        if typed.len() > *NAME_WORDS.start() && !typed.iter().all(is_capitalized) {
            return Ok(None);
        }
        let words = look_up(self.archive, &typed)?;
        if words.iter().any(|word| word.is_function || word.folded.is_none()) {
            return Ok(None);
        }
        let mut near: Vec<NearName> = Vec::new();
        for word in &words {
            let (names, is_part) = self.names_with(query, word)?;
            if !is_part && word.articles > 0 {
                return Ok(None);
            }
            let names = names.into_iter().take(MOST_OFFERED);
            near.extend(names.filter(|_| is_part));
        }
        near.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        near.dedup();
        Ok(Some(near).filter(|near| !near.is_empty()))
    }

    /// The people whose name has a word, and whether it is mostly a part of names.
    fn names_with(&self, query: &Query, word: &QueryWord) -> Result<(Vec<NearName>, bool), SearchError> {
        let Some(folded) = word.folded.as_ref().filter(|_| word.articles > 0) else { return Ok((Vec::new(), false)) };
        let kinds = [EntityKind::Person, EntityKind::Character];
        let facets = kinds.map(|kind| FacetRequest::new(FacetKind::Names(kind), MOST_LOOKED_AT));
        let query = Query {
            text: folded.clone(),
            exact: true,
            limit: 0,
            offset: 0,
            facet_prefix: folded.clone(),
            facet_order: FacetOrder::Count,
            explain: false,
            ..query.clone().facets(facets)
        };
        let (plan, scoring) = self.archive.prepare(&query)?;
        let context = self.archive.context(&plan, &scoring, false);
        let Answer { counts, facets, .. } = self.backend.answer(self.archive, &query, context)?;
        let has_word = |name: &str| fold(name).split(|c: char| !c.is_alphanumeric()).any(|part| part == folded);
        let of_kind = |kind: EntityKind| facets.of(kind).iter().map(move |count| (kind, count));
        let names = kinds.into_iter().flat_map(of_kind).filter(|(_, count)| has_word(&count.name));
        let mut names: Vec<NearName> =
            names.map(|(kind, count)| NearName { kind, name: count.name.clone(), articles: count.docs }).collect();
        let named: u32 = names.iter().map(|name| name.articles).sum();
        names.retain(|name| fold(&name.name) != *folded);
        names.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        Ok((names, named as f32 >= NAME_SHARE * counts.total as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_heard_as_others_of_the_same_surname() {
        let near = |names: &[&str]| -> Vec<NearName> {
            let name = |name: &&str| NearName { kind: EntityKind::Person, name: (*name).to_owned(), articles: 3 };
            names.iter().map(name).collect()
        };
        let check = |typed, names: &[&str], expected: Option<&str>| {
            assert_eq!(heard_as(typed, &near(names)).as_deref(), expected, "{typed}");
        };
        check("Sersha Ronan", &["Marie Ronan", "Saoirse Ronan"], Some("Saoirse Ronan"));
        check("Hayley Mills", &["Hayley Williams"], None);
        check("Hayley Atwell", &["Hayley Williams", "Hayley Mills", "Hayley Yelling", "Haley Joel Osment"], None);
        check("Emma Watson", &["Emma Stone", "Emily Watson", "Emma Thompson"], None);
        check("Chris Pine", &["Chris Pratt", "Chris Evans"], None);
    }
}
