//! Other spellings of what was typed: compounds as one word and as several, “&” and
//! “and”, words after an elided article.

use crate::article::{Language, ROMAN_NUMERALS};
use crate::search::error::SearchError;
use crate::search::language::syntax_tree::{Clause, Expression, Occur};
use crate::search::params::MAX_LINKED_WORDS;
use crate::search::plan::planner::Planner;
use crate::search::plan::tree::{Node, Plan, Sequence, UnitKind};
use crate::segment::{MAX_COMPOUND_WORDS, Stemmer, Term, TermKind, elided_and, fold};

/// The most spellings of one phrase.
const MAX_SPELLINGS: usize = 12;
/// The most words of what an abbreviation stands for.
const MAX_ABBREVIATED: usize = 3;
/// Words that stand for “and” between two others.
const ANDS: &[&str] = &["and", "n"];

/// A piece of a typed text: a word, or “&” between two words.
struct Piece {
    /// The ways to write it together with pieces after it: how many pieces, and the words.
    options: Vec<(usize, Vec<String>)>,
}

/// Finds spellings in an archive.
pub(crate) struct Spellings<'a> {
    pub planner: &'a Planner<'a>,
    pub stemmer: &'a mut Stemmer,
    pub breadth: Breadth,
}

/// Which spellings are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Breadth {
    /// Those that are in what was typed.
    Typed,
    /// Also those that the archive has.
    Learned,
    /// Also abbreviations, what they stand for, and numbers in words and numerals.
    Wide,
}

