//! All constants of ranking and matching. The cluster's queries and scripts are
//! built from the same values.

/// BM25 saturation of term frequency, above 0.
pub(crate) const K1: f32 = 1.2;
/// BM25 normalization by field length, 0 to 1.
pub(crate) const B: f32 = 0.75;
/// Weight of an occurrence in the title; one in the body has 1.
pub(crate) const TITLE_WEIGHT: f32 = 2.0;

/// Largest share of the score that occurrences in title or lead add, 0 to 1.
pub(crate) const LEAD_BONUS: f32 = 0.1;
/// Length of the lead: the first words of a body.
pub(crate) const LEAD_WORDS: u32 = 60;

/// What is added to the score of an article whose meaning is that of the question, as a
/// share of it: of one that is as near as the cosine of both vectors, as much less.
pub(crate) const MEANING_WEIGHT: f32 = 1.0;

/// Half-life of the recency decay, in days.
pub(crate) const RECENCY_HALF_LIFE_DAYS: f32 = 365.0;
/// Share of its score that an article of any age keeps, 0 to 1.
pub(crate) const RECENCY_FLOOR: f32 = 0.5;
/// Mean days of a year.
pub(crate) const DAYS_OF_YEAR: f32 = 365.25;
/// Mean days of a month.
pub(crate) const DAYS_OF_MONTH: f32 = 30.44;

/// Weight of a function word in a query written as a sentence, 0 to 1.
pub(crate) const FUNCTION_WORD_WEIGHT: f32 = 0.1;
/// Clauses from which on a query may be a sentence; in shorter ones every word
/// counts.
pub(crate) const SENTENCE_WORDS: usize = 4;
/// Weight of an entity linked in a query, beside its words, 0 to 1.
pub(crate) const LINKED_ENTITY_WEIGHT: f32 = 0.5;
/// Entities that the same words of a query may be linked to.
pub(crate) const MAX_LINKED_ENTITIES: usize = 8;
/// Longest name that is linked in a query, in typed words.
pub(crate) const MAX_NAME_WORDS: usize = 8;
/// Typed words of a query in which entities are linked.
pub(crate) const MAX_LINKED_WORDS: usize = 48;
/// Share of the articles with a word that must write it as a name for the word to
/// be linked beside other words, 0 to 1.
pub(crate) const MIN_NAME_SHARE_OF_WORD: f32 = 0.4;
/// The same for several words, as a share of the articles with the rarest of
/// them, 0 to 1.
pub(crate) const MIN_NAME_SHARE_OF_WORDS: f32 = 0.05;

/// Words of a phrase from which on it weighs as much as all of them, and articles with
/// its words alone match in part: who quotes so much may not quote it word for word.
pub(crate) const LONG_PHRASE: usize = 4;

/// Weight of the forms of a word's stem that are not its inflections, beside the word,
/// 0 to 1.
pub(crate) const OTHER_FORMS_WEIGHT: f32 = 0.5;
/// Words that one prefix or fuzzy word expands to; the most frequent ones.
pub(crate) const MAX_EXPANSIONS: usize = 200;

/// Share of a sum that counts as the sum: floating-point sums are rounded.
pub(crate) const ALL_WORDS: f32 = 0.999;
/// Words of a query up to which an article with some of them is a hit only where none
/// has all.
pub(crate) const SHORT_QUERY: usize = 2;

/// Words that similar articles are searched by: those of highest TF-IDF.
pub(crate) const SIMILAR_WORDS: usize = 25;
/// Entities that similar articles are searched by: the most mentioned.
pub(crate) const SIMILAR_ENTITIES: usize = 15;
/// Fewest letters of a word that similar articles are searched by.
pub(crate) const SIMILAR_MIN_LETTERS: usize = 3;
/// Share of the weight of these that a similar article must have, 0 to 1.
pub(crate) const SIMILAR_SHARE: f32 = 0.15;
