//! Surnames, first names, nicknames and initials to the full names of the same
//! article.

use rustc_hash::FxHashMap;

use crate::article::{EntityKind, Mention};
use crate::segment::fold;

use super::key::name_key;
use super::nicknames::same_given_name;
use super::slip::is_one_slip;

/// How much oftener one full name must stand than all others of its surname
/// together for the surname to mean it.
const DOMINANCE: usize = 2;
/// The fewest letters of a surname that a slip of the pen does not hide.
const SLIP_LETTERS: usize = 6;
/// The fewest letters of a first name's beginning that stands for it.
const BEGINNING: usize = 3;
/// Full names of an article that are compared one by one; longer lists are
/// directories.
const COMPARED: usize = 300;

/// A full name of the article.
#[derive(Debug)]
struct Full {
    kind: EntityKind,
    name: String,
    words: Vec<String>,
    /// Mentions in full, and short ones that were linked to it.
    count: usize,
    /// Index of its first mention.
    first: usize,
}

impl Full {
    /// Its words without a generation mark.
    fn bare(&self) -> &[String] {
        match self.words.last() {
            Some(last) if is_generation(last) => &self.words[..self.words.len() - 1],
            _ => &self.words,
        }
    }

    fn given(&self) -> &str {
        &self.words[0]
    }

    fn surname(&self) -> &str {
        self.bare().last().map_or("", String::as_str)
    }
}

/// Links short forms; those of the article's own people that stay ambiguous are
/// marked so, and mean nobody from outside the article.
pub(super) fn link(mentions: &mut [Mention], ambiguous: &mut [bool]) {
    let mut fulls = Fulls::of(mentions);
    if unify(&fulls, mentions) {
        fulls = Fulls::of(mentions);
    }
    for (at, mention) in mentions.iter_mut().enumerate().filter(|(_, mention)| mention.kind.is_human()) {
        let words = folded_words(&mention.name);
        match fulls.meant_by(mention, &words, at) {
            Meant::One(slot) => {
                let full = &mut fulls.fulls[slot];
                full.count += 1;
                mention.name.clone_from(&full.name);
            }
            Meant::Several => ambiguous[at] = true,
            Meant::None => {}
        }
    }
}