impl Spellings<'_> {
    /// All spellings of a text, whose terms these are, as folded words: first that of its
    /// words in order.
    pub fn of(&mut self, text: &str, terms: &[Term<'_>]) -> Result<Vec<Vec<String>>, SearchError> {
        let words: Vec<&Term<'_>> = terms.iter().filter(|term| term.kind == TermKind::Word).collect();
        let mut pieces = Vec::with_capacity(words.len());
        for (at, word) in words.iter().enumerate() {
            if self.breadth > Breadth::Typed && at > 0 && text[words[at - 1].span.end..word.span.start].contains('&') {
                pieces.push(Piece { options: and_options(Vec::new()) });
            }
            pieces.push(self.piece(text, terms, &words, at)?);
        }
        let mut found = Vec::new();
        combine(&pieces, &mut Vec::new(), &mut found);
        Ok(found)
    }

    /// The word `at` of the words of a text.
    fn piece(&mut self, text: &str, terms: &[Term<'_>], all: &[&Term<'_>], at: usize) -> Result<Piece, SearchError> {
        let (words, word) = (&all[at..], all[at]);
        let is_inner = at > 0 && words.len() > 1;
        if self.breadth > Breadth::Typed && is_inner && ANDS.contains(&&*word.text) {
            return Ok(Piece { options: and_options(vec![word.text.to_string()]) });
        }
        let mut options = vec![(1, vec![word.text.to_string()])];
        options.extend(typed_parts(terms, word).map(|parts| (1, parts)));
        options.extend(typed_compound(terms, words));
        if self.breadth > Breadth::Typed {
            options.extend(self.parted(word, text).into_iter().map(|parts| (1, parts)));
            options.extend(self.after_elision(text, terms, word)?.map(|rest| (1, vec![rest])));
            for count in 2..=words.len().min(MAX_COMPOUND_WORDS) {
                let texts: Vec<&str> = words[..count].iter().map(|word| &*word.text).collect();
                options.extend(self.joined(&texts)?.map(|joined| (count, vec![joined])));
            }
        }
        if self.breadth == Breadth::Wide {
            let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
            options.extend(abbreviated(&texts));
            let before = at.checked_sub(1).map(|before| &*all[before].text);
            options.extend(
                before.into_iter().flat_map(|before| other_numbers(before, &word.text)).map(|it| (1, vec![it])),
            );
        }
        Ok(Piece { options })
    }

    /// The words of a compound that was typed as one.
    fn parted(&mut self, word: &Term<'_>, text: &str) -> Vec<Vec<String>> {
        let typed = elided_and(word.span.of(text)).map(|(_, words)| words);
        let listed = self.planner.snapshot.segments.forms.of_compound(&word.text);
        let split = |words: String| words.split(' ').map(str::to_owned).collect::<Vec<String>>();
        let mut found: Vec<Vec<String>> = typed.into_iter().chain(listed).map(split).collect();
        // “online” is not every “on line”.
        found.retain(|words| !words.iter().any(|word| self.is_function(word)));
        found
    }

    /// Several words as one, where the archive has that: “spider man” as “spiderman”. No
    /// function words, which other words begin or end with by chance (“no table”), but in
    /// compounds that the archive writes with hyphens.
    pub fn joined(&mut self, words: &[&str]) -> Result<Option<String>, SearchError> {
        let joined = words.concat();
        let listed = self.planner.snapshot.segments.forms.of_compound(&joined);
        let typed = words.join(" ");
        if listed.contains(&typed) {
            return Ok(Some(joined));
        }
        // Longer ones are titles without spaces, such as the names of tags.
        let is_plain = words.len() == 2 && !words.iter().any(|word| self.is_function(word));
        let is_there = is_plain && self.planner.snapshot.term_frequency(self.planner.schema.body, &joined)? > 0;
        Ok(is_there.then_some(joined))
    }

    fn is_function(&mut self, word: &str) -> bool {
        self.stemmer.is_function_word(word)
    }

    /// What follows an elided article: “Adèle” of “d'Adèle”, but nothing of “D'Angelo”,
    /// where the archive has that.
    fn after_elision(&self, text: &str, terms: &[Term<'_>], word: &Term<'_>) -> Result<Option<String>, SearchError> {
        let rest = terms.iter().find(|term| term.kind == TermKind::Part && term.position == word.position);
        let Some(rest) = rest else { return Ok(None) };
        let is_article =
            word.span.of(text).starts_with(char::is_lowercase) && rest.span.of(text).starts_with(char::is_uppercase);
        let is_there = || self.planner.snapshot.term_frequency(self.planner.schema.body, &word.text);
        Ok((is_article || is_there()? == 0).then(|| rest.text.to_string()))
    }
}

/// The ways to write “and”.
fn and_options(typed: Vec<String>) -> Vec<(usize, Vec<String>)> {
    let mut options = vec![(1, typed)];
    let others = ANDS.iter().map(|and| vec![(*and).to_owned()]).chain([Vec::new()]);
    options.extend(others.map(|words| (1, words)));
    options.dedup();
    options
}

/// The parts of a word that was typed as one name, such as `VingRhames` or `TMZ.com`.
fn typed_parts(terms: &[Term<'_>], word: &Term<'_>) -> Option<Vec<String>> {
    let is_part =
        |term: &&Term<'_>| term.kind == TermKind::Variant && word.span.contains(term.span) && term.span != word.span;
    let mut parts: Vec<&Term<'_>> = terms.iter().filter(is_part).collect();
    parts.sort_by_key(|term| term.span);
    parts.dedup_by_key(|term| term.span);
    (parts.len() > 1).then(|| parts.iter().map(|term| term.text.to_string()).collect())
}

/// The joined form of words that were typed with hyphens between them, and a name with “+”.
fn typed_compound(terms: &[Term<'_>], words: &[&Term<'_>]) -> Option<(usize, Vec<String>)> {
    let is_longer = |term: &&Term<'_>| {
        term.kind == TermKind::Variant && term.span.start == words[0].span.start && term.span.end > words[0].span.end
    };
    let joined = terms.iter().find(is_longer)?;
    let count = words.iter().take_while(|word| word.span.start < joined.span.end).count();
    Some((count, vec![joined.text.to_string()]))
}

/// Appends every spelling of the pieces, with `before` in front.
fn combine(pieces: &[Piece], before: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let [piece, ..] = pieces else {
        if !found.contains(before) && !before.is_empty() {
            found.push(before.clone());
        }
        return;
    };
    for (count, words) in &piece.options {
        if found.len() >= MAX_SPELLINGS {
            return;
        }
        let length = before.len();
        before.extend(words.iter().cloned());
        combine(&pieces[(*count).min(pieces.len())..], before, found);
        before.truncate(length);
    }
}

/// Whether a typed word stands for “and” between two words.
pub(crate) fn is_and(typed: &str) -> bool {
    typed == "&" || ANDS.contains(&&*fold(typed.trim_matches(['\'', '’', '‘'])))
}

/// Reads “&” and “n” between two words as “and”.
pub(crate) fn read_ands(clauses: &mut [Clause]) {
    let is_word = |clause: &Clause| matches!(&clause.expression, Expression::Word(word) if !is_and(word));
    for at in 1..clauses.len().saturating_sub(1) {
        let (before, after) = (is_word(&clauses[at - 1]), is_word(&clauses[at + 1]));
        let clause = &mut clauses[at];
        if let (true, true, Occur::Should, Expression::Word(word)) =
            (before, after, clause.occur, &mut clause.expression)
            && is_and(word)
        {
            "and".clone_into(word);
        }
    }
}

/// Lets neighboring words of a query match as one where the archive has that: “spider man”
/// finds “Spiderman”. `words` are plain ones, each with its clause.
pub(crate) fn add_joined(
    planner: &Planner<'_>,
    stemmer: &mut Stemmer,
    plan: &mut Plan,
    words: &[(usize, &str)],
) -> Result<(), SearchError> {
    let words = &words[..words.len().min(MAX_LINKED_WORDS)];
    let mut spellings = Spellings { planner, stemmer, breadth: Breadth::Learned };
    for from in 0..words.len() {
        for count in 2..=MAX_COMPOUND_WORDS.min(words.len() - from) {
            let group = &words[from..from + count];
            let is_plain = |word: &(usize, &str)| word.1.chars().all(char::is_alphanumeric);
            if !group.iter().all(is_plain) || !group.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1) {
                break;
            }
            let is_inner = |at: usize| at > 0 && at + 1 < count;
            let spell = |(at, (_, word)): (usize, &(usize, &str))| match is_inner(at) && is_and(word) {
                true => "n".to_owned(),
                false => fold(word),
            };
            let spelled: Vec<String> = group.iter().enumerate().map(spell).collect();
            let spelled: Vec<&str> = spelled.iter().map(String::as_str).collect();
            if let Some(joined) = spellings.joined(&spelled)? {
                let joined = [joined];
                group.iter().for_each(|(clause, _)| add_sequence(plan, *clause, &joined));
            }
        }
    }
    Ok(())
}

