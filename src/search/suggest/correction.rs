//! Corrects the words of a query together.
//!
//! Each part of the query has [`choices`]: as it was typed, another word, a name.
//! A beam search goes through the query from left to right; a choice costs its
//! edits, less the more articles have it with what was chosen before and with the
//! other words that fit.

use crate::search::error::SearchError;
use crate::search::suggest::choices::{Choice, Suspects, choices};
use crate::search::suggest::query_words::QueryWord;
use crate::search::suggest::support::Support;

/// The longest query whose words are all compared with each other.
const SHORT: usize = 8;
/// Corrections of the first words that are pursued.
const BEAM: usize = 4;
/// Corrections whose articles are counted before that choice.
const COUNTED: usize = 10;
/// The discount for ten times as many articles that have all words.
const TENFOLD: f32 = 0.4;
/// The surcharge where no article has all words.
const TOGETHER_NOWHERE: f32 = 2.0;

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
}

/// The likeliest correction of a query; `None` where that is the query.
pub(super) fn correct(words: &[QueryWord], support: &mut Support<'_>) -> Result<Option<String>, SearchError> {
    let is_short = words.len() <= SHORT;
    let suspects = Suspects::find(words, support, is_short)?;
    let choices = choices(words, &suspects, support)?;
    // What comes later is needed as it is, if it fits.
    let later: Vec<&str> =
        choices.iter().filter_map(|here| here.first()).map(|choice| choice.needed.as_str()).collect();
    let mut partials: Vec<Vec<Partial>> = vec![Vec::new(); words.len() + 1];
    partials[0].push(Partial::default());
    for at in 0..=words.len() {
        let mut here = std::mem::take(&mut partials[at]);
        here.sort_by(|a, b| a.score.total_cmp(&b.score));
        here.truncate(COUNTED);
        for partial in &mut here {
            let needed = partial.needed.iter().map(String::as_str).chain(later[at..].iter().copied());
            let needed: Vec<&str> = needed.filter(|word| !word.is_empty()).collect();
            partial.score = partial.cost;
            if !needed.is_empty() {
                partial.score += match support.of(&needed.join(" "))? {
                    Some(0) => TOGETHER_NOWHERE,
                    Some(articles) => -TENFOLD * (articles as f32).log10(),
                    None => 0.0,
                };
            }
        }
        here.sort_by(|a, b| a.score.total_cmp(&b.score));
        here.truncate(BEAM);
        if at == words.len() {
            let best = here.into_iter().next().filter(|best| best.is_changed);
            return Ok(best.map(|best| best.text.join(" ")));
        }
        for (partial, choice) in here.iter().flat_map(|partial| choices[at].iter().map(move |choice| (partial, choice)))
        {
            partials[choice.words.end].push(partial.with(choice));
        }
    }
    Ok(None)
}

impl Partial {
    fn with(&self, choice: &Choice) -> Self {
        let mut next = self.clone();
        next.text.push(choice.text.clone());
        next.needed.push(choice.needed.clone());
        next.cost += choice.cost;
        next.score += choice.cost;
        next.is_changed |= choice.is_changed;
        next
    }
}
