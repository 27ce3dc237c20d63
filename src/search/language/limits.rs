//! The limits of one query. Each is far above what people write, and bounds what
//! a query may cost; a query beyond one is refused, never cut.

use crate::search::error::SearchError;

/// A limit of one query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QueryLimit {
    /// What is counted, in the plural.
    pub what: &'static str,
    /// The most that a query may have.
    pub most: usize,
}

/// Bytes of the text.
pub(crate) const TEXT: QueryLimit = QueryLimit { what: "bytes of text", most: 256 << 10 };
/// Words, phrases, names and other conditions; repeated plain words count once.
pub(crate) const TERMS: QueryLimit = QueryLimit { what: "words, phrases and names", most: 10_000 };
/// Parts that stand for many terms of the archive, each looked up in its
/// dictionary: prefixes, words with edits, mentioned days.
pub(crate) const EXPANSIONS: QueryLimit = QueryLimit { what: "parts with * or ~ or mentions:", most: 1_000 };
/// Words of one phrase.
pub(crate) const PHRASE: QueryLimit = QueryLimit { what: "words in one phrase", most: 1_000 };

impl QueryLimit {
    /// Refuses a query that has more.
    ///
    /// # Errors
    /// [`SearchError::TooLarge`], which names the limit and what was found.
    pub fn check(self, found: usize) -> Result<(), SearchError> {
        let Self { what, most } = self;
        if found > most { Err(SearchError::TooLarge { what, found, most }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_limit_and_what_was_found() {
        let check = |limit: QueryLimit, found: usize, expected: Option<&str>| {
            assert_eq!(limit.check(found).err().map(|error| error.to_string()).as_deref(), expected);
        };
        check(PHRASE, 1_000, None);
        let expected = "the query is too large: it has 1001 words in one phrase, at most 1000 are searched; shorten it, or ask in parts";
        check(PHRASE, 1_001, Some(expected));
    }
}