/// Lets words of a query that follow each other match as their abbreviation does
/// (“science fiction”), and numbers behind a word in words and numerals.
pub(crate) fn add_wide(plan: &mut Plan, words: &[(usize, &str)]) {
    let words = &words[..words.len().min(MAX_LINKED_WORDS)];
    let folded: Vec<String> = words.iter().map(|(_, word)| fold(word)).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    for at in 0..words.len() {
        for (count, short) in abbreviated(&folded[at..]).into_iter().filter(|(count, _)| *count > 1) {
            words[at..at + count].iter().for_each(|(clause, _)| add_sequence(plan, *clause, &short));
        }
        if at > 0 && words[at - 1].0 + 1 == words[at].0 {
            for number in other_numbers(folded[at - 1], folded[at]) {
                add_sequence(plan, words[at].0, &[number]);
            }
        }
    }
}

/// What the first of some folded words may be written as: the words of an abbreviation, or
/// the abbreviation of words; each with how many words it stands for.
fn abbreviated(words: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for count in 1..=words.len().min(MAX_ABBREVIATED) {
        let (joined, spaced) = (words[..count].concat(), words[..count].join(" "));
        for (short, long, is_mutual) in Language::default().tables().abbreviations {
            if *short == joined {
                found.push((count, long.split(' ').map(str::to_owned).collect()));
            } else if *is_mutual && *long == spaced {
                found.push((count, vec![(*short).to_owned()]));
            }
        }
    }
    found
}

/// How else a number behind a word may be written: “3” behind “Rocky” as “iii”, “2” behind
/// “part” also as “two”. A single letter is a numeral only behind such words.
fn other_numbers(before: &str, number: &str) -> Vec<String> {
    let tables = Language::default().tables();
    let is_part = tables.counted_parts.contains(&before);
    let is_name = before.chars().count() > 1 && before.chars().all(char::is_alphabetic);
    let roman = ROMAN_NUMERALS.iter().filter(|(roman, _)| is_part || is_name && roman.len() > 1);
    let cardinals = tables.cardinals.iter().filter(|_| is_part);
    let written: Vec<(&str, &str)> = roman.chain(cardinals).copied().collect();
    let digits = written.iter().find(|(word, digits)| *word == number || *digits == number).map(|(_, digits)| *digits);
    let Some(digits) = digits else { return Vec::new() };
    let words = written.iter().filter(|(_, value)| *value == digits).map(|(word, _)| *word);
    words.chain([digits]).filter(|word| *word != number).map(str::to_owned).collect()
}

/// Adds a word or phrase to the alternatives of a clause.
fn add_sequence(plan: &mut Plan, clause: usize, words: &[String]) {
    let Node::Unit(unit) = plan.clauses[clause].node else { return };
    if let UnitKind::Words(sequences) = &mut plan.units[unit].kind {
        let sequence = Sequence::exact(words.to_vec());
        if !sequences.contains(&sequence) {
            sequences.push(sequence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_stand_for_words() {
        let check = |words: &[&str], expected: &[(usize, &str)]| {
            let found: Vec<(usize, String)> =
                abbreviated(words).into_iter().map(|(count, words)| (count, words.join(" "))).collect();
            let found: Vec<(usize, &str)> = found.iter().map(|(count, words)| (*count, words.as_str())).collect();
            assert_eq!(found, expected, "{words:?}");
        };
        check(&["tv", "show"], &[(1, "television")]);
        check(&["television"], &[(1, "tv")]);
        check(&["sci", "fi"], &[(2, "science fiction")]);
        check(&["science", "fiction", "film"], &[(2, "scifi")]);
        check(&["saint"], &[]);
        check(&["film"], &[]);
    }

    #[test]
    fn numbers_in_words_and_numerals() {
        let check = |before: &str, number: &str, expected: &[&str]| {
            assert_eq!(other_numbers(before, number), expected, "{before} {number}");
        };
        check("rocky", "3", &["iii"]);
        check("rocky", "iii", &["3"]);
        check("part", "two", &["ii", "2"]);
        check("season", "2", &["ii", "two"]);
        check("top", "10", &[]);
        check("malcolm", "x", &[]);
        check("rocky", "two", &[]);
        check("7", "2", &[]);
        check("oscars", "2023", &[]);
    }

    #[test]
    fn signs_and_words_for_and() {
        for (typed, expected) in [("&", true), ("and", true), ("'n'", true), ("n’", true), ("no", false), ("", false)]
        {
            assert_eq!(is_and(typed), expected, "{typed}");
        }
    }
}
