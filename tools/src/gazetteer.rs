//! Builds the gazetteer: a finite-state map from folded names to classes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::Context;
use newsearch::Span;
use newsearch::internals::link::known_names;
use newsearch::internals::recognize::{ClassStrengths, NameClass};
use newsearch::internals::segment::{fold_into, words};

use crate::lists;

/// A list of names, and how strong its evidence is.
struct List {
    path: &'static str,
    class: NameClass,
    /// Names with a lower count (last column) are left out.
    least: u32,
    /// Names with at least this count get full strength.
    certain: u32,
}

const fn list(path: &'static str, class: NameClass, least: u32, certain: u32) -> List {
    List { path, class, least, certain }
}

const LISTS: &[List] = &[
    list("wikipedia_movies/actors", NameClass::Person, 1, 5),
    list("streaming_titles/people", NameClass::Person, 1, 4),
    list("wikidata_2016/persons", NameClass::Person, 0, u32::MAX),
    list("awards/oscar_nominees", NameClass::Person, 0, u32::MAX),
    list("awards/golden_globe_nominees", NameClass::Person, 0, u32::MAX),
    list("awards/emmy_people", NameClass::Person, 1, 6),
    list("fivethirtyeight_people/daily_show_guests.Raw_Guest_List", NameClass::Person, 0, u32::MAX),
    list("fivethirtyeight_people/biopics.subject", NameClass::Person, 0, u32::MAX),
    list("fivethirtyeight_people/biopics.director", NameClass::Person, 0, u32::MAX),
    list("fivethirtyeight_people/biopics.lead_actor_actress", NameClass::Person, 0, u32::MAX),
    list("wikidata_2016/music_artists", NameClass::Artist, 0, u32::MAX),
    list("awards/grammy_artists", NameClass::Artist, 0, 0),
    list("person_names/first_names_ssa", NameClass::FirstName, 20, 2500),
    list("person_names/namedb_first_names_us", NameClass::FirstName, 0, u32::MAX),
    list("person_names/namedb_first_names_all", NameClass::FirstName, 0, u32::MAX),
    list("person_names/surnames_us_census", NameClass::Surname, 0, u32::MAX),
    list("person_names/namedb_surnames_all", NameClass::Surname, 0, u32::MAX),
    list("wikidata_2016/movies", NameClass::Work, 0, u32::MAX),
    list("wikipedia_movies/films", NameClass::Work, 0, u32::MAX),
    list("fivethirtyeight_people/movies.title", NameClass::Work, 0, u32::MAX),
    list("fivethirtyeight_people/biopics.title", NameClass::Work, 0, u32::MAX),
    list("streaming_titles/movies", NameClass::Work, 0, u32::MAX),
    list("streaming_titles/tv_shows", NameClass::Work, 0, u32::MAX),
    list("wikidata_2016/tvshows", NameClass::Work, 0, u32::MAX),
    list("awards/oscar_films", NameClass::Work, 0, u32::MAX),
    list("awards/golden_globe_titles", NameClass::Work, 0, u32::MAX),
    list("awards/emmy_titles", NameClass::Work, 0, u32::MAX),
    list("awards/grammy_works", NameClass::Work, 0, u32::MAX),
    list("wikidata_2016/companynames", NameClass::Organization, 0, u32::MAX),
    list("wikidata_2016/sportsteams", NameClass::Organization, 0, 0),
    list("awards/emmy_networks", NameClass::Organization, 0, 20),
    list("awards/emmy_production_companies", NameClass::Organization, 0, u32::MAX),
    list("organisations/sp500", NameClass::Organization, 0, u32::MAX),
    list("places/countries", NameClass::Place, 0, 0),
    list("places/cities", NameClass::Place, 0, u32::MAX),
    list("wikidata_2016/cities", NameClass::Place, 0, u32::MAX),
    list("fivethirtyeight_people/comic_characters", NameClass::Character, 40, 500),
    list("awards/oscar_characters", NameClass::Character, 0, u32::MAX),
    list("awards/emmy_characters", NameClass::Character, 0, u32::MAX),
];

