//! English function words.

/// Stems of words that carry little meaning of their own in English sentences
/// and questions: articles, pronouns, auxiliary verbs, prepositions,
/// conjunctions and question words. Sorted.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "although", "am", "among", "an", "and", "ani", "anyth",
    "are", "as", "at", "be", "becaus", "been", "befor", "being", "between", "both", "but", "by", "can", "cannot",
    "could", "did", "do", "doe", "done", "dure", "each", "either", "etc", "ever", "everi", "few", "find", "for",
    "from", "further", "give", "had", "has", "have", "he", "her", "here", "him", "his", "how", "howev", "i", "if",
    "in", "into", "is", "it", "itself", "just", "kind", "like", "made", "make", "mani", "may", "me", "might", "more",
    "most", "much", "must", "my", "neither", "no", "nor", "not", "of", "on", "onli", "or", "other", "our", "out",
    "over", "own", "per", "pleas", "possibl", "rather", "same", "shall", "she", "should", "sinc", "so", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too",
    "under", "until", "up", "upon", "us", "use", "veri", "via", "was", "we", "were", "what", "when", "where",
    "whether", "whi", "which", "while", "who", "whom", "whose", "will", "with", "within", "without", "would", "you",
    "your",
];

/// Whether a stem is that of a function word.
pub(crate) fn is_function_word(stem: &str) -> bool {
    FUNCTION_WORDS.binary_search(&stem).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_looked_up_by_stem() {
        assert!(FUNCTION_WORDS.is_sorted());
        for (stem, expected) in [("the", true), ("whi", true), ("why", false), ("premier", false), ("", false)] {
            assert_eq!(is_function_word(stem), expected, "{stem}");
        }
    }
}
