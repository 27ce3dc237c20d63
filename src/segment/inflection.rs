//! Which written forms are inflections of the same word: plurals, possessives and the
//! regular forms of verbs. A stem unites more than these: “succession” and “success”.

use crate::article::{Language, LanguageTables};

/// Endings behind which a plural or a verb takes “es”.
const SIBILANTS: &[&str] = &["s", "x", "z", "ch", "sh"];

/// The inflections of words, by the rules of English spelling and the lists of a language.
#[derive(Clone, Copy)]
pub struct InflectionRules {
    tables: &'static LanguageTables,
}

impl Default for InflectionRules {
    fn default() -> Self {
        Self { tables: Language::default().tables() }
    }
}

impl InflectionRules {
    /// Whether two folded words are inflections of one word. `is_word` tells which words
    /// there are: “premiered” is of “premiere” where that is a word, else of “premier”.
    ///
    /// ```
    /// use newsearch::internals::segment::InflectionRules;
    /// let is_one = |a: &str, b: &str| InflectionRules::default().is_same_word(a, b, |_| false);
    /// assert!(is_one("premieres", "premiering"));
    /// assert!(!is_one("succession", "success"));
    /// ```
    pub fn is_same_word(self, a: &str, b: &str, is_word: impl Fn(&str) -> bool) -> bool {
        if a == b {
            return true;
        }
        let is_known = |word: &str| word == a || word == b || is_word(word);
        let bases = self.bases(a, &is_known);
        self.bases(b, &is_known).iter().any(|base| bases.contains(base))
    }

    /// The irregular forms of the words that `word` is a form of, each with the base.
    pub fn irregular(self, word: &str) -> Vec<&'static str> {
        let bases = self.bases(word, &|_| false);
        let is_base = |base: &str| bases.iter().any(|other| other == base);
        let entries = self.tables.irregular_forms.iter();
        let of_word = entries.filter(|(base, forms, _)| forms.contains(&word) || is_base(base));
        of_word
            .flat_map(|(base, forms, others)| [*base].into_iter().chain(forms.iter().chain(*others).copied()))
            .collect()
    }

    /// The words that a word may be an inflection of, itself among them.
    fn bases(self, word: &str, is_word: &dyn Fn(&str) -> bool) -> Vec<String> {
        let mut bases = vec![word.to_owned()];
        if self.is_uninflected(word) {
            return bases;
        }
        bases.extend(singular(word));
        // “recordings” is of “recording”, which is of “record”.
        for form in bases.clone() {
            if !self.is_uninflected(&form) {
                bases.extend(verb_bases(&form, is_word));
            }
        }
        bases
    }

    fn is_uninflected(self, word: &str) -> bool {
        self.tables.uninflected_words.binary_search(&word).is_ok()
    }
}

/// The words whose plural, or whose third person, a word may be.
fn singular(word: &str) -> Vec<String> {
    let Some(without) = word.strip_suffix('s') else { return Vec::new() };
    let mut found = vec![without.to_owned()];
    found.extend(without.strip_suffix('e').map(str::to_owned));
    found.extend(without.strip_suffix("ie").map(|start| format!("{start}y")));
    found.extend(without.strip_suffix("ze").and_then(|start| start.strip_suffix('z')).map(|start| format!("{start}z")));
    found.retain(|base| is_base(base) && is_plural(base, word));
    found
}

/// Whether `word` is a plural of `base`. Names keep their “y”: “Emmys”.
fn is_plural(base: &str, word: &str) -> bool {
    let Some(ending) = word.strip_prefix(base) else {
        return base
            .strip_suffix('y')
            .is_some_and(|start| word.strip_prefix(start) == Some("ies") && !ends_in_vowel(start));
    };
    match ending {
        "s" => !SIBILANTS.iter().any(|end| base.ends_with(end)),
        "es" => SIBILANTS.iter().any(|end| base.ends_with(end)) || base.ends_with('o'),
        // “quizzes”
        "zes" => base.ends_with('z'),
        _ => false,
    }
}

/// The verbs whose past or gerund a word may be. Where both a verb with “e” and one
/// without are words, it is that with “e”.
fn verb_bases(word: &str, is_word: &dyn Fn(&str) -> bool) -> Vec<String> {
    let Some((start, ending)) = ["ed", "ing"].iter().find_map(|end| Some((word.strip_suffix(end)?, *end))) else {
        return Vec::new();
    };
    // “king” and “red”
    if !start.chars().any(|c| is_vowel(c) || c == 'y') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let with_e = format!("{start}e");
    if takes_e(&with_e, ending) {
        if is_word(&with_e) && is_base(&with_e) {
            return vec![with_e];
        }
        found.push(with_e);
    }
    if takes_ending(start, ending) {
        found.push(start.to_owned());
    }
    found.extend(undoubled(start));
    match ending {
        "ed" => {
            found.extend(start.strip_suffix('i').filter(|rest| !ends_in_vowel(rest)).map(|rest| format!("{rest}y")))
        }
        _ => found.extend(start.strip_suffix('y').map(|rest| format!("{rest}ie"))),
    }
    found.extend(start.strip_suffix("ck").map(|rest| format!("{rest}c")));
    found.retain(|base| is_base(base));
    found
}

