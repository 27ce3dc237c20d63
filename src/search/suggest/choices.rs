//! What each part of a query may have been meant to be.

use crate::article::Language;
use crate::search::error::SearchError;
use crate::search::suggest::edit_cost::sounds_like;
use crate::search::suggest::known_names::{NameLike, Search, names_like};
use crate::search::suggest::known_words::words_like;
use crate::search::suggest::query_words::{QueryWord, indexed_words};
use crate::search::suggest::support::Support;
use crate::segment::fold;

/// A word that so many articles have is no misspelling where it fits.
const COMMON: u64 = 5;
/// The longest name that is looked for, in typed words, in part of a query.
const MOST_NAME_WORDS: usize = 2;
/// The longest query that is looked for as a name, in words.
const MOST_WORDS_OF_WHOLE: usize = 5;
/// The shortest name that is looked for, in letters, in part of a query.
const MIN_NAME_LETTERS: usize = 5;
/// Words of fewer letters are short.
const SHORT_WORD: usize = 4;
/// Words that are compared with others of the query at most.
const MOST_CONTEXT: usize = 6;
/// The cost of a word that no article has.
const LOST: f32 = 4.0;
/// The cost of a word that no article has with the others.
const UNFIT: f32 = 2.0;
/// The surcharge for another word in place of a common one.
const COMMON_REPLACED: f32 = 0.7;
/// The most that a glued name in part of a query may cost.
const GLUED: f32 = 1.2;
/// The discount for each word of a name: they stand together.
const NAME: f32 = 0.5;

/// What questions begin with.
const QUESTION_WORDS: [&str; 14] =
    ["what", "who", "whose", "when", "where", "which", "why", "how", "is", "are", "does", "do", "did", "can"];

/// What a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChoiceKind {
    AsTyped,
    OtherWord,
    Name,
}

/// What some words of a query may have been meant to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    /// The words from the first to before the last.
    pub words: std::ops::Range<usize>,
    /// How it is written.
    pub text: String,
    /// The words that articles must have; empty for one that is given up.
    pub needed: String,
    /// In edits.
    pub cost: f32,
    pub kind: ChoiceKind,
}

/// Which words of a query may be misspelled, and which stand for what was meant.
pub(super) struct Suspects {
    /// For each word whether articles have it with the others.
    pub fits: Vec<bool>,
    /// For each word whether it may be a misspelling.
    pub is_suspect: Vec<bool>,
}

impl Suspects {
    /// Compares the words of a query with each other: rare ones are suspects, and
    /// where the query is short, common ones that no article has with the rest.
    pub fn find(words: &[QueryWord], support: &mut Support<'_>, is_short: bool) -> Result<Self, SearchError> {
        let rare: Vec<usize> = (0..words.len()).filter(|at| is_rare(&words[*at])).collect();
        let mut fits: Vec<bool> = words.iter().map(|word| !is_rare(word)).collect();
        // Those next to suspects first, then the most frequent.
        let distance = |at: usize| rare.iter().map(|other| at.abs_diff(*other)).min().unwrap_or(0);
        let mut others: Vec<usize> = (0..words.len()).filter(|at| fits[*at] && !words[*at].is_function).collect();
        others.sort_by_key(|at| (distance(*at), std::cmp::Reverse(words[*at].articles), *at));
        let mut together = String::new();
        for (number, at) in others.into_iter().enumerate() {
            let more = format!("{together} {}", indexed_words(&words[at].typed));
            if number < MOST_CONTEXT && (together.is_empty() || support.of(more.trim())?.unwrap_or(0) > 0) {
                together = more;
            } else {
                fits[at] = false;
            }
        }
        let is_suspect = |at: usize| is_rare(&words[at]) || is_short && !fits[at] && words[at].folded.is_some();
        let is_suspect = (0..words.len()).map(|at| is_suspect(at) && !words[at].is_function).collect();
        Ok(Self { fits, is_suspect })
    }
}

/// Whether few articles have a word.
fn is_rare(word: &QueryWord) -> bool {
    word.articles < COMMON && word.folded.is_some()
}

/// Whether a query of several words begins as a question does: few names do.
fn is_question(words: &[QueryWord]) -> bool {
    words.len() > 2 && QUESTION_WORDS.contains(&words[0].typed.to_lowercase().as_str())
}

fn letters_of(word: &QueryWord) -> usize {
    word.folded.as_ref().map_or(0, |folded| folded.chars().count())
}

/// All choices for the words of a query, by the first of them.
pub(super) fn choices(
    words: &[QueryWord],
    suspects: &Suspects,
    support: &mut Support<'_>,
) -> Result<Vec<Vec<Choice>>, SearchError> {
    let mut all = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        let mut here = vec![as_typed(words, at, suspects.fits[at])];
        if suspects.is_suspect[at] {
            here.extend(other_words(words, at, support)?);
        }
        for end in at + 1..=words.len() {
            // Looking for names takes long. Of common words only the whole may be one.
            let is_name = match end - at {
                count if count == words.len() => count <= MOST_WORDS_OF_WHOLE && !is_question(words),
                count => count <= MOST_NAME_WORDS && !words[end - 1].is_function && words[at..end].iter().any(is_rare),
            };
            if is_name {
                support.query.deadline.check()?;
                // A name that is one of the words leaves the others out.
                let is_typed = |text: &str| words[at..end].iter().any(|word| fold(&word.typed) == fold(text));
                here.extend(names(words, at..end, support).into_iter().filter(|choice| !is_typed(&choice.text)));
            }
        }
        all.push(here);
    }
    Ok(all)
}

