//! Surnames, given names, nicknames and initials to the full names of the same
//! article.

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Language, Mention};
use crate::segment::fold;

use super::edit_distance::is_one_edit;
use super::name_key::name_key;
use super::nicknames::same_given_name;

/// How many times as often as all others of its surname together a full name must
/// be mentioned for the bare surname to stand for it.
const DOMINANCE: usize = 2;
/// The fewest letters of a surname that is recognized with a typing error.
const TYPO_LETTERS: usize = 6;
/// The fewest letters of a prefix that stands for a given name.
const PREFIX_LETTERS: usize = 3;
/// The most full names of an article that are compared pair by pair; articles with
/// more are directories.
const MAX_COMPARED: usize = 300;

/// A full name of the article.
#[derive(Debug)]
struct FullName {
    kind: EntityKind,
    name: String,
    words: Vec<String>,
    /// Number of mentions, short ones that were linked to it included.
    count: usize,
    /// Index of its first mention.
    first: usize,
}

impl FullName {
    /// Its words without a generation mark.
    fn unmarked(&self) -> &[String] {
        match self.words.last() {
            Some(last) if is_generation(last) => &self.words[..self.words.len() - 1],
            _ => &self.words,
        }
    }

    fn given(&self) -> &str {
        &self.words[0]
    }

    fn surname(&self) -> &str {
        self.unmarked().last().map_or("", String::as_str)
    }
}

/// Links short forms to full names. Sets `ambiguous` for those that may stand for
/// several people of the article.
pub(super) fn link_people(mentions: &mut [Mention], ambiguous: &mut [bool]) {
    let mut fulls = FullNames::new(mentions);
    if unify(&fulls, mentions) {
        fulls = FullNames::new(mentions);
    }
    for (at, mention) in mentions.iter_mut().enumerate().filter(|(_, mention)| mention.kind.is_human()) {
        let words = folded_words(&mention.name);
        match fulls.meaning(mention, &words, at) {
            Meaning::One(slot) => {
                let full = &mut fulls.names[slot];
                full.count += 1;
                mention.name.clone_from(&full.name);
            }
            Meaning::Ambiguous => ambiguous[at] = true,
            Meaning::None => {}
        }
    }
}

/// Gives different full names of one person the most frequent form, of equals the
/// first: “Benji Dunn” and “Benjamin Dunn”, “T. Cruise” and “Tom Cruise”. Returns
/// whether anything changed.
fn unify(fulls: &FullNames, mentions: &mut [Mention]) -> bool {
    let mut renamed: FxHashMap<&str, &str> = FxHashMap::default();
    for group in fulls.by_surname() {
        for full in &group {
            let alike: Vec<&&FullName> = group.iter().filter(|other| are_forms(full, other)).collect();
            let [other] = alike[..] else { continue };
            if (other.count, full.first) > (full.count, other.first) {
                renamed.insert(&full.name, &other.name);
            }
        }
    }
    for mention in mentions.iter_mut().filter(|m| m.kind.is_human()) {
        if let Some(name) = renamed.get(mention.name.as_str()) {
            mention.name = (*name).to_owned();
        }
    }
    !renamed.is_empty()
}

/// Whether two names with the same surname are forms of one name: their given names
/// are, and neither has a generation mark.
fn are_forms(a: &FullName, b: &FullName) -> bool {
    let marked = |full: &FullName| full.unmarked().len() < full.words.len();
    if a.name == b.name || a.kind != b.kind || marked(a) || marked(b) {
        return false;
    }
    let initial = |short: &str, long: &str| short.len() == 1 && long.len() > 1 && long.starts_with(short);
    let (given_a, given_b) = (a.given(), b.given());
    if a.words.len() == 2 && b.words.len() == 2 {
        return same_given_name(given_a, given_b) || initial(given_a, given_b) || initial(given_b, given_a);
    }
    // “Samuel Jackson” and “Samuel L. Jackson”, but John Adams had a son John
    // Quincy Adams.
    let (short, long) = if a.words.len() < b.words.len() { (a, b) } else { (b, a) };
    given_a == given_b && short.words.len() == 2 && long.words.len() == 3 && long.words[1].len() <= 2
}

