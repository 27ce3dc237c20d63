//! Words that carry grammar rather than meaning.

/// Stems of articles, pronouns, auxiliary verbs, prepositions, conjunctions and question words; sorted.
pub(super) const FUNCTION_WORDS: &[&str] = &[
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
