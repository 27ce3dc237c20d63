//! Every ranking constant, once. The cluster's queries and scripts are made from
//! these values too.

/// Okapi BM25's saturation of term frequency.
pub(crate) const K1: f32 = 1.2;
/// BM25's normalization by field length, 0 to 1.
pub(crate) const B: f32 = 0.75;
/// The weight of a title occurrence; an occurrence in the body counts 1.
pub(crate) const TITLE_WEIGHT: f32 = 3.0;

/// The largest share of the score that occurrences in the lead add.
pub(crate) const LEAD_BONUS: f32 = 0.1;
/// The first words of a body, which are its lead.
pub(crate) const LEAD_WORDS: u32 = 60;

/// Days after which half of what age can take away is gone.
pub(crate) const RECENCY_HALF_LIFE_DAYS: f32 = 365.0;
/// The share of its score that an article of any age keeps.
pub(crate) const RECENCY_FLOOR: f32 = 0.5;
/// The mean days of a year and of a month, to count days by.
pub(crate) const DAYS_OF_YEAR: f32 = 365.25;
pub(crate) const DAYS_OF_MONTH: f32 = 30.44;

/// The weight of a function word in a query written as a sentence.
pub(crate) const FUNCTION_WORD_WEIGHT: f32 = 0.1;
/// Words from which on a query may be a sentence; in shorter ones every word was
/// typed for a reason.
pub(crate) const SENTENCE_WORDS: usize = 4;
/// The weight of an entity linked in a query, beside its words.
pub(crate) const LINKED_ENTITY_WEIGHT: f32 = 0.5;
/// The weight of the typed form of a word, beside its stem.
pub(crate) const INFLECTION_WEIGHT: f32 = 0.5;

/// Matches that are enough not to ask for a smaller share of a long query.
pub(crate) const ENOUGH_MATCHES: usize = 10;
/// The share of the query's weight that an article must have to count as a match
/// that has all of it.
pub(crate) const ALL_WORDS: f32 = 0.999;
/// The share that any one word of the query has.
pub(crate) const ANY_WORD: f32 = f32::MIN_POSITIVE;

/// The shares of the query's weight that an article must have, tried one after
/// the other until enough articles match. All of one or two words; less of longer
/// queries, whose words are not all telling.
pub(crate) fn required_shares(words: usize) -> &'static [f32] {
    match words {
        0..=2 => &[ALL_WORDS, ANY_WORD],
        3..=4 => &[0.6, 0.3, ANY_WORD],
        5..=8 => &[0.3, 0.15, ANY_WORD],
        _ => &[0.1, ANY_WORD],
    }
}

/// What an article like another is looked for by: its most telling words and its
/// most frequent entities.
pub(crate) const SIMILAR_WORDS: usize = 25;
pub(crate) const SIMILAR_ENTITIES: usize = 15;
/// Words of fewer letters say little of what an article is about.
pub(crate) const SIMILAR_LEAST_LETTERS: usize = 3;
/// The share of their weight that a similar article must have.
pub(crate) const SIMILAR_SHARE: f32 = 0.15;