fn as_typed(words: &[QueryWord], at: usize, fits: bool) -> Choice {
    let word = &words[at];
    let is_given_up = !fits && !word.is_function;
    let cost = match is_given_up {
        true if word.articles == 0 => LOST,
        true => UNFIT,
        false => 0.0,
    };
    let needed = if is_given_up || word.is_function { String::new() } else { indexed_words(&word.typed) };
    Choice { words: at..at + 1, text: word.typed.clone(), needed, cost, kind: ChoiceKind::AsTyped }
}

fn other_words(words: &[QueryWord], at: usize, support: &mut Support<'_>) -> Result<Vec<Choice>, SearchError> {
    let surcharge = if words[at].articles < COMMON { 0.0 } else { COMMON_REPLACED };
    let others = words_like(support, &words[at])?.into_iter();
    let mut found: Vec<Choice> = others
        .map(|(text, cost)| Choice {
            words: at..at + 1,
            needed: if text.contains(' ') { format!("\"{text}\"") } else { text.clone() },
            text,
            cost: cost + surcharge,
            kind: ChoiceKind::OtherWord,
        })
        .collect();
    if words[at].articles > 0 {
        // Perhaps it is right, and fits the others when these are corrected.
        let needed = indexed_words(&words[at].typed);
        found.push(Choice { cost: 0.0, needed, ..as_typed(words, at, false) });
    }
    Ok(found)
}

fn names(words: &[QueryWord], range: std::ops::Range<usize>, support: &Support<'_>) -> Vec<Choice> {
    let typed = words[range.clone()].iter().map(|word| word.typed.as_str()).collect::<Vec<_>>().join(" ");
    let is_whole = range.len() == words.len();
    let letters = typed.chars().filter(|c| c.is_alphanumeric()).count();
    if !is_whole && letters < MIN_NAME_LETTERS {
        return Vec::new();
    }
    let indexed = indexed_words(&typed);
    let rare: usize = words[range.clone()].iter().filter(|word| is_rare(word)).map(letters_of).sum();
    let how = match range.len() {
        _ if is_whole && rare > 0 => Search::Whole,
        1 => Search::Glued,
        _ if rare > 0 => Search::Part(rare),
        _ => Search::Near,
    };
    let choice = |found: NameLike| {
        let needed = indexed_words(&found.name);
        // A name of one word may be any word, but where it is all that is asked for.
        let stands = is_whole || range.len() > 1 && needed.contains(' ');
        let discount = if stands { NAME * range.len() as f32 } else { 0.0 };
        let cost = found.cost - discount;
        Choice { words: range.clone(), text: found.name, needed, cost, kind: ChoiceKind::Name }
    };
    let found = names_like(&support.archive.entities, &typed, how).into_iter().map(choice);
    // A single word has its other words.
    let is_glued = |choice: &Choice| choice.needed.contains(' ') && choice.cost <= GLUED;
    let is_name = |choice: &Choice| is_whole || range.len() > 1 || is_glued(choice);
    let has_same_letters = |choice: &Choice| choice.needed.replace(' ', "") == indexed.replace(' ', "");
    found
        .filter(|choice| choice.needed != indexed && is_name(choice))
        .filter(|choice| has_same_letters(choice) || keeps_common_words(&words[range.clone()], &choice.needed))
        .collect()
}

/// Whether a name has something like each common word that was typed: what many articles
/// have is seldom a slip in most of its letters. Function words do not count: “the” sounds
/// like “de”.
fn keeps_common_words(words: &[QueryWord], name: &str) -> bool {
    let common = words.iter().filter(|word| word.articles >= COMMON && !word.is_function);
    let of_name: Vec<&str> = name.split(' ').filter(|word| !Language::default().is_function_word(word)).collect();
    common.filter_map(|word| word.folded.as_deref()).all(|word| {
        of_name.iter().any(|other| sounds_like(word, other) || strsim::osa_distance(word, other) <= most_edits(word))
    })
}

/// The edits that a common word may have.
fn most_edits(word: &str) -> usize {
    if word.chars().count() < SHORT_WORD { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_stay() {
        let word = |typed: &str, articles| QueryWord {
            typed: typed.to_owned(),
            folded: Some(typed.to_owned()),
            articles,
            is_function: false,
        };
        let check = |typed: &[(&str, u64)], name, expected| {
            let words: Vec<QueryWord> = typed.iter().map(|(typed, articles)| word(typed, *articles)).collect();
            assert_eq!(keeps_common_words(&words, name), expected, "{typed:?} {name}");
        };
        check(&[("harbor", 90), ("vs", 40)], "harbors", false);
        check(&[("de", 90), ("papel", 0)], "the paper", false);
        check(&[("kate", 90), ("blanchet", 0)], "cate blanchett", true);
        check(&[("scarlet", 60), ("johansen", 2)], "scarlett johansson", true);
        check(&[("dep", 20)], "depp", true);
    }
}