/// Whether a folded word is a mark that tells parents from children.
pub(super) fn is_generation(word: &str) -> bool {
    Language::default().tables().generation_marks.contains(&word)
}

/// The words of a name, folded, without full stops and commas at their ends.
pub(super) fn folded_words(name: &str) -> Vec<String> {
    name.split_whitespace().map(|word| fold(word.trim_end_matches(['.', ',']))).collect()
}

/// What a short form stands for.
enum Meaning {
    None,
    /// The full name of this index.
    One(usize),
    /// Several full names, none of which prevails.
    Ambiguous,
}

/// The full names of an article, by the parts that may stand for them.
struct FullNames {
    names: Vec<FullName>,
    /// For each part the indices of the full names that have it.
    parts: FxHashMap<String, Vec<usize>>,
}

impl FullNames {
    /// Collects the full names of people and characters.
    fn new(mentions: &[Mention]) -> Self {
        let mut names: Vec<FullName> = Vec::new();
        let mut seen: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
        for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind.is_human()) {
            let words = folded_words(&mention.name);
            if words.len() < 2 {
                continue;
            }
            let slot = *seen.entry((mention.kind, name_key(mention.kind, &mention.name))).or_insert_with(|| {
                names.push(FullName { kind: mention.kind, name: mention.name.clone(), words, count: 0, first: at });
                names.len() - 1
            });
            names[slot].count += 1;
        }
        let mut parts: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (slot, full) in names.iter().enumerate() {
            for part in parts_of(full) {
                parts.entry(part).or_default().push(slot);
            }
        }
        Self { names, parts }
    }

    /// The groups of full names with the same surname.
    fn by_surname(&self) -> Vec<Vec<&FullName>> {
        let mut groups: FxHashMap<&str, Vec<&FullName>> = FxHashMap::default();
        for full in &self.names {
            groups.entry(full.surname()).or_default().push(full);
        }
        groups.into_values().filter(|group| (2..=MAX_COMPARED).contains(&group.len())).collect()
    }

    /// The meaning of the mention at index `at` with these folded words.
    fn meaning(&self, mention: &Mention, words: &[String], at: usize) -> Meaning {
        let slots = self.parts.get(&words.join(" ")).map_or(&[][..], Vec::as_slice);
        let fitting: Vec<usize> = slots.iter().copied().filter(|slot| self.names[*slot].kind == mention.kind).collect();
        match fitting[..] {
            [] => self.resembling(mention, words).map_or(Meaning::None, Meaning::One),
            [only] => Meaning::One(only),
            _ => self.dominant(&fitting, words, at).map_or(Meaning::Ambiguous, Meaning::One),
        }
    }

    /// The only full name that a single word resembles: as a nickname or prefix of the
    /// given name, or as a misspelled surname.
    fn resembling(&self, mention: &Mention, words: &[String]) -> Option<usize> {
        let [word] = words else { return None };
        if mention.listed > 1 || self.names.len() > MAX_COMPARED {
            return None;
        }
        let is_prefix =
            |given: &str| word.len() >= PREFIX_LETTERS && given.len() > word.len() && given.starts_with(word);
        let typos = |surname: &str| {
            word.len() >= TYPO_LETTERS
                && surname.len() >= TYPO_LETTERS
                && surname.chars().next() == word.chars().next()
                && is_one_edit(surname, word)
        };
        let is_like = |full: &FullName| {
            let given = full.given();
            full.kind == mention.kind && (same_given_name(given, word) || is_prefix(given) || typos(full.surname()))
        };
        let mut like = (0..self.names.len()).filter(|slot| is_like(&self.names[*slot]));
        like.next().filter(|_| like.next().is_none())
    }

    /// The full name that prevails among several.
    fn dominant(&self, fitting: &[usize], words: &[String], at: usize) -> Option<usize> {
        let only = |fits: &dyn Fn(&FullName) -> bool| {
            let mut found = fitting.iter().copied().filter(|slot| fits(&self.names[*slot]));
            found.next().filter(|_| found.next().is_none())
        };
        // “Smith” is Will Smith; of Jada Pinkett Smith one says Pinkett Smith.
        if let Some(whole) = only(&|full| full.words[1..] == *words) {
            return Some(whole);
        }
        if let Some(introduced) = only(&|full| full.first < at) {
            return Some(introduced);
        }
        let best = fitting.iter().copied().max_by_key(|slot| self.names[*slot].count)?;
        let others: usize = fitting.iter().map(|slot| self.names[*slot].count).sum::<usize>() - self.names[best].count;
        let first = self.names[best].first;
        let introduced = first < at && fitting.iter().all(|slot| self.names[*slot].first >= first);
        (introduced && self.names[best].count >= DOMINANCE * others).then_some(best)
    }
}

