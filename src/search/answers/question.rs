//! Questions whose answers credits and statements have: “who plays X in Y?”, “when does X
//! come out?”.
//!
//! A question has the form of a row of [`FORMS`], whatever its case and punctuation. What
//! the row leaves open is the name that is asked about.

use crate::search::hits::question_answer::QuestionKind;
use crate::segment::fold;

use super::question_forms::FORMS;

/// When the event that is asked about happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// “When did X come out?”: the first time.
    Past,
    /// “When does X come out?”: the newest plan.
    Present,
}

/// A question about a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub kind: QuestionKind,
    pub tense: Tense,
    /// Whether the name must be that of a character: “who is X?”
    pub of_character: bool,
    /// The name, as it was typed.
    pub name: String,
    /// The season of the series, where one is named.
    pub season: Option<u32>,
}

/// The longest question, in words.
const MAX_WORDS: usize = 20;

impl Question {
    /// The question that a text is, if it has the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        if !may_ask(text) {
            return None;
        }
        let words = words_of(text);
        let folded: Vec<String> = words.iter().map(|word| bare(&fold(word)).to_owned()).collect();
        if folded.len() < 2 || folded.len() > MAX_WORDS {
            return None;
        }
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        let found = FORMS.iter().find_map(|(kind, form)| {
            let (from, to) = matched(&form.split(' ').collect::<Vec<_>>(), &folded)?;
            Some((*kind, *form, from, to))
        });
        let (kind, form, from, to) = found?;
        let name = words[from..to].join(" ");
        let is_past = folded[..from].iter().chain(&folded[to..]).any(|word| matches!(*word, "did" | "was" | "were"));
        let tense = if is_past { Tense::Past } else { Tense::Present };
        let of_character = form == FORMS[FORMS.len() - 1].1;
        let (name, season) = without_season(name.trim_matches(is_mark));
        let name = name.trim_matches(is_mark).to_owned();
        (!name.is_empty()).then_some(Self { kind, tense, of_character, name, season })
    }
}

/// Whether a text may be a question: nearly none that is none gets to the table.
fn may_ask(text: &str) -> bool {
    const FIRST: &[&str] = &[
        "who",
        "who's",
        "who’s",
        "whos",
        "when",
        "when's",
        "when’s",
        "what",
        "what's",
        "what’s",
        "which",
        "on",
        "by",
        "actor",
        "actress",
        "the",
        "director",
        "writer",
        "author",
        "screenwriter",
        "creator",
        "producer",
        "cast",
        "stars",
        "release",
        "premiere",
    ];
    const LAST: &[&str] = &["cast", "date", "by", "who", "whom"];
    let is_one = |word: Option<&str>, words: &[&str]| {
        let bare = word.unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        words.iter().any(|known| known.eq_ignore_ascii_case(bare))
    };
    let mut words = text.split_whitespace();
    is_one(words.next(), FIRST) || is_one(words.next_back(), LAST)
}

/// The words of a text, with “who's” as two.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let straight = word.replace('’', "'");
        match straight.to_lowercase().as_str() {
            "who's" | "whos" | "when's" | "what's" => {
                let bare = straight.trim_end_matches(['s', 'S']).trim_end_matches('\'');
                words.extend([bare.to_owned(), "is".to_owned()]);
            }
            _ if word.chars().all(|c| is_mark(c) || c == '?') => {}
            _ => words.push(word.to_owned()),
        }
    }
    if let Some(last) = words.last_mut() {
        let kept = last.trim_end_matches(|c: char| matches!(c, '?' | '؟' | '？') || is_mark(c)).len();
        last.truncate(kept);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Marks around names and words.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | ',' | ';' | ' ')
}

/// A word without marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(is_mark)
}

/// The words that `*` of a form stands for, if the whole of the words has the form.
fn matched(form: &[&str], words: &[&str]) -> Option<(usize, usize)> {
    let (step, rest) = form.split_first()?;
    if *step == "*" {
        // The whole of the words behind the name must have the form.
        return (1..=words.len()).find(|to| is_tail(rest, &words[*to..])).map(|to| (0, to));
    }
    let shifted = |words: &[&str], by: usize| matched(rest, words).map(|(from, to)| (from + by, to + by));
    let (choices, optional) = choices(step);
    let taken = words.first().is_some_and(|word| choices.split('|').any(|choice| choice == *word));
    let with = if taken { shifted(&words[1..], 1) } else { None };
    with.or_else(|| if optional { shifted(words, 0) } else { None })
}

/// Whether words have the rest of a form, behind the name.
fn is_tail(form: &[&str], words: &[&str]) -> bool {
    let Some((step, rest)) = form.split_first() else { return words.is_empty() };
    let (choices, optional) = choices(step);
    let taken = words.first().is_some_and(|word| choices.split('|').any(|choice| choice == *word));
    taken && is_tail(rest, &words[1..]) || optional && is_tail(rest, words)
}

/// The words that a step of a form may be, and whether it may be left out.
fn choices(step: &str) -> (&str, bool) {
    step.strip_suffix('?').map_or((step, false), |choices| (choices, true))
}

/// A name without “season 3”, and that number.
fn without_season(name: &str) -> (String, Option<u32>) {
    let words: Vec<&str> = name.split(' ').collect();
    for at in 0..words.len() {
        let here = fold(words[at]);
        if here != "season" {
            continue;
        }
        let number = |at: usize| words.get(at).and_then(|word| season_number(&fold(word)));
        let (from, to, found) = match (number(at + 1), at.checked_sub(1).and_then(number)) {
            (Some(found), _) => (at, at + 2, found),
            (None, Some(found)) => (at - 1, at + 1, found),
            (None, None) => continue,
        };
        let rest = [&words[..from], &words[to..]].concat();
        let rest: Vec<&str> = match rest[..] {
            ["the" | "The", "of", ref rest @ ..] | ["the" | "The", ref rest @ .., "of"] => rest.to_vec(),
            ["of", ref rest @ ..] => rest.to_vec(),
            _ => rest,
        };
        return (rest.join(" "), Some(found));
    }
    (name.to_owned(), None)
}

/// The number of a season: “3”, “three”, “third”.
pub(crate) fn season_number(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    const ORDINALS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    let listed = |list: &[&str]| (1..).zip(list).find(|(_, known)| **known == word).map(|(number, _)| number);
    let written = || word.trim_end_matches(|c: char| c.is_ascii_lowercase()).parse().ok();
    listed(&NUMBERS).or_else(|| listed(&ORDINALS)).or_else(written)
}
