//! Corrects the words of a query together.
//!
//! Each part of the query has [`choices`]: as it was typed, another word, a name.
//! A beam search goes through the query from left to right; a choice costs its
//! edits, more where it does not stand beside the word before it anywhere, and less
//! the more articles have it with what was chosen before and with the other words
//! that fit.

use crate::search::error::SearchError;
use crate::search::suggest::choices::{Choice, ChoiceKind, Suspects, choices};
use crate::search::suggest::query_words::{QueryWord, indexed_words};
use crate::search::suggest::support::Support;

/// The longest query whose words are all compared with each other.
const SHORT: usize = 8;
/// Corrections of the first words that are pursued.
const BEAM: usize = 4;
/// Corrections whose articles are counted before that choice.
const COUNTED: usize = 10;
/// The discount for ten times as many articles that have all words.
const TENFOLD: f32 = 0.4;
/// More articles than these say no more.
const MANY: f32 = 100.0;
/// The surcharge where no article has all words.
const TOGETHER_NOWHERE: f32 = 2.0;
/// The surcharge where a word follows the one before it nowhere.
const APART: f32 = 1.0;
/// The most that another word may cost with this surcharge.
const MOST_APART: f32 = 2.0;

/// A corrected query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Correction {
    pub text: String,
    /// Whether some of its words follow each other in no article.
    pub is_apart: bool,
}

/// A correction of the first words of a query.
#[derive(Debug, Clone, Default)]
struct Partial {
    /// Words and names chosen, as they are written.
    text: Vec<String>,
    /// The words that articles must have.
    needed: Vec<String>,
    cost: f32,
    /// The cost with the discount for the articles that have it.
    score: f32,
    is_changed: bool,
    is_apart: bool,
    /// The last word that is no function word and what follows it; nothing after
    /// a name.
    end: String,
    is_end_changed: bool,
    /// Words that should follow each other, with the cost of the last of them.
    pair: Option<(String, f32)>,
}

/// The likeliest correction of a query; `None` where that is the query.
pub(super) fn correct(words: &[QueryWord], support: &mut Support<'_>) -> Result<Option<Correction>, SearchError> {
    let suspects = Suspects::find(words, support, words.len() <= SHORT)?;
    let choices = choices(words, &suspects, support)?;
    // What comes later is needed as it is, if it fits.
    let later: Vec<&str> =
        choices.iter().filter_map(|here| here.first()).map(|choice| choice.needed.as_str()).collect();
    let mut partials: Vec<Vec<Partial>> = vec![Vec::new(); words.len() + 1];
    partials[0].push(Partial::default());
    for at in 0..words.len() {
        let here = likeliest(std::mem::take(&mut partials[at]), &later[at..], support)?;
        for (partial, choice) in here.iter().flat_map(|partial| choices[at].iter().map(move |choice| (partial, choice)))
        {
            partials[choice.words.end].push(partial.with(choice, &words[at]));
        }
    }
    let best = likeliest(partials.pop().unwrap_or_default(), &[], support)?.into_iter().next();
    let best = best.filter(|best| best.is_changed);
    Ok(best.map(|Partial { text, is_apart, .. }| Correction { text: text.join(" "), is_apart }))
}

/// Those that are pursued, with their scores, the likeliest first.
fn likeliest(
    mut partials: Vec<Partial>,
    later: &[&str],
    support: &mut Support<'_>,
) -> Result<Vec<Partial>, SearchError> {
    partials.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    partials.truncate(COUNTED);
    let mut kept = Vec::with_capacity(partials.len());
    for mut partial in partials {
        if partial.stands(support)? {
            partial.score = partial.cost + surcharge(&partial.needed, later, support)?;
            kept.push(partial);
        }
    }
    kept.sort_by(|a, b| a.score.total_cmp(&b.score));
    kept.truncate(BEAM);
    Ok(kept)
}

/// The surcharge for words that no article has together, or the discount for those
/// that some have.
fn surcharge(needed: &[String], later: &[&str], support: &mut Support<'_>) -> Result<f32, SearchError> {
    let needed = needed.iter().map(String::as_str).chain(later.iter().copied());
    let needed: Vec<&str> = needed.filter(|word| !word.is_empty()).collect();
    if needed.is_empty() {
        return Ok(0.0);
    }
    Ok(match support.of(&needed.join(" "))? {
        Some(0) => TOGETHER_NOWHERE,
        Some(articles) => -TENFOLD * (articles as f32).min(MANY).log10(),
        None => 0.0,
    })
}

impl Partial {
    fn with(&self, choice: &Choice, first: &QueryWord) -> Self {
        let mut next = self.clone();
        next.text.push(choice.text.clone());
        next.needed.push(choice.needed.clone());
        next.cost += choice.cost;
        let is_changed = choice.kind != ChoiceKind::AsTyped;
        next.is_changed |= is_changed;
        if first.is_function && !is_changed {
            if !next.end.is_empty() {
                next.end = format!("{} {}", next.end, indexed_words(&choice.text));
            }
            return next;
        }
        let is_word = choice.kind != ChoiceKind::Name && !choice.needed.is_empty();
        if is_word && !next.end.is_empty() && (is_changed || next.is_end_changed) {
            let first = choice.needed.trim_matches('"').split(' ').next().unwrap_or_default();
            next.pair = Some((format!("{} {first}", next.end), choice.cost));
        }
        next.end = if is_word {
            choice.needed.trim_matches('"').rsplit(' ').next().unwrap_or_default().to_owned()
        } else {
            String::new()
        };
        next.is_end_changed = is_changed;
        next
    }

    /// Whether the last word may stand after the one before; adds its surcharge.
    fn stands(&mut self, support: &mut Support<'_>) -> Result<bool, SearchError> {
        let Some((words, cost)) = self.pair.take() else { return Ok(true) };
        if support.of_phrase(&words)? != Some(0) {
            return Ok(true);
        }
        self.cost += APART;
        self.is_apart = true;
        Ok(cost + APART <= MOST_APART)
    }
}
