//! Words within some edits of another: a letter added, left out, replaced, or
//! two neighbors swapped (optimal string alignment distance).

mod fst_search;
mod levenshtein_automaton;
mod term_dictionary;

pub(super) use fst_search::each_within_edits;
pub use levenshtein_automaton::LevenshteinAutomaton;
pub use term_dictionary::words_within_edits;