/// The parts that may stand for a full name: its first word and its ends, without a
/// generation mark.
fn parts_of(full: &FullName) -> Vec<String> {
    let words = full.unmarked();
    let mut parts = vec![full.given().to_owned()];
    parts.extend((1..words.len()).map(|from| words[from..].join(" ")));
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    /// Checks the names that people get; `?` marks an ambiguous one.
    fn check(names: &[&str], expected: &[&str]) {
        let person = |name: &&str| Mention {
            span: Span::default(),
            kind: EntityKind::Person,
            name: (*name).to_owned(),
            confidence: 1.0,
            listed: 0,
            year: None,
        };
        let mut mentions: Vec<Mention> = names.iter().map(person).collect();
        let mut ambiguous = vec![false; mentions.len()];
        link_people(&mut mentions, &mut ambiguous);
        let linked: Vec<String> = mentions
            .iter()
            .zip(ambiguous)
            .map(|(mention, ambiguous)| format!("{}{}", mention.name, if ambiguous { "?" } else { "" }))
            .collect();
        assert_eq!(linked, expected);
    }

    #[test]
    fn short_forms_find_their_full_name() {
        check(&["Tom Cruise", "Cruise", "Tom"], &["Tom Cruise"; 3]);
        check(&["Chadwick Boseman", "Chad"], &["Chadwick Boseman"; 2]);
        check(&["Jeff Goldblum", "Goldbum"], &["Jeff Goldblum"; 2]);
        check(&["Benji Dunn", "Benji Dunn", "Benjamin Dunn"], &["Benji Dunn"; 3]);
        check(&["Samuel L. Jackson", "Samuel Jackson"], &["Samuel L. Jackson"; 2]);
        check(&["Robert Downey Jr.", "Downey"], &["Robert Downey Jr."; 2]);
    }

    #[test]
    fn people_of_one_surname_stay_apart() {
        check(&["Tony Mendez", "Mendez", "Jonna Mendez"], &["Tony Mendez", "Tony Mendez", "Jonna Mendez"]);
        check(
            &["Kim Kardashian", "Khloe Kardashian", "Kardashian"],
            &["Kim Kardashian", "Khloe Kardashian", "Kardashian?"],
        );
        check(&["Will Smith", "Jada Pinkett Smith", "Smith"], &["Will Smith", "Jada Pinkett Smith", "Will Smith"]);
        check(
            &["George W. Bush", "George H.W. Bush", "George Bush"],
            &["George W. Bush", "George H.W. Bush", "George Bush"],
        );
        // Who is introduced first and mentioned more often keeps the surname.
        check(&["Ann Lee", "Lee", "Bob Lee", "Lee"], &["Ann Lee", "Ann Lee", "Bob Lee", "Ann Lee"]);
        // A prefix that two given names have stands for neither.
        check(&["Chadwick Ray", "Chadford Lee", "Chad"], &["Chadwick Ray", "Chadford Lee", "Chad"]);
        check(&["Robert Downey Jr.", "Robert Downey Sr."], &["Robert Downey Jr.", "Robert Downey Sr."]);
    }
}
