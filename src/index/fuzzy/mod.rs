//! Words within some edits of another: a letter added, left out, replaced, or
//! two neighbors swapped (optimal string alignment distance); and names within a
//! cost, where likely edits cost less.

mod costed_search;
mod fst_search;
mod levenshtein_automaton;
mod spelling_costs;
mod term_dictionary;

pub(super) use costed_search::each_within_cost;
pub use levenshtein_automaton::LevenshteinAutomaton;
pub use spelling_costs::{EDIT, spelling_cost};
pub use term_dictionary::words_within_edits;