/// Whether a verb with “e” at its end loses it before an ending.
fn takes_e(verb: &str, ending: &str) -> bool {
    ending == "ed" || !["ee", "ye", "oe", "ie"].iter().any(|end| verb.ends_with(end))
}

/// Whether a verb takes an ending as it is.
fn takes_ending(verb: &str, ending: &str) -> bool {
    let is_y = ending == "ed" && verb.strip_suffix('y').is_some_and(|rest| !ends_in_vowel(rest));
    // “ageing”, but not “releaseed”.
    let is_e = verb.ends_with('e') && ending == "ed";
    !(is_y || is_e || doubles(verb) && syllables(verb) == 1)
}

/// The verb whose last letter was doubled before an ending.
fn undoubled(start: &str) -> Option<String> {
    let mut letters = start.chars();
    let last = letters.next_back()?;
    let verb = letters.as_str();
    (verb.ends_with(last) && doubles(verb)).then(|| verb.to_owned())
}

/// Whether a verb ends in one vowel and one consonant that may be doubled. In words of
/// several syllables it depends on the accent, which is not written.
fn doubles(verb: &str) -> bool {
    let letters: Vec<char> = verb.chars().rev().take(3).collect();
    let [last, vowel, rest @ ..] = &letters[..] else { return false };
    let before = rest.first().copied();
    let in_pair = before.is_some_and(is_vowel) && !(before == Some('u') && verb.chars().rev().nth(3) == Some('q'));
    !is_vowel(*last) && !matches!(last, 'w' | 'x' | 'y' | 'h') && is_vowel(*vowel) && !in_pair
}

fn syllables(word: &str) -> usize {
    let vowels: Vec<bool> = word.chars().map(|c| is_vowel(c) || c == 'y').collect();
    let starts = vowels.windows(2).filter(|pair| !pair[0] && pair[1]).count();
    starts + usize::from(vowels.first() == Some(&true))
}

/// Whether a word may have inflections: two letters or more, one of them a vowel.
fn is_base(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().any(|c| is_vowel(c) || c == 'y' || c.is_ascii_digit() || !c.is_ascii())
        || word.len() == 2
}

fn ends_in_vowel(word: &str) -> bool {
    word.chars().next_back().is_some_and(is_vowel)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a search for the first word finds the second one in the first tier.
    fn finds(typed: &str, other: &str) -> bool {
        let rules = InflectionRules::default();
        let is_word = |word: &str| ["premiere", "premier", "paste", "past", "stare", "star"].contains(&word);
        let mut irregular = rules.irregular(typed).into_iter();
        rules.is_same_word(typed, other, is_word) || irregular.any(|form| rules.is_same_word(form, other, |_| false))
    }

    #[test]
    fn pairs_of_words() {
        let pairs = include_str!("../../tests/data/word_forms.tsv").lines().filter(|line| !line.starts_with('#'));
        let mut wrong = Vec::new();
        for line in pairs {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, typed, other] = columns[..] else { panic!("{line}") };
            if finds(typed, other) != (kind == "same") {
                wrong.push(line);
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn spelling() {
        let check = |word: &str, expected: &[&str]| {
            let mut found = InflectionRules::default().bases(word, &|_| false);
            found.sort_unstable();
            assert_eq!(found, expected, "{word}");
        };
        check("film", &["film"]);
        check("stopped", &["stop", "stopp", "stoppe", "stopped"]);
        check("quizzes", &["quiz", "quizz", "quizze", "quizzes"]);
        check("dying", &["die", "dy", "dying"]);
        check("news", &["news"]);
        check("kiss", &["kiss"]);
        check("king", &["king"]);
        check("", &[""]);
    }

    #[test]
    fn a_verb_with_e_comes_first_where_both_are_words() {
        let is_one = |a, b, words: &[&str]| InflectionRules::default().is_same_word(a, b, |word| words.contains(&word));
        assert!(is_one("premier", "premiered", &[]));
        assert!(!is_one("premier", "premiered", &["premiere"]));
        assert!(is_one("premiere", "premiered", &[]));
    }

    #[test]
    fn adjectives_that_are_participles_do_not_lead_back() {
        assert!(finds("freeze", "frozen") && !finds("frozen", "freeze"));
        assert!(finds("won", "win") && finds("winning", "won"));
    }
}