/// Names of more words than this do not occur in articles.
const MAX_WORDS: usize = 8;
/// Occurrences in lower case from which a word is common: strength 1, 2 and 3.
const COMMON: [u32; 3] = [2, 12, 60];

/// Builds the gazetteer from the lists under `root` and the common words of the
/// annotated sets under `sets`, and writes it to `out`.
pub fn build(root: &Path, sets: &Path, out: &Path) -> anyhow::Result<()> {
    let mut names: BTreeMap<String, ClassStrengths> = BTreeMap::new();
    for list in LISTS {
        add_list(root, list, &mut names)?;
    }
    add_parts_of_people(&mut names);
    add_known(&mut names);
    add_common_words(sets, &mut names)?;
    names.retain(|name, classes| keep(name, *classes));
    let mut map = fst::MapBuilder::memory();
    for (name, classes) in &names {
        map.insert(name, classes.to_bits())?;
    }
    let bytes = map.into_inner()?;
    fs::write(out, &bytes).with_context(|| format!("cannot write {}", out.display()))?;
    eprintln!("{} names, {} bytes", names.len(), bytes.len());
    Ok(())
}

fn add_list(root: &Path, list: &List, names: &mut BTreeMap<String, ClassStrengths>) -> anyhow::Result<()> {
    for (rank, line) in lists::lines(&root.join(format!("{}.tsv.gz", list.path)))?.iter().enumerate() {
        let mut columns = line.split('\t');
        let name = lists::plain_name(columns.next().unwrap_or(""));
        let count = columns.next_back().and_then(|count| count.parse::<u32>().ok()).unwrap_or(1);
        if count < list.least {
            continue;
        }
        let ranked = list.path.ends_with("census");
        let strength = match list.class {
            NameClass::Surname if !ranked => 1,
            NameClass::Surname => 1 + u8::from(rank < 20_000) + u8::from(rank < 4_000),
            NameClass::FirstName => 1 + u8::from(count >= 500) + u8::from(count >= list.certain),
            _ if count >= list.certain => 3,
            _ => 1,
        };
        add(names, &name, list.class, strength);
    }
    Ok(())
}

/// Adds a name; a name in a second list gets one more strength.
fn add(names: &mut BTreeMap<String, ClassStrengths>, name: &str, class: NameClass, strength: u8) {
    let key = key_of(name);
    let single = !key.contains(' ');
    // A single word is a first name or a surname, not a full name.
    if key.len() < 2 || key.split(' ').count() > MAX_WORDS || class == NameClass::Person && single {
        return;
    }
    let classes = names.entry(key).or_default();
    let before = classes.strength(class);
    let listed_again = matches!(
        class,
        NameClass::Person | NameClass::Work | NameClass::Artist | NameClass::Organization | NameClass::Place
    );
    let strength = if before > 0 && listed_again { before.max(strength) + 1 } else { before.max(strength) };
    classes.set(class, strength.min(3));
}

/// Derives first names and surnames from the full names of people: parts that
/// at least two of them share.
fn add_parts_of_people(names: &mut BTreeMap<String, ClassStrengths>) {
    let mut parts: BTreeMap<(String, bool), u32> = BTreeMap::new();
    for (name, classes) in names.iter().filter(|(_, classes)| classes.strength(NameClass::Person) > 0) {
        let words: Vec<&str> = name.split(' ').collect();
        let [first, .., last] = words[..] else { continue };
        if classes.strength(NameClass::Person) > 0 && words.len() <= 3 {
            *parts.entry((first.to_owned(), true)).or_default() += 1;
            *parts.entry((last.to_owned(), false)).or_default() += 1;
        }
    }
    for ((word, given), count) in parts.into_iter().filter(|((word, _), count)| *count >= 2 && word.len() > 2) {
        let class = if given { NameClass::FirstName } else { NameClass::Surname };
        let classes = names.entry(word).or_default();
        let strength = 1 + u8::from(count >= 20);
        classes.set(class, classes.strength(class).max(strength));
    }
}