/// Gives full names of one person in several forms the form that stands most
/// often, of equals the first: “Benji Dunn” and “Benjamin Dunn”, “T. Cruise”
/// and “Tom Cruise”. Whether there are any.
fn unify(fulls: &Fulls, mentions: &mut [Mention]) -> bool {
    let mut renamed: FxHashMap<&str, &str> = FxHashMap::default();
    for group in fulls.by_surname() {
        for full in &group {
            let alike: Vec<&&Full> = group.iter().filter(|other| are_forms(full, other)).collect();
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

/// Whether two names of one surname can be forms of one name: the given names
/// are, and neither has a generation mark.
fn are_forms(a: &Full, b: &Full) -> bool {
    let marked = |full: &Full| full.bare().len() < full.words.len();
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

/// Whether a folded word tells parents from children.
pub(super) fn is_generation(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

pub(super) fn folded_words(name: &str) -> Vec<String> {
    name.split_whitespace().map(|word| fold(word.trim_end_matches(['.', ',']))).collect()
}

/// Whom a short form means.
enum Meant {
    None,
    /// The full name of this index.
    One(usize),
    Several,
}

/// The full names of an article, by what may stand for them.
struct Fulls {
    fulls: Vec<Full>,
    /// Beginnings and ends of full names to their indices.
    parts: FxHashMap<String, Vec<usize>>,
}

impl Fulls {
    fn of(mentions: &[Mention]) -> Self {
        let mut fulls: Vec<Full> = Vec::new();
        let mut seen: FxHashMap<(EntityKind, String), usize> = FxHashMap::default();
        for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind.is_human()) {
            let words = folded_words(&mention.name);
            if words.len() < 2 {
                continue;
            }
            let slot = *seen.entry((mention.kind, name_key(mention.kind, &mention.name))).or_insert_with(|| {
                fulls.push(Full { kind: mention.kind, name: mention.name.clone(), words, count: 0, first: at });
                fulls.len() - 1
            });
            fulls[slot].count += 1;
        }
        let mut parts: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (slot, full) in fulls.iter().enumerate() {
            for part in parts_of(full) {
                parts.entry(part).or_default().push(slot);
            }
        }
        Self { fulls, parts }
    }

    /// Full names by surname, only those that share theirs.
    fn by_surname(&self) -> Vec<Vec<&Full>> {
        let mut groups: FxHashMap<&str, Vec<&Full>> = FxHashMap::default();
        for full in &self.fulls {
            groups.entry(full.surname()).or_default().push(full);
        }
        groups.into_values().filter(|group| (2..=COMPARED).contains(&group.len())).collect()
    }

    fn meant_by(&self, mention: &Mention, words: &[String], at: usize) -> Meant {
        let slots = self.parts.get(&words.join(" ")).map_or(&[][..], Vec::as_slice);
        let fitting: Vec<usize> = slots.iter().copied().filter(|slot| self.fulls[*slot].kind == mention.kind).collect();
        match fitting[..] {
            [] => self.resembling(mention, words).map_or(Meant::None, Meant::One),
            [only] => Meant::One(only),
            _ => self.dominant(&fitting, words, at).map_or(Meant::Several, Meant::One),
        }
    }

    /// The one full name whose given name a single word is a nickname or the
    /// beginning of, or whose surname it misspells.
    fn resembling(&self, mention: &Mention, words: &[String]) -> Option<usize> {
        let [word] = words else { return None };
        if mention.listed > 1 || self.fulls.len() > COMPARED {
            return None;
        }
        let begins = |given: &str| word.len() >= BEGINNING && given.len() > word.len() && given.starts_with(word);
        let slips = |surname: &str| {
            word.len() >= SLIP_LETTERS
                && surname.len() >= SLIP_LETTERS
                && surname.chars().next() == word.chars().next()
                && is_one_slip(surname, word)
        };
        let is_like = |full: &Full| {
            let given = full.given();
            full.kind == mention.kind && (same_given_name(given, word) || begins(given) || slips(full.surname()))
        };
        let mut like = (0..self.fulls.len()).filter(|slot| is_like(&self.fulls[*slot]));
        like.next().filter(|_| like.next().is_none())
    }

    /// Of several people who can be meant, the one who is.
    fn dominant(&self, fitting: &[usize], words: &[String], at: usize) -> Option<usize> {
        let only = |fits: &dyn Fn(&Full) -> bool| {
            let mut found = fitting.iter().copied().filter(|slot| fits(&self.fulls[*slot]));
            found.next().filter(|_| found.next().is_none())
        };
        // “Smith” is Will Smith; of Jada Pinkett Smith one says Pinkett Smith.
        if let Some(whole) = only(&|full| full.words[1..] == *words) {
            return Some(whole);
        }
        if let Some(introduced) = only(&|full| full.first < at) {
            return Some(introduced);
        }
        let best = fitting.iter().copied().max_by_key(|slot| self.fulls[*slot].count)?;
        let others: usize = fitting.iter().map(|slot| self.fulls[*slot].count).sum::<usize>() - self.fulls[best].count;
        let first = self.fulls[best].first;
        let introduced = first < at && fitting.iter().all(|slot| self.fulls[*slot].first >= first);
        (introduced && self.fulls[best].count >= DOMINANCE * others).then_some(best)
    }
}

/// What may stand for a full name: its first word and its ends, a generation
/// mark aside.
fn parts_of(full: &Full) -> Vec<String> {
    let bare = full.bare();
    let mut parts = vec![full.given().to_owned()];
    parts.extend((1..bare.len()).map(|from| bare[from..].join(" ")));
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Span;

    /// The names that people get; `?` after one that stays ambiguous.
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
        link(&mut mentions, &mut ambiguous);
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
        check(&["Robert Downey Jr.", "Robert Downey Sr."], &["Robert Downey Jr.", "Robert Downey Sr."]);
    }
}
