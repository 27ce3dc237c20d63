//! Text to sentences, words and index terms: one analyzer for articles and
//! queries.
//!
//! Owns folding, stemming and the splitting of glued names (`VingRhames`). All
//! offsets are bytes of the original text. Invisible characters are in no term.

mod analyzer;
mod compounds;
mod fold;
mod glued;
mod list_items;
mod inflection;
mod parts;
mod signs;
mod segmented;
mod sentences;
mod stem;
mod word_map;
mod words;

pub use analyzer::{Analyzer, Term, TermKind};
pub use compounds::{MAX_COMPOUND_WORDS, compounds, elided_and};
pub use fold::{fold, fold_into};
pub(crate) use fold::{folded, is_invisible, lowered};
pub use glued::name_parts;
pub use inflection::InflectionRules;
pub(crate) use list_items::item_marker;
pub use parts::dotted_parts;
pub use segmented::Segmented;
pub use sentences::SentenceSegmenter;
pub use stem::{Stemmer, with_stemmer};
pub(crate) use word_map::{WordKey, WordMap, short_word};
pub(crate) use words::each_word;
pub use words::words;

/// Random texts of the characters that word and sentence boundaries depend on.
#[cfg(test)]
fn odd_texts() -> Vec<String> {
    let parts = [
        "Tom", "said", "U", "s", "é", "Éa", "字", "か", "ש", "7", "3.5", ".", ".", ". ", "...", "…", "!", "? ", "!?",
        ",", " ", " ", " ", "  ", "\n", "\r\n", "\r", "\t", "\u{85}", "\u{2028}", "\u{a0}", "'s", "’s", "“", "”", "\"",
        "'", "(", ")", "-", "—", ":", "_", "&", "$", "\u{301}", "\u{200d}", "\u{ad}", "😀", "🇬🇧", "。", "ア", "٣", "·",
        "M:I", "J.K.", "p.m", "©",
    ];
    let mut random = fastrand::Rng::with_seed(29);
    let mut text = |length: usize| (0..length).map(|_| parts[random.usize(..parts.len())]).collect::<String>();
    (1..20_000).map(|at| text(1 + at % 17)).collect()
}