fn add_known(names: &mut BTreeMap<String, ClassStrengths>) {
    for known in known_names() {
        for name in known.spellings() {
            names.entry(key_of(name)).or_default().set(NameClass::of(known.kind), 3);
        }
    }
}

/// The gazetteer's key of a name: its folded words, separated by spaces.
fn key_of(name: &str) -> String {
    let mut key = String::new();
    for word in words(name, Span::new(0, name.len())) {
        if !key.is_empty() {
            key.push(' ');
        }
        fold_into(word.span.of(name), &mut key);
    }
    key
}

/// Marks common words by how often the cased sets have them in lower case; this
/// separates “Will” and “Us” from words that are only names.
fn add_common_words(sets: &Path, names: &mut BTreeMap<String, ClassStrengths>) -> anyhow::Result<()> {
    const CASED: &[&str] = &[
        "btc/train",
        "gum/train",
        "wikigold/all",
        "redocred/dev",
        "wnut17/train",
        "crossner_music/train",
        "crossner_literature/train",
        "crossner_politics/train",
        "crossner_science/train",
        "crossner_ai/train",
        "sgd_media/train",
    ];
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for set in CASED {
        for line in lists::lines(&sets.join(format!("{set}.bio.gz")))? {
            let word = line.split('\t').next().unwrap_or("");
            if word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    for (word, count) in counts {
        let strength = COMMON.iter().filter(|least| count >= **least).count() as u8;
        if strength > 0 {
            names.entry(word).or_default().set(NameClass::Common, strength);
        }
    }
    Ok(())
}

/// Whether a name is worth its bytes: very long titles of a single list are not.
fn keep(name: &str, classes: ClassStrengths) -> bool {
    let words = name.split(' ').count();
    let sure = NameClass::ALL.iter().any(|class| classes.strength(*class) > 1);
    sure || words <= 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_added_with_growing_strength() {
        let mut names = BTreeMap::new();
        for (name, class, expected) in [
            ("Ada Fielding", NameClass::Person, 1),
            ("ADA  Fielding", NameClass::Person, 2),
            ("Ada Fielding", NameClass::Work, 1),
            ("Fielding", NameClass::Person, 0),
            ("X", NameClass::Work, 0),
            ("A Title of Far Too Many Words to Be Read", NameClass::Work, 0),
        ] {
            add(&mut names, name, class, 1);
            let strength = names.get(&key_of(name)).copied().unwrap_or_default().strength(class);
            assert_eq!(strength, expected, "{name} as {class:?}");
        }
    }

    #[test]
    fn shared_parts_of_people_are_first_names_and_surnames() {
        let mut names = BTreeMap::new();
        for name in ["Ada Fielding", "Ada Moss", "Ruth Fielding"] {
            add(&mut names, name, NameClass::Person, 1);
        }
        add_parts_of_people(&mut names);
        let strength = |word: &str, class| names.get(word).copied().unwrap_or_default().strength(class);
        assert_eq!((strength("ada", NameClass::FirstName), strength("fielding", NameClass::Surname)), (1, 1));
        assert_eq!((strength("ruth", NameClass::FirstName), strength("moss", NameClass::Surname)), (0, 0));
    }

    #[test]
    fn long_names_of_one_list_are_dropped() {
        let classes = |strength| {
            let mut classes = ClassStrengths::default();
            classes.set(NameClass::Work, strength);
            classes
        };
        assert!(keep("a b c d e", classes(1)) && keep("a b c d e f", classes(2)));
        assert!(!keep("a b c d e f", classes(1)));
    }
}
